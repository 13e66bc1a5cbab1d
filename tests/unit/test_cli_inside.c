#include <check.h>
#include <string.h>

#include "tests/support/shown.h"
#include "tests/support/suite.h"

#define HEARD                                                                  \
	"\"heard\":[{\"protocol\":\"lldp\",\"last_heard\":998},"               \
	"{\"protocol\":\"cdp\",\"last_heard\":999}]"
#define HOP(name) "{\"name\":\"" name "\"}"
#define WORKLOAD "{\"kind\":\"vm\",\"name\":\"web-01\"}"
#define SWITCHES "[" HOP("br-int") "," HOP("br-ex") "]"
#define UPLINK                                                                 \
	"{\"name\":\"bond-ex\",\"kind\":\"bond\","                             \
	"\"member_state\":\"standby\",\"holds_back\":"                         \
	"\"br-ex does not let VLAN 10 through bond-ex\"}"
#define NEIGHBOR                                                               \
	"{\"state\":\"current\",\"verdict\":\"yes\",\"port\":" HOP(            \
	    "Eth1/5") ",\"switch\":" HOP("leaf2a") "}"
#define BEFORE                                                                 \
	"{\"legs\":[{\"host\":" HOP("hv5") ",\"workload\":" WORKLOAD           \
					   ",\"vnic\":"
#define AFTER                                                                  \
	",\"port_group\":" HOP(                                                \
	    "tag 10") ",\"vswitch\":" SWITCHES ",\"uplink\":" UPLINK           \
		      ",\"nic\":" HOP("ens1f0") "," HEARD                      \
						",\"neighbor\":" NEIGHBOR      \
						"}]}"
#define INSIDE(vnic)                                                           \
	BEFORE HOP(vnic)                                                       \
	AFTER

START_TEST(a_vm_has_its_whole_chain_in_two_lines)
{
	const char *page = shown(answer_path, INSIDE("vnet0"), true);
	const char *strip = strstr(page, "\n\n");

	ck_assert_ptr_eq(
	    page, strstr(page, "web-01 would leave by hv5 ens1f0 (standby), "
			       "which is on Eth1/5 of leaf2a (LLDP 2\n"
			       "  s ago, CDP 1 s ago)\n"));
	ck_assert_ptr_nonnull(strip);
	shown_fits(strip);
	ck_assert_ptr_nonnull(strstr(strip,
	    "  web-01 ─ vnet0 ─ tag 10 ───── br-int ── br-ex ─── bond-ex ─ "
	    "ens1f0 ─\n"));
	ck_assert_ptr_nonnull(strstr(strip, "\n  ─ Eth1/5 ─ leaf2a\n"));
	ck_assert_ptr_nonnull(
	    strstr(strip, "  br-ex does not let VLAN 10 through bond-ex\n"));
	shown_done();
}
END_TEST

START_TEST(names_inside_a_host_cannot_move_the_cursor)
{
	const char *page =
	    shown(answer_path, INSIDE("v\\u001b[2J\\nx\\u202e"), true);

	ck_assert_ptr_null(strchr(page, '\033'));
	ck_assert_ptr_null(strstr(page, "\xe2\x80\xae"));
	shown_done();
}
END_TEST

START_TEST(a_hop_that_nobody_tells_is_called_unknown)
{
	const char *page = shown(answer_path,
	    "{\"legs\":[{\"host\":" HOP(
		"hv5") ",\"workload\":{\"kind\":"
		       "\"container\",\"name\":\"router\"},\"vnic\":" HOP(
			   "veth3") ",\"port_group\":null,\"vswitch\":[{"
				    "\"unknown\":\"nobody "
				    "knows\"}],\"uplink\":null,\"nic\":{"
				    "\"unknown\":\"nobody knows\"},"
				    "\"neighbor\":null}]}",
	    true);

	ck_assert_ptr_eq(
	    page, strstr(page,
		      "router on hv5: switch port unknown (nobody knows)\n"));
	ck_assert_ptr_nonnull(strstr(page, "veth3 ─── unknown ┄┄"));
	shown_done();
}
END_TEST

START_TEST(vms_are_a_table_with_their_switch_ports)
{
	const char *page = shown(answer_vms,
	    "{\"vms\":[{\"name\":\"web-01\",\"kind\":\"vm\",\"state\":"
	    "\"running\",\"host\":\"hv5\",\"vnics\":[{\"name\":\"vnet0\","
	    "\"vswitch\":\"br0\",\"port_group\":\"tag 10\"}],\"switches\":"
	    "[\"Eth1/5 on leaf2a\"]},{\"name\":\"x\",\"vnics\":[{}],"
	    "\"switches\":[]}]}",
	    true);

	ck_assert_ptr_nonnull(strstr(page, "br0 tag 10"));
	ck_assert_ptr_nonnull(strstr(page, "Eth1/5 on leaf2a"));
	ck_assert_ptr_nonnull(strstr(page, "unknown"));
	shown_fits(page);
	shown_done();
	ck_assert_ptr_nonnull(strstr(
	    shown(answer_vms, "{\"vms\":[]}", false), "no host has reported"));
	shown_done();
}
END_TEST

START_TEST(virtual_switches_tell_their_uplinks)
{
	const char *page = shown(answer_vswitches,
	    "{\"vswitches\":[{\"host\":\"hv5\",\"name\":\"br-ex\",\"kind\":"
	    "\"openvswitch\",\"vnics\":3,\"switches\":[],\"uplinks\":[{"
	    "\"name\":\"bond0\",\"kind\":\"bond\",\"members\":[{\"nic\":"
	    "\"e0\",\"state\":\"active\"},{\"nic\":\"e1\"}]}]},{\"name\":"
	    "\"br-int\",\"patches\":[{}]},{\"name\":\"virbr0\"},{\"name\":"
	    "\"nsx\",\"kind\":\"opaque\",\"uplinks\":[{\"name\":"
	    "\"uplinks\",\"kind\":\"nic\",\"members\":[{\"nic\":"
	    "\"vmnic7\"}]}]}]}",
	    true);

	ck_assert_ptr_nonnull(strstr(page, "bond0 (e0 active, e1)"));
	ck_assert_ptr_nonnull(strstr(page, "  vmnic7 "));
	ck_assert_ptr_nonnull(strstr(page, "over patch ports"));
	ck_assert_ptr_nonnull(strstr(page, "none"));
	shown_done();
}
END_TEST

START_TEST(a_vm_leaves_by_the_ports_of_all_its_legs)
{
	ck_assert_str_eq(
	    shown(answer_find,
		"{\"hits\":[{\"kind\":\"vm\",\"title\":\"web-01\",\"state\":"
		"\"current\",\"answer\":\"Eth1/5 on leaf2a, Eth1/5 on "
		"leaf2b\"," HEARD "}]}",
		true),
	    "web-01 leaves by Eth1/5 on leaf2a, Eth1/5 on leaf2b"
	    " (LLDP 2 s ago, CDP 1 s ago)\n");
	shown_done();
}
END_TEST

#define VM_HIT(title, path)                                                    \
	"{\"kind\":\"vm\",\"title\":\"" title "\",\"host\":\"esx01\","         \
	"\"path\":\"" path "\",\"exact\":true,\"state\":\"current\"}"

START_TEST(vms_of_one_name_are_told_by_host_and_id)
{
	const char *page = shown(answer_find,
	    "{\"count\":3,\"hits\":[" VM_HIT("web", "esx01 vm-10") "," VM_HIT(
		"web", "esx01 vm-11") "," VM_HIT("db", "esx01 db") "]}",
	    true);

	shown_in_order(page, "esx01 vm-10 web\n", "esx01 vm-11 web\n");
	shown_in_order(page, "esx01 vm-11 web\n", "esx01 db\n");
	shown_done();
}
END_TEST

#define VM_LEG(host, id)                                                       \
	"{\"host\":{\"id\":\"" host "\",\"name\":\"" host "\"},"               \
	"\"workload\":{\"kind\":\"vm\",\"id\":\"" id                           \
	"\",\"name\":\"web\"},\"vnic\":" HOP("n") ",\"nic\":" HOP(             \
	    "e0") ",\"neighbor\":null}"

START_TEST(a_path_of_several_machines_says_so_first)
{
	const char *page = shown(answer_path,
	    "{\"legs\":[" VM_LEG("h1", "vm-10") "," VM_LEG(
		"h1", "vm-10") "," VM_LEG("h1", "vm-11") "," VM_LEG("h2",
		"vm-12") "]}",
	    true);

	ck_assert_ptr_eq(page,
	    strstr(page, "3 machines are called so: h1 vm-10, h1 vm-11, h2 "
			 "web\n\n"));
	page = shown(answer_path,
	    "{\"legs\":[" VM_LEG("h1", "a") "," VM_LEG("h1", "a") "]}", true);
	ck_assert_ptr_null(strstr(page, "called so"));
	shown_done();
}
END_TEST

START_TEST(what_is_stale_is_not_unknown)
{
	const char *page = shown(answer_vms,
	    "{\"vms\":[{\"name\":\"a\",\"switches\":[\"p1 on s1\"],"
	    "\"stale_ports\":[\"p2 on s2\"]}]}",
	    true);

	ck_assert_ptr_nonnull(strstr(page, "p1 on s1, p2 on s2 (stale)"));
	page = shown(answer_vlan,
	    "{\"vlan\":{\"id\":1},\"nics\":[{\"host\":\"h\",\"nic\":"
	    "\"e0\",\"stale_port\":\"p1 on s1\"}]}",
	    true);
	ck_assert_ptr_nonnull(strstr(page, "p1 on s1 (stale)"));
	page = shown(answer_vswitch,
	    "{\"vswitch\":{\"name\":\"b\"},\"hosts\":[{\"members\":[{"
	    "\"nic\":\"e0\",\"stale_port\":\"p1 on s1\"}]}]}",
	    true);
	ck_assert_ptr_nonnull(strstr(page, "p1 on s1 (stale)"));
	shown_done();
}
END_TEST

START_TEST(documents_of_another_shape_are_no_crash)
{
	static const char *const shapes[] = { "{}",
		"{\"vms\":[1,null,{}],\"hosts\":[7,{\"members\":[1],"
		"\"port_groups\":[3]}],\"nics\":[{\"vfs\":[1]},2]}",
		"{\"vm\":7,\"vlan\":[],\"vswitch\":\"s\",\"host\":{\"agent\":1}"
		","
		"\"legs\":[[],{}]}",
		"{\"vswitches\":[{\"uplinks\":[7,{\"members\":3}]}],"
		"\"vlans\":[{\"id\":\"x\"}],\"vms\":[{\"vnics\":7}],"
		"\"port_groups\":[{\"team\":5,\"pvlan\":7}],"
		"\"workloads\":[{\"vnics\":[{}]},{\"vnics\":{}}],"
		"\"legs\":[{\"vswitch\":{\"a\":1},\"workload\":[],"
		"\"carries\":[1,{\"evidence\":[2,{}]}]}]}" };
	static shown_answer *const answers[] = { answer_vm, answer_vswitch,
		answer_vlan, answer_host };
	static shown_answer *const lists[] = { answer_vms, answer_vswitches,
		answer_vlans, answer_path, answer_hosts };

	for (size_t i = 0; i < 4; i++) {
		for (size_t k = 0; k < 4; k++)
			(void)shown(answers[k], shapes[i], true);
		for (size_t k = 0; k < 5; k++)
			(void)shown_any(lists[k], shapes[i]);
	}
	shown_done();
}
END_TEST

#define LOSS(count, running, vnics)                                            \
	"{\"count\":" #count ",\"running\":" #running ",\"vnics\":[" vnics "]" \
	"}"
#define LOST                                                                   \
	"{\"host\":\"hv5\",\"name\":\"web-01\",\"kind\":\"vm\",\"state\":"     \
	"\"off\",\"vnic\":\"vnet0\",\"port_group\":\"tag 10\"}"

START_TEST(an_impact_says_who_is_cut_off_and_who_keeps_a_way)
{
	const char *page = shown(answer_impact,
	    "{\"about\":{\"kind\":\"nic\",\"name\":\"hv5 ens1f0\"},"
	    "\"loses_all\":" LOSS(1, 0, LOST) ",\"loses_redundancy\":" LOSS(
		0, 0, "") ",\"unknown\":" LOSS(0, 0, "") ",\"cables\":[]}",
	    true);

	ck_assert_ptr_eq(page, strstr(page, "without hv5 ens1f0\n"));
	ck_assert_ptr_nonnull(
	    strstr(page, "1 vNIC would be cut off, 0 of machines that run\n"));
	ck_assert_ptr_nonnull(strstr(page, "web-01"));
	ck_assert_ptr_null(strstr(page, "redundancy"));
	shown_done();
}
END_TEST

SUITE("cli_inside", an_impact_says_who_is_cut_off_and_who_keeps_a_way,
    a_vm_has_its_whole_chain_in_two_lines,
    names_inside_a_host_cannot_move_the_cursor,
    a_hop_that_nobody_tells_is_called_unknown,
    vms_are_a_table_with_their_switch_ports,
    virtual_switches_tell_their_uplinks,
    a_vm_leaves_by_the_ports_of_all_its_legs,
    vms_of_one_name_are_told_by_host_and_id,
    a_path_of_several_machines_says_so_first, what_is_stale_is_not_unknown,
    documents_of_another_shape_are_no_crash)
