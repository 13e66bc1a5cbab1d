#include "base/json_read.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/support/suite.h"

static const char *
error_of(const char *text, size_t size)
{
	static char error[JSON_ERROR_SIZE];
	struct json_value *v = NULL;

	error[0] = '\0';
	if (json_parse(text, size, &v, error) == STATUS_OK)
		json_free(v);
	return error;
}

START_TEST(what_json_allows_is_read)
{
	static const char text[] =
	    " {\"a\" : [1, -2.5e1, true,false,null,\"\\u00e9\\ud83d\\ude00\"],"
	    "\"b\":{}} \n";
	char error[JSON_ERROR_SIZE];
	struct json_value *v = NULL;
	const struct json_value *item;

	ck_assert_int_eq(json_parse(text, strlen(text), &v, error), STATUS_OK);
	item = json_first(json_get(v, "a"));
	ck_assert_int_eq(json_number_of(item, 0), 1);
	item = json_next(item);
	ck_assert_int_eq(json_number_of(item, 0), -25);
	item = json_next(item);
	ck_assert(json_boolean_of(item, false));
	item = json_next(json_next(json_next(item)));
	ck_assert_str_eq(json_string_of(item), "\xc3\xa9\xf0\x9f\x98\x80");
	ck_assert_ptr_null(json_next(item));
	ck_assert_uint_eq(json_count(json_get(v, "a")), 6);
	ck_assert(json_is_object(json_get(v, "b")));
	ck_assert_ptr_null(json_get(v, "A"));
	json_free(v);
}
END_TEST

START_TEST(what_json_forbids_is_refused_with_its_place)
{
	static const char *const rows[][2] = {
		{ "", "the document is empty" },
		{ " ", "line 1, column 2: the document ends here" },
		{ "{\"a\":1,}",
		    "line 1, column 8: a string in double quotes is missing" },
		{ "[1 2]", "line 1, column 4: a comma or ] is missing" },
		{ "{\"a\" 1}", "line 1, column 6: a colon is missing" },
		{ "01", "line 1, column 2: a number begins with 0" },
		{ "1.", "line 1, column 3: a digit is missing" },
		{ "-", "line 1, column 2: a digit is missing" },
		{ "+1", "line 1, column 1: this is no JSON value" },
		{ "NaN", "line 1, column 1: this is no JSON value" },
		{ "tru", "line 1, column 4: this is no JSON value" },
		{ "{} {}", "line 1, column 4: something follows the document" },
		{ "\"a", "line 1, column 3: a string does not end" },
		{ "\"\n\"",
		    "line 1, column 2: a string holds a control character" },
		{ "\n\n \"\\x\"",
		    "line 3, column 4: a backslash is followed by no known "
		    "escape" },
		{ "\"\\u0000\"",
		    "line 1, column 8: U+0000 is not allowed in a string" },
		{ "\"\\ud800\"",
		    "line 1, column 8: half of a surrogate pair stands alone" },
		{ "\"\\udc00\"",
		    "line 1, column 8: half of a surrogate pair stands alone" },
		{ "\"\xff\"", "the document is not valid UTF-8" },
		{ "{\"a\":1,\"\\u0061\":2}",
		    "the member \"a\" stands twice in one object" },
		{ "[{\"b\":{\"x\":1,\"y\":2,\"x\":3}}]",
		    "the member \"x\" stands twice in one object" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		ck_assert_str_eq(
		    error_of(rows[i][0], strlen(rows[i][0])), rows[i][1]);
	ck_assert_str_ne(error_of("1\0", 2), "");
}
END_TEST

START_TEST(depth_has_a_limit)
{
	char text[2 * JSON_DEPTH_LIMIT + 3];

	memset(text, '[', JSON_DEPTH_LIMIT);
	memset(text + JSON_DEPTH_LIMIT, ']', JSON_DEPTH_LIMIT);
	ck_assert_str_eq(error_of(text, 2 * JSON_DEPTH_LIMIT), "");
	memset(text, '[', JSON_DEPTH_LIMIT + 1);
	ck_assert_str_eq(error_of(text, 2 * JSON_DEPTH_LIMIT + 1),
	    "line 1, column 33: nested more than 32 deep");
}
END_TEST

START_TEST(a_name_twice_among_thousands_is_seen)
{
	size_t size = 200000, length = 1;
	char *text = malloc(size);

	text[0] = '{';
	for (int i = 0; i < 5000; i++)
		length += (size_t)snprintf(text + length, size - length,
		    "%s\"n%d\":%d", i > 0 ? "," : "", i, i);
	(void)snprintf(text + length, size - length, "}");
	ck_assert_str_eq(error_of(text, strlen(text)), "");
	(void)snprintf(text + length, size - length, ",\"n7\":1}");
	ck_assert_str_eq(error_of(text, strlen(text)),
	    "the member \"n7\" stands twice in one object");
	free(text);
}
END_TEST

START_TEST(numbers_that_are_not_whole_are_absent)
{
	static const char *const texts[] = { "1.5", "1e300", "-1e999",
		"9007199254740994", "\"1\"", "true" };

	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		char error[JSON_ERROR_SIZE];
		struct json_value *v = NULL;

		ck_assert_int_eq(
		    json_parse(texts[i], strlen(texts[i]), &v, error),
		    STATUS_OK);
		ck_assert_int_eq(json_number_of(v, -7), -7);
		json_free(v);
	}
}
END_TEST

START_TEST(a_document_cut_anywhere_is_refused)
{
	static const char text[] = "{\"a\":[1,{\"b\":\"\\u00e9\"}],\"c\":0.5}";

	for (size_t size = 0; size < strlen(text); size++) {
		char *cut = malloc(size + 1);

		memcpy(cut, text, size);
		ck_assert_str_ne(error_of(cut, size), "");
		free(cut);
	}
}
END_TEST

SUITE("json_read", what_json_allows_is_read,
    what_json_forbids_is_refused_with_its_place, depth_has_a_limit,
    a_name_twice_among_thousands_is_seen, numbers_that_are_not_whole_are_absent,
    a_document_cut_anywhere_is_refused)
