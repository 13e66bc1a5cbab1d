/* The command as a whole: what it prints and how it ends. */
#include "agent/read.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/json_read.h"
#include "tests/support/suite.h"

enum { OUTPUT_LIMIT = 4 * 1024 * 1024, ARGUMENTS_MOST = 8 };

static struct buffer output; /* what the command printed */

/* Runs `read` with the arguments up to NULL; each test is a process, so the
 * standard output may be given away for good. */
static int
run(const char *first, const char *second, const char *third)
{
	char path[] = "/tmp/demarc-test-read-XXXXXX", name[] = "read";
	const char *words[] = { first, second, third };
	char *copies[3], *argv[ARGUMENTS_MOST] = { name };
	int fd = mkstemp(path), argc = 1, status;

	ck_assert_int_ge(fd, 0);
	for (int i = 0; i < 3; i++) {
		copies[i] = words[i] ? strdup(words[i]) : NULL;
		if (copies[i])
			argv[argc++] = copies[i];
	}
	fflush(stdout);
	dup2(fd, STDOUT_FILENO);
	close(fd);
	status = read_command(argc, argv); /* takes options out of argv */
	fflush(stdout);
	buffer_init(&output, OUTPUT_LIMIT);
	ck_assert_int_eq(buffer_read_file(&output, path), STATUS_OK);
	unlink(path);
	for (int i = 0; i < 3; i++)
		free(copies[i]);
	return status;
}

static size_t
count_lines(void)
{
	size_t lines = 0;

	for (const char *c = buffer_string(&output); *c; c++)
		lines += *c == '\n';
	return lines;
}

/* Parses each line, and gives how many there were. */
static long
check_json_lines(void)
{
	char error[JSON_ERROR_SIZE];
	const char *line = buffer_string(&output);
	long lines = 0;

	while (*line) {
		size_t length = strcspn(line, "\n");
		struct json_value *document;

		ck_assert_int_eq(
		    json_parse(line, length, &document, error), STATUS_OK);
		ck_assert_int_eq(
		    json_get_number(document, "frame", 0), ++lines);
		ck_assert_ptr_nonnull(json_get_string(document, "status"));
		json_free(document);
		line += length + 1;
	}
	return lines;
}

START_TEST(json_is_one_object_a_line_one_line_a_frame)
{
	ck_assert_int_eq(
	    run("--json", "tests/frames/cdp/switches.pcap", NULL), READ_OK);
	ck_assert_int_eq(check_json_lines(), 12);
	buffer_done(&output);
}
END_TEST

START_TEST(a_malformed_frame_is_shown_and_makes_the_status_1)
{
	ck_assert_int_eq(run("--json", "tests/frames/cdp/broken.pcap", NULL),
	    READ_MALFORMED);
	ck_assert_int_eq(check_json_lines(), 22);
	ck_assert_ptr_nonnull(strstr(buffer_string(&output),
	    "\"reason\":\"the device ID is missing or empty\""));
	buffer_done(&output);
}
END_TEST

START_TEST(a_frame_that_is_no_discovery_is_no_fault)
{
	ck_assert_int_eq(
	    run("--json", "tests/frames/ethernet/tags.pcap", NULL), READ_OK);
	ck_assert_ptr_nonnull(
	    strstr(buffer_string(&output), "\"status\":\"not_discovery\""));
	buffer_done(&output);
}
END_TEST

START_TEST(what_is_no_file_makes_the_status_2)
{
	ck_assert_int_eq(run("--json", "/nonexistent", NULL), READ_NO_FILE);
	ck_assert_uint_eq(output.size, 0);
	buffer_done(&output);
	ck_assert_int_eq(run("Makefile", NULL, NULL), READ_NO_FILE);
	buffer_done(&output);
}
END_TEST

START_TEST(a_good_file_is_read_beside_a_bad_one)
{
	ck_assert_int_eq(
	    run("--json", "/nonexistent", "tests/frames/cdp/hdlc.pcap"),
	    READ_NO_FILE);
	ck_assert_uint_eq(count_lines(), 1);
	ck_assert_ptr_nonnull(strstr(buffer_string(&output),
	    "{\"file\":\"tests/frames/cdp/hdlc.pcap\",\"frame\":1,"));
	buffer_done(&output);
}
END_TEST

START_TEST(people_get_lines_and_a_summary)
{
	ck_assert_int_eq(
	    run("tests/frames/cdp/switches.pcap", NULL, NULL), READ_OK);
	ck_assert_ptr_nonnull(strstr(buffer_string(&output),
	    "frame 1: ok\n  protocol             cdp version 2, holds for "
	    "180 s\n"));
	ck_assert_ptr_nonnull(strstr(buffer_string(&output), "says goodbye"));
	ck_assert_ptr_nonnull(strstr(buffer_string(&output),
	    "switches.pcap: 12 frames, 12 neighbors, 0 malformed, 0 not "
	    "discovery\n"));
	buffer_done(&output);
}
END_TEST

START_TEST(no_octet_of_a_neighbor_reaches_the_terminal_raw)
{
	ck_assert_int_eq(run("tests/frames/cdp/switches.pcap",
			     "tests/frames/lldp/stations.pcap", NULL),
	    READ_OK);
	for (const char *c = buffer_string(&output); *c; c++)
		ck_assert(*c == '\n' || (unsigned char)*c >= ' ');
	buffer_done(&output);
}
END_TEST

START_TEST(a_wrong_option_is_named)
{
	ck_assert_int_eq(run("--xml", "x.pcap", NULL), READ_NO_FILE);
	buffer_done(&output);
	ck_assert_int_eq(run(NULL, NULL, NULL), READ_NO_FILE);
	buffer_done(&output);
	ck_assert_int_eq(run("--help", NULL, NULL), READ_OK);
	ck_assert_ptr_nonnull(strstr(buffer_string(&output), "usage:"));
	buffer_done(&output);
}
END_TEST

SUITE("read", json_is_one_object_a_line_one_line_a_frame,
    a_malformed_frame_is_shown_and_makes_the_status_1,
    a_frame_that_is_no_discovery_is_no_fault,
    what_is_no_file_makes_the_status_2, a_good_file_is_read_beside_a_bad_one,
    people_get_lines_and_a_summary,
    no_octet_of_a_neighbor_reaches_the_terminal_raw, a_wrong_option_is_named)
