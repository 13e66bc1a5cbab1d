#include "base/json.h"

#include <check.h>
#include <stdint.h>
#include <stdio.h>

#include "tests/support/suite.h"

static struct buffer out;
static struct json j;

static void
start(void)
{
	buffer_init(&out, 1 << 20);
	j = json_over(&out);
}

static void
expect(const char *json)
{
	ck_assert(buffer_ok(&out));
	ck_assert_str_eq(buffer_string(&out), json);
	buffer_done(&out);
}

START_TEST(commas_stand_between_and_nowhere_else)
{
	start();
	json_object_begin(&j);
	json_add_number(&j, "a", 1);
	json_name(&j, "b");
	json_array_begin(&j);
	json_array_end(&j);
	json_name(&j, "c");
	json_array_begin(&j);
	json_number(&j, 1);
	json_null(&j);
	json_object_begin(&j);
	json_object_end(&j);
	json_boolean(&j, true);
	json_array_end(&j);
	json_add_boolean(&j, "d", false);
	json_object_end(&j);
	expect("{\"a\":1,\"b\":[],\"c\":[1,null,{},true],\"d\":false}");
}
END_TEST

START_TEST(quotes_backslashes_and_controls_are_escaped)
{
	start();
	json_text(&j, "a\"b\\c\x01\n\t\x1f\b", 10);
	expect("\"a\\\"b\\\\c\\u0001\\n\\t\\u001f\\b\"");
}
END_TEST

/* The escape at each place of a text longer than a word of the fast path. */
START_TEST(an_escape_is_found_at_every_place)
{
	for (size_t at = 0; at < 20; at++) {
		char text[21] = "abcdefghijklmnopqrst", want[32];

		text[at] = '"';
		snprintf(want, sizeof(want), "\"%.*s\\\"%s\"", (int)at, text,
		    text + at + 1);
		start();
		json_text(&j, text, 20);
		expect(want);
	}
}
END_TEST

START_TEST(octets_that_are_not_utf8_leave_the_document_valid)
{
	start();
	json_text(&j, "a\xff z", 4);
	expect("\"a\xef\xbf\xbd z\"");
}
END_TEST

START_TEST(the_largest_and_smallest_numbers_are_written_whole)
{
	start();
	json_array_begin(&j);
	json_number(&j, INT64_MAX);
	json_number(&j, INT64_MIN);
	json_number(&j, 0);
	json_array_end(&j);
	expect("[9223372036854775807,-9223372036854775808,0]");
}
END_TEST

SUITE("json", commas_stand_between_and_nowhere_else,
    quotes_backslashes_and_controls_are_escaped,
    an_escape_is_found_at_every_place,
    octets_that_are_not_utf8_leave_the_document_valid,
    the_largest_and_smallest_numbers_are_written_whole)
