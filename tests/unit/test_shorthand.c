#include "collector/shorthand.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/support/suite.h"

enum { LIMIT = 1024 * 1024 };

static struct shorthand table;
static struct buffer octets, text;

/* 0 to 'most' - 1; the same in each run. */
static unsigned
any(unsigned most)
{
	static uint32_t state = 1;

	state = state * 1664525 + 1013904223;
	return (state >> 8) % most;
}

static size_t
check_back(const char *said, const char *key)
{
	size_t size;

	shorthand_init(&table);
	buffer_init(&octets, LIMIT);
	buffer_init(&text, LIMIT);
	shorthand_write(&table, said, key, &octets);
	ck_assert(
	    shorthand_read(&table, octets.octets, octets.size, key, &text));
	ck_assert(buffer_ok(&octets) && buffer_ok(&text));
	ck_assert_str_eq(buffer_string(&text), said);
	buffer_done(&text);
	size = octets.size;
	buffer_done(&octets);
	return size;
}

static const char workload[] =
    "{\"id\":\"16785e5d-5651-4996-80fd-ef8edb11f304\",\"kind\":\"vm\","
    "\"name\":\"log-07\",\"uuid\":\"16785e5d-5651-4996-80fd-ef8edb11f304\","
    "\"state\":\"running\",\"source\":\"libvirt\",\"vnics\":[{\"name\":"
    "\"vnet7\",\"mac\":\"52:f3:11:db:8e:04\",\"vswitch\":\"br-prod\","
    "\"port_group\":\"tag 170\",\"connected\":true}]}";

START_TEST(a_machine_takes_a_fifth)
{
	size_t size =
	    check_back(workload, "16785e5d-5651-4996-80fd-ef8edb11f304");

	ck_assert_uint_le(size * 5, strlen(workload));
	ck_assert_uint_le(
	    check_back("16785e5d-5651-4996-80fd-ef8edb11f304", ""), 17);
}
END_TEST

START_TEST(any_text_comes_back)
{
	static const char *const texts[] = { "", "a", "\"", "\x01", "\x1f\x7f",
		"Z\xc3\xbcrich \xe4\xb8\x8a\xe6\xb5\xb7", "52:f3:11:db:8e:0",
		"52:F3:11:DB:8E:04", "52:f3:11:db:8e:04:05", "1790000000",
		"17900000000", "4294967295", "4294967296", "0999999999",
		"0123456789abcdef0123456789abcdef",
		"16785e5d-5651-4996-80fd-ef8edb11f30",
		"16785e5d-5651-4996-80fd_ef8edb11f304", "{\"name\":\"",
		"{\"name\":\"ens1f0\",\"up\":true,\"carrier\":true}" };

	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		(void)check_back(texts[i], "");
		(void)check_back(texts[i], "ens1f0");
		(void)check_back(texts[i], texts[i]);
	}
}
END_TEST

START_TEST(what_is_made_of_phrases_and_noise_comes_back)
{
	char said[4096];

	for (int round = 0; round < 2000; round++) {
		size_t size = 0;

		while (size < 600 && any(40)) {
			const char *phrase = shorthand_phrases[any(280)];

			if (any(3) == 0)
				said[size++] = (char)(1 + any(255));
			else
				size += (size_t)snprintf(said + size, 200,
				    "%.*s", (int)any(60), phrase);
		}
		said[size] = '\0';
		(void)check_back(said, "br-prod");
	}
}
END_TEST

START_TEST(what_nobody_wrote_is_refused_or_read_within_its_bounds)
{
	shorthand_init(&table);
	buffer_init(&text, LIMIT);
	for (int round = 0; round < 20000; round++) {
		struct buffer exact;

		buffer_init(&exact, LIMIT);
		for (unsigned i = 1 + any(12); i > 0; i--)
			buffer_char(&exact, (char)(any(256)));
		buffer_clear(&text);
		(void)shorthand_read(
		    &table, exact.octets, exact.size, "key", &text);
		buffer_done(&exact);
	}
	buffer_done(&text);
	buffer_init(&octets, LIMIT);
	buffer_append(&octets, "\x03\x01\x02", 3); /* half a MAC */
	ck_assert(
	    !shorthand_read(&table, octets.octets, octets.size, "", &text));
	buffer_done(&octets);
	buffer_done(&text);
}
END_TEST

/* Databases are full of the places of these phrases. */
START_TEST(the_phrases_stay_where_they_are)
{
	enum { PHRASES = 294 };
	uint64_t hash = 14695981039346656037U;

	for (size_t i = 0; i < PHRASES; i++) {
		const char *phrase = shorthand_phrases[i];

		ck_assert_ptr_nonnull(phrase);
		for (size_t k = 0; k <= strlen(phrase); k++)
			hash =
			    (hash ^ (unsigned char)phrase[k]) * 1099511628211U;
	}
	ck_assert_uint_eq(hash, 14567572978780428592U);
}
END_TEST

SUITE("shorthand", a_machine_takes_a_fifth, any_text_comes_back,
    what_is_made_of_phrases_and_noise_comes_back,
    what_nobody_wrote_is_refused_or_read_within_its_bounds,
    the_phrases_stay_where_they_are)
