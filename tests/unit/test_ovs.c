#include "agent/ovs.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/support/suite.h"

#define U(n) "00000000-0000-0000-0000-0000000000" n

static enum status
take(struct ovs *ovs, const char *text)
{
	CLEANUP(json_cleanup) struct json_value *d = NULL;
	char error[JSON_ERROR_SIZE];

	ck_assert_msg(json_parse(text, strlen(text), &d, error) == STATUS_OK,
	    "%s", error);
	return ovs_take(ovs, d);
}

static struct ovs_uuid
uuid(uint8_t last)
{
	struct ovs_uuid u = { { 0 } };

	u.octets[OVS_UUID_SIZE - 1] = last;
	return u;
}

static const struct ovs_port *
port(const struct ovs *ovs, uint8_t last)
{
	struct ovs_uuid u = uuid(last);

	return ovs_find_port(ovs, &u);
}

static const struct ovs_interface *
interface(const struct ovs *ovs, uint8_t last)
{
	struct ovs_uuid u = uuid(last);

	return ovs_find_interface(ovs, &u);
}

START_TEST(a_bridge_names_its_ports)
{
	struct ovs ovs = { 0 };

	ck_assert_int_eq(
	    take(&ovs,
		"{\"Bridge\":{\"" U(
		    "01") "\":{\"new\":{"
			  "\"name\":\"br-ex\",\"datapath_type\":\"netdev\","
			  "\"ports\":"
			  "[\"set\",[[\"uuid\",\"" U("11") "\"],[\"uuid\",\"" U(
			      "12") "\"]]]}},\"" U("02") "\":{\"new\":{"
							 "\"name\":\"br-int\","
							 "\"datapath_type\":"
							 "\"\",\"ports\":["
							 "\"uuid\",\"" U(
							     "13") "\"]}}}}"),
	    STATUS_OK);
	ck_assert_uint_eq(ovs.bridges.count, 2);
	ck_assert_str_eq(ovs_bridge_at(&ovs, 0)->name, "br-ex");
	ck_assert(ovs_bridge_at(&ovs, 0)->userspace);
	ck_assert_uint_eq(ovs_bridge_at(&ovs, 0)->port_count, 2);
	ck_assert(!ovs_bridge_at(&ovs, 1)->userspace);
	ck_assert_uint_eq(ovs_bridge_at(&ovs, 1)->port_count, 1);
	ovs_done(&ovs);
}
END_TEST

/* The port group of a port with these columns. */
static const char *
group(const char *columns)
{
	static char name[VLAN_POLICY_NAME_SIZE];
	struct ovs ovs = { 0 };
	char text[1024];

	snprintf(text, sizeof(text),
	    "{\"Port\":{\"" U("11") "\":{\"new\":{\"name\":\"p\",%s}}}}",
	    columns);
	ck_assert_int_eq(take(&ovs, text), STATUS_OK);
	ck_assert_ptr_nonnull(port(&ovs, 0x11));
	vlan_policy_name(&port(&ovs, 0x11)->policy, name);
	ovs_done(&ovs);
	return name;
}

START_TEST(tag_trunks_and_mode_make_the_port_group)
{
	static const char *const rows[][2] = {
		{ "\"tag\":10,\"trunks\":[\"set\",[]]", "tag 10" },
		{ "\"tag\":[\"set\",[]],\"trunks\":[\"set\",[]]", "trunk all" },
		{ "\"trunks\":20", "trunk 20" },
		{ "\"trunks\":[\"set\",[30,10,11]]", "trunk 10-11,30" },
		{ "\"tag\":10,\"vlan_mode\":\"native-untagged\",\"trunks\":30",
		    "native 10, trunk 10,30" },
		{ "\"tag\":10,\"vlan_mode\":\"native-tagged\"",
		    "native 10, trunk all" },
		{ "\"tag\":10,\"vlan_mode\":\"trunk\"", "trunk all" },
		{ "\"tag\":30,\"vlan_mode\":\"dot1q-tunnel\"", "tunnel 30" },
		{ "\"tag\":0", "untagged" },
		{ "\"vlan_mode\":\"access\"", "untagged" },
		{ "\"tag\":5000", "untagged" },
		{ "\"tag\":\"10\",\"trunks\":{}", "trunk all" },
		{ "\"tag\":[\"set\",[10]]", "tag 10" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		ck_assert_str_eq(group(rows[i][0]), rows[i][1]);
}
END_TEST

START_TEST(an_interface_tells_its_machine)
{
	const struct ovs_interface *i;
	struct ovs ovs = { 0 };

	ck_assert_int_eq(
	    take(&ovs,
		"{\"Interface\":{\"" U(
		    "21") "\":{\"new\":{\"name\":\"vnet0\",\"type\":\"\","
			  "\"options\":[\"map\""
			  ",[]],\"external_ids\":[\"map\",[[\"attached-mac\","
			  "\"52:54:00:01:00:01\"],[\"iface-id\",\"port-1\"],["
			  "\"vm-uuid\","
			  "\"11111111-2222-3333-4444-555555555555\"]]],\"mac_"
			  "in_use\":"
			  "\"fe:54:00:01:00:01\",\"admin_state\":\"up\",\"link_"
			  "state\":"
			  "\"down\",\"lacp_current\":[\"set\",[]]}},\"" U(
			      "22") "\":{\"new\":{\"name\":\"a\",\"type\":"
				    "\"patch\",\"options\":"
				    "[\"map\",[[\"peer\",\"b\"]]],\"lacp_"
				    "current\":true}}}}"),
	    STATUS_OK);
	i = interface(&ovs, 0x21);
	ck_assert_str_eq(i->vm_uuid, "11111111-2222-3333-4444-555555555555");
	ck_assert_str_eq(i->iface_id, "port-1");
	ck_assert(i->has_attached_mac && i->attached_mac[5] == 1);
	ck_assert(i->has_mac && i->mac[0] == 0xfe);
	ck_assert_int_eq(i->up, OVS_YES);
	ck_assert_int_eq(i->link, OVS_NO);
	ck_assert_int_eq(i->lacp_current, OVS_UNKNOWN);
	i = interface(&ovs, 0x22);
	ck_assert_str_eq(i->peer, "b");
	ck_assert_int_eq(i->lacp_current, OVS_YES);
	ck_assert_int_eq(i->up, OVS_UNKNOWN);
	ovs_done(&ovs);
}
END_TEST

START_TEST(updates_replace_and_remove)
{
	struct ovs ovs = { 0 };

	ck_assert_int_eq(take(&ovs, "{\"Port\":{\"" U(
					"11") "\":{\"new\":"
					      "{\"name\":\"p\",\"tag\":10}}}}"),
	    STATUS_OK);
	ck_assert_int_eq(
	    take(&ovs, "{\"Port\":{\"" U("11") "\":{\"new\":"
					       "{\"name\":\"p\",\"tag\":20},"
					       "\"old\":{\"tag\":10}}}}"),
	    STATUS_OK);
	ck_assert_uint_eq(port(&ovs, 0x11)->policy.vlan, 20);
	ck_assert_uint_eq(ovs.ports.count, 1);
	ck_assert_int_eq(
	    take(&ovs, "{\"Port\":{\"" U("11") "\":{\"old\":"
					       "{\"name\":\"p\"}}}}"),
	    STATUS_OK);
	ck_assert_ptr_null(port(&ovs, 0x11));
	ck_assert_uint_eq(ovs.lost, 0);
	ovs_done(&ovs);
}
END_TEST

START_TEST(a_bond_has_members_up_to_a_limit)
{
	char text[4096];
	int used = snprintf(text, sizeof(text),
	    "{\"Port\":{\"" U("11") "\":{\"new\":{\"name\":\"bond0\",\"bond_"
				    "mode\":\"balance-tcp\","
				    "\"lacp\":\"active\",\"bond_active_slave\":"
				    "\"b8:ce:f6:00:00:01\","
				    "\"interfaces\":[\"set\",[");
	struct ovs ovs = { 0 };

	for (int i = 0; i < 20; i++)
		used += snprintf(&text[used], sizeof(text) - (size_t)used,
		    "%s[\"uuid\",\"00000000-0000-0000-0000-0000000000%02x\"]",
		    i ? "," : "", 0x20 + i);
	snprintf(&text[used], sizeof(text) - (size_t)used, "]]}}}}");
	ck_assert_int_eq(take(&ovs, text), STATUS_OK);
	ck_assert_uint_eq(port(&ovs, 0x11)->interface_count, OVS_MEMBERS_MOST);
	ck_assert_uint_eq(port(&ovs, 0x11)->interfaces_lost, 4);
	ck_assert(port(&ovs, 0x11)->lacp && port(&ovs, 0x11)->has_active);
	ovs_done(&ovs);
}
END_TEST

START_TEST(rows_without_sense_are_counted_and_left_out)
{
	static const char *const rows[] = {
		"{\"Port\":{\"no uuid\":{\"new\":{\"name\":\"p\"}}}}",
		"{\"Port\":{\"" U("11") "0\":{\"new\":{\"name\":\"p\"}}}}",
		"{\"Port\":{\"" U("11") "\":{\"new\":{}}}}",
		"{\"Port\":{\"" U("11") "\":{\"new\":{\"name\":[]}}}}",
		"{\"Bridge\":{\"" U("01") "\":{\"new\":{\"name\":7}}}}",
		"{\"Interface\":{\"" U("01") "\":{\"new\":5}}}",
	};
	struct ovs ovs = { 0 };

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		ck_assert_int_eq(take(&ovs, rows[i]), STATUS_OK);
		ck_assert_uint_eq(ovs.lost, i + 1);
	}
	ck_assert_uint_eq(ovs.ports.count, 0);
	ck_assert_int_eq(take(&ovs, "{\"Port\":[1,2,{}],\"X\":5}"), STATUS_OK);
	ck_assert_int_eq(take(&ovs, "[]"), STATUS_MALFORMED);
	ovs_done(&ovs);
}
END_TEST

START_TEST(a_database_without_end_meets_the_limit)
{
	struct ovs ovs = { 0 };
	char text[160];

	for (int i = 0; i < OVS_ROWS_MOST + 3; i++) {
		snprintf(text, sizeof(text),
		    "{\"Interface\":{\"%08x-0000-0000-"
		    "0000-000000000000\":{\"new\":{\"name\":\"i\"}}}}",
		    (unsigned)i * 2654435761u);
		ck_assert_int_eq(take(&ovs, text), STATUS_OK);
	}
	ck_assert_uint_eq(ovs.interfaces.count, OVS_ROWS_MOST);
	ck_assert_uint_eq(ovs.lost, 3);
	ovs_done(&ovs);
}
END_TEST

SUITE("ovs", a_bridge_names_its_ports, tag_trunks_and_mode_make_the_port_group,
    an_interface_tells_its_machine, updates_replace_and_remove,
    a_bond_has_members_up_to_a_limit,
    rows_without_sense_are_counted_and_left_out,
    a_database_without_end_meets_the_limit)
