#include <check.h>
#include <math.h>
#include <string.h>

#include "base/text.h"
#include "collector/draw/hand.h"
#include "collector/draw/hand_run.h"
#include "tests/support/suite.h"

static struct buffer out;

static void
start(void)
{
	buffer_done(&out);
	buffer_init(&out, 1 << 20);
}

static const char *
number(double value)
{
	start();
	path_number(&out, path_tenths(value));
	return buffer_string(&out);
}

START_TEST(a_number_is_written_as_short_as_it_can_be)
{
	ck_assert_str_eq(number(0), "0");
	ck_assert_str_eq(number(12), "12");
	ck_assert_str_eq(number(12.34), "12.3");
	ck_assert_str_eq(number(.5), ".5");
	ck_assert_str_eq(number(-.5), "-.5");
	ck_assert_str_eq(number(-40.26), "-40.3");
	ck_assert_str_eq(number(-.04), "0");
}
END_TEST

START_TEST(half_a_tenth_goes_up_on_both_sides_of_zero)
{
	ck_assert_int_eq(path_tenths(.25), 3);
	ck_assert_int_eq(path_tenths(-.25), -2);
}
END_TEST

START_TEST(what_is_no_place_is_the_corner)
{
	ck_assert_int_eq(path_tenths(NAN), 0);
	ck_assert_int_eq(path_tenths(INFINITY), 0);
	ck_assert_int_eq(path_tenths(-1e300), 0);
}
END_TEST

START_TEST(a_path_tells_each_place_from_the_one_before)
{
	struct path p;

	start();
	p = path_start(&out);
	path_move(&p, (struct point){ 10, 20 });
	path_line(&p, (struct point){ 12.5, 18 });
	path_line(&p, (struct point){ 12.5, 18.4 });
	path_close(&p);
	path_move(&p, (struct point){ -1, 0 });
	path_curve(&p, (struct point[]){ { 0, 0 }, { 1, -1 } },
	    (struct point){ 2, .5 });
	path_smooth(&p, (struct point){ 3, 0 }, (struct point){ 4, 0 });
	ck_assert_str_eq(buffer_string(&out),
	    "M10 20l2.5-2 0 .4zM-1 0c1 0 2-1 3 .5s1-.5 2-.5");
}
END_TEST

START_TEST(a_sine_is_one)
{
	for (double x = -20; x < 20; x += .01) {
		ck_assert_double_eq_tol(plane_sine(x), sin(x), 1e-6);
		ck_assert_double_eq_tol(plane_cosine(x), cos(x), 1e-6);
	}
}
END_TEST

static const struct point straight[] = { { 0, 0 }, { 200, 0 } };
static const struct touch usual = { .wobble = 1.4, .passes = 2 };

static const char *
line_of(const char *drawing, const char *id)
{
	struct hand h;

	start();
	h = hand_start(&out, hand_seed(drawing, id));
	hand_line(&h, "line", straight, 2, &usual);
	return buffer_string(&out);
}

START_TEST(the_same_thing_is_drawn_the_same_again)
{
	char first[4096];

	text_copy(first, sizeof(first), line_of("rack", "a"));
	ck_assert_str_eq(line_of("rack", "a"), first);
	ck_assert_str_ne(line_of("rack", "b"), first);
	ck_assert_str_ne(line_of("pod", "a"), first);
}
END_TEST

START_TEST(a_name_is_not_the_end_of_one_and_the_start_of_another)
{
	ck_assert_uint_ne(hand_seed("ab", "c"), hand_seed("a", "bc"));
	ck_assert_uint_ne(hand_seed("", "ab"), hand_seed("ab", ""));
}
END_TEST

/* Whoever compiles it on whatever machine. */
START_TEST(strokes_are_the_same_octets_everywhere)
{
	struct hand h;
	const struct rect box = { 0, 0, 180, 62 };

	start();
	h = hand_start(&out, hand_seed("rack", "esx-07"));
	hand_box(&h, box, &(struct touch){ 1.2, 0, 0, 6, 2 });
	hand_hachure(&h, box, 9, true);
	hand_hachure(&h, box, 9, false);
	hand_ring(&h, box);
	hand_oval(&h, box);
	hand_wipe(&h, box);
	hand_dashes(&h, (struct point[]){ { 0, 0 }, { 900, 3 } }, 2);
	hand_arrow(&h, straight, 2, 11);
	hand_tick(&h, (struct point){ 9, 9 }, 11);
	hand_cross(&h, (struct point){ 9, 9 }, 11);
	ck_assert_uint_eq(
	    hand_seed("", buffer_string(&out)), 6584706084682198374U);
}
END_TEST

START_TEST(a_stroke_stays_where_it_is_wanted)
{
	struct run run;

	for (unsigned i = 0; i < 1000; i++) {
		run_stroke(&run, straight, 2, chance_of(i, "x", 0), &usual);
		for (size_t k = 0; k < run.count; k++)
			ck_assert_double_lt(fabs(run.at[k].y), 5);
		ck_assert_double_lt(fabs(run.at[0].x), 1.5);
		ck_assert_double_lt(fabs(run.at[run.count - 1].x - 200), 1.5);
	}
}
END_TEST

START_TEST(what_has_no_size_is_drawn_without_harm)
{
	static const struct rect rects[] = { { 0, 0, 0, 0 }, { 0, 0, 1, 0 },
		{ 0, 0, -5, -5 }, { 0, 0, NAN, NAN }, { 0, 0, INFINITY, 3 },
		{ 0, 0, 1e300, 1e300 }, { 0, 0, 1e6, 1 }, { 0, 0, 3, 3 } };
	static const struct point nowhere[] = { { 5, 5 }, { 5, 5 }, { 5, 5 } };
	static const struct point nan[] = { { 5, 5 }, { NAN, INFINITY } };
	struct hand h;

	start();
	h = hand_start(&out, 1);
	for (size_t i = 0; i < sizeof(rects) / sizeof(rects[0]); i++) {
		hand_box(&h, rects[i], &usual);
		hand_fill(&h, rects[i], 8);
		hand_hachure(&h, rects[i], 900, true);
		hand_hachure(&h, rects[i], 0, true);
		hand_ring(&h, rects[i]);
		hand_wipe(&h, rects[i]);
	}
	hand_line(&h, "x", nowhere, 3, &usual);
	hand_line(&h, "x", nowhere, 1, &usual);
	hand_line(&h, "x", nowhere, 0, &usual);
	hand_curve(&h, "x", nowhere, 0, &usual);
	hand_curve(&h, "x", nowhere, 2, &usual);
	hand_dashes(&h, nowhere, 3);
	hand_arrow(&h, nowhere, 3, 11);
	hand_arrow(&h, nan, 2, 11);
	hand_dashes(&h, nan, 2);
	hand_curve(&h, "x", nan, 2, &usual);
	hand_oval(&h, rects[0]);
	ck_assert(buffer_ok(&out));
	ck_assert_ptr_null(strstr(buffer_string(&out), "n"));
}
END_TEST

START_TEST(a_curve_of_a_thousand_pieces_keeps_its_ends)
{
	struct point points[3 * 1000 + 1];
	struct run run;

	for (size_t i = 0; i < 3001; i++)
		points[i] = (struct point){ (double)i, 0 };
	run_flatten(&run, points, 3001);
	ck_assert_uint_le(run.count, RUN_MOST);
	ck_assert_double_eq_tol(run.at[run.count - 1].x, 3000, .01);
}
END_TEST

SUITE("hand", a_number_is_written_as_short_as_it_can_be,
    half_a_tenth_goes_up_on_both_sides_of_zero, what_is_no_place_is_the_corner,
    a_path_tells_each_place_from_the_one_before, a_sine_is_one,
    the_same_thing_is_drawn_the_same_again,
    a_name_is_not_the_end_of_one_and_the_start_of_another,
    strokes_are_the_same_octets_everywhere, a_stroke_stays_where_it_is_wanted,
    what_has_no_size_is_drawn_without_harm,
    a_curve_of_a_thousand_pieces_keeps_its_ends)
