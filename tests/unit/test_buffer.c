#include "base/buffer.h"

#include <check.h>
#include <stdlib.h>

#include "tests/support/suite.h"

START_TEST(text_grows_and_ends_with_a_nul)
{
	CLEANUP(buffer_done) struct buffer b = { 0 };

	buffer_init(&b, 10000);
	for (int i = 0; i < 1000; i++)
		buffer_printf(&b, "%d", i % 10);
	ck_assert(buffer_ok(&b));
	ck_assert_uint_eq(b.size, 1000);
	ck_assert_uint_eq(strlen(buffer_string(&b)), 1000);
}
END_TEST

START_TEST(a_number_is_written_in_decimal)
{
	struct buffer b;

	buffer_init(&b, 100);
	buffer_number(&b, INT64_MIN);
	buffer_char(&b, ' ');
	buffer_number(&b, 0);
	buffer_char(&b, ' ');
	buffer_number(&b, INT64_MAX);
	ck_assert_str_eq(
	    buffer_string(&b), "-9223372036854775808 0 9223372036854775807");
	buffer_done(&b);
}
END_TEST

START_TEST(the_limit_is_reached_but_never_passed)
{
	CLEANUP(buffer_done) struct buffer b = { 0 };

	buffer_init(&b, 4);
	buffer_text(&b, "1234");
	ck_assert(buffer_ok(&b));
	buffer_char(&b, '5');
	ck_assert(!buffer_ok(&b));
	ck_assert_str_eq(buffer_string(&b), "1234");
}
END_TEST

START_TEST(a_failure_stays_until_the_buffer_is_cleared)
{
	CLEANUP(buffer_done) struct buffer b = { 0 };

	buffer_init(&b, 2);
	buffer_text(&b, "too long");
	buffer_text(&b, "x");
	ck_assert(!buffer_ok(&b));
	ck_assert_ptr_null(buffer_take(&b));
	buffer_clear(&b);
	buffer_text(&b, "x");
	ck_assert(buffer_ok(&b));
}
END_TEST

START_TEST(an_empty_buffer_gives_an_empty_text_away)
{
	struct buffer b;
	char *text;

	buffer_init(&b, 10);
	ck_assert_str_eq(buffer_string(&b), "");
	text = buffer_take(&b);
	ck_assert_str_eq(text, "");
	free(text);
	buffer_done(&b);
}
END_TEST

START_TEST(a_file_that_is_missing_or_too_large_is_told_apart)
{
	CLEANUP(buffer_done) struct buffer b = { 0 };

	buffer_init(&b, 3);
	ck_assert_int_eq(
	    buffer_read_file(&b, "/nonexistent/file"), STATUS_NOT_FOUND);
	ck_assert_int_eq(
	    buffer_read_file(&b, "/proc/self/maps"), STATUS_TOO_LARGE);
}
END_TEST

SUITE("buffer", a_number_is_written_in_decimal, text_grows_and_ends_with_a_nul,
    the_limit_is_reached_but_never_passed,
    a_failure_stays_until_the_buffer_is_cleared,
    an_empty_buffer_gives_an_empty_text_away,
    a_file_that_is_missing_or_too_large_is_told_apart)
