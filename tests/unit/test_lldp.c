#include "agent/lldp.h"

#include <stdio.h>

#include "tests/support/lldp_frame.h"
#include "tests/support/suite.h"

#define CHASSIS 0x02, 0x02, 7, 'c'
#define PORT 0x04, 0x02, 7, 'p'
#define TTL 0x06, 0x02, 0, 120
#define END 0x00, 0x00

static struct neighbor n;

static enum status
decode(const uint8_t *octets, size_t size)
{
	return decode_copy(octets, size, &n);
}

#define DECODE(...)                                                            \
	decode((const uint8_t[]){ __VA_ARGS__ },                               \
	    sizeof((const uint8_t[]){ __VA_ARGS__ }))

START_TEST(the_shortest_frame_is_read)
{
	ck_assert_int_eq(DECODE(CHASSIS, PORT, TTL, END), STATUS_OK);
	ck_assert_int_eq(n.protocol, PROTOCOL_LLDP);
	ck_assert_int_eq(n.chassis_id.type, ID_LOCAL);
	ck_assert_str_eq(neighbor_text(&n, n.chassis_id.value), "c");
	ck_assert_str_eq(neighbor_text(&n, n.port_id.value), "p");
	ck_assert_uint_eq(n.ttl_s, 120);
	ck_assert_uint_eq(n.skipped_tlvs, 0);
}
END_TEST

/* The copy is exactly as long as the cut, so the address sanitizer notices a
 * read of even one octet too many. */
START_TEST(a_frame_cut_within_its_mandatory_part_is_refused)
{
	static const uint8_t frame[] = { CHASSIS, PORT, TTL };

	for (size_t size = 0; size < sizeof(frame); size++)
		ck_assert_int_ne(decode(frame, size), STATUS_OK);
	ck_assert_int_eq(decode(frame, sizeof(frame)), STATUS_OK);
}
END_TEST

START_TEST(what_could_be_read_of_a_bad_frame_is_shown)
{
	ck_assert_int_eq(DECODE(CHASSIS, PORT), STATUS_MALFORMED);
	ck_assert_int_eq(n.protocol, PROTOCOL_LLDP);
	ck_assert_str_eq(neighbor_text(&n, n.port_id.value), "p");
	ck_assert_int_eq(DECODE(END), STATUS_MALFORMED);
	ck_assert_int_eq(n.protocol, PROTOCOL_NONE);
	ck_assert_int_eq(decode((const uint8_t *)"", 0), STATUS_MALFORMED);
}
END_TEST

START_TEST(mandatory_tlvs_missing_or_out_of_order_are_malformed)
{
	ck_assert_int_eq(DECODE(PORT, CHASSIS, TTL, END), STATUS_MALFORMED);
	ck_assert_int_eq(DECODE(CHASSIS, TTL, END), STATUS_MALFORMED);
	ck_assert_int_eq(DECODE(CHASSIS, PORT, END), STATUS_MALFORMED);
	ck_assert_int_eq(
	    DECODE(CHASSIS, PORT, 0x0a, 1, 's', TTL, END), STATUS_MALFORMED);
	ck_assert_str_eq(neighbor_text(&n, n.system_name), "s");
	ck_assert_uint_eq(n.ttl_s, 120);
}
END_TEST

START_TEST(a_mandatory_tlv_twice_is_malformed_and_the_first_counts)
{
	ck_assert_int_eq(
	    DECODE(CHASSIS, PORT, TTL, 0x06, 2, 0, 9, END), STATUS_MALFORMED);
	ck_assert_uint_eq(n.ttl_s, 120);
}
END_TEST

START_TEST(a_frame_without_end_is_fine)
{
	ck_assert_int_eq(DECODE(CHASSIS, PORT, TTL), STATUS_OK);
}
END_TEST

START_TEST(an_end_with_a_size_and_what_follows_it_are_padding)
{
	ck_assert_int_eq(
	    DECODE(CHASSIS, PORT, TTL, 0x00, 0x02, 1, 2), STATUS_OK);
	ck_assert_int_eq(
	    DECODE(CHASSIS, PORT, TTL, END, 0xff, 0xff, 0xff), STATUS_OK);
	ck_assert_uint_eq(n.skipped_tlvs, 0);
}
END_TEST

START_TEST(a_last_tlv_cut_off_is_counted)
{
	ck_assert_int_eq(DECODE(CHASSIS, PORT, TTL, 0x0a, 9, 's'), STATUS_OK);
	ck_assert_uint_eq(n.skipped_tlvs, 1);
	ck_assert_int_eq(DECODE(CHASSIS, PORT, TTL, 0x0a), STATUS_OK);
	ck_assert_uint_eq(n.skipped_tlvs, 1);
}
END_TEST

START_TEST(ttl_zero_is_a_goodbye_and_not_absent)
{
	ck_assert_int_eq(DECODE(CHASSIS, PORT, 0x06, 2, 0, 0), STATUS_OK);
	ck_assert(n.has & HAS_TTL);
	ck_assert_uint_eq(n.ttl_s, 0);
}
END_TEST

START_TEST(all_subtypes_of_the_chassis_id_have_their_words)
{
	static const enum id_type types[] = { ID_UNKNOWN, ID_CHASSIS_COMPONENT,
		ID_INTERFACE_ALIAS, ID_PORT_COMPONENT, ID_MAC,
		ID_NETWORK_ADDRESS, ID_INTERFACE_NAME, ID_LOCAL, ID_UNKNOWN };

	for (uint8_t subtype = 0; subtype < 9; subtype++) {
		ck_assert_int_eq(DECODE(0x02, 7, subtype, 9, 'b', 'c', 'd', 'e',
				     'f', PORT, TTL),
		    STATUS_OK);
		ck_assert_int_eq(n.chassis_id.type, types[subtype]);
		ck_assert_uint_ne(n.chassis_id.value.at, 0);
	}
}
END_TEST

START_TEST(all_subtypes_of_the_port_id_have_their_words)
{
	static const enum id_type types[] = { ID_UNKNOWN, ID_INTERFACE_ALIAS,
		ID_PORT_COMPONENT, ID_MAC, ID_NETWORK_ADDRESS,
		ID_INTERFACE_NAME, ID_AGENT_CIRCUIT, ID_LOCAL, ID_UNKNOWN };

	for (uint8_t subtype = 0; subtype < 9; subtype++) {
		ck_assert_int_eq(DECODE(CHASSIS, 0x04, 7, subtype, 9, 'b', 'c',
				     'd', 'e', 'f', TTL),
		    STATUS_OK);
		ck_assert_int_eq(n.port_id.type, types[subtype]);
	}
}
END_TEST

START_TEST(an_identifier_of_wrong_size_is_malformed_but_shown)
{
	ck_assert_int_eq(
	    DECODE(0x02, 4, 4, 'a', 'b', 'c', PORT, TTL), STATUS_MALFORMED);
	ck_assert_int_eq(n.chassis_id.type, ID_UNKNOWN);
	ck_assert_str_eq(neighbor_text(&n, n.chassis_id.value), "abc");
	ck_assert_int_eq(DECODE(0x02, 6, 5, 2, 10, 10, 10, 10, PORT, TTL),
	    STATUS_MALFORMED); /* IPv6 of four octets */
	ck_assert_ptr_nonnull(
	    strstr(json_of(&n), "\"value\":\"02:0a:0a:0a:0a\""));
	ck_assert_int_eq(DECODE(0x02, 1, 7, PORT, TTL), STATUS_MALFORMED);
}
END_TEST

START_TEST(a_network_address_is_written_as_one)
{
	ck_assert_int_eq(
	    DECODE(0x02, 6, 5, 1, 10, 1, 2, 3, PORT, TTL), STATUS_OK);
	ck_assert_ptr_nonnull(strstr(json_of(&n),
	    "\"chassis_id\":{\"type\":\"network_address\",\"value\":"
	    "\"10.1.2.3\"}"));
}
END_TEST

START_TEST(the_texts_of_the_base_tlvs_are_read)
{
	EXPECT("\"port_description\":\"pd\",\"system_name\":\"sn\","
	       "\"system_description\":\"sd\"",
	    0x08, 2, 'p', 'd', /* port description */
	    0x0a, 2, 's', 'n', /* system name */
	    0x0c, 2, 's', 'd', /* system description */
	    END);
}
END_TEST

START_TEST(an_optional_tlv_twice_is_skipped)
{
	EXPECT("\"system_name\":\"one\",\"skipped_tlvs\":1", 0x0a, 3, 'o', 'n',
	    'e', 0x0a, 3, 't', 'w', 'o');
}
END_TEST

START_TEST(an_empty_text_is_left_out)
{
	EXPECT("\"ttl_s\":120,\"chassis_id\":{\"type\":\"mac\",\"value\":"
	       "\"00:01:02:03:04:05\"},\"port_id\":{\"type\":"
	       "\"interface_name\",\"value\":\"eth1\"},\"skipped_tlvs\":0}",
	    0x0a, 0);
}
END_TEST

START_TEST(capabilities_are_words)
{
	EXPECT("\"capabilities\":{\"supported\":[\"bridge\",\"router\","
	       "\"tpmr\"],\"enabled\":[\"bridge\"]}",
	    0x0e, 4, 0x04, 0x14, 0x00, 0x04);
	EXPECT("\"skipped_tlvs\":1", 0x0e, 5, 0, 0x04, 0x14, 0x00, 0x04);
}
END_TEST

START_TEST(management_addresses_of_all_families_are_listed)
{
	EXPECT("\"management_addresses\":[\"10.0.0.1\",\"2001:db8::1\","
	       "\"00:01:02:03:04:05\"],\"skipped_tlvs\":0",
	    0x10, 12, 5, 1, 10, 0, 0, 1, 2, 0, 0, 0, 7, 0, /* IPv4 */
	    0x10, 24, 17, 2, 0x20, 1, 0xd, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
	    0, 1, 2, 0, 0, 0, 7, 0, /* IPv6 */
	    0x10, 16, 7, 6, 0, 1, 2, 3, 4, 5, 2, 0, 0, 0, 7, 2, 0x2b, 6);
}
END_TEST

START_TEST(a_bad_management_address_costs_itself)
{
	/* family unknown, size of another family, OID cut off, no room */
	EXPECT("\"skipped_tlvs\":4", 0x10, 12, 5, 99, 10, 0, 0, 1, 2, 0, 0, 0,
	    7, 0,                                          /* family 99 */
	    0x10, 12, 5, 2, 10, 0, 0, 1, 2, 0, 0, 0, 7, 0, /* short IPv6 */
	    0x10, 12, 5, 1, 10, 0, 0, 1, 2, 0, 0, 0, 7, 9, /* OID cut */
	    0x10, 9, 31, 1, 10, 0, 0, 1, 2, 0, 0);         /* string cut */
}
END_TEST

START_TEST(unknown_types_and_organizations_are_listed)
{
	EXPECT("\"unknown_tlvs\":[{\"type\":97,\"octets\":3},{\"oui\":"
	       "\"00-26-e1\",\"type\":2,\"octets\":1}],\"skipped_tlvs\":1",
	    0xc2, 3, 1, 2, 3,                   /* type 97 */
	    0xfe, 5, 0x00, 0x26, 0xe1, 2, 0xaa, /* OpenFlow */
	    0xfe, 3, 0x00, 0x26, 0xe1);         /* no subtype */
}
END_TEST

START_TEST(vendors_that_publish_nothing_are_kept_as_octets)
{
	static const struct {
		uint8_t oui[3];
		const char *group;
	} rows[] = {
		{ { 0x00, 0x1c, 0x73 }, "\"arista\"" },
		{ { 0x00, 0x50, 0x56 }, "\"vmware\"" },
		{ { 0x00, 0xe0, 0x2b }, "\"extreme\"" },
		{ { 0xd8, 0x84, 0x66 }, "\"extreme\"" },
		{ { 0x00, 0x05, 0x1e }, "\"brocade\"" },
		{ { 0x00, 0x0b, 0x86 }, "\"hpe\"" },
		{ { 0x08, 0x00, 0x09 }, "\"hpe\"" },
		{ { 0x00, 0x40, 0x0d }, "\"avaya\"" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		uint8_t tlv[] = { 0xfe, 6, 0, 0, 0, 3, 0xab, 0xcd };
		char want[128];

		memcpy(tlv + 2, rows[i].oui, 3);
		(void)snprintf(want, sizeof(want),
		    "%s:{\"tlvs\":[{\"type\":3,\"octets\":\"abcd\"}]}",
		    rows[i].group);
		expect_tlvs(want, tlv, sizeof(tlv));
	}
}
END_TEST

START_TEST(a_frame_full_of_tlvs_loses_what_does_not_fit_and_says_so)
{
	uint8_t tlvs[1400];

	for (size_t at = 0; at < sizeof(tlvs); at += 7)
		memcpy(tlvs + at,
		    (const uint8_t[]){ 0xfe, 5, 0, 0x50, 0x56, 1, 2 }, 7);
	ck_assert_int_eq(decode_with(tlvs, sizeof(tlvs), &n), STATUS_OK);
	ck_assert_uint_eq(n.fact_count, NEIGHBOR_FACTS_MOST);
	ck_assert_uint_eq(n.lost_items, 200 - NEIGHBOR_FACTS_MOST);
	ck_assert_ptr_nonnull(strstr(json_of(&n), "\"lost_items\":104"));
}
END_TEST

SUITE("lldp", the_shortest_frame_is_read,
    a_frame_cut_within_its_mandatory_part_is_refused,
    what_could_be_read_of_a_bad_frame_is_shown,
    mandatory_tlvs_missing_or_out_of_order_are_malformed,
    a_mandatory_tlv_twice_is_malformed_and_the_first_counts,
    a_frame_without_end_is_fine,
    an_end_with_a_size_and_what_follows_it_are_padding,
    a_last_tlv_cut_off_is_counted, ttl_zero_is_a_goodbye_and_not_absent,
    all_subtypes_of_the_chassis_id_have_their_words,
    all_subtypes_of_the_port_id_have_their_words,
    an_identifier_of_wrong_size_is_malformed_but_shown,
    a_network_address_is_written_as_one, the_texts_of_the_base_tlvs_are_read,
    an_optional_tlv_twice_is_skipped, an_empty_text_is_left_out,
    capabilities_are_words, management_addresses_of_all_families_are_listed,
    a_bad_management_address_costs_itself,
    unknown_types_and_organizations_are_listed,
    vendors_that_publish_nothing_are_kept_as_octets,
    a_frame_full_of_tlvs_loses_what_does_not_fit_and_says_so)
