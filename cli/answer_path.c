#include "cli/answer.h"

#include <stdlib.h>
#include <string.h>

#include "cli/carries.h"
#include "cli/hop_facts.h"
#include "cli/hops.h"
#include "cli/parts.h"
#include "cli/strip.h"
#include "cli/words.h"

enum { TEXT_SIZE = 1024, NAMED_MOST = 8 };

static const struct table_column claim_columns[] = {
	{ "", 8 },
	{ "THE HOST SAYS", 18 },
	{ "AGREE", 5 },
	{ "THE SWITCH SAYS", 37 },
};

static const struct table_column heard_columns[] = {
	{ "HEARD", 5 },
	{ "FROM", 12 },
	{ "PORT", 11 },
	{ "STATE", 19 },
	{ "WHY", 12 },
};

#define COUNT(columns) (sizeof(columns) / sizeof((columns)[0]))

/* One line of reasons, when the collector gives any. */
static void
say_reason(struct page *page, const struct json_value *neighbor)
{
	const char *reason = json_get_string(neighbor, "reason");

	size_t start = page->out->size;

	if (!reason)
		return;
	page_say(page, TONE_QUIET, "\n  because: ");
	page_quote(page, TONE_PLAIN, reason);
	page_say(page, TONE_PLAIN, "\n");
	page_wrap(page, start, 4);
}

static void
say_place(struct page *page, const struct json_value *neighbor)
{
	bool current = words_match(neighbor, "state", "current");
	bool sure = words_match(neighbor, "verdict", "yes");

	page_say(page, TONE_PLAIN,
	    !current ? " was on "
	    : sure   ? " is on "
		     : " is perhaps on ");
	page_quote(
	    page, TONE_NETWORK, words_short_name(json_get(neighbor, "port")));
	page_say(page, TONE_PLAIN, " of ");
	page_quote(
	    page, TONE_NETWORK, words_short_name(json_get(neighbor, "switch")));
}

/* "web-01 would leave by": what runs, over a leg that is used, leaves; of what
 * is not told any more only the past is known. */
static void
say_leaves(struct page *page, const struct json_value *leg)
{
	const struct json_value *w = json_get(leg, "workload");
	bool rests = words_match(w, "state", "off") ||
		     words_match(w, "state", "suspended");
	const char *state = hops_member_state(leg);
	bool waits = state && strcmp(state, "standby") == 0;

	if (rests)
		page_say(page, TONE_PROBLEM, " does not run;");
	page_say(page, TONE_PLAIN,
	    hops_is_down(leg) || hops_is_barred(leg) ? " cannot leave by "
	    : rests || waits                         ? " would leave by "
	    : hops_host_is_lost(leg)                 ? " left by "
						     : " leaves by ");
}

/* "hv1 ens1f0", or "web-01 leaves by hv1 ens1f0 (active), which". */
static void
say_subject(struct page *page, const struct json_value *leg)
{
	const struct json_value *host = json_get(leg, "host");
	const char *state = hops_member_state(leg);
	bool placed = json_is_object(json_get(leg, "neighbor")) &&
		      !words_is_undecided(json_get(leg, "neighbor"));
	struct buffer subject;
	bool inside;

	buffer_init(&subject, TEXT_SIZE);
	inside = hops_subject(&subject, leg);
	page_say(page, TONE_SYSTEMS, "%s", buffer_string(&subject));
	buffer_done(&subject);
	if (inside && hops_gap(leg))
		page_say(page, TONE_PLAIN, " on ");
	else if (inside)
		say_leaves(page, leg);
	page_quote(page, TONE_SYSTEMS, json_get_string(host, "name"));
	if (hops_gap(leg))
		return;
	page_say(page, TONE_PLAIN, " ");
	page_quote(
	    page, TONE_SYSTEMS, json_get_string(json_get(leg, "nic"), "name"));
	if (inside && hops_is_down(leg))
		page_say(page, TONE_PROBLEM, ": its link is down%s",
		    placed ? "; it" : "");
	else if (state)
		page_say(page, TONE_QUIET, " (%.40s)", state);
	if (inside && placed && !hops_is_down(leg))
		page_say(page, TONE_PLAIN, ", which");
}

/* What keeps a frame from getting through inside the host. */
static void
say_obstacles(struct page *page, const struct json_value *leg)
{
	const struct json_value *vnic = json_get(leg, "vnic");
	const char *state = json_get_string(json_get(leg, "workload"), "state");
	const char *held =
	    json_get_string(json_get(leg, "uplink"), "holds_back");
	size_t start = page->out->size;

	if (state && strcmp(state, "running") != 0 &&
	    strcmp(state, "unknown") != 0)
		page_say(
		    page, TONE_PROBLEM, "\n  it does not run: %.40s\n", state);

	if (!json_get_boolean(vnic, "connected", true))
		page_say(page, TONE_PROBLEM, "\n  the vNIC is not connected\n");
	if (held) {
		page_say(page, TONE_PLAIN, "\n  ");
		page_quote(page, TONE_PROBLEM, held);
		page_say(page, TONE_PLAIN, "\n");
	}
	page_wrap(page, start, 4);
}

/* "hv1 ens1f0 is on Eth1/1 of leaf1a (LLDP 2 s ago, CDP 1 s ago)" */
static void
say_answer(struct page *page, const struct json_value *leg)
{
	const struct json_value *neighbor = json_get(leg, "neighbor");
	const struct json_value *host = json_get(leg, "host");
	const struct json_value *nic = json_get(leg, "nic");
	bool current = words_match(neighbor, "state", "current");
	size_t start = page->out->size;
	struct buffer text;

	buffer_init(&text, TEXT_SIZE);
	say_subject(page, leg);
	if (hops_gap(leg)) {
		page_say(page, TONE_PROBLEM, ": switch port unknown (");
		page_quote(page, TONE_PROBLEM, hops_gap(leg));
		page_say(page, TONE_PROBLEM, ")");
	} else if (words_is_undecided(neighbor)) {
		page_say(page, TONE_PROBLEM, ": switch port unknown (");
		page_quote(
		    page, TONE_PROBLEM, json_get_string(neighbor, "reason"));
		page_say(page, TONE_PROBLEM, ")");
	} else if (json_is_object(neighbor)) {
		say_place(page, neighbor);
		words_evidence(&text, leg, page->now);
		page_say(page, current ? TONE_QUIET : TONE_PROBLEM, " (%s)",
		    buffer_string(&text));
	} else {
		words_silence(&text, nic, host, page->now);
		page_say(page, TONE_PROBLEM, ": switch port unknown (%s)",
		    buffer_string(&text));
	}
	page_say(page, TONE_PLAIN, "\n\n");
	page_wrap(page, start, 2);
	buffer_done(&text);
}

static const char *
topic_words(const char *topic)
{
	static const char *const words[][2] = { { "cable", "Cable" },
		{ "link", "Link" }, { "mtu", "MTU" },
		{ "vlan_untagged", "Untagged" }, { "vlans", "VLANs" },
		{ "aggregation", "Aggregate" } };

	for (size_t i = 0; topic && i < COUNT(words); i++) {
		if (strcmp(words[i][0], topic) == 0)
			return words[i][1];
	}
	return topic;
}

/* "full duplex (CDP 12 s ago)" */
static void
add_side(struct table *table, enum tone tone, const struct json_value *claim,
    int64_t now)
{
	const char *source = json_get_string(claim, "source");
	int64_t heard = json_get_number(claim, "last_heard", 0);
	struct buffer text;

	if (!json_is_object(claim)) {
		table_add(table, TONE_QUIET, "not said");
		return;
	}
	buffer_init(&text, TEXT_SIZE);
	page_clean(&text, json_get_string(claim, "text"));
	if (source && heard != 0) {
		buffer_text(&text, " (");
		page_clean(&text, words_protocol(source));
		buffer_char(&text, ' ');
		words_ago(&text, heard, now);
		buffer_char(&text, ')');
	}
	table_add(table, tone, buffer_string(&text));
	buffer_done(&text);
}

static void
add_claim(struct table *table, const struct json_value *claim, int64_t now)
{
	bool yes = words_match(claim, "verdict", "yes"),
	     no = words_match(claim, "verdict", "no");
	enum tone tone = no ? TONE_PROBLEM : TONE_PLAIN;

	table_add(
	    table, TONE_QUIET, topic_words(json_get_string(claim, "topic")));
	add_side(table, tone, json_get(claim, "host"), now);
	table_add(table,
	    yes  ? TONE_SYSTEMS
	    : no ? TONE_PROBLEM
		 : TONE_QUIET,
	    yes  ? "yes"
	    : no ? "NO"
		 : "unknown");
	add_side(table, tone, json_get(claim, "switch"), now);
}

static void
say_claims(struct page *page, const struct json_value *claims)
{
	static const struct parts_list shape =
	    PARTS_LIST(claim_columns, add_claim);

	if (json_count(claims) > 0)
		page_say(page, TONE_PLAIN, "\n");
	(void)parts_table(page, claims, &shape, 2);
}

static const char *
sender_of(const struct json_value *neighbor)
{
	const struct json_value *chassis = json_get(neighbor, "chassis_id");
	const char *name = json_get_string(neighbor, "system_name");

	if (!name)
		name = json_get_string(chassis, "value");
	return name ? name : json_get_string(neighbor, "source_mac");
}

static void
add_heard(struct table *table, const struct json_value *h, int64_t now)
{
	const struct json_value *n = json_get(h, "neighbor");
	bool current = words_match(h, "state", "current");
	bool foreign = json_get_boolean(h, "own", false) ||
		       json_get_boolean(h, "phantom", false);
	struct buffer state;

	buffer_init(&state, TEXT_SIZE);
	if (json_get(h, "ended")) {
		words_end(&state, json_get(h, "ended"), now);
	} else {
		page_clean(&state, json_get_string(h, "state"));
		buffer_text(&state, ", ");
		words_ago(&state, json_get_number(h, "last_heard", 0), now);
	}
	table_add(table, foreign ? TONE_QUIET : TONE_NETWORK,
	    words_protocol(json_get_string(h, "protocol")));
	table_add(table, TONE_PLAIN, sender_of(n));
	table_add(table, TONE_PLAIN,
	    json_get_string(json_get(n, "port_id"), "value"));
	table_add(
	    table, current ? TONE_PLAIN : TONE_PROBLEM, buffer_string(&state));
	table_add(table, TONE_QUIET, json_get_string(h, "why"));
	buffer_done(&state);
}

static void
say_heard(struct page *page, const struct json_value *heard)
{
	static const struct parts_list shape =
	    PARTS_LIST(heard_columns, add_heard);

	if (json_count(heard) > 0)
		page_say(page, TONE_PLAIN, "\n");
	(void)parts_table(page, heard, &shape, 2);
}

static void
say_leg(struct page *page, const struct json_value *leg,
    const struct json_value *before)
{
	if (before)
		page_say(page, TONE_PLAIN, "\n\n");
	say_answer(page, leg);
	strip_draw(page, leg);
	say_obstacles(page, leg);
	hop_facts_say(page, leg, before);
	carries_say(page, json_get(leg, "carries"));
	say_reason(page, json_get(leg, "neighbor"));
	say_claims(page, json_get(leg, "claims"));
	say_heard(page, json_get(leg, "heard"));
}

/* The legs, those in use first among those of one vNIC; NULL: no memory. */
static const struct json_value **
list_legs(const struct json_value *legs)
{
	const struct json_value **list, *leg;
	size_t count = 0;

	list = calloc(json_count(legs) + 1, sizeof(*list));
	for (leg = json_first(legs); list && leg; leg = json_next(leg)) {
		size_t at = count++;

		for (; at > 0 && hops_are_of_one(list[at - 1], leg) &&
		       hops_rank(list[at - 1]) > hops_rank(leg);
		     at--)
			list[at] = list[at - 1];
		list[at] = leg;
	}
	return list;
}

static bool
is_same_machine(const struct json_value *a, const struct json_value *b)
{
	return hops_same(a, b, "host", "id") &&
	       hops_same(a, b, "workload", "id");
}

/* "esx01 web", or "esx01 vm-10" where the host has another one of this name. */
static void
add_machine(struct buffer *out, const struct json_value *leg,
    const struct json_value *legs)
{
	const char *called = "name";

	for (legs = json_first(legs); legs; legs = json_next(legs)) {
		if (hops_same(leg, legs, "host", "id") &&
		    hops_same(leg, legs, "workload", "name") &&
		    !hops_same(leg, legs, "workload", "id"))
			called = "id";
	}
	page_clean(out, json_get_string(json_get(leg, "host"), "name"));
	buffer_char(out, ' ');
	page_clean(out, json_get_string(json_get(leg, "workload"), called));
}

/* "5 machines are called so: ...": each has legs of its own below. */
static void
say_machines(struct page *page, const struct json_value *legs)
{
	const struct json_value *leg, *before = NULL;
	size_t count = 0, start = page->out->size;
	struct buffer names;

	buffer_init(&names, PARTS_TEXT_SIZE);
	for (leg = json_first(legs); leg; before = leg, leg = json_next(leg)) {
		if (!json_is_object(json_get(leg, "workload")))
			break;
		if (before && is_same_machine(leg, before))
			continue;
		if (count++ < NAMED_MOST) {
			buffer_text(&names, names.size > 0 ? ", " : "");
			add_machine(&names, leg, legs);
		}
	}
	if (!leg && count > 1) {
		page_say(page, TONE_STRONG, "%zu machines", count);
		page_say(page, TONE_PLAIN, " are called so: %s%s\n\n",
		    buffer_string(&names),
		    count > NAMED_MOST ? " and more" : "");
		page_wrap(page, start, 4);
	}
	buffer_done(&names);
}

bool
answer_path(struct page *page, const struct json_value *answer)
{
	const struct json_value *legs = json_get(answer, "legs");
	const struct json_value **list = list_legs(legs);

	say_machines(page, legs);
	for (size_t i = 0; list && list[i]; i++)
		say_leg(page, list[i], i > 0 ? list[i - 1] : NULL);
	free(list);
	if (json_get_boolean(answer, "truncated", false))
		page_say(page, TONE_QUIET, "\n... and more legs\n");
	return json_count(legs) > 0;
}
