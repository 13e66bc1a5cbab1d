#include "vsphere/options.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/secret.h"
#include "report/report.h"

enum {
	KEYS_MOST = 20,
	UNSET = -1, /* of a number */
	RETURN_AFTER_S = 300,
	HINT_PERIOD_S = 300,
	HINT_PERIOD_LEAST_S = 10, /* nothing is asked more often */
	STALE_S = 300,
	DAY_S = 86400
};

static const char CONFIG[] = "/etc/demarc/vsphere.conf";

/* Fills the table that names where in 'o' each key's value goes. */
static void
make_keys(struct options *o, struct config_key keys[static KEYS_MOST])
{
	const struct config_key all[] = {
		{ "config", CONFIG_TEXT, &o->config, 0, 0,
		    "FILE: read this instead of /etc/demarc/vsphere.conf" },
		{ "vcenter", CONFIG_TEXT, &o->vcenter, 0, 0,
		    "URL: https://NAME of the vCenter or of one ESXi host" },
		{ "user", CONFIG_TEXT, &o->user, 0, 0,
		    "NAME: who we are there; a right to read is enough" },
		{ "password_file", CONFIG_TEXT, &o->password_file, 0, 0,
		    "FILE: its first line is the password" },
		{ "ca", CONFIG_TEXT, &o->ca, 0, 0,
		    "FILE: certificates of authorities to trust for the "
		    "vCenter" },
		{ "collector", CONFIG_LIST, &o->collectors, 0, 0,
		    "URL or unix:PATH: report there (several: the first that "
		    "answers)" },
		{ "collector_ca", CONFIG_TEXT, &o->collector_ca, 0, 0,
		    "FILE: certificates of authorities to trust for the "
		    "collector" },
		{ "token_file", CONFIG_TEXT, &o->token_file, 0, 0,
		    "FILE: its first line is our token at the collector" },
		{ "hint_period", CONFIG_NUMBER, &o->hint_period_s,
		    HINT_PERIOD_LEAST_S, DAY_S,
		    "SECONDS: ask each host that often what its NICs hear "
		    "(default: 300)" },
		{ "heartbeat", CONFIG_NUMBER, &o->heartbeat_s, 1,
		    REPORT_HEARTBEAT_S,
		    "SECONDS: say so when nothing changed (default: 60, the "
		    "most)" },
		{ "return_after", CONFIG_NUMBER, &o->return_after_s, 1, DAY_S,
		    "SECONDS: then the first collector is tried again, after "
		    "it did not answer (default: 300)" },
		{ "stale", CONFIG_NUMBER, &o->stale_s, 1, DAY_S,
		    "SECONDS: say nothing when the vCenter was silent for so "
		    "long (default: 300)" },
		{ "log_level", CONFIG_TEXT, &o->log_level, 0, 0,
		    "error, warning, info or debug (default: info)" },
		{ NULL, CONFIG_TEXT, NULL, 0, 0, NULL },
	};

	memcpy(keys, all, sizeof(all));
}

/* The command line has these besides. */
static void
add_line_keys(struct options *o, struct config_key keys[static KEYS_MOST])
{
	const struct config_key more[] = {
		{ "once", CONFIG_FLAG, &o->once, 0, 0,
		    "read all once, print or deliver the reports, and end" },
		{ "help", CONFIG_FLAG, &o->help, 0, 0, "show this help" },
		{ "version", CONFIG_FLAG, &o->version, 0, 0,
		    "show the version" },
		{ NULL, CONFIG_TEXT, NULL, 0, 0, NULL },
	};
	size_t count = 0;

	while (keys[count].name)
		count++;
	memcpy(&keys[count], more, sizeof(more));
}

static void
fill_in_one(const struct config_key *ours, const struct config_key *theirs)
{
	char **text = ours->value, **other = theirs->value;

	if (ours->kind == CONFIG_TEXT && !*text) {
		*text = *other;
		*other = NULL;
	}
}

/* Takes from 'file' what the command line does not say. */
static void
fill_in(struct options *o, struct options *file)
{
	struct config_key ours[KEYS_MOST], theirs[KEYS_MOST];

	make_keys(o, ours);
	make_keys(file, theirs);
	for (size_t i = 0; ours[i].name; i++) {
		fill_in_one(&ours[i], &theirs[i]);
		if (ours[i].kind == CONFIG_NUMBER &&
		    *(long *)ours[i].value == UNSET)
			*(long *)ours[i].value = *(long *)theirs[i].value;
	}
	if (o->collectors.count == 0) {
		o->collectors = file->collectors;
		file->collectors = (struct config_list){ 0 };
	}
}

static void
fill_defaults(struct options *o)
{
	if (o->hint_period_s == UNSET)
		o->hint_period_s = HINT_PERIOD_S;
	if (o->return_after_s == UNSET)
		o->return_after_s = RETURN_AFTER_S;
	if (o->heartbeat_s == UNSET)
		o->heartbeat_s = REPORT_HEARTBEAT_S;
	/* What a hint tells must be told again before it expires. */
	if (o->heartbeat_s > o->hint_period_s)
		o->heartbeat_s = o->hint_period_s;
	if (o->stale_s == UNSET)
		o->stale_s = STALE_S;
}

/* ---- what must be right
 * ------------------------------------------------------- */

static bool
begins(const char *text, const char *with)
{
	return strncmp(text, with, strlen(with)) == 0;
}

static enum status
check_there(const char *value, const char *key, const char *example,
    char error[static CONFIG_ERROR_SIZE])
{
	if (value && value[0])
		return STATUS_OK;
	snprintf(error, CONFIG_ERROR_SIZE,
	    "%s is not set; it must be, as in \"%s = %s\" in %s or --%s", key,
	    key, example, CONFIG, key);
	return STATUS_MALFORMED;
}

/* Adds the path of the service when none is given. */
static enum status
check_vcenter(struct options *o, char error[static CONFIG_ERROR_SIZE])
{
	const char *name = strstr(o->vcenter, "://"), *slash;
	char *whole;

	/* A password goes in the clear only where nobody else listens. */
	if (begins(o->vcenter, "unix:") || !secret_may_go_to(o->vcenter)) {
		snprintf(error, CONFIG_ERROR_SIZE,
		    "vcenter is \"%.80s\"; it must begin with https:// "
		    "(http:// "
		    "only of this machine itself)",
		    o->vcenter);
		return STATUS_MALFORMED;
	}
	if (strpbrk(o->vcenter, "@ \t")) {
		snprintf(error, CONFIG_ERROR_SIZE,
		    "vcenter has a \"@\" or a blank; it must be https://NAME, "
		    "and who we are stands in user and password_file");
		return STATUS_MALFORMED;
	}
	slash = strchr(name + 3, '/');
	if (slash && slash[1] != '\0')
		return STATUS_OK;
	if (asprintf(&whole, "%.*s/sdk",
		slash ? (int)(slash - o->vcenter) : (int)strlen(o->vcenter),
		o->vcenter) < 0)
		return STATUS_NO_MEMORY;
	free(o->vcenter);
	o->vcenter = whole;
	return STATUS_OK;
}

static enum status
check_collectors(const struct options *o, char error[static CONFIG_ERROR_SIZE])
{
	for (size_t i = 0; i < o->collectors.count; i++) {
		const char *one = o->collectors.items[i];

		if (o->token_file && begins(one, "http://") &&
		    !secret_may_go_to(one)) {
			snprintf(error, CONFIG_ERROR_SIZE,
			    "collector is \"%.80s\"; a token goes to https:// "
			    "and unix:/ only",
			    one);
			return STATUS_MALFORMED;
		}
		if (begins(one, "http://") || begins(one, "https://") ||
		    begins(one, "unix:/"))
			continue;
		snprintf(error, CONFIG_ERROR_SIZE,
		    "collector is \"%.80s\"; it must begin with http://, "
		    "https:// or unix:/",
		    one);
		return STATUS_MALFORMED;
	}
	return check_there(o->once || o->collectors.count > 0 ? "yes" : NULL,
	    "collector", "https://collector.example.net:8430", error);
}

static enum status
check(struct options *o, char error[static CONFIG_ERROR_SIZE])
{
	enum log_level level;
	enum status status = check_there(
	    o->vcenter, "vcenter", "https://vcenter.example.net", error);

	if (status == STATUS_OK)
		status = check_vcenter(o, error);
	if (status == STATUS_OK)
		status =
		    check_there(o->user, "user", "demarc@vsphere.local", error);
	if (status == STATUS_OK)
		status = check_there(o->password_file, "password_file",
		    "/etc/demarc/vsphere.password", error);
	if (status == STATUS_OK)
		status = check_collectors(o, error);
	if (status == STATUS_OK && o->log_level &&
	    !log_level_from_word(o->log_level, &level)) {
		snprintf(error, CONFIG_ERROR_SIZE,
		    "log_level is \"%.60s\"; it must be error, warning, info "
		    "or debug",
		    o->log_level);
		status = STATUS_MALFORMED;
	}
	return status;
}

/* A file that nobody asked for need not be there. */
static enum status
read_file(struct options *o, char error[static CONFIG_ERROR_SIZE])
{
	struct options file = { .hint_period_s = UNSET,
		.heartbeat_s = UNSET,
		.return_after_s = UNSET,
		.stale_s = UNSET };
	struct config_key keys[KEYS_MOST];
	const char *path = o->config ? o->config : CONFIG;
	enum status status;

	make_keys(&file, keys);
	status = config_read_file(keys, path, error);
	if (status == STATUS_NOT_FOUND && !o->config)
		status = STATUS_OK;
	if (status == STATUS_OK)
		fill_in(o, &file);
	config_done(keys);
	return status;
}

enum status
options_read(struct options *out, int *argc, char **argv,
    char error[static CONFIG_ERROR_SIZE])
{
	struct config_key keys[KEYS_MOST];
	enum status status;

	*out = (struct options){ .hint_period_s = UNSET,
		.heartbeat_s = UNSET,
		.return_after_s = UNSET,
		.stale_s = UNSET };
	make_keys(out, keys);
	add_line_keys(out, keys);
	status = config_read_arguments(keys, argc, argv, error);
	if (status == STATUS_OK && *argc > 1) {
		snprintf(error, CONFIG_ERROR_SIZE,
		    "\"%.60s\" is no option; they begin with --", argv[1]);
		status = STATUS_MALFORMED;
	}
	if (status != STATUS_OK || out->help || out->version)
		return status;
	status = read_file(out, error);
	fill_defaults(out);
	return status == STATUS_OK ? check(out, error) : status;
}

void
options_done(struct options *options)
{
	struct config_key keys[KEYS_MOST];

	make_keys(options, keys);
	config_done(keys);
}

void
options_print_help(void)
{
	struct options none = { .once = false };
	struct config_key keys[KEYS_MOST];

	make_keys(&none, keys);
	add_line_keys(&none, keys);
	config_print_help(keys);
}
