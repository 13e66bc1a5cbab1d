#include "agent/savefile.h"

#include <check.h>
#include <stdlib.h>

#include "tests/support/suite.h"

/* A file header, both byte orders and resolutions; link type 1 or another. */
#define HEADER_BIG "\xa1\xb2\xc3\xd4\0\2\0\4\0\0\0\0\0\0\0\0\0\0\xff\xff"
#define HEADER_LITTLE "\xd4\xc3\xb2\xa1\2\0\4\0\0\0\0\0\0\0\0\0\xff\xff\0\0"
#define HEADER_NANO "\x4d\x3c\xb2\xa1\2\0\4\0\0\0\0\0\0\0\0\0\xff\xff\0\0"
#define ONE_FRAME_BIG "\0\0\0\1\0\0\0\0\0\0\0\3\0\0\0\3abc"
#define ONE_FRAME_LITTLE "\1\0\0\0\0\0\0\0\3\0\0\0\3\0\0\0abc"

static char error[SAVEFILE_ERROR_SIZE];
static struct savefile *file;

static enum status
open_octets(const void *octets, size_t size)
{
	/* The stream does not write: the cast is safe. */
	FILE *stream = fmemopen((void *)(uintptr_t)octets, size, "rb");

	ck_assert_ptr_nonnull(stream);
	return savefile_open_stream(stream, &file, error);
}

#define OPEN(octets) open_octets(octets, sizeof(octets) - 1)

static void
expect_one_frame(void)
{
	struct cursor frame;

	ck_assert_int_eq(savefile_next(file, &frame, error), STATUS_OK);
	ck_assert_uint_eq(frame.left, 3);
	ck_assert_mem_eq(frame.next, "abc", 3);
	ck_assert_int_eq(savefile_next(file, &frame, error), STATUS_OK);
	ck_assert(!cursor_ok(&frame));
	savefile_free(file);
}

START_TEST(byte_order_and_resolution_do_not_matter)
{
	ck_assert_int_eq(OPEN(HEADER_BIG "\0\0\0\1" ONE_FRAME_BIG), STATUS_OK);
	ck_assert_int_eq(savefile_link(file), LINK_ETHERNET);
	expect_one_frame();
	ck_assert_int_eq(
	    OPEN(HEADER_LITTLE "\1\0\0\0" ONE_FRAME_LITTLE), STATUS_OK);
	expect_one_frame();
	ck_assert_int_eq(
	    OPEN(HEADER_NANO "\1\0\0\0" ONE_FRAME_LITTLE), STATUS_OK);
	expect_one_frame();
}
END_TEST

START_TEST(cisco_hdlc_is_read_too)
{
	ck_assert_int_eq(
	    OPEN(HEADER_LITTLE "\x68\0\0\0" ONE_FRAME_LITTLE), STATUS_OK);
	ck_assert_int_eq(savefile_link(file), LINK_CISCO_HDLC);
	expect_one_frame();
}
END_TEST

START_TEST(another_link_type_is_refused_by_name)
{
	ck_assert_int_eq(OPEN(HEADER_LITTLE "\x69\0\0\0"), STATUS_UNKNOWN);
	ck_assert_ptr_nonnull(strstr(error, "IEEE802_11 (105)"));
}
END_TEST

START_TEST(what_is_no_capture_is_refused)
{
	ck_assert_int_eq(
	    OPEN("root:x:0:0:root:/root:/bin/bash"), STATUS_MALFORMED);
	ck_assert_ptr_nonnull(strstr(error, "no capture file"));
	ck_assert_int_eq(OPEN("\xd4\xc3"), STATUS_MALFORMED);
}
END_TEST

START_TEST(a_file_that_ends_within_a_frame_says_so)
{
	struct cursor frame;

	ck_assert_int_eq(
	    OPEN(HEADER_LITTLE "\1\0\0\0"
			       "\1\0\0\0\0\0\0\0\3\0\0\0\3\0\0\0a"),
	    STATUS_OK);
	ck_assert_int_eq(savefile_next(file, &frame, error), STATUS_MALFORMED);
	ck_assert(!cursor_ok(&frame));
	ck_assert_str_ne(error, "");
	savefile_free(file);
}
END_TEST

START_TEST(a_missing_file_is_told_from_one_that_is_none)
{
	ck_assert_int_eq(savefile_open("/nonexistent/x.pcap", &file, error),
	    STATUS_NOT_FOUND);
	ck_assert_str_eq(error, "there is no such file");
	savefile_free(NULL);
}
END_TEST

SUITE("savefile", byte_order_and_resolution_do_not_matter,
    cisco_hdlc_is_read_too, another_link_type_is_refused_by_name,
    what_is_no_capture_is_refused, a_file_that_ends_within_a_frame_says_so,
    a_missing_file_is_told_from_one_that_is_none)
