#include "vsphere/hearing.h"

#include <check.h>
#include <string.h>

#include "tests/support/suite.h"
#include "tests/support/vsphere.h"

static struct list *
hints(void)
{
	return vsphere_read_file("hints.xml", &shape_hints, NULL).list;
}

START_TEST(what_is_heard_again_is_heard_since_the_first_time)
{
	struct hearing h = { .period_s = 300 };
	const struct hint_value *hint;
	uint64_t key;
	bool changed;

	ck_assert_int_eq(hearing_take(&h, hints(), 1000, &changed), STATUS_OK);
	ck_assert(changed);
	ck_assert_int_eq(hearing_take(&h, hints(), 1300, &changed), STATUS_OK);
	ck_assert(!changed);
	hint = list_items(h.hints);
	key = hearing_key_of_neighbor(h.hints, hint, PROTOCOL_CDP);
	ck_assert_int_eq(hearing_since(&h, key).first, 1000);
	ck_assert_uint_eq(hearing_since(&h, key).polls, 2);
	key = hearing_key_of_vlan(h.hints, hint, 110);
	ck_assert_int_eq(hearing_since(&h, key).first, 1000);
	ck_assert_int_eq(hearing_since(&h, key + 1).first, 1300);
	hearing_done(&h);
}
END_TEST

START_TEST(counters_alone_are_no_change_a_port_is)
{
	struct hearing h = { .period_s = 300 };
	struct list *later = hints();
	struct hint_value *hint = (struct hint_value *)(later + 1);
	uint64_t key;
	bool changed;

	ck_assert_int_eq(hearing_take(&h, hints(), 1000, &changed), STATUS_OK);
	hint->cdp.samples += 7;
	hint->cdp.ttl_s -= 30;
	ck_assert_int_eq(hearing_take(&h, later, 1300, &changed), STATUS_OK);
	ck_assert(!changed);
	later = hints();
	hint = (struct hint_value *)(later + 1);
	hint->cdp.port = hint->cdp.software;
	ck_assert_int_eq(hearing_take(&h, later, 1600, &changed), STATUS_OK);
	ck_assert(changed);
	key = hearing_key_of_neighbor(h.hints, hint, PROTOCOL_CDP);
	ck_assert_int_eq(hearing_since(&h, key).first, 1600);
	hearing_done(&h);
}
END_TEST

START_TEST(it_holds_for_the_next_question_and_three_at_most)
{
	struct hearing h = { .period_s = 300, .polled_at = 1000 };

	ck_assert_int_ge(hearing_expires(&h, 0), 1000 + 300);
	ck_assert_int_ge(hearing_expires(&h, 600), 1000 + 600);
	ck_assert_int_eq(hearing_expires(&h, 100000), 1000 + 3 * 300);
}
END_TEST

START_TEST(a_pair_without_a_number_is_of_no_vlan)
{
	const char *rest;

	ck_assert_uint_eq(hearing_split("110\n10.0.0.0/8", &rest), 110);
	ck_assert_str_eq(rest, "10.0.0.0/8");
	ck_assert_uint_eq(hearing_split("\n10.0.0.0/8", &rest), 0);
	ck_assert_str_eq(rest, "10.0.0.0/8");
	ck_assert_uint_eq(hearing_split("12", &rest), 12);
	ck_assert_str_eq(rest, "");
}
END_TEST

SUITE("hearing", what_is_heard_again_is_heard_since_the_first_time,
    counters_alone_are_no_change_a_port_is,
    it_holds_for_the_next_question_and_three_at_most,
    a_pair_without_a_number_is_of_no_vlan)
