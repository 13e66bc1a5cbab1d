#include "cli/answer.h"

#include <string.h>

#include "cli/table.h"
#include "cli/words.h"

enum { CELL_SIZE = 1024 };

static const struct table_column host_columns[] = {
	{ "HOST", 12 },
	{ "SYSTEM", 6 },
	{ "MODEL", 6 },
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

#define COUNT(columns) (sizeof(columns) / sizeof((columns)[0]))

/* Writes the strings of an array with ", " between. */
static void
list_texts(struct buffer *out, const struct json_value *texts)
{
	const char *between = "";

	for (const struct json_value *t = json_first(texts); t;
	     t = json_next(t)) {
		buffer_text(out, between);
		page_clean(out, json_string_of(t));
		between = ", ";
	}
}

static void
add_host(struct table *table, const struct json_value *host, int64_t now)
{
	bool silent = json_get_boolean(host, "silent", false);
	struct buffer switches, report;

	buffer_init(&switches, CELL_SIZE);
	buffer_init(&report, CELL_SIZE);
	list_texts(&switches, json_get(host, "switches"));
	words_ago(&report, json_get_number(host, "last_report", 0), now);
	table_add(table, TONE_SYSTEMS, json_get_string(host, "name"));
	table_add(table, TONE_PLAIN, json_get_string(host, "os"));
	table_add(table, TONE_PLAIN, json_get_string(host, "model"));
	table_say(table, TONE_PLAIN, "%lld of %lld",
	    (long long)json_get_number(host, "nics_with_neighbor", 0),
	    (long long)json_get_number(host, "nics", 0));
	table_add(table, TONE_NETWORK, buffer_string(&switches));
	table_say(table, silent ? TONE_PROBLEM : TONE_PLAIN, "%s%s",
	    silent ? "silent, " : "", buffer_string(&report));
	buffer_done(&switches);
	buffer_done(&report);
}

bool
answer_hosts(struct page *page, const struct json_value *answer)
{
	const struct json_value *hosts = json_get(answer, "hosts");
	struct table table;

	if (json_count(hosts) == 0) {
		page_say(page, TONE_PLAIN, "no host has reported yet\n");
		return false;
	}
	table_init(&table, host_columns, COUNT(host_columns));
	for (const struct json_value *h = json_first(hosts); h;
	     h = json_next(h))
		add_host(&table, h, page->now);
	table_write(&table, page, 0);
	table_done(&table);
	return true;
}

static void
say_fact(struct page *page, const char *name, const char *value)
{
	if (!value || *value == '\0')
		return;
	page_say(page, TONE_QUIET, "  %-10s ", name);
	page_quote(page, TONE_PLAIN, value);
	page_say(page, TONE_PLAIN, "\n");
}

static void
say_host(struct page *page, const struct json_value *host)
{
	bool silent = json_get_boolean(host, "silent", false);
	const char *vendor = json_get_string(host, "vendor");
	struct buffer text;

	buffer_init(&text, CELL_SIZE);
	page_quote(page, TONE_SYSTEMS, json_get_string(host, "name"));
	words_ago(&text, json_get_number(host, "last_report", 0), page->now);
	page_say(page, silent ? TONE_PROBLEM : TONE_QUIET,
	    silent ? "  silent: last report %s\n" : "  report %s\n",
	    buffer_string(&text));
	say_fact(page, "system", json_get_string(host, "os"));
	say_fact(page, "kernel", json_get_string(host, "kernel"));
	buffer_clear(&text);
	page_clean(&text, vendor);
	buffer_text(&text, vendor ? " " : "");
	page_clean(&text, json_get_string(host, "model"));
	say_fact(page, "machine", buffer_string(&text));
	say_fact(page, "serial", json_get_string(host, "serial"));
	buffer_clear(&text);
	list_texts(&text, json_get(host, "addresses"));
	say_fact(page, "addresses", buffer_string(&text));
	say_fact(page, "id", json_get_string(host, "id"));
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
	const char *state = json_get_string(neighbor, "state");
	bool current = state && strcmp(state, "current") == 0;
	struct buffer port, heard;

	buffer_init(&port, CELL_SIZE);
	buffer_init(&heard, CELL_SIZE);
	table_add(table, TONE_SYSTEMS, json_get_string(nic, "name"));
	table_add(table, TONE_PLAIN, json_get_string(nic, "mac"));
	add_link_state(table, nic);
	table_add(table, TONE_PLAIN, json_get_string(nic, "master"));
	if (json_is_object(neighbor)) {
		words_port(&port, neighbor);
		words_evidence(&heard, nic, now);
		table_add(table, TONE_NETWORK, buffer_string(&port));
		table_add(table, current ? TONE_PLAIN : TONE_PROBLEM,
		    buffer_string(&heard));
	} else {
		table_add(table, TONE_QUIET, "unknown");
		table_add(table, TONE_PLAIN, NULL);
	}
	buffer_done(&port);
	buffer_done(&heard);
}

/* A reason is a sentence: too long for a table. */
static void
say_reasons(struct page *page, const struct json_value *nics,
    const struct json_value *host)
{
	const char *before = "\n";

	for (const struct json_value *n = json_first(nics); n;
	     n = json_next(n)) {
		struct buffer reason;

		if (json_is_object(json_get(n, "neighbor")))
			continue;
		buffer_init(&reason, CELL_SIZE);
		words_silence(&reason, n, host, page->now);
		page_say(page, TONE_PLAIN, "%s  ", before);
		page_quote(page, TONE_SYSTEMS, json_get_string(n, "name"));
		page_say(page, TONE_PLAIN, ": %s\n", buffer_string(&reason));
		buffer_done(&reason);
		before = "";
	}
}

/* 0: not said. */
static void
add_number(struct table *table, int64_t number)
{
	if (number == 0)
		table_add(table, TONE_PLAIN, NULL);
	else
		table_say(table, TONE_PLAIN, "%lld", (long long)number);
}

static void
say_links(struct page *page, const struct json_value *links)
{
	struct table table;

	if (json_count(links) == 0)
		return;
	page_say(page, TONE_PLAIN, "\n");
	table_init(&table, link_columns, COUNT(link_columns));
	for (const struct json_value *l = json_first(links); l;
	     l = json_next(l)) {
		const char *upper = json_get_string(l, "master");

		table_add(&table, TONE_SYSTEMS, json_get_string(l, "name"));
		table_add(
		    &table, TONE_PLAIN, words_kind(json_get_string(l, "kind")));
		table_add(&table, TONE_PLAIN,
		    upper ? upper : json_get_string(l, "lower"));
		add_number(&table, json_get_number(l, "vlan", 0));
		add_number(&table, json_get_number(l, "mtu", 0));
	}
	table_write(&table, page, 2);
	table_done(&table);
}

bool
answer_host(struct page *page, const struct json_value *answer)
{
	const struct json_value *host = json_get(answer, "host");
	const struct json_value *nics = json_get(answer, "nics");
	struct table table;

	say_host(page, host);
	page_say(page, TONE_PLAIN, "\n");
	table_init(&table, nic_columns, COUNT(nic_columns));
	for (const struct json_value *n = json_first(nics); n; n = json_next(n))
		add_nic(&table, n, page->now);
	table_write(&table, page, 2);
	table_done(&table);
	say_reasons(page, nics, host);
	say_links(page, json_get(answer, "links"));
	return true;
}
