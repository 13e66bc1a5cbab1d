#include "agent/capture_filter.h"

#include <check.h>
#include <pcap/pcap.h>
#include <stdbool.h>
#include <string.h>

#include "tests/support/suite.h"

enum { FRAME_SIZE = 64 };

static struct bpf_insn code[CAPTURE_FILTER_MOST];

/* Does a frame pass: destination, then what stands behind the source? */
static bool
passes(const char *destination, const char *rest, size_t size)
{
	static struct capture_filter filter;
	uint8_t frame[FRAME_SIZE] = { 0 };

	if (filter.size == 0) {
		ck_assert_int_eq(capture_filter_compile(&filter), STATUS_OK);
		for (unsigned i = 0; i < filter.size; i++)
			code[i] = (struct bpf_insn){ filter.code[i].code,
				filter.code[i].jt, filter.code[i].jf,
				filter.code[i].k };
	}
	memcpy(frame, destination, 6);
	memcpy(frame + 12, rest, size);
	return bpf_filter(code, frame, FRAME_SIZE, FRAME_SIZE) > 0;
}

static const char lldp[] = "\x88\xcc";
static const char cdp[] = "\x00\x20\xaa\xaa\x03\x00\x00\x0c\x20\x00";
static const char nearest[] = "\x01\x80\xc2\x00\x00\x0e";
static const char customer[] = "\x01\x80\xc2\x00\x00\x00";
static const char cisco[] = "\x01\x00\x0c\xcc\xcc\xcc";

#define PASSES(to, rest) passes(to, rest, sizeof(rest) - 1)

START_TEST(each_protocol_passes)
{
	ck_assert(PASSES(nearest, lldp));
	ck_assert(PASSES("\x01\x80\xc2\x00\x00\x03", lldp));
	ck_assert(PASSES(customer, lldp));
	ck_assert(PASSES(cisco, cdp));
	ck_assert(PASSES("\x01\x00\x0c\xcd\xcd\xd0", cdp));
	ck_assert(PASSES("\x00\xe0\x2b\x00\x00\x00",
	    "\x00\x20\xaa\xaa\x03\x00\xe0\x2b\x00\xbb"));
	ck_assert(PASSES("\x01\xe0\x52\xcc\xcc\xcc", cdp));
	ck_assert(PASSES("\x01\x00\x81\x00\x01\x00", cdp));
	ck_assert(PASSES("\x01\x00\x81\x00\x01\x01", cdp));
}
END_TEST

START_TEST(every_stack_of_tags_passes)
{
	ck_assert(PASSES(nearest, "\x81\x00\x00\x00\x88\xcc"));
	ck_assert(PASSES(nearest, "\x81\x00\xe0\x01\x88\xcc"));
	ck_assert(PASSES(nearest, "\x88\xa8\x00\x0a\x81\x00\x00\x14\x88\xcc"));
	ck_assert(PASSES(
	    cisco, "\x81\x00\x00\x05\x00\x20\xaa\xaa\x03\x00\x00\x0c\x20"));
}
END_TEST

START_TEST(what_others_send_to_these_addresses_stays_out)
{
	ck_assert(!PASSES(customer, "\x00\x26\x42\x42\x03"));
	ck_assert(!PASSES("\x01\x80\xc2\x00\x00\x03", "\x88\x8e"));
	ck_assert(!PASSES(nearest, "\x88\xf7"));
	ck_assert(!PASSES(cisco, "\x00\x20\xaa\xaa\x03\x00\x00\x0c\x20\x04"));
	ck_assert(!PASSES(cisco, "\x00\x20\xaa\xaa\x03\x00\x00\x0c\x20\x03"));
	ck_assert(!PASSES(cisco, "\x00\x20\xaa\xaa\x03\x00\x00\x0c\x01\x11"));
	ck_assert(!PASSES(cisco, "\x00\x20\xaa\xaa\x03\x00\x00\x0c\x01\x04"));
}
END_TEST

START_TEST(nothing_else_passes)
{
	ck_assert(!PASSES("\xff\xff\xff\xff\xff\xff", lldp));
	ck_assert(!PASSES("\x01\x80\xc2\x00\x00\x02", "\x88\x09"));
	ck_assert(!PASSES("\x01\x00\x0c\xcc\xcc\xcd", cdp));
	ck_assert(!PASSES("\x01\x00\x5e\x00\x00\x01", "\x08\x00"));
}
END_TEST

START_TEST(each_address_of_the_filter_is_joined)
{
	const struct capture_address *addresses;
	size_t count = capture_addresses(&addresses);

	ck_assert_uint_eq(count, 9);
	for (size_t i = 0; i < count; i++)
		ck_assert(PASSES((const char *)addresses[i].octets, lldp));
}
END_TEST

SUITE("capture_filter", each_protocol_passes, every_stack_of_tags_passes,
    what_others_send_to_these_addresses_stays_out, nothing_else_passes,
    each_address_of_the_filter_is_joined)
