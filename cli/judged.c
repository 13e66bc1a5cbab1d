#include "cli/judged.h"

#include <stdio.h>
#include <string.h>

#include "base/age.h"
#include "cli/words.h"

const char *
judged_text(const struct json_value *v, const char *name)
{
	const char *text = json_get_string(v, name);

	return text ? text : "";
}

static enum tone
tone_of_side(const struct json_value *v, const char *name)
{
	return words_match(v, name, "network")   ? TONE_NETWORK
	       : words_match(v, name, "systems") ? TONE_SYSTEMS
						 : TONE_STRONG;
}

void
judged_owner(struct page *page, const struct json_value *judged)
{
	const char *owner = judged_text(judged, "owner");

	page_say(page, tone_of_side(judged, "owner"), "%s",
	    strcmp(owner, "network") == 0   ? "network team"
	    : strcmp(owner, "systems") == 0 ? "systems team"
					    : "both teams");
}

static void
say_claim(struct page *page, const struct json_value *claim)
{
	int64_t heard = json_get_number(claim, "last_heard", -1);
	const char *source = judged_text(claim, "source");
	size_t start = page->out->size;
	char age[AGE_SIZE];

	page_say(page, TONE_PLAIN, "  ");
	page_say(page, tone_of_side(claim, "side"),
	    "%s:", judged_text(claim, "side"));
	page_say(page, TONE_PLAIN, " ");
	page_quote(page, TONE_PLAIN, judged_text(claim, "text"));
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
	const char *platform = judged_text(fix, "platform");

	page_say(page, TONE_PLAIN, "  on ");
	page_quote(page, tone_of_side(fix, "side"), judged_text(fix, "where"));
	if (platform[0] != '\0') {
		page_say(page, TONE_PLAIN, " (");
		page_quote(page, TONE_PLAIN, platform);
		page_say(page, TONE_PLAIN, ")");
	}
	page_say(page, TONE_PLAIN, ":\n");
	say_command(page, judged_text(fix, "command"));
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

void
judged_say(struct page *page, const struct json_value *judged)
{
	say_all(
	    page, "What both sides say", json_get(judged, "claims"), say_claim);
	say_all(page, "What to type", json_get(judged, "fixes"), say_fix);
	say_line(page, "To be known:", judged_text(judged, "wanting"));
	say_line(page, "Closes by itself:", judged_text(judged, "closes"));
	say_line(page, "Why it matters:", judged_text(judged, "why"));
}
