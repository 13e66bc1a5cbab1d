#include "cli/answer.h"

#include <string.h>

#include "cli/carries.h"
#include "cli/parts.h"
#include "cli/words.h"

static const struct table_column list_columns[] = {
	{ "VLAN", 4 },
	{ "NAME", 12 },
	{ "NEEDED BY", 9 },
	{ "HOSTS", 5 },
	{ "TOLD ON PORTS", 13 },
	{ "HEARD ON NICS", 13 },
};

static const struct table_column nic_columns[] = {
	{ "HOST", 6 },
	{ "NIC", 6 },
	{ "SWITCH PORT", 16 },
	{ "NEEDED BY", 11 },
	{ "CARRIED", 7 },
	{ "BECAUSE", 22 },
};

static const struct table_column group_columns[] = {
	{ "HOST", 8 },
	{ "VSWITCH", 8 },
	{ "PORT GROUP", 10 },
	{ "VNICS", 5 },
};

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
add_vlan(struct table *table, const struct json_value *v, int64_t now)
{
	int64_t needed = json_get_number(v, "needed_by", 0);
	int64_t heard = json_get_number(v, "heard_on_nics", 0);
	int64_t last = json_get_number(v, "last_heard", 0);
	struct buffer text;

	buffer_init(&text, PARTS_TEXT_SIZE);
	table_say(
	    table, TONE_STRONG, "%lld", (long long)json_get_number(v, "id", 0));
	parts_texts(&text, json_get(v, "names"), NULL);
	parts_cell(table, TONE_NETWORK, &text, NULL);
	add_count(table, needed, needed == 1 ? "vNIC" : "vNICs");
	add_count(table, json_get_number(v, "hosts", 0), "");
	add_count(table, json_get_number(v, "told_on_ports", 0), "");
	if (heard > 0)
		buffer_printf(&text, "%lld", (long long)heard);
	if (last != 0) {
		buffer_text(&text, heard > 0 ? ", last " : "none, last ");
		words_ago(&text, last, now);
	}
	parts_cell(table, TONE_PLAIN, &text, "none");
	buffer_done(&text);
}

bool
answer_vlans(struct page *page, const struct json_value *answer)
{
	static const struct parts_list shape =
	    PARTS_LIST(list_columns, add_vlan);

	if (parts_table(page, json_get(answer, "vlans"), &shape, 0))
		return true;
	page_say(page, TONE_PLAIN,
	    "no port group needs a VLAN, and none is told or heard\n");
	return false;
}

static void
add_nic(struct table *table, const struct json_value *nic, int64_t now)
{
	bool needed = json_get_boolean(nic, "needed", false);
	bool yes = words_match(nic, "verdict", "yes");
	struct buffer text;

	buffer_init(&text, PARTS_TEXT_SIZE);
	table_add(table, TONE_SYSTEMS, json_get_string(nic, "host"));
	table_add(table, TONE_SYSTEMS, json_get_string(nic, "nic"));
	parts_port(table, nic);
	parts_texts(&text, json_get(nic, "needed_by"), NULL);
	parts_cell(table, TONE_PLAIN, &text, needed ? "yes" : "nobody");
	table_add(table, carries_tone(nic, needed), carries_verdict(nic));
	if (yes || !needed)
		carries_why(&text, nic, now);
	parts_cell(table, TONE_PLAIN, &text, NULL);
	buffer_done(&text);
}

/* A reason is a sentence: too long for a table. */
static void
say_reasons(struct page *page, const struct json_value *nics)
{
	const char *before = "\n";

	for (const struct json_value *n = json_first(nics); n;
	     n = json_next(n)) {
		const char *why = json_get_string(n, "text");
		size_t start = page->out->size;

		if (!why || !json_get_boolean(n, "needed", false) ||
		    words_match(n, "verdict", "yes"))
			continue;
		page_say(page, TONE_PLAIN, "%s  ", before);
		page_quote(page, TONE_SYSTEMS, json_get_string(n, "host"));
		page_say(page, TONE_PLAIN, " ");
		page_quote(page, TONE_SYSTEMS, json_get_string(n, "nic"));
		page_say(page, TONE_PLAIN, ": ");
		page_quote(page, TONE_PLAIN, why);
		page_say(page, TONE_PLAIN, "\n");
		page_wrap(page, start, 4);
		before = "";
	}
}

static void
add_group(struct table *table, const struct json_value *g, int64_t now)
{
	(void)now;
	table_add(table, TONE_SYSTEMS, json_get_string(g, "host"));
	table_add(table, TONE_NETWORK, json_get_string(g, "vswitch"));
	table_add(table, TONE_NETWORK, json_get_string(g, "name"));
	add_count(table, json_get_number(g, "vnics", 0), "");
}

static void
say_vlan(struct page *page, const struct json_value *v)
{
	int64_t needed = json_get_number(v, "needed_by", 0);
	int64_t hosts = json_get_number(v, "hosts", 0);
	int64_t told = json_get_number(v, "told_on_ports", 0);
	int64_t heard = json_get_number(v, "heard_on_nics", 0);
	size_t start = page->out->size;
	struct buffer names;

	buffer_init(&names, PARTS_TEXT_SIZE);
	parts_texts(&names, json_get(v, "names"), NULL);
	page_say(page, TONE_STRONG, "VLAN %lld",
	    (long long)json_get_number(v, "id", 0));
	page_say(page, TONE_NETWORK, "%s%s\n", names.size > 0 ? "  " : "",
	    buffer_string(&names));
	page_say(page, TONE_QUIET,
	    "  needed by %lld vNIC%s on %lld host%s, told on %lld switch"
	    " port%s, heard on %lld NIC%s\n",
	    (long long)needed, needed == 1 ? "" : "s", (long long)hosts,
	    hosts == 1 ? "" : "s", (long long)told, told == 1 ? "" : "s",
	    (long long)heard, heard == 1 ? "" : "s");
	page_wrap(page, start, 2);
	buffer_done(&names);
}

bool
answer_vlan(struct page *page, const struct json_value *answer)
{
	static const struct parts_list nics = PARTS_LIST(nic_columns, add_nic);
	static const struct parts_list groups =
	    PARTS_LIST(group_columns, add_group);

	say_vlan(page, json_get(answer, "vlan"));
	page_say(page, TONE_PLAIN, "\n");
	if (parts_table(page, json_get(answer, "port_groups"), &groups, 2))
		page_say(page, TONE_PLAIN, "\n");
	if (parts_table(page, json_get(answer, "nics"), &nics, 2)) {
		say_reasons(page, json_get(answer, "nics"));
		page_say(page, TONE_QUIET,
		    "\n  Unknown is not no: a VLAN that is not told may still"
		    " be allowed.\n");
	}
	if (json_get_boolean(answer, "truncated", false))
		page_say(page, TONE_QUIET, "  ... and more\n");
	return true;
}
