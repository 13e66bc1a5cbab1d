#include "cli/answer.h"

#include <string.h>

#include "cli/parts.h"
#include "cli/words.h"

static const struct table_column columns[] = {
	{ "NAME", 10 },
	{ "KIND", 4 },
	{ "STATE", 7 },
	{ "HOST", 8 },
	{ "NETWORK", 12 },
	{ "SWITCH PORTS", 18 },
};

/* "br0 tag 140": where each vNIC is connected. */
static void
list_networks(struct buffer *out, const struct json_value *vnics)
{
	const char *between = "";

	for (const struct json_value *n = json_first(vnics); n;
	     n = json_next(n)) {
		const char *vswitch = json_get_string(n, "vswitch");
		const char *group = json_get_string(n, "port_group");

		buffer_text(out, between);
		page_clean(out, vswitch ? vswitch : "unknown");
		buffer_text(out, group ? " " : "");
		page_clean(out, group);
		if (!json_get_boolean(n, "connected", true))
			buffer_text(out, " (not connected)");
		between = ", ";
	}
}

/* What is known of a VM is as good as what is known of its host. */
static const char *
state_of(const struct json_value *vm, bool *out_doubt)
{
	const char *connection = json_get_string(vm, "connection");
	const char *state = json_get_string(vm, "state");

	*out_doubt = true;
	if (json_get_boolean(vm, "silent", false))
		return "host silent";
	if (connection && strcmp(connection, "connected") != 0)
		return "host lost";
	*out_doubt = false;
	return state ? state : "unknown";
}

static void
add_vm(struct table *table, const struct json_value *vm, int64_t now)
{
	struct buffer text;
	const char *state;
	bool doubt;

	(void)now;
	buffer_init(&text, PARTS_TEXT_SIZE);
	state = state_of(vm, &doubt);
	table_add(table, TONE_SYSTEMS, json_get_string(vm, "name"));
	table_add(table, TONE_PLAIN, words_kind(json_get_string(vm, "kind")));
	table_add(table, doubt ? TONE_PROBLEM : TONE_PLAIN, state);
	table_add(table, TONE_SYSTEMS, json_get_string(vm, "host"));
	list_networks(&text, json_get(vm, "vnics"));
	parts_cell(table, TONE_NETWORK, &text, "no vNIC");
	buffer_done(&text);
	parts_ports(
	    table, json_get(vm, "switches"), json_get(vm, "stale_ports"));
}

bool
answer_vms(struct page *page, const struct json_value *answer)
{
	static const struct parts_list shape = PARTS_LIST(columns, add_vm);

	if (parts_table(page, json_get(answer, "vms"), &shape, 0))
		return true;
	page_say(page, TONE_PLAIN,
	    "no host has reported a VM, container or namespace\n");
	return false;
}

static void
say_identity(struct page *page, const struct json_value *vm)
{
	const char *uuid = json_get_string(vm, "uuid");
	const char *id = json_get_string(vm, "id");
	const char *source = json_get_string(vm, "source");

	page_say(page, TONE_QUIET, "  id ");
	page_quote(page, TONE_PLAIN, id);
	if (uuid && id && strcmp(uuid, id) != 0) {
		page_say(page, TONE_QUIET, ", UUID ");
		page_quote(page, TONE_PLAIN, uuid);
	}
	if (source) {
		page_say(page, TONE_QUIET, ", as told by ");
		page_quote(page, TONE_PLAIN, words_source(source));
	}
	page_say(page, TONE_PLAIN, "\n");
}

bool
answer_vm(struct page *page, const struct json_value *answer)
{
	const struct json_value *vm = json_get(answer, "vm");
	size_t start = page->out->size;
	const char *state;
	bool doubt;

	state = state_of(vm, &doubt);
	page_quote(page, TONE_SYSTEMS, json_get_string(vm, "name"));
	page_say(page, TONE_QUIET, "  %.40s, ",
	    words_kind(json_get_string(vm, "kind")));
	page_say(
	    page, TONE_QUIET, strcmp(state, "unknown") == 0 ? "state " : "");
	page_quote(page, doubt ? TONE_PROBLEM : TONE_QUIET, state);
	page_say(page, TONE_QUIET, ", on ");
	page_quote(page, TONE_SYSTEMS, json_get_string(vm, "host"));
	page_say(page, TONE_QUIET, "\n");
	say_identity(page, vm);
	page_wrap(page, start, 4);
	page_say(page, TONE_PLAIN, "\n");
	(void)answer_path(page, answer);
	return true;
}
