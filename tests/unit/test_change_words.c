#include "collector/change_words.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/support/suite.h"

enum { CLAIMS_MOST = 16 };

static struct change_claim was[CLAIMS_MOST], is[CLAIMS_MOST];
static size_t was_count, is_count;
static struct change_list changes;

static void
claim(bool now, enum claim_kind kind, const char *key, const char *facts)
{
	struct change_claim *c = now ? &is[is_count++] : &was[was_count++];

	*c = (struct change_claim){ .kind = kind, .key = key, .facts = facts };
}

/* The same claim with other facts; NULL: it is not made. */
static void
pair(enum claim_kind kind, const char *key, const char *old, const char *new)
{
	if (old)
		claim(false, kind, key, old);
	if (new)
		claim(true, kind, key, new);
}

static void
say(void)
{
	struct change_pair *pairs = NULL;
	size_t count = 0;

	change_list_done(&changes);
	ck_assert_int_eq(
	    change_pairs((struct change_claims){ was, was_count },
		(struct change_claims){ is, is_count }, &pairs, &count),
	    STATUS_OK);
	change_words(&changes, "hv1", pairs, count);
	ck_assert(!changes.arena.failed);
	free(pairs);
	was_count = is_count = 0;
}

/* All sentences, in their order. */
static void
check(const char *expected)
{
	char said[4096] = "";

	say();
	for (size_t i = 0; i < changes.count; i++)
		(void)snprintf(said + strlen(said), sizeof(said) - strlen(said),
		    "%s\n", changes.items[i].text);
	ck_assert_str_eq(said, expected);
	change_list_done(&changes);
}

#define KEY(protocol, switch, port)                                            \
	"[\"ens1f0\",\"" protocol "\",\"a0:36:9f:00:00:01\",\"nearest-bridge"  \
	"\",\"mac\",\"" switch "\",\"interface_name\",\"" port "\"]"
#define NEIGHBOR(protocol, switch, port, more)                                 \
	"{\"protocol\":\"" protocol "\",\"source_mac\":\"a0:36:9f:00:00:01\"," \
	"\"ttl_s\":120,\"chassis_id\":{\"type\":\"local\",\"value\":"          \
	"\"" switch "\"},\"port_id\":{\"type\":\"interface_name\",\"value\":"  \
		    "\"" port                                                  \
		    "\"},\"system_name\":\"" switch ".dc1.example.net\"" more  \
						    "}"
#define ENDED(reason) ",\"ended\":{\"reason\":\"" reason "\",\"at\":1000}"
#define A_KEY KEY("lldp", "leaf1a", "Ethernet1/1")
#define A(more) NEIGHBOR("lldp", "leaf1a", "Ethernet1/1", more)
#define B_KEY KEY("lldp", "leaf1b", "Ethernet1/1")
#define B NEIGHBOR("lldp", "leaf1b", "Ethernet1/1", "")
#define CDP_KEY KEY("cdp", "leaf1a", "Ethernet1/1")
#define CDP(more) NEIGHBOR("cdp", "leaf1a", "Ethernet1/1", more)

START_TEST(a_cable_that_was_moved_is_one_change)
{
	pair(CLAIM_NEIGHBOR, A_KEY, A(""), A(ENDED("replaced")));
	pair(CLAIM_NEIGHBOR, B_KEY, NULL, B);
	check("hv1 ens1f0 moved from leaf1a Eth1/1 to leaf1b Eth1/1\n");
}
END_TEST

START_TEST(a_move_by_two_protocols_is_told_once)
{
	pair(CLAIM_NEIGHBOR, A_KEY, A(""), NULL);
	pair(CLAIM_NEIGHBOR, CDP_KEY, CDP(""), NULL);
	pair(CLAIM_NEIGHBOR, B_KEY, NULL, B);
	pair(CLAIM_NEIGHBOR, KEY("cdp", "leaf1b", "Eth1/1"), NULL,
	    NEIGHBOR("cdp", "leaf1b", "Eth1/1", ""));
	check("hv1 ens1f0 moved from leaf1a Eth1/1 to leaf1b Eth1/1\n");
}
END_TEST

START_TEST(a_move_is_known_also_when_the_link_went_down_before)
{
	pair(CLAIM_NEIGHBOR, A_KEY, A(""), A(ENDED("link_down")));
	check("hv1 ens1f0 no longer hears leaf1a Eth1/1 (the link went "
	      "down)\n");
	pair(CLAIM_NEIGHBOR, A_KEY, A(ENDED("link_down")),
	    A(ENDED("link_down")));
	pair(CLAIM_NEIGHBOR, B_KEY, NULL, B);
	check("hv1 ens1f0 moved from leaf1a Eth1/1 to leaf1b Eth1/1\n");
}
END_TEST

START_TEST(a_neighbor_that_comes_back_is_heard_again)
{
	pair(CLAIM_NEIGHBOR, A_KEY, A(ENDED("expired")), A(""));
	check("hv1 ens1f0 hears leaf1a Eth1/1 again\n");
	pair(CLAIM_NEIGHBOR, A_KEY, NULL, A(""));
	check("hv1 ens1f0 hears leaf1a Eth1/1\n");
	/* What had ended is forgotten. */
	pair(CLAIM_NEIGHBOR, A_KEY, A(ENDED("expired")), NULL);
	check("");
}
END_TEST

START_TEST(one_protocol_more_is_no_other_cable)
{
	pair(CLAIM_NEIGHBOR, A_KEY, A(""), A(""));
	pair(CLAIM_NEIGHBOR, CDP_KEY, NULL, CDP(""));
	check("hv1 ens1f0 hears leaf1a Eth1/1 by CDP, too\n");
	pair(CLAIM_NEIGHBOR, A_KEY, A(""), A(""));
	pair(CLAIM_NEIGHBOR, CDP_KEY, CDP(""), CDP(ENDED("expired")));
	check("hv1 ens1f0 no longer hears leaf1a Eth1/1 by CDP\n");
}
END_TEST

START_TEST(what_a_switch_says_of_its_port_is_told_of_the_port)
{
	pair(CLAIM_NEIGHBOR, CDP_KEY, CDP(",\"native_vlan\":1"),
	    CDP(",\"native_vlan\":10"));
	check("native VLAN of leaf1a Eth1/1 changed from 1 to 10\n");
	pair(CLAIM_NEIGHBOR, A_KEY, A(""), A(",\"mtu\":9216"));
	check("MTU of leaf1a Eth1/1 is now 9216\n");
	pair(CLAIM_NEIGHBOR, A_KEY, A(",\"mtu\":9216"), A(""));
	check("MTU of leaf1a Eth1/1 is no longer told, was 9216\n");
	pair(CLAIM_NEIGHBOR, A_KEY, A(",\"vlans\":[{\"id\":10},{\"id\":11}]"),
	    A(",\"vlans\":[{\"id\":10},{\"id\":11},{\"id\":12},{\"id\":20}]"));
	check("VLANs of leaf1a Eth1/1 changed from 10-11 to 10-12, 20\n");
	pair(CLAIM_NEIGHBOR, A_KEY, A(",\"aggregation\":{\"enabled\":false}"),
	    A(",\"aggregation\":{\"enabled\":true}"));
	check("link aggregation enabled of leaf1a Eth1/1 changed from no to "
	      "yes\n");
}
END_TEST

START_TEST(what_changes_of_itself_is_no_change)
{
	pair(CLAIM_NEIGHBOR, A_KEY, A(",\"skipped_tlvs\":1"),
	    A(",\"skipped_tlvs\":2"));
	pair(CLAIM_HOST, "",
	    "{\"host\":{\"name\":\"hv1\"},\"agent\":{\"started_at\":1}}",
	    "{\"host\":{\"name\":\"hv1\"},\"agent\":{\"started_at\":2}}");
	pair(CLAIM_NIC, "ens1f0",
	    "{\"name\":\"ens1f0\",\"ifindex\":2,\"vlan_listening\":{"
	    "\"period_s\":300,\"since\":5},\"carrier_changed_at\":7}",
	    "{\"name\":\"ens1f0\",\"ifindex\":3,\"vlan_listening\":{"
	    "\"period_s\":300,\"since\":6},\"carrier_changed_at\":8}");
	pair(CLAIM_HEARD_VLAN, "ens1f0 140",
	    "{\"id\":140,\"addresses\":[\"10.0.0.1\"]}",
	    "{\"id\":140,\"addresses\":[\"10.0.0.2\"]}");
	check("");
}
END_TEST

#define NIC(more) "{\"name\":\"ens1f0\"" more "}"
#define LISTENING(period, since)                                               \
	",\"vlan_listening\":{\"period_s\":" period                            \
	",\"window_s\":10,\"since\":" since "}"

START_TEST(a_nic_is_told_in_the_words_of_the_field)
{
	pair(CLAIM_NIC, "ens1f0", NIC(",\"up\":true,\"carrier\":true"),
	    NIC(",\"up\":true,\"carrier\":false"));
	check("hv1 ens1f0 lost its link\n");
	pair(CLAIM_NIC, "ens1f0", NIC(""), NIC(LISTENING("300", "5")));
	check("hv1 ens1f0 listens for the VLANs that arrive\n");
	pair(CLAIM_NIC, "ens1f0", NIC(LISTENING("300", "5")),
	    NIC(LISTENING("60", "6")));
	check("listening for VLANs: seconds from one time to the next of "
	      "hv1 ens1f0 changed from 300 to 60\n");
	pair(CLAIM_NIC, "ens1f0", NIC(LISTENING("300", "5")), NIC(""));
	check("hv1 ens1f0 no longer listens for VLANs\n");
	pair(CLAIM_NIC, "ens1f0", NIC(",\"master\":\"bond0\""), NIC(""));
	check("hv1 ens1f0 left bond0\n");
	pair(CLAIM_NIC, "ens1f0", NIC(",\"master\":\"bond0\""),
	    NIC(",\"master\":\"bond1\""));
	check("hv1 ens1f0 moved from bond0 to bond1\n");
	pair(CLAIM_NIC, "ens1f0", NIC(",\"speed_mbps\":25000"),
	    NIC(",\"speed_mbps\":10000"));
	check("speed in Mbit/s of hv1 ens1f0 changed from 25000 to 10000\n");
	pair(CLAIM_NIC, "ens1f0", NIC(",\"lacp\":{\"aggregator\":1}"),
	    NIC(",\"lacp\":{\"aggregator\":2}"));
	check("LACP aggregator of hv1 ens1f0 changed from 1 to 2\n");
	pair(CLAIM_NIC, "ens1f0", NIC(""), NIC(",\"removed_at\":5"));
	check("hv1 ens1f0 is gone\n");
	pair(CLAIM_NIC, "ens1f0", NIC(",\"removed_at\":5"), NULL);
	check("");
	pair(CLAIM_NIC, "ens1f0", NIC(",\"vfs\":[{\"index\":3,\"vlan\":10}]"),
	    NIC(",\"vfs\":[{\"index\":3,\"vlan\":20}]"));
	check("VLAN of VF 3 of hv1 ens1f0 changed from 10 to 20\n");
}
END_TEST

#define VM(state, vnics)                                                       \
	"{\"id\":\"id-1\",\"kind\":\"vm\",\"name\":\"web-01\",\"state\":"      \
	"\"" state "\",\"vnics\":[" vnics "]}"
#define VNIC(name, mac, group)                                                 \
	"{\"name\":\"" name "\",\"mac\":\"52:54:00:00:00:0" mac "\","          \
	"\"vswitch\":\"br0\",\"port_group\":\"" group "\"}"

START_TEST(a_machine_that_starts_brings_its_vnics)
{
	pair(CLAIM_WORKLOAD, "id-1", NULL,
	    VM("running", VNIC("vnet4", "1", "tag 140")));
	pair(CLAIM_LINK, "vnet4", NULL, "{\"name\":\"vnet4\"}");
	check("web-01 started on hv1, vNIC vnet4 on br0 tag 140\n");
	pair(CLAIM_WORKLOAD, "id-1",
	    VM("running", VNIC("vnet4", "1", "tag 140")), NULL);
	pair(CLAIM_LINK, "vnet4", "{\"name\":\"vnet4\"}", NULL);
	pair(CLAIM_LINK, "vlan20", "{\"name\":\"vlan20\"}", NULL);
	check("hv1 vlan20 is gone\nweb-01 is gone from hv1\n");
	pair(CLAIM_WORKLOAD, "id-1", NULL, VM("off", ""));
	check("web-01 appeared on hv1, off\n");
}
END_TEST

START_TEST(a_machine_changes_its_state)
{
	pair(CLAIM_WORKLOAD, "id-1", VM("running", ""), VM("paused", ""));
	check("web-01 on hv1 is paused now, was running\n");
	pair(CLAIM_WORKLOAD, "id-1", VM("off", ""), VM("running", ""));
	check("web-01 started on hv1\n");
	pair(CLAIM_WORKLOAD, "id-1", VM("running", ""), VM("off", ""));
	check("web-01 on hv1 was switched off\n");
}
END_TEST

START_TEST(a_vnic_comes_goes_and_moves)
{
	pair(CLAIM_WORKLOAD, "id-1", VM("running", VNIC("vnet4", "1", "tag 1")),
	    VM("running",
		VNIC("vnet9", "1", "tag 2") "," VNIC("vnet5", "2", "tag 1")));
	check("vNIC vnet9 of web-01 on hv1 moved from br0 tag 1 to br0 tag "
	      "2\nweb-01 on hv1 got vNIC vnet5 on br0 tag 1\n");
	pair(CLAIM_WORKLOAD, "id-1", VM("running", VNIC("vnet4", "1", "tag 1")),
	    VM("running", ""));
	check("web-01 on hv1 lost vNIC vnet4 on br0 tag 1\n");
	pair(CLAIM_WORKLOAD, "id-1",
	    VM("running", "{\"name\":\"vnet4\",\"connected\":true}"),
	    VM("running", "{\"name\":\"vnet4\",\"connected\":false}"));
	check("vNIC vnet4 of web-01 on hv1 was unplugged\n");
}
END_TEST

#define BRIDGE(members)                                                        \
	"{\"name\":\"br0\",\"uplinks\":[{\"name\":\"bond0\",\"mode\":"         \
	"\"active-backup\",\"members\":[" members "]}]}"

START_TEST(an_uplink_is_followed_to_its_nics)
{
	pair(CLAIM_VSWITCH, "br0",
	    BRIDGE("{\"nic\":\"ens1f0\",\"state\":\"active\"}"),
	    BRIDGE("{\"nic\":\"ens1f0\",\"state\":\"standby\"},"
		   "{\"nic\":\"ens1f1\",\"state\":\"active\"}"));
	check("role of NIC ens1f0 of uplink bond0 of br0 on hv1 changed from "
	      "active to standby\n"
	      "uplink bond0 of br0 on hv1 got NIC ens1f1\n");
	pair(CLAIM_PORT_GROUP, "[\"br0\",\"tag 140\"]", NULL,
	    "{\"vswitch\":\"br0\",\"name\":\"tag 140\",\"vlan\":140}");
	check("port group tag 140 on br0 of hv1 appeared\n");
}
END_TEST

START_TEST(vlans_that_are_heard_are_told_by_nic)
{
	pair(CLAIM_HEARD_VLAN, "ens1f0 10", NULL, "{\"id\":10}");
	pair(CLAIM_HEARD_VLAN, "ens1f0 20", NULL, "{\"id\":20}");
	pair(CLAIM_HEARD_VLAN, "ens1f0 30", "{\"id\":30}", NULL);
	pair(CLAIM_HEARD_VLAN, "ens1f1 20", NULL, "{\"id\":20}");
	check("hv1 ens1f0 no longer hears VLAN 30\n"
	      "hv1 ens1f0 hears VLANs 10, 20\n"
	      "hv1 ens1f1 hears VLAN 20\n");
}
END_TEST

START_TEST(a_new_host_is_one_change)
{
	pair(CLAIM_HOST, "", NULL, "{\"host\":{\"name\":\"hv1\"}}");
	pair(CLAIM_NIC, "ens1f0", NULL, NIC(""));
	pair(CLAIM_WORKLOAD, "id-1", NULL, VM("running", ""));
	check("hv1 reported for the first time: 1 NIC, 1 workload\n");
	pair(CLAIM_HOST, "", "{\"host\":{\"name\":\"hv1\",\"kernel\":\"6.1\"}}",
	    "{\"host\":{\"name\":\"hv1\",\"kernel\":\"6.12\"}}");
	check("kernel of hv1 changed from 6.1 to 6.12\n");
}
END_TEST

START_TEST(a_change_has_values)
{
	const struct change *c;

	pair(CLAIM_NEIGHBOR, A_KEY, A(""), A(ENDED("replaced")));
	pair(CLAIM_NEIGHBOR, B_KEY, NULL, B);
	pair(CLAIM_VSWITCH, "br0",
	    BRIDGE("{\"nic\":\"ens1f0\",\"state\":\"active\"}"),
	    BRIDGE("{\"nic\":\"ens1f0\",\"state\":\"standby\"}"));
	say();
	ck_assert_uint_eq(changes.count, 2);
	c = &changes.items[0];
	ck_assert_str_eq(change_what_name(c->what), "moved");
	ck_assert_str_eq(c->kind, "neighbor");
	ck_assert_str_eq(c->thing, "ens1f0");
	ck_assert_str_eq(c->member, "");
	ck_assert_str_eq(c->was, "leaf1a Eth1/1");
	ck_assert_str_eq(c->is, "leaf1b Eth1/1");
	c = &changes.items[1];
	ck_assert_str_eq(c->kind, "vswitch");
	ck_assert_str_eq(c->thing, "br0");
	ck_assert_str_eq(c->member, "uplinks.bond0.members.ens1f0.state");
	ck_assert_str_eq(c->was, "active");
	ck_assert_str_eq(c->is, "standby");
	change_list_done(&changes);
}
END_TEST

START_TEST(changes_without_end_are_counted_only)
{
	static char keys[2000][32], facts[2000][64];
	static struct change_claim many[2000];
	struct change_pair *pairs = NULL;
	size_t count = 0;

	for (size_t i = 0; i < 2000; i++) {
		(void)snprintf(keys[i], sizeof(keys[i]), "vlan%zu", i);
		(void)snprintf(
		    facts[i], sizeof(facts[i]), "{\"name\":\"vlan%zu\"}", i);
		many[i] = (struct change_claim){
			.kind = CLAIM_LINK, .key = keys[i], .facts = facts[i]
		};
	}
	ck_assert_int_eq(
	    change_pairs((struct change_claims){ NULL, 0 },
		(struct change_claims){ many, 2000 }, &pairs, &count),
	    STATUS_OK);
	change_list_init(&changes);
	change_words(&changes, "hv1", pairs, count);
	ck_assert_uint_eq(changes.count, CHANGES_MOST);
	ck_assert_uint_eq(changes.left_out, 2000 - CHANGES_MOST);
	change_list_done(&changes);
	free(pairs);
}
END_TEST

SUITE("change_words", a_cable_that_was_moved_is_one_change,
    a_move_by_two_protocols_is_told_once,
    a_move_is_known_also_when_the_link_went_down_before,
    a_neighbor_that_comes_back_is_heard_again,
    one_protocol_more_is_no_other_cable,
    what_a_switch_says_of_its_port_is_told_of_the_port,
    what_changes_of_itself_is_no_change,
    a_nic_is_told_in_the_words_of_the_field,
    a_machine_that_starts_brings_its_vnics, a_machine_changes_its_state,
    a_vnic_comes_goes_and_moves, an_uplink_is_followed_to_its_nics,
    vlans_that_are_heard_are_told_by_nic, a_new_host_is_one_change,
    a_change_has_values, changes_without_end_are_counted_only)
