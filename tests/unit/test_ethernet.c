#include "agent/ethernet.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "tests/support/suite.h"

#define TO_LLDP 0x01, 0x80, 0xc2, 0x00, 0x00, 0x0e
#define TO_CISCO 0x01, 0x00, 0x0c, 0xcc, 0xcc, 0xcc
#define FROM 0x00, 0x11, 0x22, 0x33, 0x44, 0x55

static struct neighbor n;
static struct cursor payload;

static enum status
read_frame(const uint8_t *octets, size_t size)
{
	neighbor_clear(&n);
	return ethernet_read(cursor_over(octets, size), &n, &payload);
}

/* 'payload' points into the frame, which must outlive it. */
static enum status
read_kept_frame(const uint8_t *octets, size_t size)
{
	static uint8_t kept[64];

	ck_assert_uint_le(size, sizeof(kept));
	memcpy(kept, octets, size);
	return read_frame(kept, size);
}

#define READ(...)                                                              \
	read_kept_frame((const uint8_t[]){ __VA_ARGS__ },                      \
	    sizeof((const uint8_t[]){ __VA_ARGS__ }))

START_TEST(lldp_is_found_by_its_ethertype)
{
	ck_assert_int_eq(
	    READ(TO_LLDP, FROM, 0x88, 0xcc, 'p', 'd', 'u'), STATUS_OK);
	ck_assert_int_eq(n.protocol, PROTOCOL_LLDP);
	ck_assert_int_eq(n.scope, SCOPE_NEAREST_BRIDGE);
	ck_assert_uint_eq(n.vlan_tag_count, 0);
	ck_assert_uint_eq(payload.left, 3);
	ck_assert_int_eq(payload.next[0], 'p');
	ck_assert_uint_eq(n.source_mac[5], 0x55);
	ck_assert_uint_eq(n.destination_mac[5], 0x0e);
}
END_TEST

START_TEST(the_destination_tells_only_the_scope)
{
	ck_assert_int_eq(READ(FROM, FROM, 0x88, 0xcc, 'p'), STATUS_OK);
	ck_assert_int_eq(n.scope, SCOPE_NONE);
	ck_assert_int_eq(
	    READ(1, 0x80, 0xc2, 0, 0, 3, FROM, 0x88, 0xcc, 'p'), STATUS_OK);
	ck_assert_int_eq(n.scope, SCOPE_NEAREST_NON_TPMR_BRIDGE);
	ck_assert_int_eq(
	    READ(1, 0x80, 0xc2, 0, 0, 0, FROM, 0x88, 0xcc, 'p'), STATUS_OK);
	ck_assert_int_eq(n.scope, SCOPE_NEAREST_CUSTOMER_BRIDGE);
	ck_assert_int_eq(READ(1, 0, 0x0c, 0xcd, 0xcd, 0xd0, FROM, 0, 9, 0xaa,
			     0xaa, 3, 0, 0, 0x0c, 0x20, 0, 2),
	    STATUS_OK);
	ck_assert_int_eq(n.scope, SCOPE_TUNNELLED);
	ck_assert_int_eq(n.protocol, PROTOCOL_CDP);
}
END_TEST

START_TEST(tags_of_any_kind_and_number_are_noted_outermost_first)
{
	ck_assert_int_eq(
	    READ(TO_LLDP, FROM, 0x88, 0xa8, 0x60, 0x64, /* service, 3, 100 */
		0x81, 0x00, 0x00, 0x00,                 /* priority tag */
		0x91, 0x00, 0xef, 0xfe,                 /* old QinQ, 7, 4094 */
		0x88, 0xcc, 'p'),
	    STATUS_OK);
	ck_assert_uint_eq(n.vlan_tag_count, 3);
	ck_assert_uint_eq(n.vlan_tags[0].id, 100);
	ck_assert_uint_eq(n.vlan_tags[0].priority, 3);
	ck_assert(n.vlan_tags[0].service);
	ck_assert_uint_eq(n.vlan_tags[1].id, 0);
	ck_assert(!n.vlan_tags[1].service);
	ck_assert_uint_eq(n.vlan_tags[2].id, 4094);
	ck_assert_uint_eq(n.vlan_tags[2].priority, 7);
	ck_assert_uint_eq(payload.left, 1);
}
END_TEST

START_TEST(a_tower_of_tags_ends_with_the_frame)
{
	uint8_t tower[1500];

	memcpy(tower, (const uint8_t[]){ TO_LLDP, FROM }, 12);
	for (size_t at = 12; at < sizeof(tower); at += 4)
		memcpy(tower + at, (const uint8_t[]){ 0x81, 0, 0, 1 }, 4);
	ck_assert_int_eq(read_frame(tower, sizeof(tower)), STATUS_TRUNCATED);
	ck_assert_int_eq(n.protocol, PROTOCOL_NONE);
	ck_assert_uint_eq(n.vlan_tag_count, NEIGHBOR_TAGS_MOST);
	ck_assert_uint_eq(n.lost_items, 1500 / 4 - 3 - NEIGHBOR_TAGS_MOST);
}
END_TEST

START_TEST(snap_tells_the_vendors_protocols_apart)
{
	static const struct {
		uint8_t oui[3], type[2];
		enum protocol protocol;
	} rows[] = {
		{ { 0x00, 0x00, 0x0c }, { 0x20, 0x00 }, PROTOCOL_CDP },
		{ { 0x00, 0xe0, 0x2b }, { 0x00, 0xbb }, PROTOCOL_EDP },
		{ { 0x00, 0xe0, 0x52 }, { 0x20, 0x00 }, PROTOCOL_FDP },
		{ { 0x00, 0x00, 0x81 }, { 0x01, 0xa2 }, PROTOCOL_SONMP },
		{ { 0x00, 0x00, 0x81 }, { 0x01, 0xa1 }, PROTOCOL_SONMP },
		{ { 0x00, 0x00, 0x00 }, { 0x88, 0xcc }, PROTOCOL_LLDP },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		uint8_t frame[] = { TO_CISCO, FROM, 0, 9, 0xaa, 0xaa, 3, 0, 0,
			0, 0, 0, 'p' };

		memcpy(frame + 17, rows[i].oui, 3);
		memcpy(frame + 20, rows[i].type, 2);
		ck_assert_int_eq(read_frame(frame, sizeof(frame)), STATUS_OK);
		ck_assert_int_eq(n.protocol, rows[i].protocol);
		ck_assert_uint_eq(payload.left, 1);
	}
}
END_TEST

START_TEST(padding_behind_the_length_is_cut_off)
{
	ck_assert_int_eq(READ(TO_CISCO, FROM, 0, 10, 0xaa, 0xaa, 3, 0, 0, 0x0c,
			     0x20, 0, 'a', 'b', 0, 0, 0),
	    STATUS_OK);
	ck_assert_uint_eq(payload.left, 2);
}
END_TEST

START_TEST(a_length_that_promises_more_gives_what_is_there)
{
	ck_assert_int_eq(READ(TO_CISCO, FROM, 1, 0, 0xaa, 0xaa, 3, 0, 0, 0x0c,
			     0x20, 0, 'a', 'b'),
	    STATUS_OK);
	ck_assert_uint_eq(payload.left, 2);
}
END_TEST

START_TEST(other_frames_are_not_for_us)
{
	ck_assert_int_eq(
	    READ(TO_LLDP, FROM, 0x08, 0x00, 'i', 'p'), STATUS_UNKNOWN);
	ck_assert_int_eq(READ(TO_LLDP, FROM, 0, 38, 0x42, 0x42, 3, 0, 0, 0, 0,
			     0, 0), /* spanning tree */
	    STATUS_UNKNOWN);
	ck_assert_int_eq(READ(TO_CISCO, FROM, 0, 9, 0xaa, 0xaa, 3, 0, 0, 0x0c,
			     0x20, 0x03, 'v'), /* VTP */
	    STATUS_UNKNOWN);
	ck_assert_int_eq(n.protocol, PROTOCOL_NONE);
}
END_TEST

START_TEST(headers_cut_anywhere_are_truncated)
{
	static const uint8_t frame[] = { TO_CISCO, FROM, 0x81, 0, 0, 1, 0, 8,
		0xaa, 0xaa, 3, 0, 0, 0x0c, 0x20, 0 };

	for (size_t size = 0; size < sizeof(frame); size++) {
		uint8_t *cut = malloc(size ? size : 1);

		memcpy(cut, frame, size);
		ck_assert_int_eq(read_frame(cut, size), STATUS_TRUNCATED);
		ck_assert_int_eq(n.protocol, PROTOCOL_NONE);
		free(cut);
	}
	ck_assert_int_eq(read_frame(frame, sizeof(frame)), STATUS_OK);
}
END_TEST

START_TEST(cisco_hdlc_carries_cdp)
{
	static const uint8_t frame[] = { 0x8f, 0, 0x20, 0, 'p' };
	static const uint8_t other[] = { 0x0f, 0, 0x08, 0, 'i', 'p' };

	neighbor_clear(&n);
	ck_assert_int_eq(
	    hdlc_read(cursor_over(frame, 5), &n, &payload), STATUS_OK);
	ck_assert_int_eq(n.protocol, PROTOCOL_CDP);
	ck_assert_uint_eq(payload.left, 1);
	ck_assert_int_eq(
	    hdlc_read(cursor_over(frame, 3), &n, &payload), STATUS_TRUNCATED);
	ck_assert_int_eq(
	    hdlc_read(cursor_over(other, 6), &n, &payload), STATUS_UNKNOWN);
}
END_TEST

SUITE("ethernet", lldp_is_found_by_its_ethertype,
    the_destination_tells_only_the_scope,
    tags_of_any_kind_and_number_are_noted_outermost_first,
    a_tower_of_tags_ends_with_the_frame, snap_tells_the_vendors_protocols_apart,
    padding_behind_the_length_is_cut_off,
    a_length_that_promises_more_gives_what_is_there,
    other_frames_are_not_for_us, headers_cut_anywhere_are_truncated,
    cisco_hdlc_carries_cdp)
