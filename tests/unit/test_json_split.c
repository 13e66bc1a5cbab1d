#include "base/json_split.h"

#include <check.h>
#include <stdio.h>
#include <string.h>

#include "tests/support/suite.h"

/* What was found, in order, with '|' between. */
static void
split(const char *stream, size_t step, char *out, size_t capacity)
{
	size_t left = strlen(stream), taken, used = 0;
	struct json_split s;

	json_split_init(&s, 4096, 4096);
	while (left > 0) {
		size_t size = left < step ? left : step;

		ck_assert_int_eq(
		    json_split_take(&s, stream, size, &taken), STATUS_OK);
		stream += taken;
		left -= taken;
		if (!json_split_whole(&s))
			continue;
		used += (size_t)snprintf(
		    &out[used], capacity - used, "%s|", buffer_string(&s.text));
	}
	json_split_done(&s);
}

START_TEST(texts_back_to_back_are_told_apart_however_they_come)
{
	static const char stream[] =
	    "{\"a\":[1,{\"}\":\"]\"}]}{\"b\":\"\\\"}\\\\\"} \n{}{\"c\":{}}";
	char found[256];

	for (size_t step = 1; step < sizeof(stream); step++) {
		split(stream, step, found, sizeof(found));
		ck_assert_str_eq(found, "{\"a\":[1,{\"}\":\"]\"}]}|"
					"{\"b\":\"\\\"}\\\\\"}|{}|{\"c\":{}}|");
	}
}
END_TEST

START_TEST(a_text_that_never_ends_meets_the_limit)
{
	struct json_split s;
	char octets[64];
	size_t taken = 0, all = 0;
	enum status status = STATUS_OK;

	memset(octets, '[', sizeof(octets));
	octets[0] = '{';
	json_split_init(&s, 1000, 1000);
	while (status == STATUS_OK && all < 5000) {
		status = json_split_take(&s, octets, sizeof(octets), &taken);
		all += taken;
		octets[0] = '[';
	}
	ck_assert_int_eq(status, STATUS_TOO_LARGE);
	ck_assert_uint_lt(all, 1100);
	json_split_done(&s);
}
END_TEST

START_TEST(a_text_of_too_many_values_meets_the_limit)
{
	static const char text[] = "{\"a,,,,[[[[{{{{\":[1,2,3,4]}";
	struct json_split s;
	size_t taken;

	for (size_t most = 4; most <= 6; most++) {
		json_split_init(&s, 1000, most);
		for (int again = 0; again < 2; again++)
			ck_assert_int_eq(
			    json_split_take(&s, text, strlen(text), &taken),
			    most < 5 ? STATUS_TOO_LARGE : STATUS_OK);
		json_split_done(&s);
	}
}
END_TEST

START_TEST(what_is_no_object_is_refused)
{
	static const char *const wrong[] = { "[]", "x", "}", "1", "\"a\"" };

	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		struct json_split s;
		size_t taken;

		json_split_init(&s, 100, 100);
		ck_assert_int_eq(
		    json_split_take(&s, wrong[i], strlen(wrong[i]), &taken),
		    STATUS_MALFORMED);
		json_split_done(&s);
	}
}
END_TEST

SUITE("json_split", texts_back_to_back_are_told_apart_however_they_come,
    a_text_that_never_ends_meets_the_limit,
    a_text_of_too_many_values_meets_the_limit, what_is_no_object_is_refused)
