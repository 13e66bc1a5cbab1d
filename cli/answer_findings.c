#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/age.h"
#include "cli/answer.h"
#include "cli/parts.h"
#include "cli/words.h"

enum { INDENT = 9, WHEN_SIZE = 32 };

static const char *
text_of(const struct json_value *v, const char *name)
{
	const char *text = json_get_string(v, name);

	return text ? text : "";
}

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

static enum tone
tone_of_side(const struct json_value *v, const char *name)
{
	return words_match(v, name, "network")   ? TONE_NETWORK
	       : words_match(v, name, "systems") ? TONE_SYSTEMS
						 : TONE_STRONG;
}

static void
say_owner(struct page *page, const struct json_value *finding)
{
	const char *owner = text_of(finding, "owner");

	page_say(page, tone_of_side(finding, "owner"), "%s",
	    strcmp(owner, "network") == 0   ? "network team"
	    : strcmp(owner, "systems") == 0 ? "systems team"
					    : "both teams");
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
	page_quote(page, TONE_QUIET, text_of(ack, "by"));
	if (json_get(ack, "until")) {
		write_when(json_get_number(ack, "until", 0), page->now, when);
		page_say(page, TONE_QUIET, " until %s", when);
	}
	page_say(page, TONE_QUIET, ": ");
	page_quote(page, TONE_QUIET, text_of(ack, "note"));
}

/* Two lines: what, then whose, whom it hurts, since when. */
static void
say_finding(struct page *page, const struct json_value *finding)
{
	bool unknown = words_match(finding, "verdict", "unknown");
	size_t start = page->out->size;
	char when[WHEN_SIZE];

	page_say(page, tone_of(finding), "%-*s", INDENT,
	    unknown ? "unknown" : text_of(finding, "severity"));
	page_quote(page, TONE_PLAIN, text_of(finding, "sentence"));
	page_say(page, TONE_PLAIN, "\n");
	page_wrap(page, start, INDENT);
	start = page->out->size;
	write_when(json_get_number(finding, "opened_at", 0), page->now, when);
	page_say(page, TONE_PLAIN, "%*s", INDENT, "");
	say_owner(page, finding);
	say_touched(page, finding);
	page_say(page, TONE_QUIET, ", since %s, ", when);
	page_quote(page, TONE_QUIET, text_of(finding, "id"));
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

static void
say_claim(struct page *page, const struct json_value *claim)
{
	int64_t heard = json_get_number(claim, "last_heard", -1);
	const char *source = text_of(claim, "source");
	size_t start = page->out->size;
	char age[AGE_SIZE];

	page_say(page, TONE_PLAIN, "  ");
	page_say(
	    page, tone_of_side(claim, "side"), "%s:", text_of(claim, "side"));
	page_say(page, TONE_PLAIN, " ");
	page_quote(page, TONE_PLAIN, text_of(claim, "text"));
	if (source[0] != '\0' || heard >= 0)
		page_say(page, TONE_QUIET, " (");
	page_quote(page, TONE_QUIET, source);
	if (heard >= 0) {
		age_text(page->now - heard, age);
		page_say(page, TONE_QUIET, "%s%s ago",
		    source[0] != '\0' ? ", " : "", age);
	}
	if (source[0] != '\0' || heard >= 0)
		page_say(page, TONE_QUIET, ")");
	if (!json_get_boolean(claim, "current", true))
		page_say(page, TONE_PROBLEM, " no longer current");
	page_say(page, TONE_PLAIN, "\n");
	page_wrap(page, start, 4);
}

/* Each line of it stands alone, to be copied. */
static void
say_command(struct page *page, const char *command)
{
	char line[PAGE_TEXT_SIZE];

	while (*command) {
		size_t size = strcspn(command, "\n");

		(void)snprintf(line, sizeof(line), "%.*s", (int)size, command);
		page_say(page, TONE_PLAIN, "      ");
		page_quote(page, TONE_STRONG, line);
		page_say(page, TONE_PLAIN, "\n");
		command += size + (command[size] == '\n');
	}
}

static void
say_fix(struct page *page, const struct json_value *fix)
{
	const char *platform = text_of(fix, "platform");

	page_say(page, TONE_PLAIN, "  on ");
	page_quote(page, tone_of_side(fix, "side"), text_of(fix, "where"));
	if (platform[0] != '\0') {
		page_say(page, TONE_PLAIN, " (");
		page_quote(page, TONE_PLAIN, platform);
		page_say(page, TONE_PLAIN, ")");
	}
	page_say(page, TONE_PLAIN, ":\n");
	say_command(page, text_of(fix, "command"));
}

static void
say_line(struct page *page, const char *heading, const char *text)
{
	size_t start = page->out->size;

	if (text[0] == '\0')
		return;
	page_say(page, TONE_STRONG, "%s ", heading);
	page_quote(page, TONE_PLAIN, text);
	page_say(page, TONE_PLAIN, "\n");
	page_wrap(page, start, 2);
}

static void
say_all(struct page *page, const char *heading, const struct json_value *list,
    void (*say)(struct page *page, const struct json_value *one))
{
	if (json_count(list) == 0)
		return;
	page_say(page, TONE_STRONG, "%s\n", heading);
	for (const struct json_value *v = json_first(list); v; v = json_next(v))
		say(page, v);
}

bool
answer_finding(struct page *page, const struct json_value *answer)
{
	const struct json_value *f = json_get(answer, "finding");

	if (!f)
		return false;
	say_finding(page, f);
	say_all(page, "What both sides say", json_get(f, "claims"), say_claim);
	say_all(page, "What to type", json_get(f, "fixes"), say_fix);
	say_line(page, "To be known:", text_of(f, "wanting"));
	say_line(page, "Closes by itself:", text_of(f, "closes"));
	say_line(page, "Why it matters:", text_of(f, "why"));
	return true;
}
