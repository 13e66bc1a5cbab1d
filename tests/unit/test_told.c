/* Notices of other collectors, put down until they are followed. */
#include "collector/told.h"

#include <string.h>

#include "tests/support/suite.h"

#define OTHER "00000000000000ff"

static struct told_box box;
static struct told taken;

static void
begin(void)
{
	ck_assert_int_eq(told_box_init(&box, 1), STATUS_OK);
}

static void
end(void)
{
	told_done(&taken);
	told_box_done(&box);
}

START_TEST(what_changed_is_taken_once_with_the_earliest_moment)
{
	begin();
	told_put(&box, OTHER " c 500 1f a");
	told_put(&box, OTHER " c 400 7fffffffffffffff ");
	told_take(&box, &taken);
	ck_assert_uint_eq(taken.changed.count, 3);
	ck_assert_int_eq(taken.changed.items[0], 31);
	ck_assert_int_eq(taken.changed.items[1], 10);
	ck_assert_int_eq(taken.changed.items[2], INT64_MAX);
	ck_assert_int_eq(taken.since, 400);
	ck_assert(!taken.missed);
	told_done(&taken);
	told_take(&box, &taken);
	ck_assert_uint_eq(taken.changed.count, 0);
	end();
}
END_TEST

START_TEST(steps_come_in_the_order_in_which_they_were_told)
{
	begin();
	ck_assert(!told_waits(&box));
	told_put(&box, OTHER " d 500 1 a;2 b;");
	told_put(&box, OTHER " h 1 c;");
	told_put(&box, OTHER " d 400 1 d;");
	ck_assert(told_waits(&box));
	told_take(&box, &taken);
	ck_assert_str_eq(buffer_string(&taken.steps), "1 a;2 b;1 d;");
	ck_assert_str_eq(buffer_string(&taken.heard), "1 c;");
	ck_assert_int_eq(taken.since, 400);
	ck_assert(!told_waits(&box));
	end();
}
END_TEST

START_TEST(ones_own_words_and_those_nobody_knows_are_left_out)
{
	begin();
	told_put(&box, "0000000000000001 c 500 1f");
	told_put(&box, "");
	told_put(&box, OTHER);
	told_put(&box, OTHER " ");
	told_put(&box, OTHER " z 500 1f");
	told_take(&box, &taken);
	ck_assert_uint_eq(taken.changed.count, 0);
	ck_assert(!taken.missed);
	end();
}
END_TEST

START_TEST(who_may_have_missed_something_compares_and_greets)
{
	begin();
	told_put(&box, NULL);
	told_take(&box, &taken);
	ck_assert(taken.missed && taken.greet && !taken.asked);
	told_put(&box, OTHER " n ");
	told_take(&box, &taken);
	ck_assert(taken.missed && !taken.greet && taken.asked);
	told_put(&box, OTHER " s ");
	told_take(&box, &taken);
	ck_assert(taken.missed && !taken.greet && !taken.asked);
	end();
}
END_TEST

START_TEST(more_than_there_is_room_for_counts_as_missed)
{
	static char much[TOLD_HEARD_MOST / 2];

	begin();
	memset(much, '1', sizeof(much) - 1);
	memcpy(much, OTHER " h ", strlen(OTHER " h "));
	for (int i = 0; i < 3; i++)
		told_put(&box, much);
	told_take(&box, &taken);
	ck_assert(taken.missed);
	ck_assert_uint_lt(taken.heard.size, TOLD_HEARD_MOST);
	end();
}
END_TEST

SUITE("told", what_changed_is_taken_once_with_the_earliest_moment,
    steps_come_in_the_order_in_which_they_were_told,
    ones_own_words_and_those_nobody_knows_are_left_out,
    who_may_have_missed_something_compares_and_greets,
    more_than_there_is_room_for_counts_as_missed)
