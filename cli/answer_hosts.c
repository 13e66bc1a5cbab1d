#include "cli/answer.h"

#include <string.h>

#include "cli/host_inside.h"
#include "cli/parts.h"
#include "cli/words.h"

static const struct table_column host_columns[] = {
	{ "HOST", 12 },
	{ "SYSTEM", 6 },
	{ "MODEL", 6 },
	{ "CHASSIS", 7 },
	{ "NICS HEARING", 12 },
	{ "SWITCHES", 8 },
	{ "REPORT", 18 },
};

static const struct table_column nic_columns[] = {
	{ "NIC", 8 },
	{ "MAC", 17 },
	{ "LINK", 4 },
	{ "PART OF", 5 },
	{ "NEIGHBOR", 17 },
	{ "HEARD", 14 },
};

static const struct table_column link_columns[] = {
	{ "LINK", 8 },
	{ "KIND", 6 },
	{ "PART OF", 5 },
	{ "VLAN", 4 },
	{ "MTU", 4 },
};

static const char *
system_of(const struct json_value *host)
{
	const char *platform = json_get_string(host, "platform");
	const char *os = json_get_string(host, "os");

	return os || !platform ? os : words_kind(platform);
}

/* "7H2K901, bay 3" */
static void
list_place(struct buffer *out, const struct json_value *host)
{
	const char *chassis = json_get_string(host, "chassis");
	const char *slot = json_get_string(host, "slot");

	page_clean(out, chassis);
	buffer_text(out, !slot ? "" : chassis ? ", bay " : "bay ");
	page_clean(out, slot);
}

/* What is wrong stands first: a cell is cut at its end. */
static void
add_report(struct table *table, const struct json_value *host, int64_t now)
{
	int64_t ahead = json_get_number(host, "clock_ahead_s", 0);
	struct buffer text;
	bool wrong;

	buffer_init(&text, PARTS_TEXT_SIZE);
	words_trouble(&text, host, now);
	if (json_get_boolean(host, "silent", false))
		buffer_text(&text, text.size > 0 ? ", silent" : "silent");
	wrong = text.size > 0;
	buffer_text(&text, text.size > 0 ? ", " : "");
	words_last_report(&text, host, now);
	if (ahead != 0)
		buffer_printf(&text, ", clock %+lld s", (long long)ahead);
	parts_cell(table, wrong ? TONE_PROBLEM : TONE_PLAIN, &text, NULL);
	buffer_done(&text);
}

static void
add_host(struct table *table, const struct json_value *host, int64_t now)
{
	struct buffer text;

	buffer_init(&text, PARTS_TEXT_SIZE);
	table_add(table, TONE_SYSTEMS, json_get_string(host, "name"));
	table_add(table, TONE_PLAIN, system_of(host));
	table_add(table, TONE_PLAIN, json_get_string(host, "model"));
	list_place(&text, host);
	parts_cell(table, TONE_PLAIN, &text, NULL);
	table_say(table, TONE_PLAIN, "%lld of %lld",
	    (long long)json_get_number(host, "nics_with_neighbor", 0),
	    (long long)json_get_number(host, "nics", 0));
	parts_texts(&text, json_get(host, "switches"), NULL);
	parts_cell(table, TONE_NETWORK, &text, NULL);
	add_report(table, host, now);
	buffer_done(&text);
}

bool
answer_hosts(struct page *page, const struct json_value *answer)
{
	static const struct parts_list shape =
	    PARTS_LIST(host_columns, add_host);

	if (parts_table(page, json_get(answer, "hosts"), &shape, 0))
		return true;
	page_say(page, TONE_PLAIN, "no host has reported yet\n");
	return false;
}

/* "Dell Inc. PowerEdge R640" */
static void
join_words(struct buffer *out, const char *a, const char *b)
{
	page_clean(out, a);
	buffer_text(out, a && b ? " " : "");
	page_clean(out, b);
}

static void
say_clock(struct page *page, const struct json_value *host)
{
	int64_t ahead = json_get_number(host, "clock_ahead_s", 0);

	if (ahead == 0)
		return;
	page_say(page, TONE_QUIET, "  %-11s ", "clock");
	page_say(page, TONE_PROBLEM,
	    "%lld s %s the collector's; times here are put right\n",
	    (long long)(ahead > 0 ? ahead : -ahead),
	    ahead > 0 ? "ahead of" : "behind");
}

static void
say_host(struct page *page, const struct json_value *host)
{
	bool silent = json_get_boolean(host, "silent", false);
	struct buffer text;

	buffer_init(&text, PARTS_TEXT_SIZE);
	page_quote(page, TONE_SYSTEMS, json_get_string(host, "name"));
	words_told(&text, host, page->now);
	page_say(page, silent ? TONE_PROBLEM : TONE_QUIET, "  %s\n",
	    buffer_string(&text));
	buffer_clear(&text);
	words_trouble(&text, host, page->now);
	if (text.size > 0)
		page_say(page, TONE_PROBLEM, "  %s\n", buffer_string(&text));
	parts_fact(page, "system", system_of(host));
	parts_fact(page, "kernel", json_get_string(host, "kernel"));
	buffer_clear(&text);
	join_words(&text, json_get_string(host, "vendor"),
	    json_get_string(host, "model"));
	parts_fact(page, "machine", buffer_string(&text));
	parts_fact(page, "serial", json_get_string(host, "serial"));
	buffer_clear(&text);
	list_place(&text, host);
	parts_fact(page, "chassis", buffer_string(&text));
	buffer_clear(&text);
	parts_texts(&text, json_get(host, "addresses"), NULL);
	parts_fact(page, "addresses", buffer_string(&text));
	parts_fact(page, "id", json_get_string(host, "id"));
	say_clock(page, host);
	buffer_done(&text);
}

static void
add_link_state(struct table *table, const struct json_value *nic)
{
	int64_t mbps = json_get_number(nic, "speed_mbps", 0);

	if (!json_get_boolean(nic, "up", true))
		table_add(table, TONE_QUIET, "down");
	else if (!json_get_boolean(nic, "carrier", true))
		table_add(table, TONE_QUIET, "no carrier");
	else if (mbps > 0 && mbps % 1000 == 0)
		table_say(table, TONE_PLAIN, "%lldG", (long long)mbps / 1000);
	else if (mbps > 0)
		table_say(table, TONE_PLAIN, "%lldM", (long long)mbps);
	else
		table_add(table, TONE_PLAIN,
		    json_get_boolean(nic, "carrier", false) ? "up" : NULL);
}

static void
add_nic(struct table *table, const struct json_value *nic, int64_t now)
{
	const struct json_value *neighbor = json_get(nic, "neighbor");
	bool current = words_match(neighbor, "state", "current");
	struct buffer text;

	buffer_init(&text, PARTS_TEXT_SIZE);
	table_add(table, TONE_SYSTEMS, json_get_string(nic, "name"));
	table_add(table, TONE_PLAIN, json_get_string(nic, "mac"));
	add_link_state(table, nic);
	table_add(table, TONE_PLAIN, json_get_string(nic, "master"));
	if (json_is_object(neighbor)) {
		words_port(&text, neighbor);
		parts_cell(table, TONE_NETWORK, &text, NULL);
		words_evidence(&text, nic, now);
		parts_cell(
		    table, current ? TONE_PLAIN : TONE_PROBLEM, &text, NULL);
	} else {
		table_add(table, TONE_QUIET, "unknown");
		table_add(table, TONE_PLAIN, NULL);
	}
	buffer_done(&text);
}

/* A reason is a sentence: too long for a table. */
static void
say_reasons(struct page *page, const struct json_value *nics,
    const struct json_value *host)
{
	const char *before = "\n";

	for (const struct json_value *n = json_first(nics); n;
	     n = json_next(n)) {
		size_t start = page->out->size;
		struct buffer reason;

		if (json_is_object(json_get(n, "neighbor")))
			continue;
		buffer_init(&reason, PARTS_TEXT_SIZE);
		words_silence(&reason, n, host, page->now);
		page_say(page, TONE_PLAIN, "%s  ", before);
		page_quote(page, TONE_SYSTEMS, json_get_string(n, "name"));
		page_say(page, TONE_PLAIN, ": %s\n", buffer_string(&reason));
		page_wrap(page, start, 4);
		buffer_done(&reason);
		before = "";
	}
}

static void
add_link(struct table *table, const struct json_value *l, int64_t now)
{
	const char *upper = json_get_string(l, "master");

	(void)now;
	table_add(table, TONE_SYSTEMS, json_get_string(l, "name"));
	table_add(table, TONE_PLAIN, words_kind(json_get_string(l, "kind")));
	table_add(
	    table, TONE_PLAIN, upper ? upper : json_get_string(l, "lower"));
	parts_number(table, json_get_number(l, "vlan", 0));
	parts_number(table, json_get_number(l, "mtu", 0));
}

bool
answer_host(struct page *page, const struct json_value *answer)
{
	static const struct parts_list nics = PARTS_LIST(nic_columns, add_nic);
	static const struct parts_list links =
	    PARTS_LIST(link_columns, add_link);
	const struct json_value *host = json_get(answer, "host");

	say_host(page, host);
	page_say(page, TONE_PLAIN, "\n");
	(void)parts_table(page, json_get(answer, "nics"), &nics, 2);
	say_reasons(page, json_get(answer, "nics"), host);
	host_inside_nics(page, json_get(answer, "nics"));
	if (json_count(json_get(answer, "links")) > 0)
		page_say(page, TONE_PLAIN, "\n");
	(void)parts_table(page, json_get(answer, "links"), &links, 2);
	host_inside_switches(page, answer);
	return true;
}
