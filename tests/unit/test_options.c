#include "agent/options.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tests/support/suite.h"

static char path[] = "/tmp/demarc-options-XXXXXX";

static void
write_file(const char *text)
{
	int fd;

	memcpy(path + strlen(path) - 6, "XXXXXX", 6);
	fd = mkstemp(path);
	ck_assert_int_ge(fd, 0);
	ck_assert_int_eq(write(fd, text, strlen(text)), (ssize_t)strlen(text));
	close(fd);
}

static enum status
read_with(struct options *out, const char *text, const char *option,
    char error[static CONFIG_ERROR_SIZE])
{
	char given[128], name[] = "demarc-agent", config[] = "--config";
	char *argv[] = { name, config, path, given, NULL };
	int argc = 4;
	enum status status;

	snprintf(given, sizeof(given), "%s", option);
	write_file(text);
	error[0] = '\0';
	status = options_read(out, &argc, argv, error);
	unlink(path);
	return status;
}

START_TEST(the_command_line_wins_over_the_file)
{
	char error[CONFIG_ERROR_SIZE];
	struct options o;

	ck_assert_int_eq(read_with(&o,
			     "heartbeat = 30\nnic = ens*\nnic = eno1\n"
			     "collector = unix:/run/demarc/collector.sock\n",
			     "--heartbeat=5", error),
	    STATUS_OK);
	ck_assert_int_eq(o.heartbeat_s, 5);
	ck_assert_uint_eq(o.nics.count, 2);
	ck_assert_uint_eq(o.collectors.count, 1);
	ck_assert_int_eq(o.timeout_s, 65);
	ck_assert_str_eq(o.state_directory, "/var/lib/demarc-agent");
	ck_assert(options_match(&o.nics, "ens1f0"));
	ck_assert(!options_match(&o.nics, "eno2"));
	options_done(&o);
}
END_TEST

START_TEST(windows_for_vlans_are_of_use_or_none)
{
	char error[CONFIG_ERROR_SIZE];
	struct options o;

	ck_assert_int_eq(read_with(&o, "", "--heartbeat=5", error), STATUS_OK);
	ck_assert_int_eq(o.vlan_window_s, 10);
	ck_assert_int_eq(o.vlan_period_s, 300);
	options_done(&o);
	ck_assert_int_eq(
	    read_with(&o, "vlan_window = 0\n", "--vlan-period=0", error),
	    STATUS_OK);
	ck_assert_int_eq(o.vlan_window_s, 0);
	ck_assert_int_eq(o.vlan_period_s, 0);
	options_done(&o);
	ck_assert_int_eq(
	    read_with(&o, "vlan_period = 9\n", "--vlan-window=2", error),
	    STATUS_MALFORMED);
	ck_assert_ptr_nonnull(strstr(error, "vlan_period is 9"));
	options_done(&o);
	ck_assert_int_eq(
	    read_with(&o, "vlan_period = 30\n", "--vlan-window=30", error),
	    STATUS_MALFORMED);
	options_done(&o);
}
END_TEST

START_TEST(a_list_of_the_command_line_replaces_that_of_the_file)
{
	char error[CONFIG_ERROR_SIZE];
	struct options o;

	ck_assert_int_eq(
	    read_with(&o, "nic = ens*\n", "--nic=veth*", error), STATUS_OK);
	ck_assert_uint_eq(o.nics.count, 1);
	ck_assert_str_eq(o.nics.items[0], "veth*");
	options_done(&o);
}
END_TEST

START_TEST(mistakes_are_named)
{
	static const char *const lines[][2] = {
		{ "host_id = 12\n", "32 hexadecimal digits" },
		{ "log_level = loud\n", "error, warning, info or debug" },
		{ "collector = ftp://x\n", "ftp://x" },
		{ "heartbeat = 0\n", "heartbeat" },
		{ "heartbeat = 61\n", "from 1 to 60" },
		{ "nci = ens*\n", "nci" },
	};

	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
		char error[CONFIG_ERROR_SIZE];
		struct options o;

		ck_assert_int_eq(read_with(&o, lines[i][0], "--json", error),
		    STATUS_MALFORMED);
		ck_assert_msg(strstr(error, lines[i][1]) != NULL, "%s: %s",
		    lines[i][0], error);
		options_done(&o);
	}
}
END_TEST

START_TEST(a_file_that_was_named_must_be_there)
{
	char name[] = "demarc-agent", option[] = "--config=/nowhere/a.conf";
	char *argv[] = { name, option, NULL };
	char error[CONFIG_ERROR_SIZE] = "";
	struct options o;
	int argc = 2;

	ck_assert_int_ne(options_read(&o, &argc, argv, error), STATUS_OK);
	ck_assert_ptr_nonnull(strstr(error, "/nowhere/a.conf"));
	options_done(&o);
}
END_TEST

SUITE("options", the_command_line_wins_over_the_file,
    windows_for_vlans_are_of_use_or_none,
    a_list_of_the_command_line_replaces_that_of_the_file, mistakes_are_named,
    a_file_that_was_named_must_be_there)
