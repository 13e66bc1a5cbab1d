#include "cli/answer.h"

#include <string.h>

#include "cli/table.h"
#include "cli/words.h"

enum { WHERE_SIZE = 512, READING_SIZE = 512 };

static const struct table_column columns[] = {
	{ "KIND", 4 },
	{ "NAME", 13 },
	{ "WHERE", 20 },
	{ "HEARD", 27 },
	{ "MATCHED", 6 },
};
enum { COLUMNS = sizeof(columns) / sizeof(columns[0]) };

static bool
state_is(const struct json_value *hit, const char *state)
{
	return words_match(hit, "state", state);
}

/* A thing outranks what only carries its name or its MAC: the port described
 * as "hv1 ens1f0", the bond with the MAC of its first NIC.  0 is best. */
static unsigned
rank_of(const struct json_value *hit)
{
	const char *kind = json_get_string(hit, "kind");

	if (kind && strcmp(kind, "vlan") == 0)
		return 3;
	if (kind &&
	    (strcmp(kind, "link") == 0 || strcmp(kind, "kernel_port") == 0))
		return 2;
	return kind && strcmp(kind, "port") == 0;
}

/* "vlan 140" asks for the VLAN, not for what has to do with it: the hit, when
 * the question is read so and in no other way. */
static const struct json_value *
asked_vlan(const struct json_value *answer)
{
	const struct json_value *r = json_first(json_get(answer, "read_as"));
	const struct json_value *h = json_first(json_get(answer, "hits"));

	if (!r)
		return NULL;
	for (; r; r = json_next(r)) {
		if (!words_match(r, "kind", "vlan"))
			return NULL;
	}
	while (h && !(words_match(h, "kind", "vlan") &&
			json_get_boolean(h, "exact", false)))
		h = json_next(h);
	return h;
}

/* The hit that answers the question: the only one, or the only exact one of
 * the best rank. */
static const struct json_value *
clear_hit(const struct json_value *answer)
{
	const struct json_value *hits = json_get(answer, "hits");
	const struct json_value *best = asked_vlan(answer);
	bool shared = false;

	if (json_count(hits) == 1)
		return json_first(hits);
	if (best)
		return best;
	for (const struct json_value *h = json_first(hits); h;
	     h = json_next(h)) {
		if (!json_get_boolean(h, "exact", false))
			continue;
		if (!best || rank_of(h) < rank_of(best)) {
			best = h;
			shared = false;
		} else if (rank_of(h) == rank_of(best)) {
			shared = true;
		}
	}
	return shared ? NULL : best;
}

/* "stale", "ended: the link went down 40 s ago": what has become of a hit. */
static void
add_past(struct buffer *out, const struct json_value *hit, int64_t now)
{
	const char *reason = json_get_string(hit, "ended_reason");
	int64_t at = json_get_number(hit, "ended_at", 0);

	if (!state_is(hit, "ended")) {
		buffer_text(out, "stale");
		return;
	}
	buffer_text(out, reason ? "ended: " : "");
	page_clean(out, words_end_reason(reason));
	if (at != 0) {
		buffer_char(out, ' ');
		words_ago(out, at, now);
	}
}

/* "(LLDP 2 s ago, CDP 1 s ago)" or what has become of it. */
static void
say_evidence(struct page *page, const struct json_value *hit)
{
	struct buffer heard, past;

	buffer_init(&heard, WHERE_SIZE);
	buffer_init(&past, WHERE_SIZE);
	add_past(&past, hit, page->now);
	words_heard(&heard, json_get(hit, "heard"), NULL, page->now);
	if (heard.size > 0 && state_is(hit, "current"))
		page_say(page, TONE_QUIET, " (%s)", buffer_string(&heard));
	else if (heard.size > 0)
		page_say(page, TONE_PROBLEM, " (%s, last %s)",
		    buffer_string(&past), buffer_string(&heard));
	else if (state_is(hit, "stale"))
		page_say(page, TONE_PROBLEM, " (silent: no report of late)");
	buffer_done(&heard);
	buffer_done(&past);
}

/* "hv1 ens1f0 is on Eth1/1 of leaf1a": from "Eth1/1 on leaf1a". */
static void
say_place(struct page *page, const struct json_value *hit)
{
	const char *answer = json_get_string(hit, "answer");
	const char *on = strstr(answer, " on ");
	struct buffer port;

	buffer_init(&port, WHERE_SIZE);
	page_say(page, TONE_PLAIN,
	    state_is(hit, "current") ? " is on " : " was on ");
	if (on) {
		buffer_append(&port, answer, (size_t)(on - answer));
		page_quote(page, TONE_NETWORK, buffer_string(&port));
		page_say(page, TONE_PLAIN, " of ");
		page_quote(page, TONE_NETWORK, on + strlen(" on "));
	} else {
		page_quote(page, TONE_NETWORK, answer);
	}
	buffer_done(&port);
}

static void
say_port(struct page *page, const struct json_value *hit)
{
	const char *nics = json_get_string(hit, "answer");

	page_quote(page, TONE_NETWORK, json_get_string(hit, "title"));
	if (!nics) {
		page_say(page, TONE_PLAIN, " is known; no NIC hears it now");
		return;
	}
	page_say(page, TONE_PLAIN,
	    state_is(hit, "current") ? " leads to " : " led to ");
	page_quote(page, TONE_SYSTEMS, nics);
}

/* "leaf1a is a switch: 4 ports seen, 3 hosts, heard 2 s ago", and where the
 * rest is shown. */
static void
say_switch(struct page *page, const struct json_value *hit)
{
	const struct json_value *s = json_get(page->more, "switch");
	int64_t ports = json_get_number(s, "ports_seen", 0);
	int64_t hosts = json_get_number(s, "hosts", 0);
	const char *name =
	    s ? words_short_name(s) : json_get_string(hit, "title");
	bool current = state_is(hit, "current");
	struct buffer ago;

	page_quote(page, TONE_NETWORK, name);
	page_say(page, TONE_PLAIN, " is a switch");
	if (s) {
		buffer_init(&ago, WHERE_SIZE);
		words_ago(&ago, json_get_number(s, "last_heard", 0), page->now);
		page_say(page, TONE_PLAIN, ": %lld port%s seen, %lld host%s, ",
		    (long long)ports, ports == 1 ? "" : "s", (long long)hosts,
		    hosts == 1 ? "" : "s");
		page_say(page, current ? TONE_PLAIN : TONE_PROBLEM, "%s%s",
		    current ? "heard " : "no longer heard, last ",
		    buffer_string(&ago));
		buffer_done(&ago);
	}
	page_say(page, TONE_QUIET, "\nits ports: demarc switch ");
	page_quote(page, TONE_QUIET, name);
}

static void
say_other(struct page *page, const struct json_value *hit)
{
	const char *kind = json_get_string(hit, "kind");

	page_quote(page, TONE_SYSTEMS, json_get_string(hit, "title"));
	if (kind && strcmp(kind, "nic") == 0) {
		const char *reason = json_get_string(hit, "reason");

		page_say(page, TONE_PROBLEM, ": switch port unknown (");
		page_quote(
		    page, TONE_PROBLEM, reason ? reason : "it hears nothing");
		page_say(page, TONE_PROBLEM, ")");
	} else if (kind && strcmp(kind, "vlan") == 0) {
		page_say(page, TONE_QUIET,
		    ": who needs it, where it is carried: demarc vlan %lld",
		    (long long)json_get_number(hit, "vlan", 0));
	} else {
		page_say(page, TONE_PLAIN, " is a %.40s", words_kind(kind));
	}
}

static bool
is_inside(const char *kind)
{
	static const char *const kinds[] = { "vm", "vnic", "port_group",
		"vswitch", "kernel_port" };

	for (size_t i = 0; kind && i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		if (strcmp(kind, kinds[i]) == 0)
			return true;
	}
	return false;
}

/* "web-01 leaves by Eth1/1 on leaf1a, Eth1/1 on leaf1b" */
static void
say_inside(struct page *page, const struct json_value *hit)
{
	const char *answer = json_get_string(hit, "answer");
	const char *workload = json_get_string(hit, "workload");
	const char *reason = json_get_string(hit, "reason");

	page_quote(page, TONE_SYSTEMS, json_get_string(hit, "title"));
	if (workload) {
		page_say(page, TONE_PLAIN, " of ");
		page_quote(page, TONE_SYSTEMS, workload);
	}
	if (answer) {
		page_say(page, TONE_PLAIN,
		    state_is(hit, "current") ? " leaves by " : " left by ");
		page_quote(page, TONE_NETWORK, answer);
		return;
	}
	page_say(page, TONE_PROBLEM, ": switch port unknown (");
	page_quote(page, TONE_PROBLEM, reason ? reason : "nobody tells");
	page_say(page, TONE_PROBLEM, ")");
}

static void
say_hit(struct page *page, const struct json_value *hit)
{
	const char *kind = json_get_string(hit, "kind");

	if (kind && strcmp(kind, "switch") == 0) {
		say_switch(page, hit);
		page_say(page, TONE_PLAIN, "\n");
		return;
	}
	if (kind && strcmp(kind, "port") == 0) {
		say_port(page, hit);
	} else if (is_inside(kind)) {
		say_inside(page, hit);
	} else if (json_get_string(hit, "answer")) {
		page_quote(page, TONE_SYSTEMS, json_get_string(hit, "title"));
		say_place(page, hit);
	} else {
		say_other(page, hit);
	}
	say_evidence(page, hit);
	page_say(page, TONE_PLAIN, "\n");
}

/* "esx01 web", "esx01 vm-10 web" where the host has two of this name; "vnet0 of
 * web". */
static void
add_name(struct buffer *out, const struct json_value *hit)
{
	const char *title = json_get_string(hit, "title");
	const char *host = json_get_string(hit, "host");
	const char *path = json_get_string(hit, "path");
	const char *workload = json_get_string(hit, "workload");

	if (title && host && path && words_match(hit, "kind", "vm")) {
		size_t size = strlen(host);
		bool named = strncmp(path, host, size) == 0 &&
			     path[size] == ' ' &&
			     strcmp(path + size + 1, title) == 0;

		page_clean(out, path);
		buffer_text(out, named ? "" : " ");
		page_clean(out, named ? "" : title);
		return;
	}
	page_clean(out, title);
	buffer_text(out, workload ? " of " : "");
	page_clean(out, workload);
}

static void
add_row(struct table *table, const struct json_value *hit, int64_t now)
{
	const char *answer = json_get_string(hit, "answer");
	const char *kind = json_get_string(hit, "kind");
	bool current = state_is(hit, "current");
	struct buffer heard, name;

	buffer_init(&heard, WHERE_SIZE);
	buffer_init(&name, WHERE_SIZE);
	add_name(&name, hit);
	/* the state first: a cell is cut at its end */
	if (!current && json_count(json_get(hit, "heard")) > 0) {
		add_past(&heard, hit, now);
		buffer_text(&heard, ", ");
	}
	words_heard(&heard, json_get(hit, "heard"), NULL, now);
	if (json_get_string(hit, "workload_kind"))
		kind = json_get_string(hit, "workload_kind");
	table_add(table, TONE_QUIET, words_kind(kind));
	table_add(table, TONE_STRONG, buffer_string(&name));
	if (answer)
		table_add(table, TONE_NETWORK, answer);
	else
		table_add(table, TONE_PROBLEM, json_get_string(hit, "reason"));
	table_add(
	    table, current ? TONE_PLAIN : TONE_PROBLEM, buffer_string(&heard));
	table_add(table, TONE_QUIET, json_get_string(hit, "why"));
	buffer_done(&name);
	buffer_done(&heard);
}

/* "read as MAC 00:50:56:9a:1c:0e or ...", empty when the API does not say. */
static void
read_as(struct buffer *out, const struct json_value *answer)
{
	const char *between = ", read as ";

	for (const struct json_value *r =
		 json_first(json_get(answer, "read_as"));
	     r; r = json_next(r)) {
		buffer_text(out, between);
		page_clean(out, json_get_string(r, "text"));
		between = " or ";
	}
}

static void
say_table(struct page *page, const struct json_value *hits,
    const struct json_value *without)
{
	struct table table;

	table_init(&table, columns, COLUMNS);
	for (const struct json_value *h = json_first(hits); h;
	     h = json_next(h)) {
		if (h != without)
			add_row(&table, h, page->now);
	}
	table_write(&table, page, 0);
	table_done(&table);
}

const char *
answer_find_switch(const struct json_value *answer)
{
	const struct json_value *clear = clear_hit(answer);
	const char *kind = json_get_string(clear, "kind");

	return kind && strcmp(kind, "switch") == 0
		   ? json_get_string(clear, "switch_id")
		   : NULL;
}

bool
answer_find(struct page *page, const struct json_value *answer)
{
	const struct json_value *hits = json_get(answer, "hits");
	const struct json_value *clear = clear_hit(answer);
	long long count = json_get_number(answer, "count", 0);
	bool only_close = !json_get_boolean(answer, "named", true);
	struct buffer reading;

	buffer_init(&reading, READING_SIZE);
	read_as(&reading, answer);
	if (json_count(hits) == 0) {
		page_say(page, TONE_PLAIN, "nothing is known by this name: ");
		page_quote(page, TONE_STRONG, json_get_string(answer, "query"));
		page_say(page, TONE_PLAIN, "%s\n", buffer_string(&reading));
	} else if (only_close) {
		page_say(page, TONE_PLAIN, "nothing is called ");
		page_quote(page, TONE_STRONG, json_get_string(answer, "query"));
		page_say(page, TONE_PLAIN, "%s; what comes close (%lld):\n",
		    buffer_string(&reading), count);
		if (clear)
			say_hit(page, clear);
	} else if (clear) {
		say_hit(page, clear);
	} else {
		page_say(page, TONE_PLAIN, "%lld things match%s\n", count,
		    buffer_string(&reading));
	}
	buffer_done(&reading);
	if (clear && json_count(hits) > 1)
		page_say(page, TONE_QUIET, "\nalso matching:\n");
	if (json_count(hits) > 1)
		say_table(page, hits, clear);
	if (json_get_boolean(answer, "truncated", false))
		page_say(page, TONE_QUIET,
		    "... and more: %lld in all; ask more precisely\n", count);
	return json_count(hits) > 0 && !only_close;
}
