#include "base/backoff.h"

#include <check.h>

#include "tests/support/suite.h"

START_TEST(the_ceiling_doubles_up_to_the_most)
{
	struct backoff b = { .least_ms = 100, .most_ms = 1000 };
	int64_t ceilings[] = { 100, 200, 400, 800, 1000, 1000 };

	for (int i = 0; i < 6; i++) {
		struct backoff copy = b;

		ck_assert_int_eq(
		    backoff_fail(&copy, (uint64_t)(ceilings[i] - 100)),
		    ceilings[i]);
		ck_assert_int_ge(backoff_fail(&b, (uint64_t)i * 7919), 100);
	}
}
END_TEST

START_TEST(no_dice_leaves_the_bounds)
{
	struct backoff b = { .least_ms = 1000, .most_ms = 60000 };

	for (uint64_t i = 0; i < 100000; i++) {
		int64_t wait = backoff_fail(&b, i * 0x9e3779b97f4a7c15u);

		ck_assert_int_ge(wait, 1000);
		ck_assert_int_le(wait, 60000);
	}
}
END_TEST

START_TEST(a_success_makes_the_next_wait_short_again)
{
	struct backoff b = { .least_ms = 10, .most_ms = 1 << 20 };

	for (int i = 0; i < 10; i++)
		(void)backoff_fail(&b, 1);
	backoff_succeed(&b);
	ck_assert_int_eq(backoff_fail(&b, 12345), 10);
}
END_TEST

SUITE("backoff", the_ceiling_doubles_up_to_the_most, no_dice_leaves_the_bounds,
    a_success_makes_the_next_wait_short_again)
