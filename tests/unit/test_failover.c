#include "base/failover.h"

#include <check.h>

#include "tests/support/suite.h"

START_TEST(the_first_is_asked_as_long_as_it_answers)
{
	struct failover f = { .count = 3, .return_ms = 1000 };

	for (int64_t now = 0; now < 5000; now += 100) {
		ck_assert_uint_eq(failover_place(&f, now), 0);
		failover_succeed(&f, 0);
	}
}
END_TEST

START_TEST(the_next_is_asked_until_it_is_time_to_return)
{
	struct failover f = { .count = 2, .return_ms = 1000 };

	ck_assert(!failover_fail(&f, 0, 100, 0)); /* the soonest: half */
	ck_assert_uint_eq(failover_place(&f, 100), 1);
	failover_succeed(&f, 1);
	ck_assert_uint_eq(failover_place(&f, 599), 1);
	ck_assert_uint_eq(failover_place(&f, 600), 0);
	/* It is still gone: one try, then the other one for a while more. */
	ck_assert(!failover_fail(&f, 0, 600, 999));
	failover_succeed(&f, 1);
	ck_assert_uint_eq(failover_place(&f, 2098), 1);
	ck_assert_uint_eq(failover_place(&f, 2099), 0);
	failover_succeed(&f, 0);
	ck_assert_uint_eq(failover_place(&f, 9000), 0);
}
END_TEST

START_TEST(when_all_have_failed_it_waits_and_begins_anew)
{
	struct failover f = { .count = 3, .return_ms = 1000 };

	ck_assert(!failover_fail(&f, 0, 0, 7));
	ck_assert(!failover_fail(&f, 1, 0, 7));
	ck_assert(failover_fail(&f, 2, 0, 7));
	ck_assert_uint_eq(failover_place(&f, 1), 0);
	ck_assert(!failover_fail(&f, 0, 1, 7));
}
END_TEST

/* Four were on their way to the one that died: that is one failure. */
START_TEST(what_was_asked_of_one_that_was_left_says_nothing)
{
	struct failover f = { .count = 2, .return_ms = 1000 };

	ck_assert(!failover_fail(&f, 0, 0, 7));
	for (int i = 0; i < 3; i++)
		ck_assert(!failover_fail(&f, 0, 0, 7));
	ck_assert_uint_eq(failover_place(&f, 1), 1);
	failover_succeed(&f, 0);
	ck_assert(failover_fail(&f, 1, 1, 7));
}
END_TEST

START_TEST(an_only_one_is_waited_for)
{
	struct failover f = { .count = 1, .return_ms = 1000 };

	ck_assert(failover_fail(&f, 0, 0, 7));
	ck_assert_uint_eq(failover_place(&f, 1), 0);
}
END_TEST

/* A fleet does not come back as one. */
START_TEST(returns_are_spread)
{
	unsigned tenths[10] = { 0 };

	for (uint64_t i = 0; i < 10000; i++) {
		struct failover f = { .count = 2, .return_ms = 1000 };

		ck_assert(!failover_fail(&f, 0, 0, i * 0x9e3779b97f4a7c15u));
		ck_assert_int_ge(f.back_at, 500);
		ck_assert_int_lt(f.back_at, 1500);
		tenths[(f.back_at - 500) / 100]++;
	}
	for (int i = 0; i < 10; i++)
		ck_assert_uint_ge(tenths[i], 800);
}
END_TEST

SUITE("failover", the_first_is_asked_as_long_as_it_answers,
    the_next_is_asked_until_it_is_time_to_return,
    when_all_have_failed_it_waits_and_begins_anew,
    what_was_asked_of_one_that_was_left_says_nothing, an_only_one_is_waited_for,
    returns_are_spread)
