#include <check.h>
#include <math.h>
#include <string.h>

#include "base/text.h"
#include "collector/draw/spell.h"
#include "tests/support/suite.h"

enum { LONG = 10000 };

static void
expect_xml(const char *text, const char *expected)
{
	struct buffer out;

	buffer_init(&out, 4 * SPELL_SIZE);
	spell_xml(&out, text);
	ck_assert_str_eq(buffer_string(&out), expected);
	buffer_done(&out);
}

static void
expect_number(double number, const char *expected)
{
	struct buffer out;

	buffer_init(&out, SPELL_SIZE);
	spell_number(&out, number);
	ck_assert_str_eq(buffer_string(&out), expected);
	buffer_done(&out);
}

START_TEST(signs_of_xml_are_escaped)
{
	expect_xml("a<b> & \"c\" ]]> --> it's",
	    "a&lt;b&gt; &amp; &quot;c&quot; ]]&gt; --&gt; it's");
}
END_TEST

START_TEST(what_xml_forbids_is_replaced)
{
	expect_xml("a\x01z", "a\ufffdz");
	expect_xml("a\xffz", "a\ufffdz");
	expect_xml("a\xef\xbf\xbez\xef\xbf\xbf", "a\ufffdz\ufffd");
}
END_TEST

START_TEST(what_turns_the_line_round_is_replaced)
{
	expect_xml("a\u202ez", "a\ufffdz");
}
END_TEST

START_TEST(a_text_is_one_line)
{
	expect_xml("a\nb\tc", "a\u00a0b c");
}
END_TEST

START_TEST(a_long_text_is_cut_and_says_so)
{
	struct spelled spelled;
	char text[LONG + 1];
	size_t size;

	memset(text, 'x', LONG);
	text[LONG] = '\0';
	size = strlen(spell(&spelled, text));
	ck_assert_uint_lt(size, SPELL_SIZE);
	ck_assert_str_eq(spelled.text + size - 3, "\u2026");
}
END_TEST

START_TEST(a_plain_id_is_kept)
{
	struct spelled spelled;

	ck_assert_str_eq(
	    spell_id(&spelled, "nic:esx-07/vmnic0"), "nic:esx-07/vmnic0");
}
END_TEST

START_TEST(ids_that_differ_stay_different)
{
	struct spelled one, other;
	char text[LONG + 1];

	memset(text, 'x', LONG);
	text[LONG] = '\0';
	spell_id(&one, text);
	text[LONG - 1] = 'y';
	spell_id(&other, text);
	ck_assert_str_ne(one.text, other.text);
	ck_assert_str_ne(spell_id(&one, "a\x01"), spell_id(&other, "a\x02"));
	ck_assert(text_is_utf8(other.text, strlen(other.text)));
}
END_TEST

START_TEST(only_the_web_is_linked_to)
{
	ck_assert(spell_is_address("https://demarc.example/#/host/1"));
	ck_assert(spell_is_address("http://localhost:8380/"));
	ck_assert(!spell_is_address("javascript:alert(1)"));
	ck_assert(!spell_is_address("#/host/1"));
	ck_assert(!spell_is_address(""));
}
END_TEST

START_TEST(a_hash_is_that_of_fnv_1a)
{
	ck_assert_uint_eq(spell_hash(""), 0xcbf29ce484222325);
	ck_assert_uint_eq(spell_hash("a"), 0xaf63dc4c8601ec8c);
}
END_TEST

START_TEST(a_number_has_two_decimals_at_most)
{
	expect_number(0, "0");
	expect_number(12, "12");
	expect_number(-3.5, "-3.5");
	expect_number(1. / 3, "0.33");
	expect_number(-.004, "0");
	expect_number(-.05, "-0.05");
	expect_number(99.999, "100");
}
END_TEST

START_TEST(what_is_no_number_is_none)
{
	expect_number(NAN, "0");
	expect_number(INFINITY, "0");
	expect_number(1e300, "0");
}
END_TEST

SUITE("spell", signs_of_xml_are_escaped, what_xml_forbids_is_replaced,
    what_turns_the_line_round_is_replaced, a_text_is_one_line,
    a_long_text_is_cut_and_says_so, a_plain_id_is_kept,
    ids_that_differ_stay_different, only_the_web_is_linked_to,
    a_hash_is_that_of_fnv_1a, a_number_has_two_decimals_at_most,
    what_is_no_number_is_none)
