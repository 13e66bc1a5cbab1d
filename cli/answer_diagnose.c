#include "cli/answer.h"

#include <string.h>

#include "cli/judged.h"
#include "cli/words.h"

enum { VERDICT_COLUMNS = 9, HOP_COLUMNS = 12 };

/* The judgement of this number; NULL: it was left out. */
static const struct json_value *
judgement_of(const struct json_value *answer, int64_t number)
{
	const struct json_value *j = json_first(json_get(answer, "judgements"));

	while (j && json_get_number(j, "number", -1) != number)
		j = json_next(j);
	return j;
}

static enum tone
tone_of(const struct json_value *hop)
{
	return words_match(hop, "verdict", "broken")  ? TONE_PROBLEM
	       : words_match(hop, "verdict", "holds") ? TONE_PLAIN
						      : TONE_QUIET;
}

/* Why a hop is not whole: its own sentence, or the worst that is said. */
static const char *
why(const struct json_value *answer, const struct json_value *hop)
{
	const char *own = judged_text(hop, "sentence");
	const struct json_value *first =
	    json_first(json_get(hop, "judgements"));

	if (own[0] != '\0' || !first || words_match(hop, "verdict", "holds"))
		return own;
	return judged_text(
	    judgement_of(answer, json_number_of(first, -1)), "sentence");
}

static void
say_hop(struct page *page, const struct json_value *answer,
    const struct json_value *hop)
{
	const char *name = judged_text(hop, "name"), *reason = why(answer, hop);
	size_t start = page->out->size;

	page_say(page, TONE_PLAIN, "  ");
	page_say(page, tone_of(hop), "%-*s", VERDICT_COLUMNS,
	    judged_text(hop, "verdict"));
	page_say(
	    page, TONE_PLAIN, "%-*s", HOP_COLUMNS, judged_text(hop, "hop"));
	page_quote(
	    page, TONE_STRONG, name[0] != '\0' ? name : "not known which");
	if (reason[0] != '\0') {
		page_say(page, TONE_PLAIN, ": ");
		page_quote(page, TONE_PLAIN, reason);
	}
	page_say(page, TONE_PLAIN, "\n");
	page_wrap(page, start, 2 + VERDICT_COLUMNS + HOP_COLUMNS);
}

/* "over vnet0, ens1f0 (active)" */
static void
say_leg(struct page *page, const struct json_value *answer,
    const struct json_value *leg)
{
	const char *vnic = judged_text(leg, "vnic");
	const char *nic = judged_text(leg, "nic");

	page_say(page, TONE_PLAIN, "\n");
	page_quote(page, TONE_STRONG, vnic);
	page_say(page, TONE_PLAIN, "%s",
	    vnic[0] != '\0' && nic[0] != '\0' ? " by " : "");
	page_quote(page, TONE_STRONG, nic);
	page_say(page, TONE_PLAIN, "%s(",
	    vnic[0] != '\0' || nic[0] != '\0' ? " " : "");
	page_quote(page, TONE_PLAIN, judged_text(leg, "state"));
	page_say(page, TONE_PLAIN, ")\n");
	for (const struct json_value *h = json_first(json_get(leg, "hops")); h;
	     h = json_next(h))
		say_hop(page, answer, h);
}

static void
say_about(struct page *page, const struct json_value *answer)
{
	const struct json_value *about = json_get(answer, "about");
	const char *name = judged_text(about, "name");

	if (name[0] != '\0') {
		page_quote(page, TONE_STRONG, name);
		page_say(page, TONE_PLAIN, " on ");
	}
	page_quote(page, TONE_STRONG, judged_text(about, "host"));
	if (json_get_boolean(about, "silent", false))
		page_say(page, TONE_PROBLEM, " (silent)");
	page_say(page, TONE_PLAIN, ": ");
}

/* How much of it the broken hop stops. */
static const char *
extent(const struct json_value *answer)
{
	return words_match(answer, "stops", "all")    ? "no way is whole"
	       : words_match(answer, "stops", "some") ? "some ways are whole"
						      : "what is in use works";
}

static void
say_broken(struct page *page, const struct json_value *answer,
    const struct json_value *first)
{
	bool risk = words_match(answer, "stops", "none");
	size_t start = page->out->size;

	page_say(page, TONE_PROBLEM, "%s", risk ? "at risk" : "broken");
	page_say(page, TONE_PLAIN, " at the %s ", judged_text(first, "hop"));
	page_quote(page, TONE_STRONG, judged_text(first, "name"));
	page_say(page, TONE_PLAIN, " (");
	judged_owner(page, first);
	page_say(page, TONE_PLAIN, "): %s\n", extent(answer));
	page_wrap(page, start, 2);
	start = page->out->size;
	page_say(page, TONE_PLAIN, "  ");
	page_quote(page, TONE_PLAIN, judged_text(first, "sentence"));
	page_say(page, TONE_PLAIN, "\n");
	page_wrap(page, start, 2);
}

static void
say_unknown(struct page *page, const struct json_value *answer)
{
	const struct json_value *u = json_first(json_get(answer, "unknown"));

	if (u)
		page_say(page, TONE_STRONG, "\nWhat is not known\n");
	for (; u; u = json_next(u)) {
		const char *wanting = judged_text(u, "wanting");
		size_t start = page->out->size;

		page_say(page, TONE_PLAIN, "  ");
		page_quote(page, TONE_PLAIN, judged_text(u, "sentence"));
		if (wanting[0] != '\0') {
			page_say(page, TONE_QUIET, " - ");
			page_quote(page, TONE_QUIET, wanting);
		}
		page_say(page, TONE_PLAIN, "\n");
		page_wrap(page, start, 4);
	}
}

bool
answer_diagnose(struct page *page, const struct json_value *answer)
{
	const struct json_value *first = json_get(answer, "first_broken");
	const struct json_value *leg = json_first(json_get(answer, "legs"));

	say_about(page, answer);
	if (json_is_object(first))
		say_broken(page, answer, first);
	else
		page_say(page, TONE_PLAIN, "%s\n",
		    words_match(answer, "verdict", "holds")
			? "every hop that is known holds"
			: "nothing is known to be broken");
	if (json_is_object(first) && json_get(first, "judgement"))
		judged_say(page, judgement_of(answer,
				     json_get_number(first, "judgement", -1)));
	for (; leg; leg = json_next(leg))
		say_leg(page, answer, leg);
	say_unknown(page, answer);
	return true;
}
