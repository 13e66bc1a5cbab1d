#include <check.h>

#include "collector/draw/font.h"
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

/* The table was made of this very font, if it is there. */
START_TEST(the_font_has_the_widths_of_the_table)
{
	unsigned known = 0;

	for (uint32_t letter = 0x20; letter < 0x100; letter++)
		known += letters_advance(letter) != letters_advance('?');
	ck_assert_uint_gt(known, 150);
	for (size_t i = 0; i < hand_font.letter_count; i++) {
		const struct font_letter *letter = &hand_font.letters[i];

		ck_assert_uint_eq(
		    letters_advance(letter->letter), letter->advance);
		ck_assert_ptr_eq(font_letter(letter->letter), letter);
	}
	ck_assert_ptr_null(font_letter(0x65e5));
}
END_TEST

SUITE("letters", a_text_is_as_wide_as_its_letters,
    latin_letters_have_widths_of_their_own,
    what_the_font_lacks_is_as_wide_as_its_question_mark,
    each_octet_that_is_no_text_is_one_letter,
    the_font_has_the_widths_of_the_table)
