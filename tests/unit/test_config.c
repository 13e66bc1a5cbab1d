#include "base/config.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tests/support/suite.h"

static char *text;
static struct config_list list;
static long number = 5;
static bool flag;
static char error[CONFIG_ERROR_SIZE];

static const struct config_key keys[] = {
	{ "host_name", CONFIG_TEXT, &text, 0, 0, "a text" },
	{ "nic", CONFIG_LIST, &list, 0, 0, "a list" },
	{ "heartbeat", CONFIG_NUMBER, &number, 1, 3600, "a number" },
	{ "json", CONFIG_FLAG, &flag, 0, 0, "a flag" },
	{ 0 },
};

static enum status
read_text(const char *content)
{
	char path[] = "/tmp/test_config.XXXXXX";
	int fd = mkstemp(path);
	enum status status;

	ck_assert_int_ge(fd, 0);
	ck_assert_int_eq(
	    write(fd, content, strlen(content)), (int)strlen(content));
	close(fd);
	status = config_read_file(keys, path, error);
	unlink(path);
	return status;
}

START_TEST(a_file_sets_every_kind_of_key)
{
	ck_assert_int_eq(read_text("# a comment\n\n host-name =  hv 1 \n"
				   "nic = eno*, ens1\nnic=eth0\n"
				   "heartbeat = 60\njson = yes"),
	    STATUS_OK);
	ck_assert_str_eq(text, "hv 1");
	ck_assert_uint_eq(list.count, 3);
	ck_assert_str_eq(list.items[1], "ens1");
	ck_assert_int_eq(number, 60);
	ck_assert(flag);
	config_done(keys);
	ck_assert_ptr_null(text);
}
END_TEST

START_TEST(a_mistake_is_named_with_its_line)
{
	ck_assert_int_eq(
	    read_text("nic = a\nheartbeat = 0\n"), STATUS_MALFORMED);
	ck_assert_ptr_nonnull(strstr(error, "line 2"));
	ck_assert_ptr_nonnull(strstr(error, "from 1 to 3600"));
	ck_assert_int_eq(read_text("nics = a\n"), STATUS_MALFORMED);
	ck_assert_ptr_nonnull(strstr(error, "no key \"nics\""));
	ck_assert_int_eq(read_text("nic\n"), STATUS_MALFORMED);
	ck_assert_int_eq(read_text("json = maybe\n"), STATUS_MALFORMED);
	config_done(keys);
}
END_TEST

START_TEST(a_value_in_quotes_is_refused)
{
	ck_assert_int_eq(read_text("host-name = \"hv1\"\n"), STATUS_MALFORMED);
	ck_assert_ptr_nonnull(strstr(error, "line 1"));
	ck_assert_ptr_nonnull(strstr(error, "without quotes"));
	ck_assert_int_eq(read_text("nic = 'eno1'\n"), STATUS_MALFORMED);
	ck_assert_int_eq(read_text("host-name = it's\n"), STATUS_OK);
	ck_assert_str_eq(text, "it's");
	config_done(keys);
}
END_TEST

START_TEST(options_are_taken_and_arguments_left_in_order)
{
	char *argv[] = { "x", "--host-name", "hv1", "show", "--json", "eno1",
		"--heartbeat=9", "--", "--not-an-option", NULL };
	int argc = 9;

	ck_assert_int_eq(
	    config_read_arguments(keys, &argc, argv, error), STATUS_OK);
	ck_assert_int_eq(argc, 4);
	ck_assert_str_eq(argv[1], "show");
	ck_assert_str_eq(argv[2], "eno1");
	ck_assert_str_eq(argv[3], "--not-an-option");
	ck_assert_int_eq(number, 9);
	ck_assert(flag);
	config_done(keys);
}
END_TEST

START_TEST(an_option_without_its_value_is_refused)
{
	char *argv[] = { "x", "--nic", NULL };
	int argc = 2;

	ck_assert_int_eq(
	    config_read_arguments(keys, &argc, argv, error), STATUS_MALFORMED);
	ck_assert_str_eq(error, "--nic needs a value");
}
END_TEST

SUITE("config", a_file_sets_every_kind_of_key, a_mistake_is_named_with_its_line,
    a_value_in_quotes_is_refused, options_are_taken_and_arguments_left_in_order,
    an_option_without_its_value_is_refused)
