#include "agent/lldp_organization.h"

#include "tests/support/lldp_frame.h"
#include "tests/support/suite.h"

#define TIA 0x00, 0x12, 0xbb

START_TEST(capabilities_and_class_are_words)
{
	EXPECT("\"med\":{\"capabilities\":[\"capabilities\",\"network_policy\""
	       ",\"power_pd\",\"inventory\"],\"device_class\":"
	       "\"endpoint_class_3\"}",
	    0xfe, 7, TIA, 1, 0x00, 0x33, 3);
}
END_TEST

START_TEST(the_policy_for_voice_names_the_voice_vlan)
{
	EXPECT("\"voice_vlan\":110,\"med\":{\"policies\":[{\"application\":"
	       "\"voice_signaling\",\"defined\":true,\"tagged\":true,\"vlan\":"
	       "99,\"priority\":3,\"dscp\":24},{\"application\":\"voice\","
	       "\"defined\":true,\"tagged\":true,\"vlan\":110,\"priority\":5,"
	       "\"dscp\":46}]}",
	    0xfe, 8, TIA, 2, 2, 0x40, 0xc6, 0xd8,  /* signaling: 99 */
	    0xfe, 8, TIA, 2, 1, 0x40, 0xdd, 0x6e); /* voice: 110 */
}
END_TEST

START_TEST(a_policy_that_is_unknown_or_untagged_names_no_vlan)
{
	static const uint8_t tlvs[] = {
		0xfe, 8, TIA, 2, 1, 0xc0, 0xdd, 0x6e, /* unknown */
		0xfe, 8, TIA, 2, 1, 0x00, 0xdd, 0x6e, /* untagged */
		0xfe, 8, TIA, 2, 1, 0x40, 0x01, 0x6e, /* VLAN 0 */
	};
	struct neighbor n;

	ck_assert_int_eq(decode_with(tlvs, sizeof(tlvs), &n), STATUS_OK);
	ck_assert(!(n.has & HAS_VOICE_VLAN));
	ck_assert_uint_eq(n.fact_count, 3);
}
END_TEST

START_TEST(coordinates_are_degrees)
{
	/* 47.5 north, 8.25 west, 412.5 m; WGS 84 */
	EXPECT("\"locations\":[{\"format\":\"coordinates\",\"latitude\":"
	       "47.500000,\"longitude\":-8.250000,\"altitude\":412.500000,"
	       "\"altitude_unit\":\"m\",\"datum\":1}]",
	    0xfe, 21, TIA, 3, 1, 0x00, 0x5f, 0x00, 0x00, 0x00, /* 47.5 * 2^25 */
	    0x03, 0xef, 0x80, 0x00, 0x00,        /* -8.25 * 2^25 */
	    0x10, 0x00, 0x01, 0x9c, 0x80, 0x01); /* m, 412.5 * 2^8, datum */
}
END_TEST

START_TEST(civic_addresses_and_emergency_numbers_are_texts)
{
	EXPECT(
	    "\"locations\":[{\"format\":\"civic\",\"what\":2,\"country\":"
	    "\"DE\",\"elements\":[{\"type\":3,\"value\":\"Bonn\"},{\"type\":"
	    "27,\"value\":\"2\"}]},{\"format\":\"elin\",\"number\":\"112\"}]",
	    0xfe, 18, TIA, 3, 2, 12, 2, 'D', 'E', 3, 4, 'B', 'o', 'n',
	    'n',        /* city */
	    27, 1, '2', /* floor */
	    0xfe, 8, TIA, 3, 3, '1', '1', '2');
}
END_TEST

START_TEST(a_civic_address_that_lies_about_a_size_costs_itself)
{
	EXPECT("\"skipped_tlvs\":1", 0xfe, 11, TIA, 3, 2, 5, 2, 'D', 'E', 3, 9);
	EXPECT("\"skipped_tlvs\":1", 0xfe, 8, TIA, 3, 2, 99, 2, 'D');
	EXPECT("\"skipped_tlvs\":1", 0xfe, 7, TIA, 3, 1, 0, 0);
}
END_TEST

START_TEST(power_is_read_of_both_ends)
{
	EXPECT("\"power_type\":\"pse\",\"power_source\":\"primary\","
	       "\"power_priority\":\"low\",\"power_mw\":15400",
	    0xfe, 7, TIA, 4, 0x13, 0, 154);
	EXPECT("\"power_type\":\"pd\",\"power_source\":\"local\","
	       "\"power_priority\":\"unknown\",\"power_mw\":6500",
	    0xfe, 7, TIA, 4, 0x60, 0, 65);
}
END_TEST

START_TEST(the_inventory_also_tells_platform_software_and_serial)
{
	EXPECT("\"platform\":\"M\",\"software\":\"S\",\"serial\":\"N\","
	       "\"med\":{\"hardware\":\"H\",\"firmware\":\"F\",\"software\":"
	       "\"S\",\"serial\":\"N\",\"manufacturer\":\"A\",\"model\":\"M\","
	       "\"asset_id\":\"I\"}",
	    0xfe, 5, TIA, 5, 'H',  /* hardware */
	    0xfe, 5, TIA, 6, 'F',  /* firmware */
	    0xfe, 5, TIA, 7, 'S',  /* software */
	    0xfe, 5, TIA, 8, 'N',  /* serial */
	    0xfe, 5, TIA, 9, 'A',  /* manufacturer */
	    0xfe, 5, TIA, 10, 'M', /* model */
	    0xfe, 5, TIA, 11, 'I');
}
END_TEST

START_TEST(an_empty_inventory_says_nothing)
{
	EXPECT("\"med\":{\"model\":\"M\"},\"skipped_tlvs\":0", 0xfe, 4, TIA,
	    8,                      /* serial: empty */
	    0xfe, 6, TIA, 11, 0, 0, /* asset: NULs */
	    0xfe, 5, TIA, 10, 'M');
}
END_TEST

SUITE("lldp_med", capabilities_and_class_are_words,
    the_policy_for_voice_names_the_voice_vlan,
    a_policy_that_is_unknown_or_untagged_names_no_vlan, coordinates_are_degrees,
    civic_addresses_and_emergency_numbers_are_texts,
    a_civic_address_that_lies_about_a_size_costs_itself,
    power_is_read_of_both_ends,
    the_inventory_also_tells_platform_software_and_serial,
    an_empty_inventory_says_nothing)
