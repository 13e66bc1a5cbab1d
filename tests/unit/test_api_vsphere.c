#include "tests/support/asking.h"
#include "tests/support/suite.h"

static void
begin(void)
{
	asking_begin();
	asking_post_file("tests/reports/esx01.json");
	asking_post_file("tests/reports/esx02.json");
	asking_post_file("tests/reports/hv1.json");
}

/* The item of a list whose member is this text; NULL: there is none. */
static const struct json_value *
item(const struct json_value *list, const char *member, const char *text)
{
	const struct json_value *v = json_first(list);

	while (v && strcmp(json_get_string(v, member), text) != 0)
		v = json_next(v);
	return v;
}

/* "vmnic0 active Ethernet1/10, ...": the legs of a question. */
static const char *
legs_of(const char *question)
{
	static char line[512];
	struct json_value *v = asking("/api/v1/path", question, 200);
	const struct json_value *leg = json_first(json_get(v, "legs"));
	size_t length = 0;

	line[0] = '\0';
	for (; leg; leg = json_next(leg)) {
		const char *nic = json_get_string(json_get(leg, "nic"), "name");
		const char *state =
		    json_get_string(json_get(leg, "uplink"), "member_state");
		const char *port = json_get_string(
		    json_get(json_get(leg, "neighbor"), "port"), "short_name");

		length += (size_t)snprintf(line + length, sizeof(line) - length,
		    "%s%s %s %s", length ? ", " : "", nic ? nic : "?",
		    state ? state : "-", port ? port : "?");
	}
	json_free(v);
	return line;
}

START_TEST(a_vm_of_vmware_has_the_legs_of_its_port_group)
{
	struct json_value *v;
	const struct json_value *leg, *hop;

	begin();
	ck_assert_str_eq(
	    legs_of("vm-10"), "vmnic0 active Eth1/10, vmnic1 standby Eth1/11");
	ck_assert_str_eq(legs_of("00:50:56:00:01:02"), "vmnic1 active Eth1/11");
	ck_assert_str_eq(legs_of("0:50:56:0:1:2"), "vmnic1 active Eth1/11");
	ck_assert_str_eq(legs_of("esx01 vmk0"), "vmnic2 active ?");
	ck_assert_str_eq(legs_of("esx01 DSwitch"),
	    "vmnic0 active Eth1/10, vmnic1 active Eth1/11, vmnic2 unused ?");
	v = asking("/api/v1/path", "vm-10", 200);
	leg = json_first(json_get(v, "legs"));
	hop = json_get(leg, "host");
	ck_assert_str_eq(json_get_string(hop, "connection"), "connected");
	ck_assert_str_eq(json_get_string(hop, "via"), "vc1.example.net");
	hop = json_get(leg, "port_group");
	ck_assert_str_eq(json_get_string(hop, "id"), "dvportgroup-12");
	ck_assert_str_eq(json_string_of(json_first(
			     json_get(json_get(hop, "team"), "standby"))),
	    "vmnic1");
	ck_assert(
	    json_get_boolean(json_get(leg, "uplink"), "by_port_group", false));
	ck_assert_str_eq(
	    json_get_string(json_get(leg, "vnic"), "type"), "vmxnet3");
	hop = json_first(json_get(json_get(leg, "neighbor"), "evidence"));
	ck_assert_str_eq(json_get_string(hop, "rule"), "told by vCenter");
	ck_assert_str_eq(json_get_string(hop, "via"), "vc1.example.net");
	ck_assert_ptr_null(json_get(hop, "source_mac"));
	json_free(v);
	asking_end();
}
END_TEST

START_TEST(agents_and_a_vcenter_hear_one_switch)
{
	struct json_value *v;

	begin();
	v = asking("/api/v1/switches", "", 200);
	ck_assert_int_eq(json_get_number(v, "count", -1), 1);
	ck_assert_int_eq(
	    json_get_number(json_first(json_get(v, "switches")), "hosts", -1),
	    3);
	json_free(v);
	asking_end();
}
END_TEST

START_TEST(a_distributed_switch_spans_its_hosts)
{
	const struct json_value *one;
	struct json_value *v;

	begin();
	v = asking("/api/v1/vswitches/DSwitch", "", 200);
	one = json_get(v, "vswitch");
	ck_assert_str_eq(json_get_string(one, "kind"), "distributed");
	ck_assert_int_eq(json_get_number(one, "others", -1), 0);
	ck_assert_uint_eq(json_count(json_get(v, "hosts")), 2);
	one = json_first(json_get(v, "hosts"));
	ck_assert_str_eq(json_get_string(one, "host"), "esx01");
	ck_assert_int_eq(json_get_number(one, "vnics", -1), 3);
	ck_assert_uint_eq(json_count(json_get(one, "port_groups")), 4);
	one = item(json_get(one, "members"), "nic", "vmnic2");
	ck_assert_str_eq(json_get_string(one, "state"), "unused");
	one = json_first(json_get(json_first(json_get(v, "hosts")), "members"));
	ck_assert_str_eq(
	    json_get_string(one, "switch_port"), "Eth1/10 on leaf1a");
	json_free(v);
	/* A switch of a host's own is one of several of its name. */
	v = asking("/api/v1/vswitches/esx02 vSwitch0", "", 200);
	ck_assert_int_eq(
	    json_get_number(json_get(v, "vswitch"), "others", -1), 1);
	one = json_first(json_get(v, "hosts"));
	ck_assert_str_eq(json_get_string(one, "host"), "esx02");
	ck_assert_ptr_null(json_next(one));
	json_free(v);
	json_free(asking("/api/v1/vswitches/nothing", "", 404));
	v = asking("/api/v1/vswitches", "", 200);
	one = item(json_get(v, "vswitches"), "name", "DSwitch");
	ck_assert_int_eq(json_get_number(one, "hosts", -1), 2);
	json_free(v);
	asking_end();
}
END_TEST

/* Checks that the first hit is of this kind and says this. */
static void
check_hit(const char *question, const char *kind, const char *member,
    const char *text)
{
	struct json_value *v = asking("/api/v1/find", question, 200);
	const struct json_value *hit = json_first(json_get(v, "hits"));

	ck_assert_msg(hit != NULL, "%s finds nothing", question);
	ck_assert_msg(strcmp(json_get_string(hit, "kind"), kind) == 0,
	    "%s: %s, %s", question, json_get_string(hit, "kind"),
	    json_get_string(hit, "why"));
	ck_assert_msg(json_get_string(hit, member) != NULL, "%s: no %s",
	    question, member);
	ck_assert_str_eq(json_get_string(hit, member), text);
	json_free(v);
}

START_TEST(whatever_people_call_it_is_found)
{
	begin();
	check_hit("web", "vm", "workload_state", "running");
	check_hit("dvportgroup-12", "port_group", "host", "esx01");
	check_hit("store", "port_group", "why", "name of the port group");
	check_hit("DSwitch", "vswitch", "connection", "connected");
	check_hit("SVC0002", "host", "why", "serial of the host");
	check_hit("chassis ENC77 bay 7", "host", "host", "esx01");
	check_hit("bay 8 ENC77", "host", "host", "esx02");
	check_hit("chassis ENC 77 Slot 12", "host", "host", "hv1");
	check_hit("ENC77", "host", "why", "chassis of the host");
	check_hit("enp59s0f0np0", "nic", "nic", "ens1f0");
	check_hit("52:54:00:00:00:f0", "nic", "why", "MAC of a VF of the NIC");
	check_hit("52:54:00:00:00:f3", "vnic", "workload", "fast");
	check_hit("52:54:0:0:0:f3", "vnic", "workload", "fast");
	check_hit("fast lane", "vnic", "why", "network of the vNIC");
	check_hit("macvtap on ens1f0", "vswitch", "host", "hv1");
	check_hit("hv1 ens1f1", "nic", "ended_reason", "link_down");
	check_hit("vlan 150", "port_group", "title", "esx01 DSwitch store");
	asking_end();
}
END_TEST

START_TEST(an_ended_neighbor_tells_when)
{
	struct json_value *v;

	begin();
	v = asking("/api/v1/find", "hv1 ens1f1", 200);
	ck_assert_int_eq(
	    json_get_number(json_first(json_get(v, "hits")), "ended_at", -1),
	    995);
	json_free(v);
	v = asking("/api/v1/find", "52:54:00:00:00:f0", 200);
	ck_assert_int_eq(
	    json_get_number(json_first(json_get(v, "hits")), "vf", -1), 0);
	json_free(v);
	asking_end();
}
END_TEST

START_TEST(a_host_that_its_vcenter_has_lost_has_nothing_current)
{
	const struct json_value *one;
	struct json_value *v;

	asking_begin();
	asking_post_file("tests/reports/esx03-disconnected.json");
	v = asking("/api/v1/hosts/esx03", "", 200);
	one = json_get(v, "host");
	ck_assert_str_eq(json_get_string(one, "connection"), "disconnected");
	ck_assert_int_eq(json_get_number(one, "connection_since", -1), 1000);
	ck_assert(!json_get_boolean(one, "silent", true));
	one = json_first(json_get(v, "nics"));
	ck_assert_str_eq(json_get_string(one, "state"), "stale");
	ck_assert_str_eq(json_get_string(one, "reason"),
	    "the vCenter that tells of this host has no connection to it");
	one = json_first(json_get(one, "heard_vlans"));
	ck_assert_str_eq(json_get_string(one, "state"), "stale");
	json_free(v);
	check_hit("esx03", "host", "state", "stale");
	check_hit("vlan 150", "port_group", "state", "stale");
	check_hit("vm-30", "vm", "state", "stale");
	v = asking("/api/v1/path", "vm-30", 200);
	one = json_first(json_get(json_first(json_get(v, "legs")), "carries"));
	ck_assert_str_eq(json_get_string(one, "verdict"), "unknown");
	json_free(v);
	v = asking("/api/v1/vms", "", 200);
	one = json_first(json_get(v, "vms"));
	ck_assert_uint_eq(json_count(json_get(one, "switches")), 0);
	ck_assert_uint_gt(json_count(json_get(one, "stale_ports")), 0);
	json_free(v);
	asking_end();
}
END_TEST

/* A neighbor that a vCenter tells has no sender, its line neither. */
START_TEST(a_heartbeat_renews_what_a_vcenter_tells)
{
	const struct json_value *nic;
	struct json_value *v;

	begin();
	asking_now = 1060;
	asking_post("{\"version\":1,\"number\":2,\"sent_at\":1060,"
		    "\"heartbeat\":true,\"digest\":\"0000000000000001\","
		    "\"host\":{\"id\":\"e51e51e51e51e51e51e51e51e51e510f\"},"
		    "\"heard\":[{\"nic\":\"vmnic0\",\"protocol\":\"lldp\","
		    "\"last_heard\":1050,\"expires\":1170}],"
		    "\"heard_vlans\":[{\"nic\":\"vmnic0\",\"vlans\":\"160\","
		    "\"last_heard\":1055,\"expires\":4600}]}");
	asking_now = 1150;
	v = asking("/api/v1/path", "esx01 vmnic0", 200);
	nic = json_get(json_first(json_get(v, "legs")), "nic");
	ck_assert_str_eq(json_get_string(nic, "state"), "current");
	nic = json_next(json_first(json_get(nic, "heard_vlans")));
	ck_assert_str_eq(json_get_string(nic, "state"), "current");
	ck_assert_int_eq(json_get_number(nic, "last_heard", -1), 1055);
	json_free(v);
	asking_end();
}
END_TEST

/* 256 switches, each with 512 patch ports to the others, and no way out. */
static void
post_mesh(void)
{
	struct buffer text;

	buffer_init(&text, 16 << 20);
	buffer_text(&text,
	    "{\"version\":1,\"number\":1,\"sent_at\":1000,"
	    "\"digest\":\"0000000000000001\",\"host\":{\"id\":"
	    "\"00000000000000ff00000000000000ff\",\"name\":"
	    "\"mesh\"},\"nics\":[],\"links\":[],\"vswitches\":[");
	for (int i = 0; i < 256; i++) {
		buffer_printf(&text,
		    "%s{\"name\":\"s%d\",\"kind\":\"openvswitch\","
		    "\"patches\":[",
		    i ? "," : "", i);
		for (int k = 0; k < 512; k++)
			buffer_printf(&text,
			    "%s{\"name\":\"p\",\"peer_vswitch\":\"s%d\"}",
			    k ? "," : "", (i + k) % 256);
		buffer_text(&text, "]}");
	}
	buffer_text(&text, "],\"workloads\":[");
	for (int i = 0; i < 8192; i++)
		buffer_printf(&text,
		    "%s{\"id\":\"%d\",\"kind\":\"vm\",\"vnics\":[{\"name\":"
		    "\"v\",\"vswitch\":\"s%d\"}]}",
		    i ? "," : "", i, i % 256);
	buffer_text(&text, "]}");
	ck_assert(buffer_ok(&text));
	asking_post(buffer_string(&text));
	buffer_done(&text);
}

START_TEST(the_worst_host_is_cut_aloud_and_harms_no_other)
{
	const struct json_value *one;
	struct json_value *v;

	begin();
	post_mesh();
	v = asking("/api/v1/vms", "", 200);
	ck_assert_int_eq(json_get_number(v, "count", -1), 8192 + 9);
	ck_assert(json_get_boolean(v, "truncated", false));
	one = json_get(v, "vms");
	ck_assert(
	    json_get_boolean(item(one, "id", "8191"), "truncated", false));
	one = item(one, "id", "vm-10");
	ck_assert_ptr_null(json_get(one, "truncated"));
	ck_assert_uint_eq(json_count(json_get(one, "switches")), 2);
	json_free(v);
	asking_end();
}
END_TEST

START_TEST(what_does_not_answer_an_agent_is_a_trouble_of_its_host)
{
	struct json_value *v;

	asking_begin();
	asking_post("{\"version\":1,\"number\":1,\"sent_at\":1000,"
		    "\"digest\":\"0000000000000001\",\"host\":{\"id\":"
		    "\"00000000000000ff00000000000000ff\",\"name\":\"hv9\","
		    "\"unanswered\":[\"openvswitch\",\"libvirt\"]},"
		    "\"nics\":[],\"links\":[]}");
	v = asking("/api/v1/hosts", "", 200);
	ck_assert_str_eq(
	    json_get_string(json_first(json_get(v, "hosts")), "trouble"),
	    "Open vSwitch and libvirt do not answer the agent; what they "
	    "would tell is unknown");
	json_free(v);
	asking_end();
}
END_TEST

/* The host knows alone that its link is down; what the switch said was then. */
START_TEST(a_link_that_is_down_does_not_agree)
{
	const struct json_value *claim;
	struct json_value *v;

	asking_begin();
	asking_post(
	    "{\"version\":1,\"number\":1,\"sent_at\":1000,"
	    "\"digest\":\"0000000000000001\",\"host\":{\"id\":"
	    "\"00000000000000ff00000000000000ff\",\"name\":\"hv9\"},"
	    "\"nics\":[{\"name\":\"ens9\",\"up\":true,\"carrier\":false,"
	    "\"duplex\":\"full\",\"neighbors\":[{\"protocol\":\"cdp\","
	    "\"source_mac\":\"b8:ce:f6:00:00:09\",\"duplex\":\"full\","
	    "\"port_id\":{\"type\":\"interface_name\",\"value\":\"Gi1/0/9\"},"
	    "\"first_heard\":900,\"last_heard\":980,\"expires\":1160,"
	    "\"ended\":{\"reason\":\"link_down\",\"at\":990}}]}],"
	    "\"links\":[]}");
	v = asking("/api/v1/path", "hv9 ens9", 200);
	claim = json_get(json_first(json_get(v, "legs")), "claims");
	claim = item(claim, "topic", "link");
	ck_assert_str_eq(json_get_string(claim, "verdict"), "no");
	ck_assert_ptr_null(json_get(claim, "was"));
	json_free(v);
	asking_end();
}
END_TEST

SUITE("api_vsphere", a_link_that_is_down_does_not_agree,
    what_does_not_answer_an_agent_is_a_trouble_of_its_host,
    a_heartbeat_renews_what_a_vcenter_tells,
    the_worst_host_is_cut_aloud_and_harms_no_other,
    a_vm_of_vmware_has_the_legs_of_its_port_group,
    agents_and_a_vcenter_hear_one_switch, a_distributed_switch_spans_its_hosts,
    whatever_people_call_it_is_found, an_ended_neighbor_tells_when,
    a_host_that_its_vcenter_has_lost_has_nothing_current)
