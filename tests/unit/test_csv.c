#include "collector/csv.h"

#include <check.h>
#include <string.h>

#include "tests/support/suite.h"

static const char *const columns[] = { "a", "b", "c.d", NULL };

static void
check_line(const char *object, const char *expected)
{
	char error[JSON_ERROR_SIZE];
	struct json_value *v = NULL;
	struct buffer out;

	buffer_init(&out, 4096);
	ck_assert_int_eq(
	    json_parse(object, strlen(object), &v, error), STATUS_OK);
	csv_line(&out, columns, v);
	ck_assert_str_eq(buffer_string(&out), expected);
	json_free(v);
	buffer_done(&out);
}

START_TEST(members_stand_in_the_order_of_the_columns)
{
	struct buffer out;

	buffer_init(&out, 4096);
	csv_head(&out, columns);
	ck_assert_str_eq(buffer_string(&out), "a,b,c.d\r\n");
	buffer_done(&out);
	check_line("{\"b\":-2,\"x\":0,\"a\":\"y\"}", "y,-2,\r\n");
	check_line("{\"a\":true,\"b\":null}", "true,,\r\n");
}
END_TEST

START_TEST(lists_are_joined)
{
	check_line("{\"a\":[\"x\",\"y\"],\"b\":[],"
		   "\"c\":[{\"d\":1},{},{\"d\":\"z\"}]}",
	    "x; y,,1; z\r\n");
}
END_TEST

START_TEST(what_would_end_a_cell_is_quoted)
{
	check_line("{\"a\":\"x,y\",\"b\":\"say \\\"so\\\"\"}",
	    "\"x,y\",\"say \"\"so\"\"\",\r\n");
	check_line(
	    "{\"a\":\"x\\r\\ny\",\"b\":\" z\"}", "\"x\r\ny\",\" z\",\r\n");
}
END_TEST

START_TEST(no_text_is_a_formula)
{
	check_line("{\"a\":\"=1+1\",\"b\":\"+1\"}", "'=1+1,'+1,\r\n");
	check_line("{\"a\":\"-1\",\"b\":\"@x\"}", "'-1,'@x,\r\n");
	check_line("{\"a\":\"\\t=1\",\"b\":\"=HYPERLINK(\\\"x\\\",1)\"}",
	    "'\t=1,\"'=HYPERLINK(\"\"x\"\",1)\",\r\n");
	check_line("{\"a\":[\"=1\",\"x\"],\"b\":-1}", "'=1; x,-1,\r\n");
}
END_TEST

SUITE("csv", members_stand_in_the_order_of_the_columns, lists_are_joined,
    what_would_end_a_cell_is_quoted, no_text_is_a_formula)
