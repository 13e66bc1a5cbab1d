#include "agent/options.h"

#include <fnmatch.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "agent/host_facts.h"
#include "base/log.h"
#include "report/report.h"

enum {
	KEYS_MOST = 32,
	UNSET = -1, /* of a number */
	RETURN_AFTER_S = 300,
	VLAN_WINDOW_S = 10,
	VLAN_PERIOD_S = 300,
	VLAN_PERIOD_LEAST_S = 10,
	TIMEOUT_S = 65, /* longer than CDP's interval of 60 s */
	DAY_S = 86400
};

static const char CONFIG[] = "/etc/demarc/agent.conf";

/* Fills the table that names where in 'o' each key's value goes. */
static void
make_keys(struct options *o, struct config_key keys[static KEYS_MOST])
{
	const struct config_key all[] = {
		{ "config", CONFIG_TEXT, &o->config, 0, 0,
		    "FILE: read this instead of /etc/demarc/agent.conf" },
		{ "collector", CONFIG_LIST, &o->collectors, 0, 0,
		    "URL or unix:PATH: report there (several: the first that "
		    "answers)" },
		{ "nic", CONFIG_LIST, &o->nics, 0, 0,
		    "PATTERN: listen on these, also virtual ones (default: "
		    "all physical NICs)" },
		{ "ignore_nic", CONFIG_LIST, &o->ignored_nics, 0, 0,
		    "PATTERN: do not listen on these" },
		{ "state_directory", CONFIG_TEXT, &o->state_directory, 0, 0,
		    "DIRECTORY: reports wait here until delivered" },
		{ "control_socket", CONFIG_TEXT, &o->control_socket, 0, 0,
		    "PATH: where show asks the running agent" },
		{ "deliver", CONFIG_TEXT, &o->deliver, 0, 0,
		    "PATH: the program demarc-deliver" },
		{ "ovsdb", CONFIG_TEXT, &o->ovsdb, 0, 0,
		    "PATH: the socket of Open vSwitch's database (none: do "
		    "not ask)" },
		{ "libvirt", CONFIG_TEXT, &o->libvirt, 0, 0,
		    "auto, none, or a URI or socket: where libvirt is asked "
		    "for its machines (default: auto)" },
		{ "ca", CONFIG_TEXT, &o->ca, 0, 0,
		    "FILE: certificates of authorities to trust for https" },
		{ "token_file", CONFIG_TEXT, &o->token_file, 0, 0,
		    "FILE: its first line is our token at the collector" },
		{ "return_after", CONFIG_NUMBER, &o->return_after_s, 1, DAY_S,
		    "SECONDS: then the first collector is tried again, after "
		    "it did not answer (default: 300)" },
		{ "host_name", CONFIG_TEXT, &o->host_name, 0, 0,
		    "NAME: report this name" },
		{ "host_id", CONFIG_TEXT, &o->host_id, 0, 0,
		    "ID: 32 hexadecimal digits (default: /etc/machine-id)" },
		{ "heartbeat", CONFIG_NUMBER, &o->heartbeat_s, 1,
		    REPORT_HEARTBEAT_S,
		    "SECONDS: say so when nothing changed (default: 60, the "
		    "most)" },
		{ "vlan_window", CONFIG_NUMBER, &o->vlan_window_s, 0, 60,
		    "SECONDS: note for so long which VLANs arrive (default: "
		    "10; 0: never)" },
		{ "vlan_period", CONFIG_NUMBER, &o->vlan_period_s, 0, DAY_S,
		    "SECONDS: so often (default: 300; 0: only when asked)" },
		{ "user", CONFIG_TEXT, &o->user, 0, 0,
		    "NAME: run as this user when started as root" },
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
		{ "timeout", CONFIG_NUMBER, &o->timeout_s, 1, DAY_S,
		    "SECONDS: listen this long (default: 65)" },
		{ "json", CONFIG_FLAG, &o->json, 0, 0,
		    "listen, show: write JSON" },
		{ "now", CONFIG_FLAG, &o->now, 0, 0,
		    "vlans: listen for a window before the answer" },
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
		else if (*(long *)ours[i].value == UNSET)
			*(long *)ours[i].value = *(long *)theirs[i].value;
	}
}

static enum status
set_default(char **text, const char *value)
{
	if (!*text)
		*text = strdup(value);
	return *text ? STATUS_OK : STATUS_NO_MEMORY;
}

static enum status
fill_defaults(struct options *o)
{
	enum status status =
	    set_default(&o->state_directory, "/var/lib/demarc-agent");

	if (status == STATUS_OK)
		status = set_default(
		    &o->control_socket, "/run/demarc-agent/control.sock");
	if (status == STATUS_OK)
		status = set_default(&o->ovsdb, "/run/openvswitch/db.sock");
	if (status == STATUS_OK)
		status = set_default(&o->libvirt, "auto");
	if (status == STATUS_OK)
		status = set_default(&o->log_level, "info");
	if (o->heartbeat_s == UNSET)
		o->heartbeat_s = REPORT_HEARTBEAT_S;
	if (o->return_after_s == UNSET)
		o->return_after_s = RETURN_AFTER_S;
	if (o->vlan_window_s == UNSET)
		o->vlan_window_s = VLAN_WINDOW_S;
	if (o->vlan_period_s == UNSET)
		o->vlan_period_s = VLAN_PERIOD_S;
	if (o->timeout_s == UNSET)
		o->timeout_s = TIMEOUT_S;
	return status;
}

static enum status
check_collectors(const struct options *o, char error[static CONFIG_ERROR_SIZE])
{
	static const char *const schemes[] = { "http://", "https://",
		"unix:/" };

	for (size_t i = 0; i < o->collectors.count; i++) {
		const char *one = o->collectors.items[i];
		bool known = false;

		for (size_t s = 0; s < 3; s++)
			known = known || strncmp(one, schemes[s],
					     strlen(schemes[s])) == 0;
		if (known)
			continue;
		snprintf(error, CONFIG_ERROR_SIZE,
		    "collector is \"%.80s\"; it must begin with http://, "
		    "https:// or unix:/",
		    one);
		return STATUS_MALFORMED;
	}
	return STATUS_OK;
}

static enum status
check_vlans(const struct options *o, char error[static CONFIG_ERROR_SIZE])
{
	if (o->vlan_period_s == 0 || (o->vlan_period_s >= VLAN_PERIOD_LEAST_S &&
					 o->vlan_period_s > o->vlan_window_s))
		return STATUS_OK;
	snprintf(error, CONFIG_ERROR_SIZE,
	    "vlan_period is %ld; it must be 0, or at least %d and longer than "
	    "vlan_window, which is %ld",
	    o->vlan_period_s, VLAN_PERIOD_LEAST_S, o->vlan_window_s);
	return STATUS_MALFORMED;
}

static enum status
check(const struct options *o, char error[static CONFIG_ERROR_SIZE])
{
	enum log_level level;

	if (o->host_id && !host_facts_is_id(o->host_id)) {
		snprintf(error, CONFIG_ERROR_SIZE,
		    "host_id is \"%.60s\"; it must be 32 hexadecimal digits",
		    o->host_id);
		return STATUS_MALFORMED;
	}
	if (!log_level_from_word(o->log_level, &level)) {
		snprintf(error, CONFIG_ERROR_SIZE,
		    "log_level is \"%.60s\"; it must be error, warning, info "
		    "or debug",
		    o->log_level);
		return STATUS_MALFORMED;
	}
	if (check_vlans(o, error) != STATUS_OK)
		return STATUS_MALFORMED;
	return check_collectors(o, error);
}

/* A file that nobody asked for need not be there. */
static enum status
read_file(struct options *o, char error[static CONFIG_ERROR_SIZE])
{
	struct options file = { .heartbeat_s = UNSET,
		.return_after_s = UNSET,
		.vlan_window_s = UNSET,
		.vlan_period_s = UNSET };
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

	*out = (struct options){ .heartbeat_s = UNSET,
		.return_after_s = UNSET,
		.vlan_window_s = UNSET,
		.vlan_period_s = UNSET,
		.timeout_s = UNSET };
	make_keys(out, keys);
	add_line_keys(out, keys);
	status = config_read_arguments(keys, argc, argv, error);
	if (status == STATUS_OK && !out->help && !out->version)
		status = read_file(out, error);
	if (status == STATUS_OK)
		status = fill_defaults(out);
	if (status == STATUS_OK)
		status = check(out, error);
	return status;
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
	struct options none = { 0 };
	struct config_key keys[KEYS_MOST];

	make_keys(&none, keys);
	add_line_keys(&none, keys);
	config_print_help(keys);
}

bool
options_match(const struct config_list *patterns, const char *nic)
{
	for (size_t i = 0; i < patterns->count; i++) {
		if (fnmatch(patterns->items[i], nic, 0) == 0)
			return true;
	}
	return false;
}
