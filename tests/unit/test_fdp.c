#include "agent/fdp.h"

#include <check.h>

#include "tests/support/suite.h"

static struct neighbor n; /* too large for a stack */

static enum status
decode(const void *packet, size_t size)
{
	neighbor_clear(&n);
	return fdp_decode(cursor_over(packet, size), &n);
}

#define DECODE(packet) decode(packet, sizeof(packet) - 1)

#define HEADER "\x01\x0a\x00\x00"
#define NAME "\x00\x01\x00\x07mlx"

static bool
has_vlan(unsigned id)
{
	return n.vlan_bitmap[id / 8] >> id % 8 & 1;
}

START_TEST(the_lowest_bit_of_the_first_octet_is_vlan_1)
{
	ck_assert_int_eq(
	    DECODE(HEADER NAME "\x01\x01\x00\x06\x81\x02"), STATUS_OK);
	ck_assert(n.has & HAS_VLAN_BITMAP);
	for (unsigned id = 0; id < 4096; id++)
		ck_assert_int_eq(has_vlan(id), id == 1 || id == 8 || id == 10);
}
END_TEST

START_TEST(the_last_bit_of_a_whole_bitmap_does_no_harm)
{
	uint8_t packet[4 + 7 + 4 + 512] = HEADER NAME "\x01\x01\x02\x04";

	memset(packet + 15, 0xff, 512);
	ck_assert_int_eq(decode(packet, sizeof(packet)), STATUS_OK);
	ck_assert(!has_vlan(0));
	for (unsigned id = 1; id < 4096; id++)
		ck_assert(has_vlan(id));
}
END_TEST

START_TEST(capabilities_are_a_word)
{
	ck_assert_int_eq(
	    DECODE(HEADER NAME "\x00\x04\x00\x0aRouter"), STATUS_OK);
	ck_assert_uint_eq(n.capabilities_enabled, CAPABILITY_ROUTER);
	ck_assert_int_eq(DECODE(HEADER NAME "\x00\x04\x00\x08Rout"), STATUS_OK);
	ck_assert(!(n.has & HAS_CAPABILITIES));
	ck_assert_uint_eq(n.skipped_tlvs, 1);
}
END_TEST

START_TEST(a_native_vlan_of_0_or_4095_is_none)
{
	ck_assert_int_eq(
	    DECODE(HEADER NAME "\x01\x02\x00\x08\x00\x00\x81\x00"), STATUS_OK);
	ck_assert(!(n.has & HAS_NATIVE_VLAN));
	/* MLX */
	ck_assert_int_eq(
	    DECODE(HEADER NAME "\x01\x02\x00\x08\x0f\xff\x81\x00"), STATUS_OK);
	ck_assert(!(n.has & HAS_NATIVE_VLAN));
	ck_assert_uint_eq(n.skipped_tlvs, 0);
	ck_assert_int_eq(
	    DECODE(HEADER NAME "\x01\x02\x00\x08\x00\x0a\x81\x00"), STATUS_OK);
	ck_assert_uint_eq(n.native_vlan, 10);
}
END_TEST

START_TEST(version_and_device_id_are_needed)
{
	ck_assert_int_eq(DECODE(HEADER), STATUS_MALFORMED);
	ck_assert_int_eq(DECODE("\x02\x0a\x00\x00" NAME), STATUS_MALFORMED);
	ck_assert_int_eq(DECODE("\x01\x0a\x00"), STATUS_TRUNCATED);
}
END_TEST

SUITE("fdp", the_lowest_bit_of_the_first_octet_is_vlan_1,
    the_last_bit_of_a_whole_bitmap_does_no_harm, capabilities_are_a_word,
    a_native_vlan_of_0_or_4095_is_none, version_and_device_id_are_needed)
