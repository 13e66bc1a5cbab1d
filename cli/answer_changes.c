#include <stdio.h>
#include <string.h>
#include <time.h>

#include "cli/answer.h"
#include "cli/parts.h"

enum { WHEN_SIZE = 32 };

static const struct table_column columns[] = {
	{ "WHEN", 14 },
	{ "CHANGE", 30 },
};

static enum tone
tone_of(const struct json_value *change)
{
	const char *kind = json_get_string(change, "kind");
	const char *what = json_get_string(change, "what");

	if (kind && strcmp(kind, "silence") == 0)
		return what && strcmp(what, "began") == 0 ? TONE_PROBLEM
							  : TONE_PLAIN;
	if (kind &&
	    (strcmp(kind, "neighbor") == 0 || strcmp(kind, "heard_vlan") == 0))
		return TONE_NETWORK;
	return TONE_SYSTEMS;
}

/* Of today the time is enough. */
static void
write_when(int64_t at, int64_t now, char out[static WHEN_SIZE])
{
	time_t then = (time_t)at, today = (time_t)now;
	struct tm t = { 0 }, n = { 0 };

	(void)localtime_r(&then, &t);
	(void)localtime_r(&today, &n);
	if (t.tm_year == n.tm_year && t.tm_yday == n.tm_yday)
		(void)strftime(out, WHEN_SIZE, "%H:%M:%S", &t);
	else
		(void)strftime(out, WHEN_SIZE, "%m-%d %H:%M:%S", &t);
}

static void
add_change(struct table *table, const struct json_value *change, int64_t now)
{
	char when[WHEN_SIZE];

	write_when(json_get_number(change, "at", 0), now, when);
	table_say(table, TONE_QUIET, "%s", when);
	table_add(table, tone_of(change), json_get_string(change, "text"));
}

/* From when on it is known, if that is later than what was asked. */
static void
say_known(struct page *page, const struct json_value *answer)
{
	int64_t since = json_get_number(answer, "history_since", 0);
	char when[WHEN_SIZE];

	if (since == 0)
		return;
	write_when(since, page->now, when);
	page_say(page, TONE_QUIET,
	    "history is kept since %s; what was before is not known\n", when);
}

bool
answer_changes(struct page *page, const struct json_value *answer)
{
	static const struct parts_list shape = PARTS_LIST(columns, add_change);
	const struct json_value *list = json_get(answer, "changes");
	const char *next = json_get_string(answer, "next");

	if (!parts_table(page, list, &shape, 0)) {
		page_say(page, TONE_PLAIN, "nothing changed%s\n",
		    next ? " lately; there may be more before (--until)" : "");
		if (!next)
			say_known(page, answer);
		return false;
	}
	if (next)
		page_say(page, TONE_QUIET,
		    "there are more; --limit shows them, --since, --host and "
		    "--kind make them fewer\n");
	else
		say_known(page, answer);
	return true;
}

bool
answer_diff(struct page *page, const struct json_value *answer)
{
	const struct json_value *c = json_first(json_get(answer, "changes"));
	const char *last = NULL;

	if (!c) {
		page_say(page, TONE_PLAIN,
		    "nothing is different between these moments\n");
		return false;
	}
	for (; c; c = json_next(c)) {
		const char *id = json_get_string(c, "host_id");
		size_t start;

		if (!last || !id || strcmp(last, id) != 0) {
			page_say(page, TONE_PLAIN, last ? "\n" : "");
			page_quote(
			    page, TONE_STRONG, json_get_string(c, "host"));
			page_say(page, TONE_PLAIN, "\n");
		}
		last = id ? id : "";
		start = page->out->size;
		page_say(page, TONE_PLAIN, "  ");
		page_quote(page, tone_of(c), json_get_string(c, "text"));
		page_say(page, TONE_PLAIN, "\n");
		page_wrap(page, start, 4);
	}
	if (json_get(answer, "next"))
		page_say(page, TONE_QUIET,
		    "there are more; --limit shows "
		    "them\n");
	return true;
}
