#include "agent/edp.h"

#include <check.h>

#include "tests/support/suite.h"

static struct neighbor n; /* too large for a stack */

static enum status
decode(const void *packet, size_t size)
{
	neighbor_clear(&n);
	return edp_decode(cursor_over(packet, size), &n);
}

#define DECODE(packet) decode(packet, sizeof(packet) - 1)

/* version, reserved, size, checksum, sequence, kind of machine, its MAC */
#define HEADER(size)                                                           \
	"\x01\x00\x00" size "\x00\x00\x00\x07\x00\x00\x02\x04\x96\x51\x00\x01"
#define NULL_TLV "\x99\x00\x00\x04"
#define DISPLAY                                                                \
	"\x99\x01\x00\x08"                                                     \
	"core"
#define INFO                                                                   \
	"\x99\x02\x00\x14\x00\x01\x00\x0d\x00\x00\x00\x00\x00\x00\x00\x00"     \
	"\x0f\x03\x01\x04"
#define VLAN                                                                   \
	"\x99\x05\x00\x13\x80\x00\x00\x8c\x00\x00\x00\x00\x0a\x01\x28\x01vm\0"

static const char *
name_of(struct text text)
{
	const char *string = neighbor_text(&n, text);

	return string ? string : "(absent)";
}

START_TEST(slot_and_port_count_from_one)
{
	ck_assert_int_eq(
	    DECODE(HEADER("\x30") DISPLAY INFO NULL_TLV), STATUS_OK);
	ck_assert_int_eq(n.chassis_id.type, ID_MAC);
	ck_assert_str_eq(name_of(n.system_name), "core");
	ck_assert_str_eq(name_of(n.port_id.value), "2:14");
	ck_assert_str_eq(name_of(n.software), "15.3.1.4");
	ck_assert(!(n.has & HAS_TTL));
}
END_TEST

START_TEST(a_packet_may_tell_vlans_only)
{
	ck_assert_int_eq(DECODE(HEADER("\x27") VLAN NULL_TLV), STATUS_OK);
	ck_assert_int_eq(n.port_id.type, ID_NONE);
	ck_assert_uint_eq(n.vlan_count, 1);
	ck_assert_uint_eq(n.vlans[0].id, 140);
	ck_assert_str_eq(name_of(n.vlans[0].name), "vm");
	ck_assert_uint_eq(n.address_count, 1);
}
END_TEST

START_TEST(what_stands_behind_the_size_is_not_read)
{
	ck_assert_int_eq(DECODE(HEADER("\x10") DISPLAY), STATUS_OK);
	ck_assert_uint_eq(n.system_name.at, 0);
}
END_TEST

START_TEST(what_stands_behind_the_null_is_not_read)
{
	ck_assert_int_eq(DECODE(HEADER("\x1c") NULL_TLV DISPLAY), STATUS_OK);
	ck_assert_uint_eq(n.system_name.at, 0);
}
END_TEST

START_TEST(a_size_beyond_the_packet_is_truncated)
{
	ck_assert_int_eq(DECODE(HEADER("\x80") DISPLAY), STATUS_TRUNCATED);
	ck_assert_int_eq(n.protocol, PROTOCOL_EDP);
}
END_TEST

START_TEST(a_size_below_the_header_is_truncated)
{
	ck_assert_int_eq(DECODE(HEADER("\x05") DISPLAY), STATUS_TRUNCATED);
}
END_TEST

START_TEST(a_tlv_without_its_marker_spoils_the_packet)
{
	ck_assert_int_eq(DECODE(HEADER("\x18") "\x98\x01\x00\x08"
					       "core"),
	    STATUS_MALFORMED);
}
END_TEST

START_TEST(a_tlv_shorter_than_its_header_spoils_the_packet)
{
	ck_assert_int_eq(
	    DECODE(HEADER("\x14") "\x99\x01\x00\x03"), STATUS_TRUNCATED);
}
END_TEST

START_TEST(what_only_carries_another_protocol_is_not_discovery)
{
	ck_assert_int_eq(DECODE(HEADER("\x18") "\x99\x0b\x00\x08"
					       "eaps"),
	    STATUS_UNKNOWN);
}
END_TEST

START_TEST(only_version_1_exists)
{
	ck_assert_int_eq(DECODE("\x02\x00\x00\x10"), STATUS_MALFORMED);
	ck_assert_int_eq(DECODE("\x01\x00\x00"), STATUS_TRUNCATED);
}
END_TEST

SUITE("edp", slot_and_port_count_from_one, a_packet_may_tell_vlans_only,
    what_stands_behind_the_size_is_not_read,
    what_stands_behind_the_null_is_not_read,
    a_size_beyond_the_packet_is_truncated, a_size_below_the_header_is_truncated,
    a_tlv_without_its_marker_spoils_the_packet,
    a_tlv_shorter_than_its_header_spoils_the_packet,
    what_only_carries_another_protocol_is_not_discovery, only_version_1_exists)
