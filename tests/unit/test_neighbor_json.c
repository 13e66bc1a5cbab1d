#include "report/neighbor_json.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "report/facts.h"
#include "tests/support/suite.h"

static struct neighbor n;

static void
expect(const char *want)
{
	struct buffer out;
	struct json j = json_over(&out);

	buffer_init(&out, 1 << 20);
	neighbor_json(&j, &n);
	ck_assert(buffer_ok(&out));
	ck_assert_str_eq(buffer_string(&out), want);
	buffer_done(&out);
}

static struct text
text_of(const char *text)
{
	struct cursor c = cursor_over(text, strlen(text));

	return neighbor_add_text(&n, &c);
}

static struct text
octets_of(const void *octets, size_t size)
{
	struct cursor c = cursor_over(octets, size);

	return neighbor_add_octets(&n, &c);
}

START_TEST(what_a_frame_does_not_say_is_absent)
{
	neighbor_clear(&n);
	n.protocol = PROTOCOL_CDP;
	expect("{\"protocol\":\"cdp\",\"skipped_tlvs\":0}");
}
END_TEST

START_TEST(what_a_frame_says_stands_in_the_order_of_the_contract)
{
	static const uint8_t ipv4[4] = { 10, 0, 0, 1 };

	neighbor_clear(&n);
	n.protocol = PROTOCOL_CDP;
	n.has = HAS_VERSION | HAS_TTL | HAS_CAPABILITIES | HAS_NATIVE_VLAN |
		HAS_PVID | HAS_VOICE_VLAN | HAS_MANAGEMENT_VLAN | HAS_DUPLEX |
		HAS_MTU | HAS_MAX_FRAME | HAS_AGGREGATION | HAS_CHECKSUM;
	n.version = 2;
	n.source_mac[0] = 0x02;
	n.destination_mac[0] = 0x01;
	n.scope = SCOPE_TUNNELLED;
	n.vlan_tag_count = 2;
	n.vlan_tags[0] = (struct vlan_tag){ 100, 3, true };
	n.vlan_tags[1] = (struct vlan_tag){ 0, 7, false };
	n.ttl_s = 180;
	n.chassis_id = (struct identifier){ ID_DEVICE_ID, text_of("sw") };
	n.port_id = (struct identifier){ ID_INTERFACE_NAME, text_of("Gi0/1") };
	n.platform = text_of("WS");
	n.capabilities_supported = CAPABILITY_SWITCH | CAPABILITY_IGMP;
	n.capabilities_enabled = CAPABILITY_SWITCH;
	neighbor_add_address(&n, ADDRESS_IPV4, ipv4);
	n.native_vlan = 1;
	n.pvid = 2;
	n.voice_vlan = 3;
	n.management_vlan = 4;
	n.vtp_domain = text_of("lab");
	n.duplex = DUPLEX_FULL;
	n.mtu = 1500;
	n.max_frame = 9216;
	n.aggregation.capable = true;
	n.aggregation.port = 7;
	n.checksum_wrong = true;
	n.skipped_tlvs = 2;
	n.lost_items = 1;
	expect("{\"protocol\":\"cdp\",\"version\":2,\"source_mac\":"
	       "\"02:00:00:00:00:00\",\"destination_mac\":"
	       "\"01:00:00:00:00:00\",\"scope\":\"tunnelled\",\"vlan_tags\":[{"
	       "\"id\":100,\"priority\":3,\"service\":true},{\"id\":0,"
	       "\"priority\":7}],\"ttl_s\":180,\"chassis_id\":{\"type\":"
	       "\"device_id\",\"value\":\"sw\"},\"port_id\":{\"type\":"
	       "\"interface_name\",\"value\":\"Gi0/1\"},\"platform\":\"WS\","
	       "\"capabilities\":{\"supported\":[\"switch\",\"igmp\"],"
	       "\"enabled\":[\"switch\"]},\"management_addresses\":["
	       "\"10.0.0.1\"],\"native_vlan\":1,\"pvid\":2,\"voice_vlan\":3,"
	       "\"management_vlan\":4,\"vtp_domain\":\"lab\",\"duplex\":"
	       "\"full\",\"mtu\":1500,\"max_frame\":9216,\"aggregation\":{"
	       "\"capable\":true,\"enabled\":false,\"port\":7},\"checksum\":"
	       "\"wrong\",\"skipped_tlvs\":2,\"lost_items\":1}");
}
END_TEST

START_TEST(the_vlans_of_a_bitmap_have_no_names)
{
	neighbor_clear(&n);
	n.protocol = PROTOCOL_FDP;
	n.has = HAS_VLAN_BITMAP;
	memset(n.vlan_bitmap, 0, sizeof(n.vlan_bitmap));
	n.vlan_bitmap[0] = 1 << 1;
	n.vlan_bitmap[1] = 1 << 7;
	n.vlan_bitmap[511] = 1 << 6;
	expect("{\"protocol\":\"fdp\",\"vlans\":[{\"id\":1},{\"id\":15},{"
	       "\"id\":4094}],\"skipped_tlvs\":0}");
}
END_TEST

START_TEST(facts_of_all_kinds_stand_in_their_groups)
{
	static const uint8_t mac[6] = { 0, 1, 2, 3, 4, 5 };
	static const uint8_t address[5] = { 1, 10, 0, 0, 1 };

	neighbor_clear(&n);
	n.protocol = PROTOCOL_CDP;
	neighbor_add_fact_text(
	    &n, FACT_CISCO_CLUSTER_COMMANDER, FACT_MAC, octets_of(mac, 6));
	neighbor_add_number(&n, FACT_POWER_REQUESTED, 15400);
	neighbor_add_fact_text(
	    &n, FACT_CISCO_LOCATION, FACT_TEXT, text_of("room \"1\""));
	neighbor_add_boolean(&n, FACT_POWER_ENABLED, false);
	neighbor_add_fact_text(&n, FACT_CISCO_ACI_NODE_ADDRESS, FACT_ADDRESS,
	    octets_of(address, 5));
	neighbor_add_fact_text(
	    &n, FACT_CISCO_ACI_AUTH_COOKIE, FACT_LIST, octets_of(address, 5));
	neighbor_add_fact_text(
	    &n, FACT_CISCO_EXTERNAL_PORT, FACT_OCTETS, octets_of(address, 2));
	neighbor_add_number(&n, FACT_POWER_PRIORITY, 9); /* has no word */
	expect("{\"protocol\":\"cdp\",\"power\":{\"requested_mw\":15400,"
	       "\"enabled\":false,\"priority\":9},\"cisco\":{"
	       "\"cluster_commander\":\"00:01:02:03:04:05\",\"location\":"
	       "\"room \\\"1\\\"\",\"aci_node_address\":\"10.0.0.1\","
	       "\"aci_auth_cookie\":[1,10,0,0,1],\"external_port\":\"010a\"},"
	       "\"skipped_tlvs\":0}");
}
END_TEST

START_TEST(a_fact_that_may_repeat_is_an_array_and_any_other_counts_once)
{
	neighbor_clear(&n);
	n.protocol = PROTOCOL_CDP;
	neighbor_add_number(&n, FACT_POWER_REQUESTED, 1);
	neighbor_add_fact_text(
	    &n, FACT_CISCO_ODR_PREFIX, FACT_TEXT, text_of("10.0.0.0/8"));
	neighbor_add_number(&n, FACT_POWER_REQUESTED, 2);
	neighbor_add_fact_text(
	    &n, FACT_CISCO_ODR_PREFIX, FACT_TEXT, text_of("11.0.0.0/8"));
	expect("{\"protocol\":\"cdp\",\"power\":{\"requested_mw\":1},\"cisco\":"
	       "{\"odr_prefixes\":[\"10.0.0.0/8\",\"11.0.0.0/8\"]},"
	       "\"skipped_tlvs\":0}");
}
END_TEST

/* A row that somebody forgot would be written without name or group. */
START_TEST(every_fact_has_a_group_and_a_name_of_its_own)
{
	for (unsigned a = 1; a < FACT_NAMES; a++) {
		const struct fact_row *row = fact_row(a);

		ck_assert_msg(row->name, "fact %u has no row", a);
		ck_assert_uint_lt(row->group, GROUPS);
		ck_assert_ptr_nonnull(fact_group_name(row->group));
		for (unsigned b = a + 1; b < FACT_NAMES; b++)
			ck_assert(row->group != fact_row(b)->group ||
				  strcmp(row->name, fact_row(b)->name) != 0);
	}
}
END_TEST

/* Whatever octets a fact holds, few or many, its writer gives valid JSON. */
START_TEST(every_fact_is_written_whatever_its_octets)
{
	for (unsigned name = 1; name < FACT_NAMES; name++) {
		for (size_t size = 0; size < 60; size++) {
			uint8_t *octets = malloc(size ? size : 1);
			struct buffer out;
			struct json j = json_over(&out);

			memset(octets, 0x93, size);
			if (size > 0)
				octets[0] = (uint8_t)size & 3;
			neighbor_clear(&n);
			neighbor_add_fact_text(
			    &n, name, FACT_OCTETS, octets_of(octets, size));
			free(octets);
			buffer_init(&out, 1 << 20);
			neighbor_json(&j, &n);
			ck_assert(buffer_ok(&out));
			buffer_done(&out);
		}
	}
}
END_TEST

SUITE("neighbor_json", what_a_frame_does_not_say_is_absent,
    what_a_frame_says_stands_in_the_order_of_the_contract,
    the_vlans_of_a_bitmap_have_no_names,
    facts_of_all_kinds_stand_in_their_groups,
    a_fact_that_may_repeat_is_an_array_and_any_other_counts_once,
    every_fact_has_a_group_and_a_name_of_its_own,
    every_fact_is_written_whatever_its_octets)
