/* Of the tables: 802.1, what DCBX was before it, draft EVB. */
#include "agent/lldp_organization.h"

#include "tests/support/lldp_frame.h"
#include "tests/support/suite.h"

#define IEEE 0x00, 0x80, 0xc2

START_TEST(the_port_vlan_is_read)
{
	EXPECT("\"pvid\":488", 0xfe, 6, IEEE, 1, 0x01, 0xe8);
	EXPECT("\"pvid\":0,", 0xfe, 6, IEEE, 1, 0, 0);
	EXPECT("\"skipped_tlvs\":1", 0xfe, 6, IEEE, 1, 0x0f, 0xff);
	EXPECT("\"pvid\":1,\"skipped_tlvs\":1", 0xfe, 6, IEEE, 1, 0, 1, /* 1 */
	    0xfe, 6, IEEE, 1, 0, 2); /* again */
}
END_TEST

START_TEST(vlan_names_are_listed_in_order)
{
	EXPECT("\"vlans\":[{\"id\":10,\"name\":\"web\"},{\"id\":4094}],"
	       "\"skipped_tlvs\":0",
	    0xfe, 10, IEEE, 3, 0, 10, 3, 'w', 'e', 'b', /* 10: web */
	    0xfe, 7, IEEE, 3, 0x0f, 0xfe, 0);           /* no name */
}
END_TEST

START_TEST(a_vlan_name_longer_than_its_tlv_costs_itself)
{
	EXPECT("\"skipped_tlvs\":1", 0xfe, 9, IEEE, 3, 0, 10, 3, 'w', 'e');
}
END_TEST

START_TEST(protocols_have_their_words)
{
	EXPECT("\"protocols\":[\"stp\",\"slow\",\"lldp\",\"abcd\"]", 0xfe, 9,
	    IEEE, 4, 4, 0x00, 0x26, 0x42, 0x42,    /* length, LLC */
	    0xfe, 8, IEEE, 4, 3, 0x88, 0x09, 0x01, /* LACP */
	    0xfe, 7, IEEE, 4, 2, 0x88, 0xcc,       /* LLDP */
	    0xfe, 7, IEEE, 4, 2, 0xab, 0xcd,       /* whatever */
	    0xfe, 5, IEEE, 4, 0);                  /* none: Extreme */
}
END_TEST

START_TEST(what_else_802_1_says_is_read)
{
	EXPECT("\"management_vlan\":77,\"ieee_802_1\":{\"protocol_vlans\":[{"
	       "\"vlan\":1,\"supported\":true,\"enabled\":false}],"
	       "\"vid_usage_digest\":16909060,\"congestion_notification\":{"
	       "\"priorities\":[0,7],\"ready\":[]},\"port_extension\":\"0102\""
	       ",\"tlvs\":[{\"type\":17,\"octets\":\"09\"}]}",
	    0xfe, 7, IEEE, 2, 0x02, 0, 1, /* port and protocol VLAN */
	    0xfe, 8, IEEE, 5, 1, 2, 3, 4, /* VID usage digest */
	    0xfe, 6, IEEE, 6, 0, 77,      /* management VID */
	    0xfe, 6, IEEE, 8, 0x81, 0x00, /* congestion notification */
	    0xfe, 6, IEEE, 15, 1, 2,      /* port extension */
	    0xfe, 5, IEEE, 17, 9);        /* LRP ECP */
}
END_TEST

START_TEST(link_aggregation_of_802_1_is_read_with_its_transmitter)
{
	EXPECT("\"aggregation\":{\"capable\":true,\"enabled\":true,\"port\":"
	       "65538},\"ieee_802_1\":{\"aggregation_transmitter\":"
	       "\"aggregator\"}",
	    0xfe, 9, IEEE, 7, 0x0b, 0, 1, 0, 2);
}
END_TEST

START_TEST(ets_of_data_centre_bridging_is_read)
{
	EXPECT("\"ets\":{\"willing\":true,\"credit_based\":false,"
	       "\"traffic_classes\":3,\"class_of_priority\":[0,1,2,3,4,5,6,7],"
	       "\"bandwidth_percent\":[50,50,0,0,0,0,0,0],\"algorithms\":["
	       "\"ets\",\"ets\",\"strict\",\"credit_based\",3,3,3,255]}",
	    0xfe, 25, IEEE, 9, 0x83,   /* flags, classes */
	    0x01, 0x23, 0x45, 0x67,    /* of each priority */
	    50, 50, 0, 0, 0, 0, 0, 0,  /* bandwidth */
	    2, 2, 0, 1, 3, 3, 3, 255); /* algorithms */
}
END_TEST

START_TEST(the_rest_of_data_centre_bridging_is_read)
{
	EXPECT("\"dcbx\":{\"ets_recommendation\":{\"willing\":false", 0xfe, 25,
	    IEEE, 10, 0, 0, 0, 0, 0, 100, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
	    0, 0, 0);
	EXPECT("\"dcbx\":{\"pfc\":{\"willing\":true,\"macsec_bypass\":false,"
	       "\"traffic_classes\":8,\"enabled\":[3]},\"applications\":[{"
	       "\"priority\":3,\"selector\":\"ethertype\",\"protocol\":35078,"
	       "\"name\":\"fcoe\"},{\"priority\":4,\"selector\":\"tcp\","
	       "\"protocol\":3260,\"name\":\"iscsi\"}]}",
	    0xfe, 6, IEEE, 11, 0x88, 0x08, /* PFC */
	    0xfe, 11, IEEE, 12, 0,         /* reserved */
	    0x61, 0x89, 0x06,              /* FCoE: 3 */
	    0x82, 0x0c, 0xbc);             /* iSCSI: 4 */
}
END_TEST

START_TEST(edge_virtual_bridging_is_read)
{
	EXPECT("\"evb\":{\"evb\":{\"mode\":\"bridge\","
	       "\"reflective_relay_capable\":true,\"reflective_relay_enabled\":"
	       "false,\"reflective_relay_requested\":true,"
	       "\"reflective_relay_status\":1,\"retries_most\":3,"
	       "\"retransmission_exponent\":15,\"wait_delay_exponent\":20,"
	       "\"keepalive_exponent\":21},\"cdcp\":{\"role\":\"station\","
	       "\"s_component\":true,\"channels_most\":167,\"channels\":[{"
	       "\"channel\":1,\"vlan\":1},{\"channel\":2,\"vlan\":100}]}}",
	    0xfe, 9, IEEE, 13, 0x02, 0x05, 0x6f, 0x54, 0x15, 0xfe, 14, IEEE, 14,
	    0x88, 0x00, 0x00, 0xa7, /* role, most */
	    0x00, 0x10, 0x01,       /* 1: VLAN 1 */
	    0x00, 0x20, 0x64);      /* 2: VLAN 100 */
}
END_TEST

START_TEST(draft_evb_and_its_vm_profiles_are_read)
{
	EXPECT("\"draft\":{\"supported\":[\"standard_bridging\","
	       "\"reflective_relay\",\"vdp\"],\"configured\":["
	       "\"reflective_relay\"],\"stations_supported\":128,"
	       "\"stations_configured\":2,\"retransmission_exponent\":16}",
	    0xfe, 13, 0x00, 0x1b, 0x3f, 0, 0xc0, 0x01, 0x40, 0x00, 0, 128, 0, 2,
	    16);
	EXPECT("\"vdp\":[{\"mode\":\"associate\",\"response\":0,\"manager\":1,"
	       "\"type\":1193046,\"type_version\":2,\"instance\":"
	       "\"00112233-4455-6677-8899-aabbccddeeff\",\"filters\":[{\"mac\":"
	       "\"52:54:00:00:00:01\",\"vlan\":140}]}]",
	    0xfe, 38, 0x00, 0x1b, 0x3f, 2, 2, 0, 1, 0x12, 0x34, 0x56,
	    2, /* mode .. type, version */
	    0x00, 0x11, 0x22, 0x33, 0x44, 0x55, 0x66, 0x77, 0x88, 0x99, 0xaa,
	    0xbb, 0xcc, 0xdd, 0xee, 0xff,    /* instance */
	    1, 0, 1,                         /* format, count */
	    0x52, 0x54, 0, 0, 0, 1, 0, 140); /* MAC, VLAN */
}
END_TEST

#define CEE 0x00, 0x1b, 0x21

START_TEST(cee_features_are_read)
{
	EXPECT("\"cee\":[{\"feature\":\"control\",\"version\":0,"
	       "\"version_most\":0,\"sequence\":1,\"acknowledged\":2},{"
	       "\"feature\":\"pfc\",\"version\":0,\"version_most\":0,"
	       "\"enabled\":true,\"willing\":true,\"error\":false,\"subtype\":0"
	       ",\"enabled_priorities\":[3],\"traffic_classes\":8},{"
	       "\"feature\":\"applications\",\"version\":0,\"version_most\":0,"
	       "\"enabled\":true,\"willing\":false,\"error\":false,\"subtype\":"
	       "0,\"applications\":[{\"protocol\":35078,\"name\":\"fcoe\","
	       "\"selector\":\"ethertype\",\"priorities\":[3]}]}]",
	    0xfe, 36, CEE, 2, 0x02, 10, 0, 0, 0, 0, 0, 1, 0, 0, 0,
	    2,                               /* control */
	    0x06, 6, 0, 0, 0xc0, 0, 0x08, 8, /* PFC */
	    0x08, 10, 0, 0, 0x80, 0, 0x89, 0x06, 0x00, 0x1b, 0x21, 0x08);
}
END_TEST

START_TEST(cee_priority_groups_are_read)
{
	EXPECT("\"group_of_priority\":[0,0,0,1,0,0,0,15],\"bandwidth_percent\":"
	       "[60,40,0,0,0,0,0,0],\"traffic_classes\":2",
	    0xfe, 23, CEE, 2, 0x04, 17, 0, 0, 0x80, 0, 0x00, 0x01, 0x00, 0x0f,
	    60, 40, 0, 0, 0, 0, 0, 0, 2);
}
END_TEST

START_TEST(cin_features_keep_their_numbers)
{
	EXPECT("\"cin\":[{\"feature\":5,\"version\":0,\"version_most\":0,"
	       "\"enabled\":true,\"willing\":false,\"error\":false,\"subtype\":"
	       "1,\"octets\":\"0180\"}]",
	    0xfe, 12, CEE, 1, 0x0a, 6, 0, 0, 0x80, 1, 0x01, 0x80);
}
END_TEST

START_TEST(a_feature_that_lies_about_its_size_costs_the_tlv)
{
	EXPECT("\"skipped_tlvs\":1", 0xfe, 12, CEE, 2, 0x06, 9, 0, 0, 0x80, 0,
	    8, 8);
	EXPECT("\"skipped_tlvs\":1", 0xfe, 8, CEE, 2, 0x06, 2, 0, 0);
}
END_TEST

SUITE("lldp_8021", the_port_vlan_is_read, vlan_names_are_listed_in_order,
    a_vlan_name_longer_than_its_tlv_costs_itself, protocols_have_their_words,
    what_else_802_1_says_is_read,
    link_aggregation_of_802_1_is_read_with_its_transmitter,
    ets_of_data_centre_bridging_is_read,
    the_rest_of_data_centre_bridging_is_read, edge_virtual_bridging_is_read,
    draft_evb_and_its_vm_profiles_are_read, cee_features_are_read,
    cee_priority_groups_are_read, cin_features_keep_their_numbers,
    a_feature_that_lies_about_its_size_costs_the_tlv)
