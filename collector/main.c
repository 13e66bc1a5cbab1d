/* demarc-collector: options, signals, exit status; picks the store. */
#include <errno.h>
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
#include "collector/http.h"
#include "collector/index.h"
#include "collector/store_sqlite.h"

enum { EXIT_WRONG_USE = 2, SWEEP_EVERY_S = 5 };

static const char default_config[] = "/etc/demarc/collector.conf";
static char default_listen[] = "127.0.0.1:7413";
static const char default_database[] = "/var/lib/demarc/demarc.sqlite";

struct options {
	struct config_list listen;
	char *database, *web_root, *log_level, *config;
	bool help, version;
};

struct running {
	struct store *store;
	struct api *api;
	struct http *http;
};

static void
print_help(const struct config_key *keys)
{
	printf("usage: demarc-collector [--KEY=VALUE ...]\n\n"
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

static void
answer(void *context, const struct request *request, struct reply *reply)
{
	api_answer(context, request, reply);
}

static enum status
start(const struct options *o, struct running *r)
{
	char error[STORE_ERROR_SIZE], http_error[HTTP_ERROR_SIZE];
	const char *database = o->database ? o->database : default_database;
	char *only[] = { default_listen };
	struct http_handler handler = { api_wants_body, answer, NULL };
	enum status status;

	make_directory(database);
	status = store_sqlite_open(database, &r->store, error);
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
	handler.context = r->api;
	status = http_start(&handler,
	    o->listen.count > 0 ? o->listen.items : only,
	    o->listen.count > 0 ? o->listen.count : 1, &r->http, http_error);
	if (status != STATUS_OK)
		log_error("%s", http_error);
	return status;
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
			http_sweep(r.http, clock_now().ms);
		}
		log_info("stopping");
		result = EXIT_SUCCESS;
	}
	http_close(r.http);
	api_stop(r.api);
	http_stop(r.http);
	api_free(r.api);
	if (r.store)
		r.store->close(r.store);
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

	if (status == STATUS_OK && *argc > 1)
		(void)snprintf(error, sizeof(error),
		    "\"%s\" is no option; --help lists them", argv[1]);
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
