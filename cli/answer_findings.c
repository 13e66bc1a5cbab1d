#include <stdio.h>
#include <string.h>
#include <time.h>

#include "cli/answer.h"
#include "cli/judged.h"
#include "cli/parts.h"
#include "cli/words.h"

enum { INDENT = 9, WHEN_SIZE = 32 };

/* Of today the time is enough. */
static void
write_when(int64_t at, int64_t now, char out[static WHEN_SIZE])
{
	time_t then = (time_t)at, today = (time_t)now;
	struct tm t = { 0 }, n = { 0 };
	bool same;

	(void)localtime_r(&then, &t);
	(void)localtime_r(&today, &n);
	same = t.tm_year == n.tm_year && t.tm_yday == n.tm_yday;
	(void)strftime(out, WHEN_SIZE, same ? "%H:%M" : "%Y-%m-%d %H:%M", &t);
}

static enum tone
tone_of(const struct json_value *finding)
{
	if (words_match(finding, "verdict", "unknown"))
		return TONE_QUIET;
	return words_match(finding, "severity", "remark") ? TONE_PLAIN
							  : TONE_PROBLEM;
}

/* "14 machines (web-01, web-02, web-03 ...)". */
static void
say_touched(struct page *page, const struct json_value *finding)
{
	const struct json_value *touched = json_get(finding, "touched");
	const struct json_value *names = json_get(touched, "names");
	long count = (long)json_get_number(touched, "count", 0);
	struct buffer text;

	if (count == 0)
		return;
	buffer_init(&text, PARTS_TEXT_SIZE);
	parts_texts(&text, names, NULL);
	page_say(
	    page, TONE_PLAIN, ", %ld machine%s", count, count == 1 ? "" : "s");
	if (text.size > 0) {
		page_say(page, TONE_PLAIN, " (");
		page_quote(page, TONE_PLAIN, buffer_string(&text));
		page_say(page, TONE_PLAIN, "%s)",
		    (size_t)count > json_count(names) ? " ..." : "");
	}
	buffer_done(&text);
}

static void
say_known(struct page *page, const struct json_value *finding)
{
	const struct json_value *ack = json_get(finding, "acknowledged");
	char when[WHEN_SIZE];

	if (!ack)
		return;
	page_say(page, TONE_QUIET, ", known to ");
	page_quote(page, TONE_QUIET, judged_text(ack, "by"));
	if (json_get(ack, "until")) {
		write_when(json_get_number(ack, "until", 0), page->now, when);
		page_say(page, TONE_QUIET, " until %s", when);
	}
	page_say(page, TONE_QUIET, ": ");
	page_quote(page, TONE_QUIET, judged_text(ack, "note"));
}

/* Two lines: what, then whose, whom it hurts, since when. */
static void
say_finding(struct page *page, const struct json_value *finding)
{
	bool unknown = words_match(finding, "verdict", "unknown");
	size_t start = page->out->size;
	char when[WHEN_SIZE];

	page_say(page, tone_of(finding), "%-*s", INDENT,
	    unknown ? "unknown" : judged_text(finding, "severity"));
	page_quote(page, TONE_PLAIN, judged_text(finding, "sentence"));
	page_say(page, TONE_PLAIN, "\n");
	page_wrap(page, start, INDENT);
	start = page->out->size;
	write_when(json_get_number(finding, "opened_at", 0), page->now, when);
	page_say(page, TONE_PLAIN, "%*s", INDENT, "");
	judged_owner(page, finding);
	say_touched(page, finding);
	page_say(page, TONE_QUIET, ", since %s, ", when);
	page_quote(page, TONE_QUIET, judged_text(finding, "id"));
	say_known(page, finding);
	page_say(page, TONE_PLAIN, "\n");
	page_wrap(page, start, INDENT);
}

/* After a start not all hosts are judged yet. */
static void
say_judged(struct page *page, const struct json_value *answer)
{
	const struct json_value *judged = json_get(answer, "judged");
	long hosts = (long)json_get_number(judged, "hosts", 0);
	long of = (long)json_get_number(judged, "of", 0);

	if (hosts < of)
		page_say(page, TONE_QUIET,
		    "%ld of %ld hosts are judged since the collector "
		    "started\n",
		    hosts, of);
}

bool
answer_findings(struct page *page, const struct json_value *answer)
{
	const struct json_value *f = json_first(json_get(answer, "findings"));
	bool any = f != NULL;

	if (!any)
		page_say(page, TONE_PLAIN, "nothing is found\n");
	for (; f; f = json_next(f))
		say_finding(page, f);
	if (json_get(answer, "next"))
		page_say(page, TONE_QUIET,
		    "there are more; --limit shows "
		    "them\n");
	say_judged(page, answer);
	return any;
}

/* ---- one of them ----------------------------------------------------------
 */

bool
answer_finding(struct page *page, const struct json_value *answer)
{
	const struct json_value *f = json_get(answer, "finding");

	if (!f)
		return false;
	say_finding(page, f);
	judged_say(page, f);
	return true;
}
