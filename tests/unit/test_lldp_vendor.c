/* Of the tables: Cisco, Juniper, Dell, PROFINET, Fabric Attach, IANA. */
#include "agent/lldp_organization.h"

#include "tests/support/lldp_frame.h"
#include "tests/support/suite.h"

#define CISCO 0x00, 0x01, 0x42
#define DELL 0xf8, 0xb1, 0x56
#define PROFINET 0x00, 0x0e, 0xcf
#define EXTREME 0x00, 0x04, 0x0d

START_TEST(spare_pair_power_is_read)
{
	EXPECT("\"power\":{\"four_pair_supported\":true,"
	       "\"spare_pair_independent\":false,\"spare_pair_requested\":true,"
	       "\"spare_pair_on\":false}",
	    0xfe, 5, CISCO, 1, 0x05);
}
END_TEST

START_TEST(an_aci_leaf_tells_who_it_is)
{
	EXPECT("\"platform\":\"N9K\",\"software\":\"n9000-14\",\"serial\":"
	       "\"FDO1\",\"cisco\":{\"aci_port_state\":\"in_service\","
	       "\"aci_node_role\":\"leaf\",\"aci_node_id\":101,"
	       "\"aci_spine_level\":1,\"aci_pod_id\":2,\"aci_fabric_name\":"
	       "\"fab\",\"aci_node_address\":\"10.0.72.64\",\"aci_port_role\":"
	       "\"active\",\"aci_firmware\":\"n9000-14\",\"aci_infra_vlan\":"
	       "3967,\"aci_serial\":\"FDO1\",\"aci_model\":\"N9K\","
	       "\"aci_node_name\":\"l1\",\"aci_port_mode\":\"normal\","
	       "\"aci_auth_cookie\":\"0a0b\",\"aci_apic_mode\":\"active\","
	       "\"aci_fabric_id\":1}",
	    0xfe, 5, CISCO, 0xc9, 1,             /* port state */
	    0xfe, 5, CISCO, 0xca, 1,             /* node role */
	    0xfe, 8, CISCO, 0xcb, 0, 0, 0, 101,  /* node */
	    0xfe, 5, CISCO, 0xcc, 1,             /* spine level */
	    0xfe, 6, CISCO, 0xcd, 0, 2,          /* pod */
	    0xfe, 7, CISCO, 0xce, 'f', 'a', 'b', /* fabric */
	    0xfe, 8, CISCO, 0xd0, 10, 0, 72, 64, /* address */
	    0xfe, 5, CISCO, 0xd1, 1,             /* port role */
	    0xfe, 12, CISCO, 0xd2, 'n', '9', '0', '0', '0', '-', '1',
	    '4',                                      /* firmware */
	    0xfe, 6, CISCO, 0xd3, 0x0f, 0x7f,         /* infra VLAN */
	    0xfe, 8, CISCO, 0xd4, 'F', 'D', 'O', '1', /* serial */
	    0xfe, 7, CISCO, 0xd6, 'N', '9', 'K',      /* model */
	    0xfe, 6, CISCO, 0xd7, 'l', '1',           /* name */
	    0xfe, 6, CISCO, 0xd8, 0, 0,               /* port mode */
	    0xfe, 6, CISCO, 0xd9, 10, 11,             /* cookie */
	    0xfe, 5, CISCO, 0xda, 0,                  /* APIC mode */
	    0xfe, 6, CISCO, 0xdb, 0, 1);              /* fabric */
}
END_TEST

START_TEST(the_controllers_of_aci_are_listed)
{
	EXPECT("\"aci_appliances\":[{\"id\":1,\"address\":\"10.0.0.1\","
	       "\"uuid\":\"aaaaaaaa-aaaa-aaaa-aaaa-aaaaaaaaaaaa\"}]",
	    0xfe, 45, CISCO, 0xcf, 1, 10, 0, 0, 1, 'a', 'a', 'a', 'a', 'a', 'a',
	    'a', 'a', '-', 'a', 'a', 'a', 'a', '-', 'a', 'a', 'a', 'a', '-',
	    'a', 'a', 'a', 'a', '-', 'a', 'a', 'a', 'a', 'a', 'a', 'a', 'a',
	    'a', 'a', 'a', 'a');
}
END_TEST

START_TEST(what_cisco_adds_later_is_kept_as_octets)
{
	EXPECT("\"cisco\":{\"tlvs\":[{\"type\":220,\"octets\":\"01\"},{"
	       "\"type\":213,\"octets\":\"\"}]}",
	    0xfe, 5, CISCO, 0xdc, 1, 0xfe, 4, CISCO, 0xd5);
}
END_TEST

START_TEST(the_serial_of_a_juniper_chassis_is_read)
{
	EXPECT("\"serial\":\"BM02\",\"juniper\":{\"chassis_serial\":\"BM02\"}",
	    0xfe, 8, 0x00, 0x90, 0x69, 1, 'B', 'M', '0', '2');
}
END_TEST

START_TEST(the_service_tag_of_a_dell_switch_is_read)
{
	EXPECT("\"serial\":\"TAG1234\",\"dell\":{\"originator\":\"OS10\","
	       "\"service_tag\":\"TAG1234\",\"tlvs\":[{\"type\":2,\"octets\":"
	       "\"01\"}]}",
	    0xfe, 8, DELL, 1, 'O', 'S', '1', '0', 0xfe, 11, DELL, 21, 'T', 'A',
	    'G', '1', '2', '3', '4', 0xfe, 5, DELL, 2, 1);
}
END_TEST

START_TEST(profinet_tells_its_chassis_mac_and_port_status)
{
	EXPECT("\"profinet\":{\"rt_class_2_status\":2,\"rt_class_3_status\":4,"
	       "\"chassis_mac\":\"00:1b:1b:02:e6:1e\",\"alias\":\"p1\","
	       "\"delay\":{\"receive_local_ns\":1,\"receive_remote_ns\":2,"
	       "\"transmit_local_ns\":3,\"transmit_remote_ns\":4,\"cable_ns\":5"
	       "},\"tlvs\":[{\"type\":4,\"octets\":\"00\"}]}",
	    0xfe, 8, PROFINET, 2, 0, 2, 0x20, 4, 0xfe, 10, PROFINET, 5, 0x00,
	    0x1b, 0x1b, 0x02, 0xe6, 0x1e, 0xfe, 6, PROFINET, 3, 'p', '1', 0xfe,
	    24, PROFINET, 1, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0, 4, 0,
	    0, 0, 5, 0xfe, 5, PROFINET, 4, 0);
}
END_TEST

#define DIGEST                                                                 \
	0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,   \
	    0, 0, 0, 0, 0, 0, 0, 0, 0

START_TEST(fabric_attach_maps_vlans_to_services)
{
	EXPECT("\"extreme\":{\"element_type\":2,\"element_state\":32,"
	       "\"element_management_vlan\":4048,\"element_system_id\":"
	       "\"00010203040500010203\",\"assignments\":[{\"vlan\":140,"
	       "\"isid\":100140,\"status\":2},{\"vlan\":150,\"isid\":100150,"
	       "\"status\":1}]}",
	    0xfe, 50, EXTREME, 11, DIGEST, 0x0a, 0x0f, 0xd0,
	    0,                            /* server, 4048 */
	    0, 1, 2, 3, 4, 5, 0, 1, 2, 3, /* system */
	    0xfe, 46, EXTREME, 12, DIGEST, 0x20, 140, 0x01, 0x87,
	    0x2c,                         /* 140: 100140 */
	    0x10, 150, 0x01, 0x87, 0x36); /* 150: 100150 */
}
END_TEST

START_TEST(the_address_of_a_usage_description_is_read)
{
	EXPECT("\"iana\":{\"mud_url\":\"https://x\"}", 0xfe, 13, 0x00, 0x00,
	    0x5e, 1, 'h', 't', 't', 'p', 's', ':', '/', '/', 'x');
}
END_TEST

SUITE("lldp_vendor", spare_pair_power_is_read, an_aci_leaf_tells_who_it_is,
    the_controllers_of_aci_are_listed, what_cisco_adds_later_is_kept_as_octets,
    the_serial_of_a_juniper_chassis_is_read,
    the_service_tag_of_a_dell_switch_is_read,
    profinet_tells_its_chassis_mac_and_port_status,
    fabric_attach_maps_vlans_to_services,
    the_address_of_a_usage_description_is_read)
