#include "collector/walk.h"

#include <check.h>
#include <string.h>
#include <time.h>

#include "base/buffer.h"
#include "collector/needs.h"
#include "tests/support/suite.h"
#include "tests/support/walked.h"

/* "br-int br-ex bond0 ens1f0 active": one leg in a line. */
static const char *
line_of(size_t at)
{
	static char line[WALK_TEXT_SIZE];
	const struct walk_leg *leg = &walk.legs[at];
	size_t length = 0;
	char why[WALK_TEXT_SIZE];

	ck_assert_uint_lt(at, walk.count);
	line[0] = '\0';
	for (size_t i = 0; i < leg->switch_count; i++)
		length += (size_t)snprintf(line + length, sizeof(line) - length,
		    "%s ", leg->switches[i]->name);
	if (leg->gap == GAP_NONE && leg->uplink)
		(void)snprintf(line + length, sizeof(line) - length, "%s %s %s",
		    leg->uplink->name, leg->host->nics[leg->nic].name,
		    inside_member_word(leg->member->state));
	else
		(void)snprintf(line + length, sizeof(line) - length, "? %s",
		    walk_gap_text(leg, why));
	return line;
}

#define VNIC(name, vswitch, group)                                             \
	"{\"name\":\"" name "\",\"mac\":\"52:54:00:00:00:01\","                \
	"\"vswitch\":\"" vswitch "\",\"port_group\":\"" group "\"}"
#define NIC_UPLINK(nic)                                                        \
	"{\"name\":\"" nic "\",\"kind\":\"nic\",\"members\":[{\"nic\":\"" nic  \
	"\",\"state\":\"active\"}]}"
#define BRIDGE(name, uplinks)                                                  \
	"{\"name\":\"" name                                                    \
	"\",\"kind\":\"linux_bridge\",\"uplinks\":[" uplinks "]}"
#define OVS(name, uplinks, patches)                                            \
	"{\"name\":\"" name                                                    \
	"\",\"kind\":\"openvswitch\",\"uplinks\":[" uplinks                    \
	"],\"patches\":[" patches "]}"
#define PATCH(name, peer)                                                      \
	"{\"name\":\"" name "\",\"peer_vswitch\":\"" peer "\"}"

START_TEST(a_plain_bridge_leads_to_its_nic)
{
	const struct model_host *h = host_with(INSIDE_NICS,
	    "\"vswitches\":[" BRIDGE("br0",
		NIC_UPLINK("ens1f0")) "],"
				      "\"port_groups\":[{\"vswitch\":\"br0\","
				      "\"name\":\"untagged\"}],"
				      "\"workloads\":[" INSIDE_VM(
					  "web", VNIC("vnet0", "br0",
						     "untagged")) "]");

	walk_from_workload(&walk, h, 0);
	ck_assert_uint_eq(walk.count, 1);
	ck_assert_str_eq(line_of(0), "br0 ens1f0 ens1f0 active");
	ck_assert_str_eq(walk.legs[0].group->name, "untagged");
	ck_assert_str_eq(walk.legs[0].vnic->name, "vnet0");
	end();
}
END_TEST

START_TEST(a_vlan_device_under_a_bridge_needs_its_vlan)
{
	struct needs needs;
	const struct model_host *h = host_with(INSIDE_NICS,
	    "\"vswitches\":[" BRIDGE("br140",
		"{\"name\":\"bond0.140\",\"kind\":"
		"\"vlan\",\"vlan\":140,"
		"\"members\":[{\"nic\":\"ens1f0\","
		"\"state\":\"active\"},"
		"{\"nic\":\"ens1f1\",\"state\":\"down\"}]"
		"}") "],"
		     "\"port_groups\":[{\"vswitch\":"
		     "\"br140\",\"name\":\"untagged\"}],"
		     "\"workloads\":[" INSIDE_VM(
			 "web", VNIC("vnet0", "br140", "untagged")) "]");

	walk_from_vnic(&walk, h, 0);
	ck_assert_uint_eq(walk.count, 2);
	ck_assert_str_eq(line_of(0), "br140 bond0.140 ens1f0 active");
	ck_assert_str_eq(line_of(1), "br140 bond0.140 ens1f1 down");
	needs_of_nic(h, 1, &needs);
	ck_assert(needs.told && needs.vlans[140] && !needs.untagged);
	end();
}
END_TEST

START_TEST(a_vlan_filter_holds_back_what_it_does_not_carry)
{
	char text[WALK_TEXT_SIZE];
	struct needs needs;
	const struct model_host *h = host_with(INSIDE_NICS,
	    "\"vswitches\":[" BRIDGE(
		"br0", INSIDE_BOND(",\"carries\":\"10-30,40\",\"untagged\":"
				   "1")) "],"
					 "\"port_groups\":[{\"vswitch\":"
					 "\"br0\",\"name\":\"tag 10\","
					 "\"vlan\":10},{\"vswitch\":"
					 "\"br0\",\"name\":\"tag 50\","
					 "\"vlan\":50},{\"vswitch\":"
					 "\"br0\",\"name\":\"tag 1\","
					 "\"vlan\":1},{\"vswitch\":\"br0\","
					 "\"name\":\"trunk 20,41\","
					 "\"trunks\":\"20,41\"}]");

	walk_from_group(&walk, h, 0);
	walk_from_group(&walk, h, 1);
	walk_from_group(&walk, h, 2);
	ck_assert_uint_eq(walk.count, 6);
	ck_assert_str_eq(line_of(0), "br0 bond0 ens1f0 active");
	ck_assert_str_eq(line_of(1), "br0 bond0 ens1f1 standby");
	ck_assert_str_eq(walk_block_text(&walk.legs[0], text), "");
	ck_assert_str_eq(walk_block_text(&walk.legs[2], text),
	    "br0 does not let VLAN 50 through bond0");
	ck_assert_str_eq(walk_block_text(&walk.legs[4], text), "");
	needs_of_nic(h, 0, &needs);
	ck_assert(needs.vlans[10] && needs.vlans[20] && needs.untagged);
	ck_assert(!needs.vlans[50] && !needs.vlans[41] && !needs.vlans[1]);
	end();
}
END_TEST

START_TEST(patch_ports_lead_from_br_int_to_the_bond_of_br_ex)
{
	struct needs needs;
	const struct model_host *h = host_with(INSIDE_NICS,
	    "\"vswitches\":[" OVS("br-int",
		"{\"name\":\"int-br-ex\",\"kind\":\"patch\"}",
		PATCH("int-br-ex", "br-ex") "," PATCH(
		    "tun", "br-tun")) "," OVS("br-tun", "",
		PATCH("int", "br-int")) "," OVS("br-ex", INSIDE_BOND(""),
		PATCH("ex-br-int",
		    "br-int")) "],"
			       "\"port_groups\":[{\"vswitch\":\"br-int\","
			       "\"name\":"
			       "\"tag 10\","
			       "\"vlan\":10}],\"workloads\":[" INSIDE_VM("web",
				   VNIC("tap1", "br-int", "tag 10")) "]");

	walk_from_vnic(&walk, h, 0);
	ck_assert_uint_eq(walk.count, 2);
	ck_assert_str_eq(line_of(0), "br-int br-ex bond0 ens1f0 active");
	ck_assert_str_eq(line_of(1), "br-int br-ex bond0 ens1f1 standby");
	needs_of_nic(h, 0, &needs);
	ck_assert(needs.vlans[10] && !needs.untagged);
	end();
}
END_TEST

START_TEST(a_loop_of_patch_ports_ends)
{
	const struct model_host *h = host_with(INSIDE_NICS,
	    "\"vswitches\":[" OVS(
		"a", "", PATCH("p", "b") "," PATCH("s", "a")) "," OVS("b", "",
		PATCH("p", "c")) "," OVS("c", "", PATCH("p", "a")) "]");

	walk_from_vswitch(&walk, h, 0);
	ck_assert_uint_eq(walk.count, 1);
	ck_assert_str_eq(
	    line_of(0), "a ? a has no uplink: it ends in the host");
	end();
}
END_TEST

START_TEST(a_patch_port_without_a_known_peer_is_said)
{
	const struct model_host *h = host_with(INSIDE_NICS,
	    "\"vswitches\":[" OVS("a", "", PATCH("p", "b")) "," OVS(
		"b", "", PATCH("q", "gone")) "]");

	walk_from_vswitch(&walk, h, 0);
	ck_assert_uint_eq(walk.count, 1);
	ck_assert_str_eq(line_of(0),
	    "a b ? b leads on over the patch port q, whose other end is not "
	    "reported");
	end();
}
END_TEST

START_TEST(a_chain_of_many_switches_is_cut_aloud)
{
	struct buffer text;
	const struct model_host *h;

	buffer_init(&text, 1 << 20);
	buffer_text(&text, "\"vswitches\":[");
	for (int i = 0; i < 200; i++)
		buffer_printf(&text,
		    "%s{\"name\":\"s%d\",\"kind\":\"openvswitch\",\"patches\":"
		    "[{\"name\":\"p\",\"peer_vswitch\":\"s%d\"}]}",
		    i ? "," : "", i, i + 1);
	buffer_text(&text, "]");
	h = host_with(INSIDE_NICS, buffer_string(&text));
	buffer_done(&text);
	walk_from_vswitch(&walk, h, 0);
	ck_assert_uint_eq(walk.count, 1);
	ck_assert_int_eq(walk.legs[0].gap, GAP_TOO_DEEP);
	end();
}
END_TEST

START_TEST(what_is_not_told_is_a_leg_that_says_so)
{
	const struct model_host *h = host_with(INSIDE_NICS,
	    "\"vswitches\":[" BRIDGE("br0", "") "," BRIDGE("br1",
		"{\"name\":\"bond9\",\"kind\":\"bond\"}") "," BRIDGE("br2",
		NIC_UPLINK(
		    "gone0")) "],"
			      "\"workloads\":[" INSIDE_VM(
				  "a", VNIC("v0", "br0",
					   "untagged")) "," INSIDE_VM("b",
				  "{\"name\":\"v1\"}") "," INSIDE_VM("c",
				  VNIC("v2", "nowhere",
				      "untagged")) "," INSIDE_VM("d",
				  "") "," INSIDE_VM("e",
				  VNIC("v3", "br1", "x")) "," INSIDE_VM("f",
				  VNIC("v4", "br2", "x")) "]");

	for (uint32_t i = 0; i < 6; i++)
		walk_from_workload(&walk, h, i);
	ck_assert_uint_eq(walk.count, 6);
	ck_assert_str_eq(
	    line_of(0), "br0 ? br0 has no uplink: it ends in the host");
	ck_assert_str_eq(line_of(1),
	    "? the host does not tell which virtual switch this vNIC is on");
	ck_assert_str_eq(line_of(2),
	    "? the virtual switch nowhere is named, but the host does not "
	    "report it");
	ck_assert_str_eq(line_of(3), "? the host reports no vNIC of it");
	ck_assert_str_eq(line_of(4),
	    "br1 ? the uplink bond9 of br1 has no NIC that is known");
	ck_assert_str_eq(line_of(5),
	    "br2 ? br2 leaves by gone0, which is no NIC that the host "
	    "reports");
	for (size_t i = 0; i < walk.count; i++)
		ck_assert_uint_eq(walk.legs[i].nic, INSIDE_NONE);
	end();
}
END_TEST

START_TEST(macvtap_and_the_kernels_port_have_paths_too)
{
	const struct model_host *h = host_with(INSIDE_NICS,
	    "\"vswitches\":[{\"name\":\"ens1f1\",\"kind\":\"macvtap\","
	    "\"uplinks\":[" NIC_UPLINK("ens1f1") "]}," BRIDGE("br0",
		NIC_UPLINK(
		    "ens1f0")) "],"
			       "\"workloads\":[" INSIDE_VM("a",
				   VNIC("macvtap0", "ens1f1",
				       "x")) ",{\"id\":\"kernel:br0\",\"kind\":"
					     "\"kernel_port\",\"name\":"
					     "\"br0\",\"vnics\":[" VNIC("br0",
						 "br0", "untagged") "]}]");

	walk_from_workload(&walk, h, 0);
	walk_from_workload(&walk, h, 1);
	ck_assert_uint_eq(walk.count, 2);
	ck_assert_str_eq(line_of(0), "ens1f1 ens1f1 ens1f1 active");
	ck_assert_str_eq(line_of(1), "br0 ens1f0 ens1f0 active");
	ck_assert(!inside_is_machine(walk.legs[1].workload));
	end();
}
END_TEST

START_TEST(two_vnics_on_two_switches_are_two_paths)
{
	const struct model_host *h = host_with(INSIDE_NICS,
	    "\"vswitches\":[" BRIDGE("br0", NIC_UPLINK("ens1f0")) "," BRIDGE(
		"br1", NIC_UPLINK("ens1f1")) "],\"workloads\":[" INSIDE_VM("a",
		VNIC("v0", "br0", "x") "," VNIC("v1", "br1", "x")) "]");

	walk_from_workload(&walk, h, 0);
	ck_assert_uint_eq(walk.count, 2);
	ck_assert_str_eq(line_of(0), "br0 ens1f0 ens1f0 active");
	ck_assert_str_eq(line_of(1), "br1 ens1f1 ens1f1 active");
	end();
}
END_TEST

START_TEST(a_nic_knows_its_uplink_unless_several_share_it)
{
	const struct model_host *h = host_with(INSIDE_NICS,
	    "\"vswitches\":[" BRIDGE("br0", NIC_UPLINK("ens1f0")) "," BRIDGE(
		"br1", NIC_UPLINK("ens1f1")) "," BRIDGE("br2",
		NIC_UPLINK("ens1f1")) "]");

	walk_from_nic(&walk, h, 0);
	walk_from_nic(&walk, h, 1);
	walk_from_nic(&walk, h, 1);
	ck_assert_uint_eq(walk.count, 2);
	ck_assert_str_eq(line_of(0), "br0 ens1f0 ens1f0 active");
	ck_assert_str_eq(
	    line_of(1), "? 2 uplinks of virtual switches share this NIC");
	ck_assert_uint_eq(walk.legs[1].nic, 1);
	end();
}
END_TEST

/* 1,000 VMs on one switch, then 8,000: eight times, not 64 times as long. */
static double
seconds_of(int vms)
{
	struct buffer text;
	const struct model_host *h;
	struct timespec start, stop;

	buffer_init(&text, 4 << 20);
	buffer_text(&text, "\"vswitches\":[" BRIDGE("br0",
			       NIC_UPLINK("ens1f0")) "],\"workloads\":[");
	for (int i = 0; i < vms; i++)
		buffer_printf(&text,
		    "%s{\"id\":\"%d\",\"kind\":\"vm\",\"vnics\":[{\"name\":"
		    "\"vnet%d\",\"vswitch\":\"br0\"}]}",
		    i ? "," : "", i, i);
	buffer_text(&text, "]");
	(void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &start);
	h = host_with(INSIDE_NICS, buffer_string(&text));
	for (int i = 0; i < vms; i++) {
		walk_from_workload(&walk, h, (uint32_t)i);
		ck_assert_uint_eq(walk.count, 1);
		walk_done(&walk);
	}
	(void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &stop);
	buffer_done(&text);
	end();
	return (double)(stop.tv_sec - start.tv_sec) +
	       (double)(stop.tv_nsec - start.tv_nsec) / 1e9;
}

START_TEST(time_grows_with_the_vms_and_not_with_their_square)
{
	double few = seconds_of(1000), many = seconds_of(8000);

	ck_assert_msg(many < few * 24 + 0.1, "%f s, then %f s", few, many);
}
END_TEST

START_TEST(a_link_that_leads_nowhere_is_a_gap_not_every_nic)
{
	const struct model_host *h =
	    host_with(INSIDE_NICS, "\"vswitches\":[],\"workloads\":[]");
	const struct model_link tap = {
		.name = "tap9", .kind = "tun", .master = "", .lower = ""
	};
	char text[WALK_TEXT_SIZE];

	walk_from_link(&walk, h, &tap);
	ck_assert_uint_eq(walk.count, 1);
	ck_assert_int_eq(walk.legs[0].gap, GAP_NO_WAY);
	ck_assert_str_eq(walk_gap_text(&walk.legs[0], text),
	    "the host does not tell by which NIC this leaves");
	end();
}
END_TEST

SUITE("walk", a_link_that_leads_nowhere_is_a_gap_not_every_nic,
    a_plain_bridge_leads_to_its_nic,
    a_vlan_device_under_a_bridge_needs_its_vlan,
    a_vlan_filter_holds_back_what_it_does_not_carry,
    patch_ports_lead_from_br_int_to_the_bond_of_br_ex,
    a_loop_of_patch_ports_ends, a_patch_port_without_a_known_peer_is_said,
    a_chain_of_many_switches_is_cut_aloud,
    what_is_not_told_is_a_leg_that_says_so,
    macvtap_and_the_kernels_port_have_paths_too,
    two_vnics_on_two_switches_are_two_paths,
    a_nic_knows_its_uplink_unless_several_share_it,
    time_grows_with_the_vms_and_not_with_their_square)
