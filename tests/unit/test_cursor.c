#include "base/cursor.h"

#include <check.h>

#include "tests/support/suite.h"

static const uint8_t octets[] = { 1, 2, 3, 4, 5, 6, 7, 8 };

START_TEST(fields_are_read_in_network_order)
{
	struct cursor c = cursor_over(octets, sizeof(octets));

	ck_assert_uint_eq(cursor_u8(&c), 0x01);
	ck_assert_uint_eq(cursor_u16(&c), 0x0203);
	ck_assert_uint_eq(cursor_u32(&c), 0x04050607);
	ck_assert(cursor_ok(&c));
	ck_assert_uint_eq(c.left, 1);
}
END_TEST

START_TEST(a_read_beyond_the_end_fails_for_good_and_gives_zero)
{
	struct cursor c = cursor_over(octets, 1);

	ck_assert_uint_eq(cursor_u16(&c), 0);
	ck_assert(!cursor_ok(&c));
	ck_assert_uint_eq(cursor_u8(&c), 0);
	ck_assert_uint_eq(c.left, 0);
}
END_TEST

START_TEST(a_lie_in_a_window_ends_in_that_window)
{
	struct cursor c = cursor_over(octets, sizeof(octets));
	struct cursor inner = cursor_take(&c, 2);

	(void)cursor_u32(&inner);
	ck_assert(!cursor_ok(&inner));
	ck_assert(cursor_ok(&c));
	ck_assert_uint_eq(cursor_u8(&c), 3);
}
END_TEST

START_TEST(a_total_smaller_than_what_was_read_fails)
{
	struct cursor c = cursor_over(octets, sizeof(octets));

	cursor_skip(&c, 4);
	ck_assert(!cursor_ok(&(struct cursor){ .failed = true }));
	(void)cursor_take_rest(&c, 3, 4);
	ck_assert(!cursor_ok(&c));
}
END_TEST

START_TEST(a_copy_that_does_not_fit_is_zeros)
{
	struct cursor c = cursor_over(octets, 2);
	uint8_t out[4] = { 9, 9, 9, 9 };

	cursor_copy(&c, out, sizeof(out));
	ck_assert_mem_eq(out, "\0\0\0\0", 4);
}
END_TEST

static bool
is_letter(uint8_t octet)
{
	return octet >= 'a' && octet <= 'z';
}

START_TEST(a_span_ends_where_the_octets_do)
{
	struct cursor c = cursor_over("abc;d", 5);

	ck_assert_uint_eq(cursor_span(&c, is_letter), 3);
	cursor_skip(&c, 3);
	ck_assert_uint_eq(cursor_span(&c, is_letter), 0);
	cursor_skip(&c, 1);
	ck_assert_uint_eq(cursor_span(&c, is_letter), 1);
	cursor_skip(&c, 2);
	ck_assert_uint_eq(cursor_span(&c, is_letter), 0);
}
END_TEST

START_TEST(the_first_of_two_octets_is_found_wherever_it_stands)
{
	uint8_t text[40] = { 0 };

	for (size_t size = 0; size <= sizeof(text); size++) {
		for (size_t at = 0; at <= size; at++) {
			struct cursor c = cursor_over(text, size);

			/* What looks like one to who takes carelessly. */
			memset(text, '"' + 1, sizeof(text));
			for (size_t i = at; i < size; i++)
				text[i] = i % 2 ? '"' : '\\';
			ck_assert_uint_eq(cursor_span_up_to(&c, '"', '\\'), at);
			memset(text, 0xff, at);
			ck_assert_uint_eq(cursor_span_up_to(&c, '\\', '"'), at);
		}
	}
}
END_TEST

SUITE("cursor", fields_are_read_in_network_order,
    a_read_beyond_the_end_fails_for_good_and_gives_zero,
    a_lie_in_a_window_ends_in_that_window,
    a_total_smaller_than_what_was_read_fails, a_copy_that_does_not_fit_is_zeros,
    a_span_ends_where_the_octets_do,
    the_first_of_two_octets_is_found_wherever_it_stands)
