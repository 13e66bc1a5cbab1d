#include "cli/carries.h"

#include <string.h>

#include "cli/parts.h"
#include "cli/words.h"

const char *
carries_verdict(const struct json_value *one)
{
	if (words_match(one, "verdict", "yes"))
		return "yes";
	return words_match(one, "verdict", "no") ? "NO" : "unknown";
}

enum tone
carries_tone(const struct json_value *one, bool needed)
{
	if (words_match(one, "verdict", "yes"))
		return TONE_SYSTEMS;
	return needed && words_match(one, "verdict", "no") ? TONE_PROBLEM
							   : TONE_QUIET;
}

/* "told by LLDP 3 s ago"; what the host itself does is its own sentence. */
static void
list_evidence(struct buffer *out, const struct json_value *e, int64_t now)
{
	const char *by = json_get_string(e, "by");
	bool wire = words_match(e, "by", "wire");
	int64_t last = json_get_number(e, "last_heard", 0);

	if (!by || words_match(e, "by", "host")) {
		page_clean(out, json_get_string(e, "text"));
		return;
	}
	buffer_text(out, wire ? "heard on the wire" : "told by ");
	if (!wire)
		page_clean(out, words_protocol(by));
	if (json_get_boolean(e, "untagged", false))
		buffer_text(out, " (untagged)");
	if (words_match(e, "source", "vsphere"))
		buffer_text(out, " through vCenter");
	if (last != 0) {
		buffer_char(out, ' ');
		words_ago(out, last, now);
	}
	if (!words_match(e, "state", "current"))
		buffer_text(out, " (stale)");
	if (json_count(json_get(e, "subnets")) > 0) {
		buffer_text(out, " (");
		parts_texts(out, json_get(e, "subnets"), NULL);
		buffer_char(out, ')');
	}
}

void
carries_why(struct buffer *out, const struct json_value *one, int64_t now)
{
	const struct json_value *e = json_first(json_get(one, "evidence"));
	const char *between = "";

	if (!words_match(one, "verdict", "yes") || !e) {
		page_clean(out, json_get_string(one, "text"));
		return;
	}
	for (; e; e = json_next(e)) {
		buffer_text(out, between);
		list_evidence(out, e, now);
		between = ", ";
	}
}

void
carries_say(struct page *page, const struct json_value *carries)
{
	const char *before = "\n";

	for (const struct json_value *c = json_first(carries); c;
	     c = json_next(c)) {
		int64_t vlan = json_get_number(c, "vlan", -1);
		bool no = words_match(c, "verdict", "no");
		size_t start = page->out->size;
		struct buffer why;

		buffer_init(&why, PARTS_TEXT_SIZE);
		carries_why(&why, c, page->now);
		page_say(page, TONE_PLAIN, "%s  ", before);
		page_say(page, no ? TONE_PROBLEM : TONE_PLAIN, "%s ",
		    no ? "does not carry" : "carries");
		if (json_get_boolean(c, "unknown_vlan", false))
			page_say(page, TONE_STRONG, "its VLAN");
		else if (vlan < 0)
			page_say(page, TONE_STRONG, "untagged frames");
		else
			page_say(
			    page, TONE_STRONG, "VLAN %lld", (long long)vlan);
		page_say(page, TONE_PLAIN, ": ");
		if (!no && !words_match(c, "verdict", "yes"))
			page_say(page, TONE_QUIET, "unknown%s",
			    why.size > 0 ? ": " : "");
		buffer_text(page->out, buffer_string(&why));
		page_say(page, TONE_PLAIN, "\n");
		page_wrap(page, start, 4);
		buffer_done(&why);
		before = "";
	}
}
