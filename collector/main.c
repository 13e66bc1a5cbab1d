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
#include "base/config.h"
#include "base/log.h"
#include "collector/api.h"
#include "collector/guard.h"
#include "collector/http.h"
#include "collector/index.h"
#include "collector/store.h"
#include "collector/token_command.h"

enum { EXIT_WRONG_USE = 2, SWEEP_EVERY_S = 5 };

static const char default_config[] = "/etc/demarc/collector.conf";
static char default_listen[] = "127.0.0.1:7413";
static const char default_database[] = "/var/lib/demarc/demarc.sqlite";

struct options {
	struct config_list listen;
	char *tls_certificate, *tls_key, *tls_tickets;
	char *database, *tokens, *web_root, *log_level, *config;
	bool help, version;
};

struct running {
	struct store *store;
	struct api *api;
	struct guard *guard;
	struct http *http;
	char tickets[PATH_MAX];
};

static void
print_help(const struct config_key *keys)
{
	printf("usage: demarc-collector [--KEY=VALUE ...]\n"
	       "       demarc-collector [--tokens=FILE] token "
	       "add|list|revoke ...\n\n"
	       "Takes the reports of demarc-agent, stores them, and answers "
	       "which switch port\na NIC uses. The page is at "
	       "http://127.0.0.1:7413/.\n\n");
	config_print_help(keys);
	printf("\nEach key may also stand in %s as `key = value`.\n"
	       "See demarc-collector(8).\n",
	    default_config);
}

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

/* Makes the directory of the database, one level, readable by us alone. */
static void
make_directory(const char *database)
{
	char path[1024];
	char *slash;

	if (strlen(database) >= sizeof(path))
		return;
	memcpy(path, database, strlen(database) + 1);
	slash = strrchr(path, '/');
	if (!slash || slash == path)
		return;
	*slash = '\0';
	(void)mkdir(path, 0750);
}

/* Each agent keeps a connection; the usual 1024 descriptors are too few. */
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

static void
answer(void *context, const struct request *request, struct reply *reply)
{
	struct running *r = context;

	api_answer(r->api, request, reply);
}

static const char *
database_of(const struct options *o)
{
	return o->database ? o->database : default_database;
}

/* A file that stands beside the database, unless it was named. */
static const char *
beside(const struct options *o, const char *said, const char *name,
    char out[static PATH_MAX])
{
	const char *database = database_of(o);
	const char *slash = strrchr(database, '/');
	size_t length = slash ? (size_t)(slash - database) + 1 : 0;

	if (said)
		return said;
	(void)snprintf(out, PATH_MAX, "%.*s%s", (int)length, database, name);
	return out;
}

static enum status
start(const struct options *o, struct running *r)
{
	char error[STORE_ERROR_SIZE], http_error[HTTP_ERROR_SIZE];
	char token_error[TOKEN_FILE_ERROR_SIZE], tokens[PATH_MAX];
	const char *database = database_of(o);
	char *only[] = { default_listen };
	struct http_settings http = { .handler = { admit, api_wants_body,
					  answer, r, NULL },
		.addresses = o->listen.count > 0 ? o->listen.items : only,
		.count = o->listen.count > 0 ? o->listen.count : 1,
		.tls = { o->tls_certificate, o->tls_key,
		    beside(o, o->tls_tickets, "tls_tickets", r->tickets) } };
	enum status status;

	make_directory(database);
	status = guard_new(
	    beside(o, o->tokens, "tokens", tokens), &r->guard, token_error);
	if (status != STATUS_OK) {
		log_error("%s", token_error);
		return status;
	}
	status = store_open(database, &r->store, error);
	if (status != STATUS_OK) {
		log_error("%s", error);
		return status;
	}
	status = api_new(r->store, o->web_root, clock_unix_s, &r->api);
	if (status != STATUS_OK) {
		log_error("cannot load the database %s: %s (%s)", database,
		    r->store->error, status_text(status));
		return status;
	}
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
	struct timespec every = { .tv_sec = SWEEP_EVERY_S };
	struct running r = { 0 };
	sigset_t signals;
	uint32_t seed = 0;
	int result = EXIT_FAILURE;

	block_signals(&signals);
	raise_limits();
	/* The database is for its owner and group. */
	(void)umask(027);
	if (getrandom(&seed, sizeof(seed), 0) == sizeof(seed))
		index_seed(seed);
	if (start(o, &r) == STATUS_OK) {
		size_t count = o->listen.count;

		for (size_t i = 0; i < count; i++)
			log_info("listening on %s", o->listen.items[i]);
		if (count == 0)
			log_info("listening on %s", default_listen);
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

/* What the command line said stands over what the file said. */
static void
prefer_text(char **value, char *said)
{
	if (!said)
		return;
	free(*value);
	*value = said;
}

static void
prefer_list(struct config_list *list, struct config_list said)
{
	if (said.count == 0)
		return;
	for (size_t i = 0; i < list->count; i++)
		free(list->items[i]);
	free(list->items);
	*list = said;
}

static enum status
read_options(const struct config_key *keys, struct options *o, int *argc,
    char **argv, char *error)
{
	enum status status = config_read_arguments(keys, argc, argv, error);
	struct options said = *o;
	const char *path = o->config ? o->config : default_config;

	if (status != STATUS_OK || o->help || o->version)
		return status;
	/* The file is read second, so what the command line said is put back
	 * on top of it. */
	memset(o, 0, sizeof(*o));
	status = config_read_file(keys, path, error);
	if (status == STATUS_NOT_FOUND && !said.config) {
		status = STATUS_OK;
		error[0] = '\0'; /* nobody must have one */
	} else if (status == STATUS_NOT_FOUND) {
		(void)snprintf(error, CONFIG_ERROR_SIZE,
		    "the configuration file %s does not exist", path);
	}
	prefer_list(&o->listen, said.listen);
	prefer_text(&o->database, said.database);
	prefer_text(&o->tls_certificate, said.tls_certificate);
	prefer_text(&o->tls_key, said.tls_key);
	prefer_text(&o->tls_tickets, said.tls_tickets);
	prefer_text(&o->tokens, said.tokens);
	prefer_text(&o->web_root, said.web_root);
	prefer_text(&o->log_level, said.log_level);
	prefer_text(&o->config, said.config);
	return status;
}

/* Does what the options ask for; gives the exit status. */
static int
serve_options(
    const struct config_key *keys, struct options *o, int *argc, char **argv)
{
	char error[CONFIG_ERROR_SIZE] = "";
	enum log_level level = LOG_LEVEL_INFO;
	enum status status = read_options(keys, o, argc, argv, error);

	bool token = *argc > 1 && strcmp(argv[1], "token") == 0;
	char tokens[PATH_MAX];

	if (status == STATUS_OK && *argc > 1 && !token)
		(void)snprintf(error, sizeof(error),
		    "\"%s\" is no option; --help lists them", argv[1]);
	else if (status == STATUS_OK && !o->tls_certificate != !o->tls_key)
		(void)snprintf(error, sizeof(error),
		    "tls_certificate and tls_key belong together; name both");
	else if (status == STATUS_OK && o->log_level &&
		 !log_level_from_word(o->log_level, &level))
		(void)snprintf(error, sizeof(error),
		    "log_level is \"%s\"; it must be error, warning, info or "
		    "debug",
		    o->log_level);
	if (status != STATUS_OK || error[0] != '\0') {
		fprintf(stderr, "demarc-collector: %s\n", error);
		return EXIT_WRONG_USE;
	}
	if (o->help)
		print_help(keys);
	if (o->version)
		printf("demarc-collector %s\n", DEMARC_VERSION);
	if (o->help || o->version)
		return EXIT_SUCCESS;
	log_set_level(level);
	if (token)
		return token_command(
		    beside(o, o->tokens, "tokens", tokens), argv + 2);
	return run(o);
}

int
main(int argc, char **argv)
{
	struct options o = { .help = false };
	const struct config_key keys[] = {
		{ "listen", CONFIG_LIST, &o.listen, 0, 0,
		    "127.0.0.1:7413, [::1]:7413 or unix:PATH; repeatable" },
		{ "database", CONFIG_TEXT, &o.database, 0, 0,
		    "the SQLite file (/var/lib/demarc/demarc.sqlite)" },
		{ "tls_certificate", CONFIG_TEXT, &o.tls_certificate, 0, 0,
		    "certificate and its chain, PEM; SIGHUP reads it again" },
		{ "tls_key", CONFIG_TEXT, &o.tls_key, 0, 0, "its key, PEM" },
		{ "tls_tickets", CONFIG_TEXT, &o.tls_tickets, 0, 0,
		    "the key of session tickets (beside the database)" },
		{ "tokens", CONFIG_TEXT, &o.tokens, 0, 0,
		    "the file of tokens (beside the database)" },
		{ "web_root", CONFIG_TEXT, &o.web_root, 0, 0,
		    "serve the page from this directory, not the built-in" },
		{ "log_level", CONFIG_TEXT, &o.log_level, 0, 0,
		    "error, warning, info or debug (info)" },
		{ "config", CONFIG_TEXT, &o.config, 0, 0,
		    "read this file, not /etc/demarc/collector.conf" },
		{ "help", CONFIG_FLAG, &o.help, 0, 0, "print this" },
		{ "version", CONFIG_FLAG, &o.version, 0, 0,
		    "print the version" },
		{ NULL, CONFIG_TEXT, NULL, 0, 0, NULL },
	};
	int result = serve_options(keys, &o, &argc, argv);

	config_done(keys);
	return result;
}
