#include "collector/coding.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>
#include <zstd.h>

#include "base/gzip.h"
#include "tests/support/suite.h"

enum { LIMIT = 1024 * 1024, TEXT_SIZE = 20000 };

static char text[TEXT_SIZE], packed[2 * TEXT_SIZE];
static struct buffer out;

/* Something that shrinks to a fifth or so. */
static void
make_text(void)
{
	unsigned number = 1;

	for (size_t i = 0; i < sizeof(text); i++) {
		number = number * 1103515245 + 12345;
		text[i] = "0123456789abcdef"[i % 5 ? 0 : number >> 28];
	}
}

static size_t
pack(enum coding coding, const char *octets, size_t size, char *to, size_t room)
{
	z_stream z = { 0 };

	if (coding == CODING_ZSTD) {
		size_t got = ZSTD_compress(to, room, octets, size, 3);

		ck_assert(!ZSTD_isError(got));
		return got;
	}
	ck_assert_int_eq(deflateInit2(&z, 6, Z_DEFLATED, 16 + MAX_WBITS, 8,
			     Z_DEFAULT_STRATEGY),
	    Z_OK);
	memcpy(&z.next_in, &octets, sizeof(z.next_in));
	z.avail_in = (uInt)size;
	z.next_out = (Bytef *)to;
	z.avail_out = (uInt)room;
	ck_assert_int_eq(deflate(&z, Z_FINISH), Z_STREAM_END);
	(void)deflateEnd(&z);
	return room - z.avail_out;
}

static enum status
unpack(enum coding coding, const char *octets, size_t size, size_t limit)
{
	buffer_done(&out);
	buffer_init(&out, limit);
	return coding_unpack(coding, octets, size, &out);
}

static const enum coding codings[] = { CODING_GZIP, CODING_ZSTD };

START_TEST(the_names_of_codings_are_read)
{
	ck_assert_int_eq(coding_of(NULL), CODING_NONE);
	ck_assert_int_eq(coding_of(""), CODING_NONE);
	ck_assert_int_eq(coding_of("identity"), CODING_NONE);
	ck_assert_int_eq(coding_of("GZip"), CODING_GZIP);
	ck_assert_int_eq(coding_of("x-gzip"), CODING_GZIP);
	ck_assert_int_eq(coding_of("zstd"), CODING_ZSTD);
	ck_assert_int_eq(coding_of("br"), CODING_UNKNOWN);
	ck_assert_int_eq(coding_of("gzip, gzip"), CODING_UNKNOWN);
	ck_assert_int_eq(coding_of("deflate"), CODING_UNKNOWN);
}
END_TEST

START_TEST(what_was_packed_comes_out)
{
	make_text();
	for (size_t i = 0; i < 2; i++) {
		size_t size = pack(
		    codings[i], text, sizeof(text), packed, sizeof(packed));

		ck_assert_uint_lt(size, sizeof(text) / 2);
		ck_assert_int_eq(
		    unpack(codings[i], packed, size, LIMIT), STATUS_OK);
		ck_assert_uint_eq(out.size, sizeof(text));
		ck_assert_mem_eq(out.octets, text, sizeof(text));
		/* Twice in a row is one body. */
		memcpy(packed + size, packed, size);
		ck_assert_int_eq(
		    unpack(codings[i], packed, 2 * size, LIMIT), STATUS_OK);
		ck_assert_uint_eq(out.size, 2 * sizeof(text));
	}
	buffer_done(&out);
}
END_TEST

START_TEST(what_the_agent_packs_is_unpacked)
{
	struct buffer sent;

	make_text();
	buffer_init(&sent, LIMIT);
	ck_assert_int_eq(
	    gzip_pack(text, sizeof(text), GZIP_SOME, &sent), STATUS_OK);
	ck_assert_int_eq(
	    unpack(CODING_GZIP, sent.octets, sent.size, LIMIT), STATUS_OK);
	ck_assert_mem_eq(out.octets, text, sizeof(text));
	buffer_clear(&sent);
	/* What does not shrink is not worth it. */
	ck_assert_int_eq(
	    gzip_pack("abc", 3, GZIP_SOME, &sent), STATUS_TOO_LARGE);
	buffer_done(&sent);
	buffer_done(&out);
}
END_TEST

START_TEST(a_body_cut_anywhere_is_refused)
{
	make_text();
	for (size_t i = 0; i < 2; i++) {
		size_t size = pack(codings[i], text, 400, packed, 800);

		for (size_t cut = 0; cut < size; cut++)
			ck_assert_int_eq(unpack(codings[i], packed, cut, LIMIT),
			    STATUS_TRUNCATED);
	}
	buffer_done(&out);
}
END_TEST

START_TEST(what_is_no_such_coding_is_refused)
{
	for (size_t i = 0; i < 2; i++) {
		size_t size;

		ck_assert_int_eq(
		    unpack(codings[i], "{\"version\":1}", 13, LIMIT),
		    STATUS_MALFORMED);
		make_text();
		size = pack(codings[i], text, 400, packed, 800);
		memcpy(packed + size, "trailing garbage", 16);
		ck_assert_int_eq(unpack(codings[i], packed, size + 16, LIMIT),
		    STATUS_MALFORMED);
	}
	ck_assert_int_eq(unpack(CODING_UNKNOWN, "x", 1, LIMIT), STATUS_UNKNOWN);
	buffer_done(&out);
}
END_TEST

START_TEST(a_gzip_with_a_wrong_checksum_is_refused)
{
	size_t size;

	make_text();
	size = pack(CODING_GZIP, text, 400, packed, 800);
	packed[size - 6] ^= 1;
	ck_assert_int_eq(
	    unpack(CODING_GZIP, packed, size, LIMIT), STATUS_MALFORMED);
	buffer_done(&out);
}
END_TEST

START_TEST(what_grows_beyond_the_limit_is_refused)
{
	make_text();
	for (size_t i = 0; i < 2; i++) {
		size_t size = pack(
		    codings[i], text, sizeof(text), packed, sizeof(packed));

		ck_assert_int_eq(
		    unpack(codings[i], packed, size, sizeof(text) + 1),
		    STATUS_OK);
		ck_assert_int_eq(unpack(codings[i], packed, size, sizeof(text)),
		    STATUS_TOO_LARGE);
		ck_assert_int_eq(
		    unpack(codings[i], packed, size, 100), STATUS_TOO_LARGE);
		ck_assert_uint_le(out.capacity, 101);
	}
	buffer_done(&out);
}
END_TEST

START_TEST(what_grows_by_too_much_is_refused)
{
	char *nothing = calloc(1, LIMIT / 2);

	ck_assert_ptr_nonnull(nothing);
	for (size_t i = 0; i < 2; i++) {
		size_t size = pack(
		    codings[i], nothing, LIMIT / 2, packed, sizeof(packed));

		ck_assert_int_eq(
		    unpack(codings[i], packed, size, LIMIT), STATUS_TOO_LARGE);
		/* What is small anyway may be as it is. */
		size = pack(codings[i], nothing, CODING_SMALL - 1, packed,
		    sizeof(packed));
		ck_assert_int_eq(
		    unpack(codings[i], packed, size, LIMIT), STATUS_OK);
	}
	free(nothing);
	buffer_done(&out);
}
END_TEST

START_TEST(a_window_beyond_every_body_is_refused)
{
	/* Magic, no size of the content, a window of 1 GiB, an empty block. */
	static const char frame[] = "\x28\xb5\x2f\xfd\x00\xa0\x01\x00";

	ck_assert_int_eq(
	    unpack(CODING_ZSTD, frame, 9, LIMIT), STATUS_TOO_LARGE);
	buffer_done(&out);
}
END_TEST

SUITE("coding", the_names_of_codings_are_read, what_was_packed_comes_out,
    what_the_agent_packs_is_unpacked, a_body_cut_anywhere_is_refused,
    what_is_no_such_coding_is_refused, a_gzip_with_a_wrong_checksum_is_refused,
    what_grows_beyond_the_limit_is_refused, what_grows_by_too_much_is_refused,
    a_window_beyond_every_body_is_refused)
