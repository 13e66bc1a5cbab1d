#include "collector/options.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "collector/store.h"

enum { KEYS_MOST = 32, DAY_S = 86400 };

static const char default_config[] = "/etc/demarc/collector.conf";
static char default_listen[] = "127.0.0.1:7413";
static const char default_database[] = "/var/lib/demarc/demarc.sqlite";

/* Fills the table that names where in 'o' each key's value goes. */
static void
make_keys(struct options *o, struct config_key keys[static KEYS_MOST])
{
	const struct config_key all[] = {
		{ "listen", CONFIG_LIST, &o->listen, 0, 0,
		    "127.0.0.1:7413, [::1]:7413 or unix:PATH; repeatable" },
		{ "database", CONFIG_TEXT, &o->database, 0, 0,
		    "a file of SQLite (/var/lib/demarc/demarc.sqlite), or a "
		    "PostgreSQL: postgresql://HOST/NAME" },
		{ "tls_certificate", CONFIG_TEXT, &o->tls_certificate, 0, 0,
		    "certificate and its chain, PEM; SIGHUP reads it again" },
		{ "tls_key", CONFIG_TEXT, &o->tls_key, 0, 0, "its key, PEM" },
		{ "tls_tickets", CONFIG_TEXT, &o->tls_tickets, 0, 0,
		    "the key of session tickets (beside the database)" },
		{ "tokens", CONFIG_TEXT, &o->tokens, 0, 0,
		    "the file of tokens (beside the database)" },
		{ "connections", CONFIG_NUMBER, &o->connections, 1, 1000000,
		    "the most at a time (10000)" },
		{ "connections_per_address", CONFIG_NUMBER,
		    &o->connections_per_address, 1, 1000000,
		    "the most of one of them (half of that)" },
		{ "threads", CONFIG_NUMBER, &o->threads, 1, 64,
		    "of each address it listens on (processors, at most 4)" },
		{ "request_timeout", CONFIG_NUMBER, &o->request_timeout_s, 1,
		    3600, "SECONDS for one request and its reply (60)" },
		{ "idle_timeout", CONFIG_NUMBER, &o->idle_timeout_s, 1, DAY_S,
		    "SECONDS between two of a connection (150)" },
		{ "keep_days", CONFIG_NUMBER, &o->keep_days, 1, 36500,
		    "DAYS for which history is kept (365)" },
		{ "keep_size", CONFIG_NUMBER, &o->keep_size_mb, 1, 1 << 30,
		    "MEGABYTES of the SQLite file; the oldest history goes "
		    "first (no bound)" },
		{ "web_root", CONFIG_TEXT, &o->web_root, 0, 0,
		    "serve the page from this directory, not the built-in" },
		{ "log_level", CONFIG_TEXT, &o->log_level, 0, 0,
		    "error, warning, info or debug (info)" },
		{ "config", CONFIG_TEXT, &o->config, 0, 0,
		    "read this file, not /etc/demarc/collector.conf" },
		{ "help", CONFIG_FLAG, &o->help, 0, 0, "print this" },
		{ "version", CONFIG_FLAG, &o->version, 0, 0,
		    "print the version" },
		{ NULL, CONFIG_TEXT, NULL, 0, 0, NULL },
	};

	memcpy(keys, all, sizeof(all));
}

void
options_print_help(void)
{
	struct config_key keys[KEYS_MOST];
	struct options none;

	make_keys(&none, keys);
	printf("usage: demarc-collector [--KEY=VALUE ...]\n"
	       "       demarc-collector [--tokens=FILE] token "
	       "add|list|revoke ...\n"
	       "       demarc-collector [--database=FILE] backup COPY\n"
	       "       demarc-collector [--database=FILE] check [COPY]\n"
	       "       demarc-collector [--database=FILE] restore COPY\n\n"
	       "Takes the reports of demarc-agent, stores them, and answers "
	       "which switch port\na NIC uses. The page is at "
	       "http://127.0.0.1:7413/.\n\n");
	config_print_help(keys);
	printf("\nEach key may also stand in %s as `key = value`.\n"
	       "See demarc-collector(8).\n",
	    default_config);
}

static void
fill_in_text(char **to, char **from)
{
	if (*to)
		return;
	*to = *from;
	*from = NULL;
}

static void
fill_in_list(struct config_list *to, struct config_list *from)
{
	if (to->count > 0)
		return;
	*to = *from;
	*from = (struct config_list){ 0 };
}

/* Takes from 'file' what the command line does not say. */
static void
fill_in(struct options *o, struct options *file)
{
	struct config_key ours[KEYS_MOST], theirs[KEYS_MOST];

	make_keys(o, ours);
	make_keys(file, theirs);
	for (size_t i = 0; ours[i].name; i++) {
		if (ours[i].kind == CONFIG_TEXT)
			fill_in_text(ours[i].value, theirs[i].value);
		else if (ours[i].kind == CONFIG_LIST)
			fill_in_list(ours[i].value, theirs[i].value);
		else if (ours[i].kind == CONFIG_NUMBER &&
			 *(long *)ours[i].value == 0)
			*(long *)ours[i].value = *(long *)theirs[i].value;
	}
}

static enum status
read_file(struct options *o, char *error)
{
	const char *path = o->config ? o->config : default_config;
	struct options file = { .help = false };
	struct config_key keys[KEYS_MOST];
	enum status status;

	make_keys(&file, keys);
	status = config_read_file(keys, path, error);
	if (status == STATUS_NOT_FOUND && !o->config) {
		status = STATUS_OK; /* nobody must have one */
		error[0] = '\0';
	} else if (status == STATUS_NOT_FOUND) {
		(void)snprintf(error, CONFIG_ERROR_SIZE,
		    "the configuration file %s does not exist", path);
	}
	fill_in(o, &file);
	options_done(&file);
	return status;
}

static enum status
set_default(struct options *o)
{
	if (!o->database)
		o->database = strdup(default_database);
	if (o->listen.count == 0) {
		o->listen.items = calloc(1, sizeof(*o->listen.items));
		if (!o->listen.items)
			return STATUS_NO_MEMORY;
		o->listen.items[0] = strdup(default_listen);
		o->listen.count = 1;
	}
	return o->database && o->listen.items[0] ? STATUS_OK : STATUS_NO_MEMORY;
}

static enum status
check_size(const struct options *o, char *error)
{
	if (o->keep_size_mb == 0 || !o->database || store_is_file(o->database))
		return STATUS_OK;
	(void)snprintf(error, CONFIG_ERROR_SIZE,
	    "keep_size bounds SQLite's file only, and PostgreSQL keeps its own "
	    "size; bound the history by keep_days");
	return STATUS_MALFORMED;
}

static enum status
check(struct options *o, char *error)
{
	o->level = LOG_LEVEL_INFO;
	if (o->log_level && !log_level_from_word(o->log_level, &o->level)) {
		(void)snprintf(error, CONFIG_ERROR_SIZE,
		    "log_level is \"%s\"; it must be error, warning, info or "
		    "debug",
		    o->log_level);
		return STATUS_MALFORMED;
	}
	if (!o->tls_certificate == !o->tls_key)
		return check_size(o, error);
	(void)snprintf(error, CONFIG_ERROR_SIZE,
	    "tls_certificate and tls_key belong together; name both");
	return STATUS_MALFORMED;
}

enum status
options_read(struct options *o, int *argc, char **argv,
    char error[static CONFIG_ERROR_SIZE])
{
	struct config_key keys[KEYS_MOST];
	enum status status;

	*o = (struct options){ .help = false };
	make_keys(o, keys);
	error[0] = '\0';
	status = config_read_arguments(keys, argc, argv, error);
	if (status != STATUS_OK || o->help || o->version)
		return status;
	status = read_file(o, error);
	if (status == STATUS_OK)
		status = check(o, error);
	return status == STATUS_OK ? set_default(o) : status;
}

void
options_done(struct options *o)
{
	struct config_key keys[KEYS_MOST];

	make_keys(o, keys);
	config_done(keys);
}

const char *
options_beside(const struct options *o, const char *said, const char *name,
    char out[static PATH_MAX])
{
	/* One that is reached by a URL stands nowhere. */
	const char *database =
	    store_is_file(o->database) ? o->database : default_database;
	const char *slash = strrchr(database, '/');
	size_t length = slash ? (size_t)(slash - database) + 1 : 0;

	if (said)
		return said;
	(void)snprintf(out, PATH_MAX, "%.*s%s", (int)length, database, name);
	return out;
}
