#include "agent/window.h"

#include <check.h>

#include "tests/support/suite.h"

enum { S = 1000, DAY = 86400 * S };

static const struct window_plan usual = { 10 * S, 300 * S };
static const struct window_plan asked_only = { 10 * S, 0 };
static const struct instant start = { 5000 * S };

static struct instant
after(int64_t ms)
{
	return instant_after(start, ms);
}

/* Lives until 'until_ms' after the start; counts the openings. */
static unsigned
live(struct window *w, const struct window_plan *plan, int64_t until_ms)
{
	unsigned openings = 0;
	struct instant next;

	while (window_next(w, &next) && next.ms < after(until_ms).ms) {
		enum window_step step = window_step(w, plan, next);

		ck_assert_int_ne(step, WINDOW_WAIT);
		openings += step == WINDOW_OPEN;
	}
	return openings;
}

START_TEST(the_first_window_opens_soon_each_at_its_own_moment)
{
	struct window a, b;
	struct instant first;

	window_start(&a, &usual, start, 1234567);
	window_start(&b, &usual, start, 7654321);
	ck_assert_int_ne(a.opens.ms, b.opens.ms);
	ck_assert_int_ge(a.opens.ms, start.ms);
	ck_assert_int_lt(a.opens.ms, after(WINDOW_SPREAD_MS).ms);
	first = a.opens;
	ck_assert_int_eq(window_step(&a, &usual, first), WINDOW_OPEN);
	ck_assert(a.open);
	ck_assert_int_eq(window_step(&a, &usual, first), WINDOW_WAIT);
}
END_TEST

START_TEST(a_day_has_288_windows)
{
	struct window w;

	window_start(&w, &usual, start, 0);
	ck_assert_uint_eq(live(&w, &usual, DAY), 288);
	ck_assert(!w.open);
}
END_TEST

START_TEST(a_window_is_as_long_as_planned)
{
	struct window w;
	struct instant next;

	window_start(&w, &usual, start, 7);
	ck_assert_int_eq(window_step(&w, &usual, after(7)), WINDOW_OPEN);
	ck_assert(window_next(&w, &next));
	ck_assert_int_eq(next.ms, after(7 + 10 * S).ms);
	ck_assert_int_eq(window_step(&w, &usual, after(10 * S)), WINDOW_WAIT);
	ck_assert_int_eq(
	    window_step(&w, &usual, after(7 + 10 * S)), WINDOW_CLOSE);
	ck_assert(window_next(&w, &next));
	ck_assert_int_eq(next.ms, after(7 + 300 * S).ms);
}
END_TEST

START_TEST(who_asks_has_a_window_at_once_and_the_plan_stays)
{
	struct window w;
	struct instant next;

	window_start(&w, &usual, start, 0);
	live(&w, &usual, 100 * S);
	window_ask(&w, &usual, after(100 * S));
	ck_assert(window_next(&w, &next));
	ck_assert_int_le(next.ms, after(100 * S).ms);
	ck_assert_int_eq(window_step(&w, &usual, after(100 * S)), WINDOW_OPEN);
	window_ask(&w, &usual, after(105 * S));
	ck_assert_int_eq(window_step(&w, &usual, after(110 * S)), WINDOW_WAIT);
	ck_assert_int_eq(window_step(&w, &usual, after(115 * S)), WINDOW_CLOSE);
	ck_assert(window_next(&w, &next));
	ck_assert_int_eq(next.ms, after(300 * S).ms);
}
END_TEST

START_TEST(a_planned_window_within_one_that_was_asked_for_is_that_one)
{
	struct window w;
	struct instant next;

	window_start(&w, &usual, start, 0);
	live(&w, &usual, 100 * S);
	window_ask(&w, &usual, after(295 * S));
	ck_assert_int_eq(window_step(&w, &usual, after(295 * S)), WINDOW_OPEN);
	ck_assert_int_eq(window_step(&w, &usual, after(305 * S)), WINDOW_CLOSE);
	ck_assert(window_next(&w, &next));
	ck_assert_int_eq(next.ms, after(600 * S).ms);
}
END_TEST

START_TEST(without_a_period_only_who_asks_has_a_window)
{
	struct window w;
	struct instant next;

	window_start(&w, &asked_only, start, 99);
	ck_assert(!window_next(&w, &next));
	window_ask(&w, &asked_only, after(S));
	ck_assert_int_eq(window_step(&w, &asked_only, after(S)), WINDOW_OPEN);
	ck_assert_int_eq(
	    window_step(&w, &asked_only, after(11 * S)), WINDOW_CLOSE);
	ck_assert(!window_next(&w, &next));
}
END_TEST

START_TEST(what_was_slept_through_is_not_made_up_for)
{
	struct window w;

	window_start(&w, &usual, start, 0);
	live(&w, &usual, 100 * S);
	ck_assert_int_eq(window_step(&w, &usual, after(DAY + S)), WINDOW_OPEN);
	ck_assert_int_eq(w.opens.ms, after(DAY + 300 * S).ms);
	ck_assert_int_eq(
	    window_step(&w, &usual, after(DAY + 11 * S)), WINDOW_CLOSE);
	ck_assert_int_eq(
	    window_step(&w, &usual, after(DAY + 12 * S)), WINDOW_WAIT);
}
END_TEST

SUITE("window", the_first_window_opens_soon_each_at_its_own_moment,
    a_day_has_288_windows, a_window_is_as_long_as_planned,
    who_asks_has_a_window_at_once_and_the_plan_stays,
    a_planned_window_within_one_that_was_asked_for_is_that_one,
    without_a_period_only_who_asks_has_a_window,
    what_was_slept_through_is_not_made_up_for)
