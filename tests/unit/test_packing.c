#include "collector/packing.h"

#include <check.h>
#include <string.h>

#include "tests/support/suite.h"

START_TEST(it_is_read_whether_gzip_is_taken)
{
	static const char *const yes[] = { "gzip", "br, GZIP", "*",
		"gzip;q=0.1", "deflate , gzip ; q=1.0", "identity, *;q=0.5",
		"*;q=0, gzip" };
	static const char *const no[] = { "", "br", "gzip;q=0",
		"gzip ; q=0.000", "gzipped", "gzip;q=0, *", "*;q=0", ",,",
		"x-gzip" };

	for (size_t i = 0; i < sizeof(yes) / sizeof(yes[0]); i++)
		ck_assert_msg(packing_takes_gzip(yes[i]), "%s", yes[i]);
	for (size_t i = 0; i < sizeof(no) / sizeof(no[0]); i++)
		ck_assert_msg(!packing_takes_gzip(no[i]), "%s", no[i]);
	ck_assert(!packing_takes_gzip(NULL));
}
END_TEST

START_TEST(a_tag_is_found_among_others)
{
	static const char *const yes[] = { "\"a\"", "W/\"a\"", "*",
		"\"b\", \"a\"", "W/\"b\",W/\"a\"", "\"x,y\", \"a\"" };
	static const char *const no[] = { "", "a", "\"b\"", "\"ab\"", "\"",
		"W/", "\"x\"a\"", "junk" };

	for (size_t i = 0; i < sizeof(yes) / sizeof(yes[0]); i++)
		ck_assert_msg(packing_has_tag(yes[i], "\"a\""), "%s", yes[i]);
	for (size_t i = 0; i < sizeof(no) / sizeof(no[0]); i++)
		ck_assert_msg(!packing_has_tag(no[i], "\"a\""), "%s", no[i]);
	ck_assert(!packing_has_tag(NULL, "\"a\""));
}
END_TEST

/* Finishes a reply of so many octets. */
static struct reply
finish(const char *accepted, const char *tags, const char *type, size_t size)
{
	struct request request = { .accept_encoding = accepted,
		.if_none_match = tags };
	struct reply reply;

	reply_init(&reply);
	reply.content_type = type;
	for (size_t i = 0; i < size; i++)
		buffer_char(&reply.body, 'x');
	packing_finish(&request, &reply);
	return reply;
}

START_TEST(what_is_large_is_packed_for_who_takes_it)
{
	struct reply r = finish("gzip", NULL, "application/json", 5000);
	char tag[sizeof(r.etag)];

	ck_assert_str_eq(r.content_encoding, "gzip");
	ck_assert_str_eq(r.vary, "Accept-Encoding");
	ck_assert_uint_lt(r.body.size, 500);
	ck_assert_int_eq(strncmp(r.etag, "W/\"", 3), 0);
	memcpy(tag, r.etag, sizeof(tag));
	reply_done(&r);
	r = finish(NULL, NULL, "application/json", 5000);
	ck_assert_ptr_null(r.content_encoding);
	ck_assert_str_eq(r.vary, "Accept-Encoding");
	ck_assert_uint_eq(r.body.size, 5000);
	ck_assert_str_eq(r.etag, tag);
	reply_done(&r);
	r = finish("gzip", NULL, "application/json", 1000);
	ck_assert_ptr_null(r.content_encoding);
	ck_assert_str_ne(r.etag, tag);
	reply_done(&r);
	r = finish("gzip", NULL, "font/woff2", 5000);
	ck_assert_ptr_null(r.content_encoding);
	ck_assert_ptr_null(r.vary);
	ck_assert_int_eq(r.etag[0], '"');
	reply_done(&r);
}
END_TEST

START_TEST(what_has_not_changed_is_left_out)
{
	struct reply r = finish("gzip", NULL, "text/csv", 5000);
	char tag[sizeof(r.etag)];

	memcpy(tag, r.etag, sizeof(tag));
	reply_done(&r);
	r = finish("gzip", tag, "text/csv", 5000);
	ck_assert_uint_eq(r.status, 304);
	ck_assert_uint_eq(r.body.size + r.size, 0);
	ck_assert_ptr_null(r.content_encoding);
	ck_assert_str_eq(r.etag, tag);
	reply_done(&r);
	r = finish("gzip", tag, "text/csv", 5001);
	ck_assert_uint_eq(r.status, 200);
	reply_done(&r);
}
END_TEST

SUITE("packing", it_is_read_whether_gzip_is_taken, a_tag_is_found_among_others,
    what_is_large_is_packed_for_who_takes_it, what_has_not_changed_is_left_out)
