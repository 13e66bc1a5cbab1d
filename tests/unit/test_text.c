#include "base/text.h"

#include <check.h>
#include <string.h>

#include "tests/support/suite.h"

#define UNREADABLE "\xef\xbf\xbd"
#define LINE_END "\xc2\xa0"

static char out[512];
static bool cut;

static const char *
clean(const char *in, size_t size)
{
	size_t written = text_clean(out, sizeof(out) - 1, in, size, &cut);

	out[written] = '\0';
	return out;
}

#define CLEAN(literal) clean(literal, sizeof(literal) - 1)

START_TEST(plain_text_of_any_size_stays_as_it_is)
{
	static const char all[] = " !\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHI"
				  "JKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqr"
				  "stuvwxyz{|}~";

	for (size_t size = 2; size < sizeof(all); size++) {
		clean(all, size);
		ck_assert_uint_eq(strlen(out), size);
		ck_assert_int_eq(memcmp(out, all, size), 0);
	}
	ck_assert_str_eq(CLEAN(""), "");
	ck_assert_uint_eq(text_clean(out, sizeof(out), NULL, 0, &cut), 0);
}
END_TEST

/* A word of eight octets is judged at once: each octet in each place. */
START_TEST(a_bad_octet_is_found_in_every_place_of_a_word)
{
	for (unsigned at = 0; at < 24; at++) {
		for (unsigned octet = 0; octet < 256; octet++) {
			char in[] = "abcdefghijklmnopqrstuvwxyz";
			bool plain = octet >= 0x20 && octet < 0x7f;

			in[at] = (char)octet;
			clean(in, 26);
			ck_assert(text_is_utf8(out, strlen(out)));
			if (plain)
				ck_assert_str_eq(out, in);
			else
				ck_assert_int_ne(memcmp(out, in, 26), 0);
			ck_assert_int_eq(memcmp(out, in, at), 0);
			ck_assert_str_eq(out + strlen(out) - 2, "yz");
		}
	}
}
END_TEST

START_TEST(line_ends_become_one_blank_that_tells)
{
	ck_assert_str_eq(CLEAN("a\r\nb"), "a" LINE_END "b");
	ck_assert_str_eq(CLEAN("a\nb\rc"), "a" LINE_END "b" LINE_END "c");
	ck_assert_str_eq(CLEAN("a\tb"), "a b");
}
END_TEST

START_TEST(white_space_and_nuls_at_the_end_are_dropped)
{
	ck_assert_str_eq(CLEAN("switch1 \r\n\t\0\0"), "switch1");
	ck_assert_str_eq(CLEAN(" switch1"), " switch1");
	ck_assert_str_eq(CLEAN("\0\0 "), "");
}
END_TEST

START_TEST(controls_and_what_turns_text_round_cannot_pass)
{
	ck_assert_str_eq(CLEAN("a\0b"), "a" UNREADABLE "b");
	ck_assert_str_eq(CLEAN("\x1b[31mred"), UNREADABLE "[31mred");
	ck_assert_str_eq(CLEAN("a\x7f.b"), "a" UNREADABLE ".b");
	ck_assert_str_eq(CLEAN("a\xc2\x9b.b"), "a" UNREADABLE ".b"); /* C1 */
	ck_assert_str_eq(CLEAN("a\xe2\x80\xaez"), "a" UNREADABLE "z");
	ck_assert_str_eq(CLEAN("a\xe2\x80\xa8z"), "a" UNREADABLE "z");
	ck_assert_str_eq(CLEAN("a\xe2\x81\xa6z"), "a" UNREADABLE "z");
	ck_assert_str_eq(CLEAN("a\xe2\x80\x8fz"), "a" UNREADABLE "z");
	ck_assert_str_eq(CLEAN("a\xd8\x9cz"), "a" UNREADABLE "z");
}
END_TEST

START_TEST(other_languages_pass)
{
	ck_assert_str_eq(CLEAN("Zürich-Süd"), "Zürich-Süd");
	ck_assert_str_eq(CLEAN("東京1"), "東京1");
	ck_assert_str_eq(CLEAN("\xf0\x9f\x94\x8c"), "\xf0\x9f\x94\x8c");
}
END_TEST

START_TEST(each_octet_that_is_no_utf8_is_shown_as_one_mark)
{
	ck_assert_str_eq(CLEAN("\xff"
			       "a"),
	    UNREADABLE "a");
	ck_assert_str_eq(CLEAN("a\xc3"), "a" UNREADABLE);
	ck_assert_str_eq(CLEAN("\xc0\xaf!"), UNREADABLE UNREADABLE "!");
	ck_assert_str_eq(
	    CLEAN("\xe0\x80\x80!"), UNREADABLE UNREADABLE UNREADABLE "!");
	ck_assert_str_eq(CLEAN("\xed\xa0\x80!"),
	    UNREADABLE UNREADABLE UNREADABLE "!"); /* a surrogate */
	ck_assert(!text_is_utf8("\xf4\x90\x80\x80", 4));
	ck_assert(!text_is_utf8("\xf0\x8f\xbf\xbf", 4));
	ck_assert(text_is_utf8("\xf4\x8f\xbf\xbf", 4));
	ck_assert(text_is_utf8("\n\0", 2));
}
END_TEST

START_TEST(what_does_not_fit_is_cut_at_a_character_and_said)
{
	ck_assert_uint_eq(text_clean(out, 3, "abcd", 4, &cut), 3);
	ck_assert(cut);
	ck_assert_uint_eq(text_clean(out, 4, "abcd", 4, &cut), 4);
	ck_assert(!cut);
	ck_assert_uint_eq(text_clean(out, 2, "aü", 3, &cut), 1);
	ck_assert(cut);
	ck_assert_uint_eq(text_clean(out, 2, "\x01", 1, &cut), 0);
	ck_assert(cut);
	ck_assert_uint_eq(text_clean(out, 0, "a", 1, &cut), 0);
	ck_assert(cut);
}
END_TEST

START_TEST(a_copy_is_cut_at_a_character)
{
	text_copy(out, 4, "abcd");
	ck_assert_str_eq(out, "abc");
	text_copy(out, 3, "aü");
	ck_assert_str_eq(out, "a");
	text_copy(out, 4, "aü");
	ck_assert_str_eq(out, "aü");
}
END_TEST

START_TEST(same_text_is_found_without_case)
{
	ck_assert(text_same("Leaf1A", "lEAF1a"));
	ck_assert(!text_same("leaf1", "leaf1a"));
	ck_assert(!text_same("leaf1a", "leaf1"));
	ck_assert(text_same("", ""));
}
END_TEST

SUITE("text", plain_text_of_any_size_stays_as_it_is,
    a_bad_octet_is_found_in_every_place_of_a_word,
    line_ends_become_one_blank_that_tells,
    white_space_and_nuls_at_the_end_are_dropped,
    controls_and_what_turns_text_round_cannot_pass, other_languages_pass,
    each_octet_that_is_no_utf8_is_shown_as_one_mark,
    what_does_not_fit_is_cut_at_a_character_and_said,
    a_copy_is_cut_at_a_character, same_text_is_found_without_case)
