#include "base/fingerprint.h"

#include <check.h>
#include <string.h>

#include "tests/support/suite.h"

static uint64_t
of_pieces(const char *first, size_t first_size, const char *second, size_t size)
{
	struct fingerprint f = fingerprint_begin();

	fingerprint_add(&f, first, first_size);
	fingerprint_add(&f, second, size);
	return fingerprint_end(&f);
}

static uint64_t
of(const void *octets, size_t size)
{
	struct fingerprint f = fingerprint_begin();

	fingerprint_add(&f, octets, size);
	return fingerprint_end(&f);
}

START_TEST(equal_octets_have_equal_fingerprints)
{
	char octets[200], others[200 + 1];

	for (size_t i = 0; i < sizeof(octets); i++)
		octets[i] = (char)(i * 7);
	memcpy(others + 1, octets, sizeof(octets));
	for (size_t size = 0; size <= sizeof(octets); size++) {
		ck_assert_uint_eq(of(octets, size), of(others + 1, size));
		ck_assert_uint_ne(of(octets, size), 0);
	}
}
END_TEST

START_TEST(each_bit_counts)
{
	char octets[100] = "";
	uint64_t before = of(octets, sizeof(octets));

	for (size_t bit = 0; bit < sizeof(octets) * 8; bit++) {
		octets[bit / 8] = (char)(1 << bit % 8);
		ck_assert_uint_ne(of(octets, sizeof(octets)), before);
		octets[bit / 8] = 0;
	}
}
END_TEST

START_TEST(the_length_counts_and_where_pieces_end)
{
	static const char zeros[64] = "";

	for (size_t size = 0; size < sizeof(zeros); size++)
		ck_assert_uint_ne(of(zeros, size), of(zeros, size + 1));
	ck_assert_uint_ne(
	    of_pieces("ab", 2, "c", 1), of_pieces("a", 1, "bc", 2));
	ck_assert_uint_ne(of_pieces("", 0, "abc", 3), of("abc", 3));
}
END_TEST

SUITE("fingerprint", equal_octets_have_equal_fingerprints, each_bit_counts,
    the_length_counts_and_where_pieces_end)
