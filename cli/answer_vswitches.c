#include "cli/answer.h"

#include <stdlib.h>
#include <string.h>

#include "cli/host_inside.h"
#include "cli/parts.h"
#include "cli/words.h"

static const struct table_column list_columns[] = {
	{ "HOST", 8 },
	{ "VSWITCH", 7 },
	{ "KIND", 6 },
	{ "UPLINKS", 14 },
	{ "VNICS", 5 },
	{ "SWITCH PORTS", 18 },
};

static const struct table_column member_columns[] = {
	{ "HOST", 8 },
	{ "NIC", 8 },
	{ "STATE", 7 },
	{ "UPLINK", 7 },
	{ "SWITCH PORT", 16 },
	{ "HEARD", 12 },
};

#define COUNT(columns) (sizeof(columns) / sizeof((columns)[0]))

/* ---- the list ---------------------------------------------------------- */

static void
add_vswitch(struct table *table, const struct json_value *s, int64_t now)
{
	bool patched = json_count(json_get(s, "patches")) > 0;
	struct buffer text;

	(void)now;
	buffer_init(&text, PARTS_TEXT_SIZE);
	table_add(table, TONE_SYSTEMS, json_get_string(s, "host"));
	table_add(table, TONE_NETWORK, json_get_string(s, "name"));
	table_add(table, TONE_PLAIN, words_kind(json_get_string(s, "kind")));
	host_inside_uplinks(&text, json_get(s, "uplinks"));
	parts_cell(
	    table, TONE_SYSTEMS, &text, patched ? "over patch ports" : "none");
	table_say(table, TONE_PLAIN, "%lld",
	    (long long)json_get_number(s, "vnics", 0));
	buffer_done(&text);
	parts_ports(table, json_get(s, "switches"), json_get(s, "stale_ports"));
}

bool
answer_vswitches(struct page *page, const struct json_value *answer)
{
	static const struct parts_list shape =
	    PARTS_LIST(list_columns, add_vswitch);

	if (parts_table(page, json_get(answer, "vswitches"), &shape, 0))
		return true;
	page_say(page, TONE_PLAIN, "no host has reported a virtual switch\n");
	return false;
}

/* ---- one of them ------------------------------------------------------- */

static void
say_identity(struct page *page, const struct json_value *answer)
{
	const struct json_value *s = json_get(answer, "vswitch");
	size_t hosts = json_count(json_get(answer, "hosts"));
	int64_t others = json_get_number(s, "others", 0);

	page_quote(page, TONE_NETWORK, json_get_string(s, "name"));
	page_say(page, TONE_QUIET, "  %.40s on %zu host%s\n",
	    words_kind(json_get_string(s, "kind")), hosts,
	    hosts == 1 ? "" : "s");
	parts_fact(page, "UUID", json_get_string(s, "uuid"));
	if (others > 0)
		page_say(page, TONE_QUIET,
		    "  %lld other%s this name; demarc vswitches lists all\n",
		    (long long)others, others == 1 ? " has" : "s have");
}

/* How fresh is what 'part' says; empty: as it should be. */
static void
say_part(struct page *page, const struct json_value *part)
{
	struct buffer text;

	buffer_init(&text, PARTS_TEXT_SIZE);
	words_trouble(&text, part, page->now);
	if (json_get_boolean(part, "silent", false)) {
		buffer_text(&text, text.size > 0 ? ", silent: last report "
						 : "silent: last report ");
		words_last_report(&text, part, page->now);
	}
	if (text.size > 0) {
		page_say(page, TONE_PLAIN, "  ");
		page_quote(page, TONE_SYSTEMS, json_get_string(part, "host"));
		page_say(page, TONE_PROBLEM, ": %s\n", buffer_string(&text));
	}
	buffer_done(&text);
}

static void
add_heard(struct table *table, const struct json_value *member, int64_t now)
{
	const char *state = json_get_string(member, "heard");
	int64_t last = json_get_number(member, "last_heard", 0);
	bool current = state && strcmp(state, "current") == 0;
	struct buffer text;

	buffer_init(&text, PARTS_TEXT_SIZE);
	if (last != 0 && !current) {
		page_clean(&text, state);
		buffer_text(&text, ", ");
	}
	if (last != 0)
		words_ago(&text, last, now);
	parts_cell(table, current ? TONE_PLAIN : TONE_PROBLEM, &text, NULL);
	buffer_done(&text);
}

static void
add_members(struct table *table, const struct json_value *part,
    const char *kind, int64_t now)
{
	const struct json_value *m = json_first(json_get(part, "members"));

	for (; m; m = json_next(m)) {
		struct buffer text;

		buffer_init(&text, PARTS_TEXT_SIZE);
		table_add(table, TONE_SYSTEMS, json_get_string(part, "host"));
		table_add(table, TONE_SYSTEMS, json_get_string(m, "nic"));
		table_add(table,
		    words_match(m, "state", "down") ? TONE_PROBLEM : TONE_PLAIN,
		    json_get_string(m, "state"));
		if (!words_match(m, "kind", "nic"))
			page_clean(&text, json_get_string(m, "uplink"));
		buffer_text(&text, text.size > 0 ? " " : "");
		words_uplink(&text, m, kind);
		parts_cell(table, TONE_PLAIN, &text, NULL);
		buffer_done(&text);
		parts_port(table, m);
		add_heard(table, m, now);
	}
}

static void
say_members(struct page *page, const struct json_value *answer)
{
	const struct json_value *parts = json_get(answer, "hosts");
	const char *kind = json_get_string(json_get(answer, "vswitch"), "kind");
	struct table table;

	table_init(&table, member_columns, COUNT(member_columns));
	for (parts = json_first(parts); parts; parts = json_next(parts))
		add_members(&table, parts, kind, page->now);
	page_say(page, TONE_PLAIN, "\n");
	if (table.cell_count == 0)
		page_say(page, TONE_QUIET, "  it has no uplink\n");
	table_write(&table, page, 2);
	table_done(&table);
}

/* -1: none; -2: nobody tells. */
static int64_t
vlan_of(const struct json_value *group)
{
	return json_get_boolean(group, "unknown_vlan", false)
		   ? -2
		   : json_get_number(group, "vlan", -1);
}

/* One port group on several hosts is one line: same name, same VLANs. */
static int
compare_groups(const void *a, const void *b)
{
	const struct json_value *const *g = a, *const *h = b;
	const char *names[] = { json_get_string(*g, "name"),
		json_get_string(*h, "name"), json_get_string(*g, "trunks"),
		json_get_string(*h, "trunks") };
	int64_t vlans[] = { vlan_of(*g), vlan_of(*h) };
	int order = 0;

	for (size_t i = 0; i < COUNT(names) && order == 0; i += 2)
		order = strcmp(
		    names[i] ? names[i] : "", names[i + 1] ? names[i + 1] : "");
	return order ? order : (vlans[0] > vlans[1]) - (vlans[0] < vlans[1]);
}

/* All port groups of all parts, sorted; NULL: none, or no memory. */
static const struct json_value **
list_groups(const struct json_value *parts, size_t *out_count)
{
	const struct json_value **groups, *p, *g;
	size_t count = 0;

	*out_count = 0;
	for (p = json_first(parts); p; p = json_next(p))
		count += json_count(json_get(p, "port_groups"));
	groups = calloc(count + 1, sizeof(*groups));
	if (!groups)
		return NULL;
	for (p = json_first(parts); p; p = json_next(p)) {
		g = json_first(json_get(p, "port_groups"));
		for (; g; g = json_next(g))
			groups[(*out_count)++] = g;
	}
	qsort(groups, *out_count, sizeof(*groups), compare_groups);
	return groups;
}

/* "  PG-DB (VLAN 130): 4 vNICs on 2 hosts; active vmnic3; standby vmnic2" */
static void
say_group(struct page *page, const struct json_value *group, size_t hosts,
    int64_t vnics)
{
	size_t start = page->out->size;
	struct buffer text;

	buffer_init(&text, PARTS_TEXT_SIZE);
	words_vlans(&text, group);
	page_say(page, TONE_PLAIN, "  ");
	page_quote(page, TONE_NETWORK, json_get_string(group, "name"));
	page_say(page, TONE_QUIET, " (%s)",
	    text.size > 0 ? buffer_string(&text) : "untagged");
	page_say(page, TONE_PLAIN, ": %lld vNIC%s", (long long)vnics,
	    vnics == 1 ? "" : "s");
	if (hosts > 1)
		page_say(page, TONE_PLAIN, " on %zu hosts", hosts);
	buffer_clear(&text);
	words_team(&text, json_get(group, "team"), true);
	if (text.size > 0)
		page_say(page, TONE_PLAIN, "; %s", buffer_string(&text));
	page_say(page, TONE_PLAIN, "\n");
	page_wrap(page, start, 4);
	buffer_done(&text);
}

static void
say_groups(struct page *page, const struct json_value *parts)
{
	const struct json_value **groups;
	size_t count;

	groups = list_groups(parts, &count);
	if (count > 0)
		page_say(page, TONE_PLAIN, "\n");
	for (size_t i = 0, next; i < count; i = next) {
		int64_t vnics = 0;

		for (next = i; next < count &&
			       compare_groups(&groups[i], &groups[next]) == 0;
		     next++)
			vnics += json_get_number(groups[next], "vnics", 0);
		say_group(page, groups[i], next - i, vnics);
	}
	free(groups);
}

bool
answer_vswitch(struct page *page, const struct json_value *answer)
{
	const struct json_value *parts = json_get(answer, "hosts");

	say_identity(page, answer);
	for (const struct json_value *p = json_first(parts); p;
	     p = json_next(p))
		say_part(page, p);
	say_members(page, answer);
	say_groups(page, parts);
	return true;
}
