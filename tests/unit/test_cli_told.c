#include <check.h>
#include <string.h>

#include "tests/support/shown.h"
#include "tests/support/suite.h"

/* What VMware, the wire and the front of a machine tell, as people read it. */

#define ESX                                                                    \
	"{\"id\":\"e5\",\"name\":\"esx01\",\"via\":\"vc1\","                   \
	"\"last_report\":960,\"connection\":"
#define TEAM                                                                   \
	"\"team\":{\"policy\":\"failover_explicit\",\"active\":[\"vmnic3\"],"  \
	"\"standby\":[\"vmnic2\"],\"unused\":[\"vmnic5\"]}"
#define CARRIES                                                                \
	"[{\"vlan\":130,\"verdict\":\"yes\",\"text\":\"t\",\"evidence\":[{"    \
	"\"by\":\"lldp\",\"state\":\"current\",\"last_heard\":997},{\"by\":"   \
	"\"wire\",\"state\":\"current\",\"last_heard\":980,\"subnets\":["      \
	"\"10.1.130.0/24\"]}]},{\"vlan\":140,\"verdict\":\"unknown\","         \
	"\"text\":\"neither told nor heard\",\"evidence\":[]},{"               \
	"\"verdict\":\"no\",\"text\":\"br0 does not let it through\","         \
	"\"evidence\":[]}]"
#define LEG(nic, state)                                                        \
	"{\"host\":" ESX "\"connected\"},\"workload\":{\"id\":\"vm-1\","       \
	"\"kind\":\"vm\",\"name\":\"db-11\",\"state\":\"off\",\"source\":"     \
	"\"vsphere\"},\"vnic\":{\"name\":\"Network adapter 1\",\"mac\":"       \
	"\"00:50:56:9a:01:11\",\"type\":\"vmxnet3\"},\"port_group\":{"         \
	"\"name\":\"PG-DB\",\"vlan\":130," TEAM "},\"vswitch\":[{\"name\":"    \
	"\"DSwitch-Prod\",\"kind\":\"distributed\"}],\"uplink\":{\"name\":"    \
	"\"uplinks\",\"kind\":\"team\",\"mode\":\"loadbalance_srcid\","        \
	"\"member_state\":\"" state "\",\"by_port_group\":true},\"nic\":{"     \
	"\"name\":\"" nic "\",\"mac\":\"00:25:b5:00:01:03\"},\"neighbor\":{"   \
	"\"state\":\"current\",\"verdict\":\"yes\",\"port\":{\"name\":"        \
	"\"Eth1/13\"},\"switch\":{\"name\":\"leaf2b\"}},\"heard\":[{"          \
	"\"protocol\":\"cdp\",\"source\":\"vsphere\",\"last_heard\":960}],"    \
	"\"carries\":" CARRIES "}"

START_TEST(a_leg_of_vmware_tells_its_team_and_its_vcenter)
{
	const char *page = shown(answer_path,
	    "{\"legs\":[" LEG("vmnic3", "active") "," LEG(
		"vmnic2", "standby") "]}",
	    true);

	shown_fits(page);
	shown_in_order(page,
	    "db-11 does not run; would leave by esx01 vmnic3 (active)",
	    "(CDP through vCenter 40 s ago)\n");
	shown_in_order(
	    page, "  VM, off   vNIC", "port group   vSwitch        teaming\n");
	shown_in_order(page, "DSwitch-Prod ─ uplinks ─\n", "  ─ vmnic3 ─\n");
	shown_in_order(page, "VLAN 130, active vmnic3; standby vmnic2;\n",
	    "active for this port group");
	shown_in_order(page, "as of esx01: told by vCenter vc1 40 s ago",
	    "standby for this port group");
	ck_assert_ptr_null(strstr(page, "vmnic5"));
	shown_done();
}
END_TEST

#define WEB(nic, more)                                                         \
	"{\"host\":{\"name\":\"h\"},\"workload\":{\"name\":\"web\",\"state\":" \
	"\"running\"},\"vnic\":{\"name\":\"n\"},\"vswitch\":[],\"uplink\":{"   \
	"\"kind\":\"team\",\"member_state\":" more "},\"nic\":{\"name\":"      \
	"\"" nic "\""

START_TEST(legs_in_use_come_before_those_that_wait)
{
	const char *page = shown(answer_path,
	    "{\"legs\":[" WEB("n1", "\"active\"") ",\"carrier\":false}}," WEB(
		"n2", "\"standby\"") "}}," WEB("n3", "\"active\"") "}}]}",
	    true);

	shown_in_order(page, "web leaves by h n3 (active)",
	    "web would leave by h n2 (standby)");
	shown_in_order(page, "web would leave by h n2 (standby)",
	    "web cannot leave by h n1: its link is down");
	shown_done();
}
END_TEST

START_TEST(vnics_of_one_name_tell_whose_they_are)
{
	const char *page = shown(answer_find,
	    "{\"count\":2,\"hits\":[{\"kind\":\"vnic\",\"title\":\"e a\","
	    "\"workload\":\"web-1\"},{\"kind\":\"vnic\",\"title\":\"e a\","
	    "\"workload\":\"web-2\"}]}",
	    true);

	shown_in_order(page, "e a of web-1", "e a of web-2");
	shown_done();
}
END_TEST

START_TEST(the_second_leg_does_not_repeat_the_first)
{
	const char *page = shown(answer_path,
	    "{\"legs\":[" LEG("vmnic3", "active") "," LEG(
		"vmnic2", "standby") "]}",
	    true);
	const char *second = strstr(page, "would leave by esx01 vmnic2");

	ck_assert_ptr_nonnull(second);
	ck_assert_ptr_nonnull(strstr(page, "failover_explicit"));
	ck_assert_ptr_null(strstr(second, "failover_explicit"));
	shown_done();
}
END_TEST

START_TEST(each_vlan_is_carried_or_unknown_with_who_says_so)
{
	const char *page = shown(
	    answer_path, "{\"legs\":[" LEG("vmnic3", "active") "]}", true);

	shown_in_order(page,
	    "  carries VLAN 130: told by LLDP 3 s ago, heard on the wire 20 s",
	    "(10.1.130.0/24)\n");
	shown_in_order(page,
	    "  carries VLAN 140: unknown: neither told nor heard\n",
	    "  does not carry untagged frames: br0 does not let it through\n");
	shown_done();
}
END_TEST

START_TEST(a_host_tells_its_bay_its_clock_and_what_is_wrong)
{
	const char *page = shown(answer_host,
	    "{\"host\":" ESX
	    "\"not_responding\",\"connection_since\":700,\"chassis\":\"CZ37\","
	    "\"slot\":\"3\",\"clock_ahead_s\":-90,\"trouble\":\"two hosts\"},"
	    "\"nics\":[{\"name\":\"vmnic0\",\"port_name\":\"p0\",\"slot\":"
	    "\"2\",\"heard_vlans\":[{\"id\":120,\"last_heard\":980},{\"id\":"
	    "130,\"last_heard\":970},{\"id\":140,\"state\":\"stale\","
	    "\"last_heard\":760}],\"vfs\":[{\"index\":0,\"mac\":"
	    "\"52:54:00:06:00:40\",\"vlan\":140,\"link\":\"auto\"}]}]}",
	    true);

	shown_fits(page);
	shown_in_order(page, "esx01  told by vCenter vc1 40 s ago",
	    "does not respond to its vCenter for 5 min, two hosts");
	shown_in_order(page, "chassis     CZ37, bay 3", "90 s behind");
	shown_in_order(page,
	    "vmnic0: port p0; slot 2; hears VLANs 120, 130 (last 20 s ago);",
	    "heard VLANs 140\n    (last 4 min ago, stale)");
	shown_in_order(
	    page, "vmnic0: port p0", "52:54:00:06:00:40  140   auto");
	shown_done();
}
END_TEST

START_TEST(a_host_shows_what_hangs_on_its_switches)
{
	const char *page = shown(answer_host,
	    "{\"host\":{\"name\":\"hv1\"},\"vswitches\":[{\"name\":\"br0\","
	    "\"kind\":\"linux_bridge\",\"uplinks\":[{\"name\":\"bond0\","
	    "\"kind\":\"bond\",\"members\":[{\"nic\":\"e0\",\"state\":"
	    "\"active\"}]}]},{\"name\":\"virbr0\",\"kind\":\"linux_bridge\"}],"
	    "\"port_groups\":[{\"vswitch\":\"br0\",\"name\":\"tag 140\","
	    "\"vlan\":140}],\"workloads\":[{\"name\":\"a\",\"vnics\":[{"
	    "\"vswitch\":\"br0\",\"port_group\":\"tag 140\",\"connected\":"
	    "false}]},{\"name\":\"b\",\"vnics\":[{\"vswitch\":\"virbr0\"},"
	    "{}]}]}",
	    true);

	shown_in_order(page, "  br0  bridge, over bond0 (e0 active)\n",
	    "    tag 140 (VLAN 140): a (not connected)\n");
	shown_in_order(page, "  virbr0  bridge, no uplink\n",
	    "    port group not told: b\n");
	ck_assert_ptr_nonnull(strstr(page, "virtual switch not told: b\n"));
	shown_done();
}
END_TEST

#define PART(host, more)                                                       \
	"{\"host\":\"" host "\",\"members\":[{\"uplink\":\"uplinks\","         \
	"\"kind\":\"team\",\"mode\":\"loadbalance_srcid\",\"nic\":\"vmnic2\"," \
	"\"state\":\"unused\",\"switch_port\":\"Eth1/12 on leaf2a\","          \
	"\"heard\":\"stale\",\"last_heard\":600}],\"port_groups\":[{"          \
	"\"name\":\"PG-DB\",\"vlan\":130,\"vnics\":2," TEAM "}]" more "}"

START_TEST(a_distributed_switch_is_one_with_all_its_hosts)
{
	const char *page = shown(answer_vswitch,
	    "{\"vswitch\":{\"name\":\"DSwitch\",\"kind\":\"distributed\","
	    "\"uuid\":\"50 2a\",\"others\":1},\"hosts\":[" PART("esx01",
		"") "," PART("esx02", ",\"connection\":\"disconnected\"") "]}",
	    true);

	shown_fits(page);
	shown_in_order(page, "DSwitch  distributed vSwitch on 2 hosts\n",
	    "1 other has this name");
	shown_in_order(page, "esx02: disconnected from its vCenter\n",
	    "esx01  vmnic2  unused");
	shown_in_order(page, "Eth1/12 on leaf2a", "stale, 7 min ago");
	shown_in_order(page,
	    "  PG-DB (VLAN 130): 4 vNICs on 2 hosts; active vmnic3;"
	    " standby vmnic2;",
	    "unused\n    vmnic5; failover_explicit\n");
	shown_done();
}
END_TEST

#define LAG(kind)                                                              \
	"{\"vswitch\":{\"name\":\"s\",\"kind\":\"" kind "\"},\"hosts\":[{"     \
	"\"host\":\"h\",\"members\":[{\"uplink\":\"lag1\",\"kind\":\"bond\","  \
	"\"lacp\":\"configured\",\"nic\":\"n1\"}]}]}"

START_TEST(only_who_speaks_lacp_can_say_that_nobody_answers)
{
	static const char *const silent[] = { LAG("distributed"),
		LAG("standard"), LAG("opaque") };
	static const char *const speaking[] = { LAG("openvswitch"),
		LAG("linux_bridge") };

	for (size_t i = 0; i < 3; i++)
		ck_assert_ptr_nonnull(strstr(
		    shown(answer_vswitch, silent[i], true), "LACP configured"));
	for (size_t i = 0; i < 2; i++)
		ck_assert_ptr_nonnull(strstr(
		    shown(answer_vswitch, speaking[i], true), "LACP not"));
	shown_done();
}
END_TEST

START_TEST(a_vlan_tells_where_it_is_needed_and_carried)
{
	const char *page = shown(answer_vlan,
	    "{\"vlan\":{\"id\":140,\"names\":[\"prod\"],\"needed_by\":3,"
	    "\"hosts\":2,\"told_on_ports\":1,\"heard_on_nics\":1},\"nics\":[{"
	    "\"host\":\"hv1\",\"nic\":\"ens1f0\",\"switch_port\":"
	    "\"Eth1/1 on leaf1a\",\"needed\":true,\"needed_by\":["
	    "\"br0 tag 140\"],\"verdict\":\"yes\",\"evidence\":[{\"by\":"
	    "\"cdp\",\"untagged\":true,\"state\":\"stale\",\"last_heard\":"
	    "990}]},{\"host\":\"hv2\",\"nic\":\"ens1f0\",\"needed\":true,"
	    "\"verdict\":\"no\",\"text\":\"br0 holds it back\"}],"
	    "\"port_groups\":[{\"host\":\"hv1\",\"vswitch\":\"br0\",\"name\":"
	    "\"tag 140\",\"vnics\":3}]}",
	    true);

	shown_fits(page);
	shown_in_order(page, "VLAN 140  prod\n",
	    "needed by 3 vNICs on 2 hosts, told on 1 switch port, heard on 1"
	    " NIC\n");
	shown_in_order(page, "br0 tag 140", "yes");
	shown_in_order(page, "NO", "\n  hv2 ens1f0: br0 holds it back\n");
	ck_assert_ptr_nonnull(strstr(page, "Unknown is not no"));
	shown_done();
}
END_TEST

START_TEST(a_lost_host_makes_its_vms_doubtful)
{
	const char *page = shown(answer_vms,
	    "{\"vms\":[{\"name\":\"a\",\"state\":\"running\",\"connection\":"
	    "\"disconnected\"},{\"name\":\"b\",\"state\":\"suspended\","
	    "\"connection\":\"connected\"}]}",
	    true);

	shown_in_order(page, "host lost", "suspended");
	shown_done();
}
END_TEST

#define RUNNING(host, carries)                                                 \
	"{\"legs\":[{\"host\":{\"name\":\"h\"" host "},\"workload\":{"         \
	"\"kind\":\"vm\",\"name\":\"web\",\"state\":\"running\"},"             \
	"\"vnic\":{\"name\":\"n\"},\"nic\":{\"name\":\"e0\"},\"neighbor\":"    \
	"null,\"carries\":[" carries "]}]}"

START_TEST(a_machine_of_a_lost_host_left_by_its_nic)
{
	const char *page = shown(
	    answer_path, RUNNING(",\"connection\":\"disconnected\"", ""), true);

	shown_in_order(page, "web left by h e0", "was running");
	page = shown(answer_path, RUNNING(",\"silent\":true", ""), true);
	shown_in_order(page, "web left by h e0", "was running");
	page = shown(
	    answer_path, RUNNING(",\"connection\":\"connected\"", ""), true);
	shown_in_order(page, "web leaves by h e0", "running");
	ck_assert_ptr_null(strstr(page, "was running"));
	shown_done();
}
END_TEST

START_TEST(a_machine_whose_vlans_are_held_back_cannot_leave)
{
	const char *page = shown(answer_path,
	    RUNNING("", "{\"vlan\":40,\"verdict\":\"no\",\"text\":\"t\"}"),
	    true);

	shown_in_order(page, "web cannot leave by h e0", "does not carry");
	page = shown(answer_path,
	    RUNNING("", "{\"vlan\":40,\"verdict\":\"no\"},{\"vlan\":41,"
			"\"verdict\":\"unknown\"}"),
	    true);
	shown_in_order(page, "web leaves by h e0", "does not carry");
	shown_done();
}
END_TEST

START_TEST(a_last_report_that_is_not_kept_is_not_made_up)
{
	const char *page = shown(answer_hosts,
	    "{\"hosts\":[{\"name\":\"hv1\",\"last_report_from\":820}]}", true);

	shown_in_order(page, "hv1", "at most 3 min ago");
	page = shown(answer_hosts,
	    "{\"hosts\":[{\"name\":\"hv1\",\"last_report\":990}]}", true);
	shown_in_order(page, "hv1", "10 s ago");
	ck_assert_ptr_null(strstr(page, "at most"));
	shown_done();
}
END_TEST

START_TEST(changes_tell_from_when_on_they_are_known)
{
	const char *page = shown(
	    answer_changes, "{\"changes\":[],\"history_since\":900}", false);

	shown_in_order(page, "nothing changed\n", "history is kept since ");
	shown_in_order(page, "; ", "what was before is not known\n");
	page = shown(answer_changes, "{\"changes\":[]}", false);
	ck_assert_str_eq(page, "nothing changed\n");
	shown_done();
}
END_TEST

SUITE("cli_told", a_leg_of_vmware_tells_its_team_and_its_vcenter,
    legs_in_use_come_before_those_that_wait,
    vnics_of_one_name_tell_whose_they_are,
    the_second_leg_does_not_repeat_the_first,
    each_vlan_is_carried_or_unknown_with_who_says_so,
    a_host_tells_its_bay_its_clock_and_what_is_wrong,
    a_host_shows_what_hangs_on_its_switches,
    a_distributed_switch_is_one_with_all_its_hosts,
    only_who_speaks_lacp_can_say_that_nobody_answers,
    a_vlan_tells_where_it_is_needed_and_carried,
    a_lost_host_makes_its_vms_doubtful,
    a_machine_of_a_lost_host_left_by_its_nic,
    a_machine_whose_vlans_are_held_back_cannot_leave,
    a_last_report_that_is_not_kept_is_not_made_up,
    changes_tell_from_when_on_they_are_known)
