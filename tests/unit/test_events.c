#include "collector/events.h"

#include <check.h>
#include <stdio.h>
#include <string.h>

#include "tests/support/suite.h"

static const struct event_filter all = { "", "" };
static struct events events;

static void
add(const char *host, const char *kind, const char *data)
{
	events_add(
	    &events, &(struct event_about){ host, "id", kind }, "change", data);
}

/* The next one at the position, which moves behind it; "" when there is none,
 * "lost" when it is forgotten. */
static const char *
next(const struct event_filter *filter, uint64_t *position)
{
	const struct event *event = NULL;

	switch (events_find(&events, filter, position, &event)) {
	case EVENTS_FOUND:
		++*position;
		return event->frame;
	case EVENTS_LOST:
		return "lost";
	case EVENTS_NONE:
		break;
	}
	return "";
}

START_TEST(events_come_in_order_and_once)
{
	uint64_t position = 1;

	events_init(&events, 7, 4096);
	ck_assert_str_eq(next(&all, &position), "");
	add("hv1", "nic", "{\"a\":1}");
	add("hv2", "nic", "{\"a\":2}");
	ck_assert_str_eq(next(&all, &position),
	    "id: 7-1\nevent: change\ndata: {\"a\":1}\n\n");
	ck_assert_str_eq(next(&all, &position),
	    "id: 7-2\nevent: change\ndata: {\"a\":2}\n\n");
	ck_assert_str_eq(next(&all, &position), "");
	add("hv1", "nic", "{}");
	ck_assert_str_eq(
	    next(&all, &position), "id: 7-3\nevent: change\ndata: {}\n\n");
	events_done(&events);
}
END_TEST

START_TEST(a_filter_lets_pass_what_is_wanted)
{
	const struct event_filter host = { "HV2", "" }, kind = { "", "vm" };
	const struct event_filter id = { "id", "nic" };
	uint64_t a = 1, b = 1, c = 1;

	events_init(&events, 7, 4096);
	add("hv1", "nic", "1");
	add("hv2", "vm", "2");
	add("hv2", "nic", "3");
	ck_assert_ptr_nonnull(strstr(next(&host, &a), "data: 2\n"));
	ck_assert_ptr_nonnull(strstr(next(&host, &a), "data: 3\n"));
	ck_assert_str_eq(next(&host, &a), "");
	ck_assert_ptr_nonnull(strstr(next(&kind, &b), "data: 2\n"));
	ck_assert_str_eq(next(&kind, &b), "");
	ck_assert_uint_eq(b, 4); /* what is not wanted is not seen twice */
	ck_assert_ptr_nonnull(strstr(next(&id, &c), "data: 1\n"));
	ck_assert_ptr_nonnull(strstr(next(&id, &c), "data: 3\n"));
	events_done(&events);
}
END_TEST

START_TEST(the_oldest_are_forgotten_and_that_is_known)
{
	uint64_t position = 1;

	events_init(&events, 7, 4096);
	for (int i = 0; i < 1000; i++)
		add("hv1", "nic", "\"some words of a change\"");
	ck_assert_uint_le(events.size, 4096);
	ck_assert_uint_eq(events.next, 1001);
	ck_assert_uint_gt(events.first, 900);
	ck_assert_str_eq(next(&all, &position), "lost");
	position = events.first;
	for (uint64_t i = events.first; i < events.next; i++) {
		char id[64];

		(void)snprintf(
		    id, sizeof(id), "id: 7-%llu\n", (unsigned long long)i);
		ck_assert_ptr_nonnull(strstr(next(&all, &position), id));
	}
	ck_assert_str_eq(next(&all, &position), "");
	events_done(&events);
}
END_TEST

START_TEST(one_that_is_larger_than_all_is_lost)
{
	static char large[9000];
	uint64_t position = 1;

	memset(large, '1', sizeof(large) - 1);
	events_init(&events, 7, 4096);
	add("hv1", "nic", "1");
	add("hv1", "nic", large);
	ck_assert_str_eq(next(&all, &position), "lost");
	ck_assert_uint_eq(events.size, 0);
	position = events.next;
	add("hv1", "nic", "2");
	ck_assert_ptr_nonnull(strstr(next(&all, &position), "data: 2\n"));
	events_done(&events);
}
END_TEST

START_TEST(who_was_away_goes_on_behind_the_last_one)
{
	uint64_t position = 0;
	char id[EVENTS_ID_SIZE];

	events_init(&events, -7, 4096);
	ck_assert(events_resume(&events, "-7-0", &position));
	ck_assert_uint_eq(position, 1);
	add("hv1", "nic", "1");
	add("hv1", "nic", "2");
	ck_assert(events_resume(&events, "-7-1", &position));
	ck_assert_uint_eq(position, 2);
	events_id(&events, position, id);
	ck_assert_str_eq(id, "-7-1");
	ck_assert(events_resume(&events, "-7-2", &position));
	ck_assert_uint_eq(position, 3);
	events_done(&events);
}
END_TEST

START_TEST(an_id_that_is_not_ours_is_refused)
{
	static const char *const wrong[] = { "", "7", "7-", "7-3", "7-x",
		"7-1x", "7--1", "7- 1", "7-+1", "8-1", "77-1", "-1",
		"7-99999999999999999999999" };
	uint64_t position = 99;

	events_init(&events, 7, 4096);
	add("hv1", "nic", "1");
	add("hv1", "nic", "2");
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
		ck_assert_msg(!events_resume(&events, wrong[i], &position),
		    "\"%s\" is taken", wrong[i]);
	ck_assert_uint_eq(position, 99);
	events_done(&events);
}
END_TEST

START_TEST(what_was_missed_is_told_to_those_who_knew_the_last_one)
{
	uint64_t position;

	events_init(&events, 7, 4096);
	add("hv1", "nic", "1");
	position = events.next;
	events_forget(&events);
	ck_assert_str_eq(next(&all, &position), "lost");
	ck_assert(!events_resume(&events, "7-1", &position));
	position = events.next;
	ck_assert_str_eq(next(&all, &position), "");
	add("hv1", "nic", "2");
	ck_assert_str_eq(
	    next(&all, &position), "id: 7-3\nevent: change\ndata: 2\n\n");
	events_done(&events);
}
END_TEST

SUITE("events", events_come_in_order_and_once,
    a_filter_lets_pass_what_is_wanted,
    the_oldest_are_forgotten_and_that_is_known,
    one_that_is_larger_than_all_is_lost,
    who_was_away_goes_on_behind_the_last_one, an_id_that_is_not_ours_is_refused,
    what_was_missed_is_told_to_those_who_knew_the_last_one)
