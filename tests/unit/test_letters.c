#include <check.h>

#include "collector/draw/letters.h"
#include "tests/support/suite.h"

START_TEST(a_text_is_as_wide_as_its_letters)
{
	/* The font's own figures: 1 is 363 thousandths wide, 0 is 448. */
	ck_assert_double_eq_tol(letters_width("1001", 1000), 1622, .001);
	ck_assert_double_eq_tol(letters_width("1001", 20), 32.44, .001);
	ck_assert_double_eq(letters_width("", 20), 0);
}
END_TEST

START_TEST(latin_letters_have_widths_of_their_own)
{
	ck_assert_double_eq_tol(letters_width("\u00e6", 1000), 682, .001);
}
END_TEST

START_TEST(what_the_font_lacks_is_as_wide_as_its_question_mark)
{
	double question = letters_width("?", 1000);

	ck_assert_double_eq(letters_width("\u65e5", 1000), question);
	ck_assert_double_eq(letters_width("\U0001f600", 1000), question);
	ck_assert_double_eq(letters_width("\u202e", 1000), question);
	ck_assert_double_eq(letters_width("\x01", 1000), question);
}
END_TEST

START_TEST(each_octet_that_is_no_text_is_one_letter)
{
	double question = letters_width("?", 1000);

	ck_assert_double_eq(letters_width("\xff\xfe", 1000), 2 * question);
	/* Cut short; letters that are spelled too long. */
	ck_assert_double_eq(letters_width("\xe6\x97", 1000), 2 * question);
	ck_assert_double_eq(letters_width("\xc0\xaf", 1000), 2 * question);
	ck_assert_double_eq(
	    letters_width("\xf0\x80\x80\xaf", 1000), 4 * question);
}
END_TEST

SUITE("letters", a_text_is_as_wide_as_its_letters,
    latin_letters_have_widths_of_their_own,
    what_the_font_lacks_is_as_wide_as_its_question_mark,
    each_octet_that_is_no_text_is_one_letter)
