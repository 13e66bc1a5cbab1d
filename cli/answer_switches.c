#include "cli/answer.h"

#include <string.h>

#include "cli/parts.h"
#include "cli/words.h"

enum { CELL_SIZE = 1024 };

static const struct table_column switch_columns[] = {
	{ "SWITCH", 12 },
	{ "MODEL", 8 },
	{ "SOFTWARE", 6 },
	{ "MANAGEMENT", 10 },
	{ "PORTS SEEN", 5 },
	{ "HOSTS", 5 },
	{ "HEARD", 10 },
};

static const struct table_column port_columns[] = {
	{ "PORT", 8 },
	{ "BEHIND IT", 14 },
	{ "DESCRIPTION", 8 },
	{ "SWITCH SAYS", 10 },
	{ "HEARD", 10 },
};

#define COUNT(columns) (sizeof(columns) / sizeof((columns)[0]))

static bool
is_current(const struct json_value *thing)
{
	const char *state = json_get_string(thing, "state");

	return state && strcmp(state, "current") == 0;
}

/* "12 s ago", with the state in front when it is not current. */
static void
add_heard(struct table *table, const struct json_value *thing, int64_t now)
{
	const char *state = json_get_string(thing, "state");
	struct buffer heard;

	buffer_init(&heard, CELL_SIZE);
	words_ago(&heard, json_get_number(thing, "last_heard", 0), now);
	if (is_current(thing))
		table_add(table, TONE_PLAIN, buffer_string(&heard));
	else
		table_say(table, TONE_PROBLEM, "%.40s, last %s",
		    state ? state : "unknown", buffer_string(&heard));
	buffer_done(&heard);
}

static void
add_switch(struct table *table, const struct json_value *s, int64_t now)
{
	const struct json_value *address =
	    json_first(json_get(s, "management_addresses"));

	table_add(table, TONE_NETWORK, words_short_name(s));
	table_add(table, TONE_PLAIN, json_get_string(s, "model"));
	table_add(table, TONE_PLAIN, json_get_string(s, "software"));
	table_add(table, TONE_PLAIN, json_string_of(address));
	table_say(table, TONE_PLAIN, "%lld",
	    (long long)json_get_number(s, "ports_seen", 0));
	table_say(table, TONE_PLAIN, "%lld",
	    (long long)json_get_number(s, "hosts", 0));
	add_heard(table, s, now);
}

bool
answer_switches(struct page *page, const struct json_value *answer)
{
	static const struct parts_list shape =
	    PARTS_LIST(switch_columns, add_switch);

	if (parts_table(page, json_get(answer, "switches"), &shape, 0))
		return true;
	page_say(page, TONE_PLAIN, "no switch has been heard yet\n");
	return false;
}

/* The strings of an array, without those that are 'known' already. */
static void
say_list(struct page *page, const char *name, const struct json_value *texts,
    const char *known)
{
	struct buffer list;

	buffer_init(&list, PARTS_TEXT_SIZE);
	parts_texts(&list, texts, known);
	parts_fact(page, name, buffer_string(&list));
	buffer_done(&list);
}

/* How many of 'evidence', from 'from' on, are by 'rule'. */
static unsigned
count_rule(const struct json_value *from, const char *rule)
{
	unsigned count = 0;

	for (; from; from = json_next(from)) {
		const char *other = json_get_string(from, "rule");

		count += other && strcmp(other, rule) == 0;
	}
	return count;
}

/* "one switch by: same source MAC on the same NIC (4), same chassis MAC" */
static void
say_joins(struct page *page, const struct json_value *evidence)
{
	const struct json_value *first = json_first(evidence);
	const char *between = "";
	struct buffer by;

	buffer_init(&by, CELL_SIZE);
	for (const struct json_value *e = first; e; e = json_next(e)) {
		const char *rule = json_get_string(e, "rule");
		unsigned all = rule ? count_rule(first, rule) : 0;

		if (!rule || count_rule(e, rule) < all)
			continue; /* said before */
		buffer_text(&by, between);
		page_clean(&by, rule);
		if (all > 1)
			buffer_printf(&by, " (%u)", all);
		between = ", ";
	}
	if (by.size > 0)
		page_say(page, TONE_QUIET, "  one switch by: ");
	page_quote(page, TONE_PLAIN, buffer_string(&by));
	if (by.size > 0)
		page_say(page, TONE_PLAIN, "\n");
	buffer_done(&by);
}

static void
say_switch(struct page *page, const struct json_value *s)
{
	const char *name = json_get_string(s, "name");
	struct buffer heard;

	buffer_init(&heard, CELL_SIZE);
	words_ago(&heard, json_get_number(s, "last_heard", 0), page->now);
	page_quote(page, TONE_NETWORK, words_short_name(s));
	page_say(page, is_current(s) ? TONE_QUIET : TONE_PROBLEM,
	    is_current(s) ? "  heard %s\n" : "  no longer heard, last %s\n",
	    buffer_string(&heard));
	buffer_done(&heard);
	if (name && strcmp(name, words_short_name(s)) != 0)
		parts_fact(page, "name", name);
	say_list(page, "also called", json_get(s, "names"), name);
	parts_fact(page, "model", json_get_string(s, "model"));
	parts_fact(page, "software", json_get_string(s, "software"));
	say_list(page, "management", json_get(s, "management_addresses"), NULL);
	say_list(page, "chassis", json_get(s, "chassis_ids"), NULL);
	say_list(page, "serial", json_get(s, "serials"), NULL);
	say_joins(page, json_get(s, "evidence"));
}

static void
list_hosts(struct buffer *out, const struct json_value *hosts)
{
	const char *between = "";

	for (const struct json_value *h = json_first(hosts); h;
	     h = json_next(h)) {
		buffer_text(out, between);
		page_clean(out, json_get_string(h, "host"));
		buffer_char(out, ' ');
		page_clean(out, json_get_string(h, "nic"));
		between = ", ";
	}
}

/* A VLAN is a number or an object with "id". */
static int64_t
vlan_of(const struct json_value *vlan)
{
	int64_t id = json_get_number(vlan, "id", 0);

	return json_number_of(vlan, id);
}

static void
list_claims(struct buffer *out, const struct json_value *port)
{
	static const struct {
		const char *member, *words;
	} numbers[] = { { "native_vlan", "native" }, { "pvid", "PVID" },
		{ "max_frame", "frames to" }, { "mtu", "MTU" } };
	const char *between = "";

	for (size_t i = 0; i < COUNT(numbers); i++) {
		int64_t n = json_get_number(port, numbers[i].member, 0);

		if (n == 0)
			continue;
		buffer_printf(
		    out, "%s%s %lld", between, numbers[i].words, (long long)n);
		between = ", ";
	}
	for (const struct json_value *v = json_first(json_get(port, "vlans"));
	     v; v = json_next(v)) {
		bool first = v == json_first(json_get(port, "vlans"));

		buffer_printf(out, "%s%lld",
		    !first     ? ","
		    : *between ? ", VLANs "
			       : "VLANs ",
		    (long long)vlan_of(v));
	}
}

static void
add_port(struct table *table, const struct json_value *port, int64_t now)
{
	struct buffer hosts, claims;

	buffer_init(&hosts, CELL_SIZE);
	buffer_init(&claims, CELL_SIZE);
	list_hosts(&hosts, json_get(port, "hosts"));
	list_claims(&claims, port);
	table_add(table, TONE_NETWORK, words_short_name(port));
	table_add(table, TONE_SYSTEMS, buffer_string(&hosts));
	table_add(table, TONE_PLAIN, json_get_string(port, "description"));
	table_add(table, TONE_PLAIN, buffer_string(&claims));
	add_heard(table, port, now);
	buffer_done(&hosts);
	buffer_done(&claims);
}

bool
answer_switch(struct page *page, const struct json_value *answer)
{
	static const struct parts_list shape =
	    PARTS_LIST(port_columns, add_port);

	say_switch(page, json_get(answer, "switch"));
	page_say(page, TONE_PLAIN, "\n");
	(void)parts_table(page, json_get(answer, "ports"), &shape, 2);
	page_say(page, TONE_QUIET,
	    "\n  A port that is not listed was not seen: no agent is behind"
	    " it.\n");
	return true;
}
