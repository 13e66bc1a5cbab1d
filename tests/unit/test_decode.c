#include "agent/decode.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "tests/support/suite.h"

#define TO_LLDP 0x01, 0x80, 0xc2, 0x00, 0x00, 0x0e
#define TO_CISCO 0x01, 0x00, 0x0c, 0xcc, 0xcc, 0xcc
#define FROM 0x00, 0x11, 0x22, 0x33, 0x44, 0x55
#define SNAP 0xaa, 0xaa, 0x03
#define CDP_SNAP SNAP, 0x00, 0x00, 0x0c, 0x20, 0x00

static struct neighbor n;
static const char *reason;

static enum decode_result
decode(enum link_type link, const uint8_t *octets, size_t size)
{
	uint8_t *copy = malloc(size ? size : 1);
	enum decode_result result;

	memcpy(copy, octets, size);
	memset(&n, 0xaa, sizeof(n));
	result = decode_frame(link, cursor_over(copy, size), &n, &reason);
	free(copy);
	return result;
}

#define DECODE(link, ...)                                                      \
	decode(link, (const uint8_t[]){ __VA_ARGS__ },                         \
	    sizeof((const uint8_t[]){ __VA_ARGS__ }))

START_TEST(an_lldp_frame_under_a_tag_gives_a_neighbor)
{
	ck_assert_int_eq(DECODE(LINK_ETHERNET, TO_LLDP, FROM, 0x81, 0x00, 0xe0,
			     0x01, 0x88, 0xcc, /* tag: VLAN 1, priority 7 */
			     0x02, 2, 7, 'c',  /* chassis */
			     0x04, 2, 7, 'p',  /* port */
			     0x06, 2, 0, 120, 0, 0),
	    DECODE_OK);
	ck_assert_ptr_null(reason);
	ck_assert_int_eq(n.protocol, PROTOCOL_LLDP);
	ck_assert_int_eq(n.scope, SCOPE_NEAREST_BRIDGE);
	ck_assert_uint_eq(n.vlan_tags[0].id, 1);
	ck_assert_uint_eq(n.source_mac[1], 0x11);
	ck_assert_str_eq(neighbor_text(&n, n.port_id.value), "p");
}
END_TEST

START_TEST(a_cdp_packet_is_cut_to_the_length_of_802_3)
{
	ck_assert_int_eq(DECODE(LINK_ETHERNET, TO_CISCO, FROM, 0, 18, CDP_SNAP,
			     2, 180, 0, 0,         /* version, TTL, checksum */
			     0, 1, 0, 6, 's', 'w', /* device ID */
			     0xff, 0xff, 0xff, 0xff), /* padding */
	    DECODE_OK);
	ck_assert_int_eq(n.protocol, PROTOCOL_CDP);
	ck_assert_uint_eq(n.unknown_count, 0);
	ck_assert_uint_eq(n.skipped_tlvs, 0);
	ck_assert_str_eq(neighbor_text(&n, n.chassis_id.value), "sw");
}
END_TEST

START_TEST(cdp_over_cisco_hdlc_gives_a_neighbor_without_macs)
{
	static const uint8_t no_mac[MAC_SIZE];

	ck_assert_int_eq(DECODE(LINK_CISCO_HDLC, 0x8f, 0, 0x20, 0, 2, 180, 0, 0,
			     0, 1, 0, 6, 's', 'w'),
	    DECODE_OK);
	ck_assert_int_eq(n.protocol, PROTOCOL_CDP);
	ck_assert_mem_eq(n.source_mac, no_mac, MAC_SIZE);
}
END_TEST

START_TEST(other_frames_are_no_discovery_and_leave_nothing)
{
	ck_assert_int_eq(DECODE(LINK_ETHERNET, TO_LLDP, FROM, 0x08, 0x00, 0x45),
	    DECODE_NOT_DISCOVERY);
	ck_assert_int_eq(n.protocol, PROTOCOL_NONE);
	ck_assert_str_eq(reason, "neither LLDP, CDP, EDP, FDP nor SONMP");
	ck_assert_int_eq(DECODE(LINK_ETHERNET, TO_LLDP), DECODE_NOT_DISCOVERY);
	ck_assert_str_eq(reason, "the frame ends within its headers");
	ck_assert_int_eq(
	    DECODE(LINK_CISCO_HDLC, TO_LLDP), DECODE_NOT_DISCOVERY);
}
END_TEST

START_TEST(a_malformed_frame_says_why)
{
	ck_assert_int_eq(DECODE(LINK_ETHERNET, TO_LLDP, FROM, 0x88, 0xcc, 0x02,
			     2, 7, 'c', 0, 0),
	    DECODE_MALFORMED);
	ck_assert_str_eq(reason, "the port ID is missing or bad");
	ck_assert_int_eq(n.protocol, PROTOCOL_LLDP);
	ck_assert_int_eq(DECODE(LINK_ETHERNET, TO_LLDP, FROM, 0x88, 0xcc, 0x02,
			     2, 7, 'c', 0x04, 2, 7, 'p', 0, 0),
	    DECODE_MALFORMED);
	ck_assert_str_eq(reason, "the TTL is missing or bad");
	ck_assert_int_eq(DECODE(LINK_ETHERNET, TO_LLDP, FROM, 0x88, 0xcc, 0, 0),
	    DECODE_MALFORMED);
	ck_assert_str_eq(reason, "the chassis ID is missing or bad");
	ck_assert_int_eq(n.protocol, PROTOCOL_NONE);
	ck_assert_int_eq(
	    DECODE(LINK_ETHERNET, TO_LLDP, FROM, 0x88, 0xcc, 0x02, 9, 7),
	    DECODE_MALFORMED);
	ck_assert_str_eq(reason, "a field reaches beyond the end of the frame");
}
END_TEST

START_TEST(results_have_the_words_of_documents)
{
	ck_assert_str_eq(decode_result_name(DECODE_OK), "ok");
	ck_assert_str_eq(decode_result_name(DECODE_MALFORMED), "malformed");
	ck_assert_str_eq(
	    decode_result_name(DECODE_NOT_DISCOVERY), "not_discovery");
}
END_TEST

SUITE("decode", an_lldp_frame_under_a_tag_gives_a_neighbor,
    a_cdp_packet_is_cut_to_the_length_of_802_3,
    cdp_over_cisco_hdlc_gives_a_neighbor_without_macs,
    other_frames_are_no_discovery_and_leave_nothing, a_malformed_frame_says_why,
    results_have_the_words_of_documents)
