#include "vsphere/options.h"

#include <check.h>
#include <stdio.h>
#include <string.h>

#include "tests/support/suite.h"

enum { WORDS_MOST = 12 };

static struct options options;
static char error[CONFIG_ERROR_SIZE];

/* Reads words separated by blanks, and nothing from a file. */
static enum status
read_words(const char *text)
{
	char line[512], *argv[WORDS_MOST + 1], *rest = NULL;
	int argc = 0;

	snprintf(
	    line, sizeof(line), "demarc-vsphere --config=/dev/null %s", text);
	for (char *word = strtok_r(line, " ", &rest); word && argc < WORDS_MOST;
	     word = strtok_r(NULL, " ", &rest))
		argv[argc++] = word;
	argv[argc] = NULL;
	error[0] = '\0';
	return options_read(&options, &argc, argv, error);
}

#define WHO " --user=u --password-file=/p --collector=http://c "

START_TEST(the_path_of_the_service_is_added)
{
	ck_assert_int_eq(read_words(WHO "--vcenter=https://vc"), STATUS_OK);
	ck_assert_str_eq(options.vcenter, "https://vc/sdk");
	ck_assert_int_eq(options.hint_period_s, 300);
	options_done(&options);
	ck_assert_int_eq(
	    read_words(WHO "--vcenter=https://vc:8443/"), STATUS_OK);
	ck_assert_str_eq(options.vcenter, "https://vc:8443/sdk");
	options_done(&options);
	ck_assert_int_eq(
	    read_words(WHO "--vcenter=https://proxy/vc/sdk"), STATUS_OK);
	ck_assert_str_eq(options.vcenter, "https://proxy/vc/sdk");
	options_done(&options);
}
END_TEST

START_TEST(a_password_goes_in_the_clear_to_this_machine_only)
{
	static const char *const refused[] = { "http://vc",
		"http://127.0.0.1.example.net", "http://localhost.evil/",
		"http://10.0.0.1/sdk", "ftp://127.0.0.1", "vc" };
	char words[256];

	for (size_t i = 0; i < sizeof(refused) / sizeof(refused[0]); i++) {
		snprintf(words, sizeof(words), WHO "--vcenter=%s", refused[i]);
		ck_assert_int_eq(read_words(words), STATUS_MALFORMED);
		ck_assert_ptr_nonnull(strstr(error, "https://"));
		options_done(&options);
	}
	ck_assert_int_eq(
	    read_words(WHO "--vcenter=http://127.0.0.1:80"), STATUS_OK);
	options_done(&options);
}
END_TEST

START_TEST(a_password_in_the_address_is_refused)
{
	ck_assert_int_eq(
	    read_words(WHO "--vcenter=https://u:secret@vc"), STATUS_MALFORMED);
	ck_assert_ptr_null(strstr(error, "secret"));
	options_done(&options);
}
END_TEST

START_TEST(what_is_missing_is_named)
{
	ck_assert_int_eq(read_words(""), STATUS_MALFORMED);
	ck_assert_ptr_nonnull(strstr(error, "vcenter"));
	options_done(&options);
	ck_assert_int_eq(read_words("--vcenter=https://v"), STATUS_MALFORMED);
	ck_assert_ptr_nonnull(strstr(error, "user"));
	options_done(&options);
	ck_assert_int_eq(
	    read_words("--vcenter=https://v --user=u --password-file=/p"),
	    STATUS_MALFORMED);
	ck_assert_ptr_nonnull(strstr(error, "collector"));
	options_done(&options);
	ck_assert_int_eq(
	    read_words(
		"--once --vcenter=https://v --user=u --password-file=/p"),
	    STATUS_OK);
	options_done(&options);
}
END_TEST

START_TEST(nothing_is_asked_more_often_than_each_ten_seconds)
{
	ck_assert_int_eq(read_words(WHO "--vcenter=https://v --hint-period=9"),
	    STATUS_MALFORMED);
	options_done(&options);
}
END_TEST

START_TEST(a_host_is_not_left_to_fall_silent)
{
	ck_assert_int_eq(read_words(WHO "--vcenter=https://v --heartbeat=61"),
	    STATUS_MALFORMED);
	ck_assert_ptr_nonnull(strstr(error, "from 1 to 60"));
	options_done(&options);
}
END_TEST

SUITE("vsphere_options", the_path_of_the_service_is_added,
    a_password_goes_in_the_clear_to_this_machine_only,
    a_password_in_the_address_is_refused, what_is_missing_is_named,
    nothing_is_asked_more_often_than_each_ten_seconds,
    a_host_is_not_left_to_fall_silent)
