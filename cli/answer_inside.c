#include "cli/answer.h"

#include <string.h>

#include "cli/table.h"
#include "cli/words.h"

enum { CELL_SIZE = 4096 };

static const struct table_column vm_columns[] = {
	{ "NAME", 10 },
	{ "KIND", 4 },
	{ "STATE", 7 },
	{ "HOST", 8 },
	{ "NETWORK", 12 },
	{ "SWITCH PORTS", 18 },
};

static const struct table_column vswitch_columns[] = {
	{ "HOST", 8 },
	{ "VSWITCH", 7 },
	{ "KIND", 6 },
	{ "UPLINKS", 14 },
	{ "VNICS", 5 },
	{ "SWITCH PORTS", 18 },
};

static const struct table_column vlan_columns[] = {
	{ "VLAN", 4 },
	{ "NAME", 12 },
	{ "NEEDED BY", 9 },
	{ "HOSTS", 5 },
	{ "TOLD ON PORTS", 13 },
};

#define COUNT(columns) (sizeof(columns) / sizeof((columns)[0]))

/* Ends a cell: its text goes into the table. */
static void
add_cell(struct table *table, enum tone tone, struct buffer *text,
    const char *absent)
{
	if (text->size > 0)
		table_add(table, tone, buffer_string(text));
	else
		table_add(table, TONE_QUIET, absent);
	buffer_clear(text);
}

static void
list_texts(struct buffer *out, const struct json_value *texts)
{
	const char *between = "";

	for (texts = json_first(texts); texts; texts = json_next(texts)) {
		buffer_text(out, between);
		page_clean(out, json_string_of(texts));
		between = ", ";
	}
}

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

static void
add_vm(struct table *table, const struct json_value *vm)
{
	bool silent = json_get_boolean(vm, "silent", false);
	const char *state = json_get_string(vm, "state");
	struct buffer text;

	buffer_init(&text, CELL_SIZE);
	table_add(table, TONE_SYSTEMS, json_get_string(vm, "name"));
	table_add(table, TONE_PLAIN, words_kind(json_get_string(vm, "kind")));
	table_add(table, silent ? TONE_PROBLEM : TONE_PLAIN,
	    silent ? "host silent" : state);
	table_add(table, TONE_SYSTEMS, json_get_string(vm, "host"));
	list_networks(&text, json_get(vm, "vnics"));
	add_cell(table, TONE_NETWORK, &text, "no vNIC");
	list_texts(&text, json_get(vm, "switches"));
	add_cell(table, TONE_NETWORK, &text, "unknown");
	buffer_done(&text);
}

/* A list as a table; false with 'nothing' when it is empty. */
static bool
say_list(struct page *page, const struct json_value *list,
    const struct table *empty,
    void (*add)(struct table *table, const struct json_value *one))
{
	struct table table;

	if (json_count(list) == 0)
		return false;
	table_init(&table, empty->columns, empty->column_count);
	for (list = json_first(list); list; list = json_next(list))
		add(&table, list);
	table_write(&table, page, 0);
	table_done(&table);
	return true;
}

bool
answer_vms(struct page *page, const struct json_value *answer)
{
	const struct table empty = { .columns = vm_columns,
		.column_count = COUNT(vm_columns) };

	if (say_list(page, json_get(answer, "vms"), &empty, add_vm))
		return true;
	page_say(page, TONE_PLAIN,
	    "no host has reported a VM, container or namespace\n");
	return false;
}

bool
answer_vm(struct page *page, const struct json_value *answer)
{
	const struct json_value *vm = json_get(answer, "vm");
	const char *uuid = json_get_string(vm, "uuid");
	const char *id = json_get_string(vm, "id");
	const char *source = json_get_string(vm, "source");

	page_quote(page, TONE_SYSTEMS, json_get_string(vm, "name"));
	page_say(page, TONE_QUIET, "  %.40s, %.40s, on ",
	    words_kind(json_get_string(vm, "kind")),
	    json_get_string(vm, "state") ? json_get_string(vm, "state")
					 : "unknown");
	page_quote(page, TONE_SYSTEMS, json_get_string(vm, "host"));
	if (json_get_boolean(vm, "silent", false))
		page_say(page, TONE_PROBLEM, ", which is silent");
	page_say(page, TONE_QUIET, "\n  id ");
	page_quote(page, TONE_PLAIN, id);
	if (uuid && id && strcmp(uuid, id) != 0) {
		page_say(page, TONE_QUIET, ", UUID ");
		page_quote(page, TONE_PLAIN, uuid);
	}
	if (source) {
		page_say(page, TONE_QUIET, ", as told by ");
		page_quote(page, TONE_PLAIN, source);
	}
	page_say(page, TONE_PLAIN, "\n\n");
	(void)answer_path(page, answer);
	return true;
}

/* "bond0 (ens1f0 active, ens1f1 standby)" */
static void
list_uplinks(struct buffer *out, const struct json_value *uplinks)
{
	const char *between = "";

	for (const struct json_value *u = json_first(uplinks); u;
	     u = json_next(u)) {
		const struct json_value *m = json_first(json_get(u, "members"));
		const char *kind = json_get_string(u, "kind");
		const char *before = " (";

		buffer_text(out, between);
		page_clean(out, json_get_string(u, "name"));
		between = ", ";
		if (kind && strcmp(kind, "nic") == 0)
			continue;
		for (; m; m = json_next(m)) {
			const char *state = json_get_string(m, "state");

			buffer_text(out, before);
			page_clean(out, json_get_string(m, "nic"));
			buffer_text(out, state ? " " : "");
			page_clean(out, state);
			before = ", ";
		}
		if (*before == ',')
			buffer_char(out, ')');
	}
}

static void
add_vswitch(struct table *table, const struct json_value *s)
{
	bool patched = json_count(json_get(s, "patches")) > 0;
	struct buffer text;

	buffer_init(&text, CELL_SIZE);
	table_add(table, TONE_SYSTEMS, json_get_string(s, "host"));
	table_add(table, TONE_NETWORK, json_get_string(s, "name"));
	table_add(table, TONE_PLAIN, words_kind(json_get_string(s, "kind")));
	list_uplinks(&text, json_get(s, "uplinks"));
	add_cell(
	    table, TONE_SYSTEMS, &text, patched ? "over patch ports" : "none");
	table_say(table, TONE_PLAIN, "%lld",
	    (long long)json_get_number(s, "vnics", 0));
	list_texts(&text, json_get(s, "switches"));
	add_cell(table, TONE_NETWORK, &text, "unknown");
	buffer_done(&text);
}

bool
answer_vswitches(struct page *page, const struct json_value *answer)
{
	const struct table empty = { .columns = vswitch_columns,
		.column_count = COUNT(vswitch_columns) };

	if (say_list(page, json_get(answer, "vswitches"), &empty, add_vswitch))
		return true;
	page_say(page, TONE_PLAIN, "no host has reported a virtual switch\n");
	return false;
}

static void
add_count(struct table *table, int64_t count, const char *what)
{
	if (count == 0)
		table_add(table, TONE_QUIET, "none");
	else
		table_say(table, TONE_PLAIN, "%lld%s%s", (long long)count,
		    *what ? " " : "", what);
}

static void
add_vlan(struct table *table, const struct json_value *v)
{
	int64_t needed = json_get_number(v, "needed_by", 0);
	struct buffer text;

	buffer_init(&text, CELL_SIZE);
	table_say(
	    table, TONE_STRONG, "%lld", (long long)json_get_number(v, "id", 0));
	list_texts(&text, json_get(v, "names"));
	add_cell(table, TONE_NETWORK, &text, NULL);
	add_count(table, needed, needed == 1 ? "vNIC" : "vNICs");
	add_count(table, json_get_number(v, "hosts", 0), "");
	add_count(table, json_get_number(v, "told_on_ports", 0), "");
	buffer_done(&text);
}

bool
answer_vlans(struct page *page, const struct json_value *answer)
{
	const struct table empty = { .columns = vlan_columns,
		.column_count = COUNT(vlan_columns) };

	if (say_list(page, json_get(answer, "vlans"), &empty, add_vlan))
		return true;
	page_say(page, TONE_PLAIN,
	    "no port group needs a VLAN, and no switch port tells one\n");
	return false;
}
