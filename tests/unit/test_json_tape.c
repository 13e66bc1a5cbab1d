#include "base/json_tape.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/json_read.h"
#include "tests/support/suite.h"

START_TEST(what_was_kept_is_read_as_it_was_meant)
{
	static const char text[] =
	    "{\"a\":[{},[],\"\",-12,1.5e1,true,null],\"b\":{\"c\":{\"d\":\"x\"}"
	    "},\"e\\n\\u00e9\\ud83d\\ude00\\\"\\\\\":\"\\/\"}";
	struct json_value *v = json_parse_own(text);
	const struct json_value *item = json_first(json_get(v, "a"));

	ck_assert_uint_eq(json_count(v), 3);
	ck_assert_uint_eq(json_count(json_get(v, "a")), 7);
	ck_assert(json_is_object(item) && !json_first(item));
	item = json_next(item);
	ck_assert(json_is_array(item) && !json_first(item));
	item = json_next(item);
	ck_assert_str_eq(json_string_of(item), "");
	item = json_next(item);
	ck_assert_int_eq(json_number_of(item, 0), -12);
	item = json_next(item);
	ck_assert_int_eq(json_number_of(item, 0), 15);
	item = json_next(json_next(json_next(item)));
	ck_assert_ptr_null(item);
	item = json_get(json_get(json_get(v, "b"), "c"), "d");
	ck_assert_str_eq(json_string_of(item), "x");
	ck_assert_str_eq(
	    json_get_string(v, "e\n\xc3\xa9\xf0\x9f\x98\x80\"\\"), "/");
	json_free(v);
}
END_TEST

START_TEST(many_values_keep_their_order)
{
	enum { VALUES = 20000, SIZE = VALUES * 12 };
	char *text = malloc(SIZE);
	size_t length = 1;
	struct json_value *v;
	const struct json_value *item;
	int64_t next = 0;

	text[0] = '[';
	for (int i = 0; i < VALUES; i++)
		length +=
		    (size_t)snprintf(text + length, SIZE - length, "[%d],", i);
	text[length - 1] = ']';
	v = json_parse_own(text);
	for (item = json_first(v); item; item = json_next(item))
		ck_assert_int_eq(json_number_of(json_first(item), -1), next++);
	ck_assert_int_eq(next, VALUES);
	json_free(v);
	free(text);
}
END_TEST

START_TEST(a_copy_is_compact_and_says_the_same)
{
	static const char text[] =
	    " { \"a\" : [ 1 , -2.5e1, true,false,null,\"\\u0001\\\"\" ] ,"
	    " \"b\\t\":{} } ";
	struct json_value *v = json_parse_own(text);
	char *copy = json_write_copy(v);

	ck_assert_str_eq(copy, "{\"a\":[1,-2.5e1,true,false,null,"
			       "\"\\u0001\\\"\"],\"b\\t\":{}}");
	free(copy);
	copy = json_write_copy(json_first(json_get(v, "a")));
	ck_assert_str_eq(copy, "1");
	free(copy);
	json_free(v);
	ck_assert_ptr_null(json_write_copy(NULL));
}
END_TEST

/* The copies are exactly as long as what is read, so the address sanitizer
 * notices a read or write of even one octet too many. */
START_TEST(what_nobody_checked_does_no_harm)
{
	static const char text[] = "{\"a\":[1,{\"b\\\\\":\"\\u00e9\\ud83d\\u"
				   "de00\"},true],\"c\":-0.5}";
	static const char wrong[] = "\"\\{}[],:u\0tx9";

	for (size_t size = 0; size < sizeof(text); size++) {
		for (size_t k = 0; k < sizeof(wrong); k++) {
			struct json_value *v = NULL;
			char *cut = malloc(size + 1);

			memcpy(cut, text, size);
			cut[size] = wrong[k];
			if (json_tape(cut, size + 1, &v) == STATUS_OK)
				json_tape_free(v);
			free(cut);
		}
	}
}
END_TEST

START_TEST(depth_has_a_limit)
{
	char text[2 * JSON_DEPTH_LIMIT + 3];
	struct json_value *v;

	memset(text, '[', JSON_DEPTH_LIMIT + 1);
	memset(text + JSON_DEPTH_LIMIT + 1, ']', JSON_DEPTH_LIMIT + 1);
	text[sizeof(text) - 1] = '\0';
	ck_assert_ptr_null(json_parse_own(text));
	memmove(text, text + 1, sizeof(text) - 1);
	text[2 * JSON_DEPTH_LIMIT] = '\0';
	v = json_parse_own(text);
	ck_assert_ptr_nonnull(v);
	json_free(v);
}
END_TEST

SUITE("json_tape", what_was_kept_is_read_as_it_was_meant,
    many_values_keep_their_order, a_copy_is_compact_and_says_the_same,
    what_nobody_checked_does_no_harm, depth_has_a_limit)
