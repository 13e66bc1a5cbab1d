/* demarc-collector: options, signals, exit status; picks the store. */
#include <errno.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include "base/clock.h"
#include "base/log.h"
#include "collector/api.h"
#include "collector/backup_command.h"
#include "collector/guard.h"
#include "collector/http.h"
#include "collector/index.h"
#include "collector/options.h"
#include "collector/store.h"
#include "collector/token_command.h"

enum { EXIT_WRONG_USE = 2, SWEEP_MOST_S = 5 };

struct running {
	struct store *store;
	struct api *api;
	struct guard *guard;
	struct http *http;
	char tickets[PATH_MAX];
};

/* Signals are waited for by the main thread alone. */
static void
block_signals(sigset_t *out_set)
{
	struct sigaction ignore = { .sa_handler = SIG_IGN };

	(void)sigemptyset(out_set);
	(void)sigaddset(out_set, SIGINT);
	(void)sigaddset(out_set, SIGTERM);
	(void)sigaddset(out_set, SIGHUP);
	(void)pthread_sigmask(SIG_BLOCK, out_set, NULL);
	(void)sigaction(SIGPIPE, &ignore, NULL);
}

/* Each connection takes one; the usual 1024 are too few. */
static void
raise_limits(void)
{
	struct rlimit files;

	if (getrlimit(RLIMIT_NOFILE, &files) != 0)
		return;
	files.rlim_cur = files.rlim_max;
	(void)setrlimit(RLIMIT_NOFILE, &files);
}

static bool
admit(void *context, const struct request *request, struct caller *out_caller,
    bool *out_known, struct reply *reply)
{
	struct running *r = context;

	return guard_admit(r->guard, request, out_caller, out_known, reply);
}

static bool
stays(void *context, const struct caller *caller)
{
	struct running *r = context;

	return guard_keeps(r->guard, caller);
}

static void
answer(void *context, const struct request *request, struct reply *reply)
{
	struct running *r = context;

	api_answer(r->api, request, reply);
}

static enum status
start(const struct options *o, struct running *r)
{
	char error[STORE_ERROR_SIZE], http_error[HTTP_ERROR_SIZE];
	char token_error[TOKEN_FILE_ERROR_SIZE], tokens[PATH_MAX];
	struct http_settings http = { .handler = { admit, api_wants_body,
					  answer, r, NULL, stays },
		.addresses = o->listen.items,
		.count = o->listen.count,
		.tls = { o->tls_certificate, o->tls_key,
		    options_beside(
			o, o->tls_tickets, "tls_tickets", r->tickets) },
		.limits = { (unsigned)o->connections,
		    (unsigned)o->connections_per_address, (unsigned)o->threads,
		    (unsigned)o->request_timeout_s,
		    (unsigned)o->idle_timeout_s } };
	enum status status;

	status = guard_new(options_beside(o, o->tokens, "tokens", tokens),
	    &r->guard, token_error);
	if (status != STATUS_OK) {
		log_error("%s", token_error);
		return status;
	}
	status = store_open(o->database, &r->store, error);
	if (status != STATUS_OK) {
		log_error("%s", error);
		return status;
	}
	status = api_new(r->store, o->web_root, clock_unix_s, &r->api);
	if (status != STATUS_OK) {
		log_error("cannot load the database: %s (%s)", r->store->error,
		    status_text(status));
		return status;
	}
	api_keep(r->api, o->keep_days, (int64_t)o->keep_size_mb << 20);
	http.tokens = guard_is_on(r->guard);
	http.handler.metrics = api_metrics(r->api);
	status = http_start(&http, &r->http, http_error);
	if (status != STATUS_OK)
		log_error("%s", http_error);
	return status;
}

static void
reload(struct running *r)
{
	char error[HTTP_ERROR_SIZE];

	if (http_reload(r->http, error) == STATUS_OK)
		log_info("certificate and key are read again");
	else
		log_error("%s; those of before stay in use", error);
}

static int
run(const struct options *o)
{
	struct timespec every = { .tv_sec = SWEEP_MOST_S };
	struct running r = { 0 };
	sigset_t signals;
	uint32_t seed = 0;
	int result = EXIT_FAILURE;

	block_signals(&signals);
	raise_limits();
	if (o->request_timeout_s > 0 && o->request_timeout_s < SWEEP_MOST_S)
		every.tv_sec = 1;
	/* The database is for its owner and group. */
	(void)umask(027);
	if (getrandom(&seed, sizeof(seed), 0) == sizeof(seed))
		index_seed(seed);
	if (start(o, &r) == STATUS_OK) {
		for (size_t i = 0; i < o->listen.count; i++)
			log_info("listening on %s", o->listen.items[i]);
		for (;;) {
			int signal = sigtimedwait(&signals, NULL, &every);

			if (signal == SIGINT || signal == SIGTERM)
				break;
			if (signal == SIGHUP && o->tls_certificate)
				reload(&r);
			http_sweep(r.http, clock_now().ms);
			api_sweep(r.api, clock_now().ms);
		}
		log_info("stopping");
		result = EXIT_SUCCESS;
	}
	http_close(r.http);
	api_stop(r.api);
	http_stop(r.http);
	api_free(r.api);
	guard_free(r.guard);
	if (r.store)
		store_close(r.store);
	return result;
}

/* Does what the options ask for; gives the exit status. */
static int
do_as_told(const struct options *o, int argc, char **argv)
{
	bool token = argc > 1 && strcmp(argv[1], "token") == 0;
	bool backup = argc > 1 && backup_is_command(argv[1]);
	char tokens[PATH_MAX];

	if (o->help)
		options_print_help();
	if (o->version)
		printf("demarc-collector %s\n", DEMARC_VERSION);
	if (o->help || o->version)
		return EXIT_SUCCESS;
	if (argc > 1 && !token && !backup) {
		fprintf(stderr,
		    "demarc-collector: there is no command \"%s\"; there are "
		    "token, backup, check and restore\n",
		    argv[1]);
		return EXIT_WRONG_USE;
	}
	log_set_level(o->level);
	if (token)
		return token_command(
		    options_beside(o, o->tokens, "tokens", tokens), argv + 2);
	if (backup)
		return backup_command(o->database, argv + 1);
	return run(o);
}

int
main(int argc, char **argv)
{
	char error[CONFIG_ERROR_SIZE];
	struct options o;
	int result = EXIT_WRONG_USE;

	if (options_read(&o, &argc, argv, error) == STATUS_OK)
		result = do_as_told(&o, argc, argv);
	else
		fprintf(stderr, "demarc-collector: %s\n", error);
	options_done(&o);
	return result;
}
