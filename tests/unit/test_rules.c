#include "tests/support/suite.h"
#include "tests/support/telling.h"

/*
 * Worlds in which something is broken, and healthy ones that look as if.  When
 * claims are taken away, the rules may know less, and never something else.
 */

#define NXOS                                                                   \
	"\"system_description\":\"Cisco Nexus Operating System (NX-OS) "       \
	"Software 9.3(10)\","
#define JUNOS                                                                  \
	"\"system_description\":\"Juniper Networks, Inc. qfx5120 JUNOS "       \
	"21.4R3\","
#define EXOS "\"system_description\":\"ExtremeXOS (X670) version 30.7.1\","

#define CARRIER ",\"carrier\":true,\"mtu\":1500"

/* By LLDP: 'mac' is the switch's, 'more' ends with a comma. */
static void
lldp(struct telling *t, const char *name, int mac, int port, const char *more)
{
	tell_claim(t,
	    "{\"protocol\":\"lldp\",\"source_mac\":\"02:00:00:00:%02x:%02x\","
	    "\"scope\":\"nearest-bridge\",\"ttl_s\":120,\"chassis_id\":"
	    "{\"type\":\"mac\",\"value\":\"02:00:00:00:%02x:00\"},"
	    "\"port_id\":{\"type\":\"interface_name\","
	    "\"value\":\"Ethernet1/%d\"},\"system_name\":\"%s\",%s"
	    "\"first_heard\":900,\"last_heard\":990,\"expires\":1110}",
	    (unsigned)mac, (unsigned)port, (unsigned)mac, port, name, more);
}

static void
cdp(struct telling *t, const char *name, int mac, int port, const char *more)
{
	tell_claim(t,
	    "{\"protocol\":\"cdp\",\"source_mac\":\"02:00:00:00:%02x:%02x\","
	    "\"ttl_s\":180,\"chassis_id\":{\"type\":\"device_id\","
	    "\"value\":\"%s\"},\"port_id\":{\"type\":\"interface_name\","
	    "\"value\":\"Ethernet1/%d\"},%s"
	    "\"first_heard\":900,\"last_heard\":990,\"expires\":1110}",
	    (unsigned)mac, (unsigned)port, name, port, more);
}

/* A standard switch on both NICs with these port groups, a VM in each. */
static void
inside(struct telling *t, const int *vlans, size_t count)
{
	tell_list(t, "links");
	tell_list(t, "vswitches");
	tell_claim(t,
	    "{\"name\":\"vSwitch0\",\"kind\":\"standard\",\"uplinks\":["
	    "{\"name\":\"uplinks\",\"kind\":\"team\",\"members\":["
	    "{\"nic\":\"eno1\",\"state\":\"active\"},"
	    "{\"nic\":\"eno2\",\"state\":\"active\"}]}]}");
	tell_list(t, "port_groups");
	for (size_t i = 0; i < count; i++) {
		if (vlans[i] > 0)
			tell_claim(t,
			    "{\"vswitch\":\"vSwitch0\",\"name\":\"net-%d\","
			    "\"vlan\":%d}",
			    vlans[i], vlans[i]);
		else
			tell_claim(
			    t, "{\"vswitch\":\"vSwitch0\",\"name\":\"net-0\"}");
	}
	tell_list(t, "workloads");
	for (size_t i = 0; i < count; i++)
		tell_claim(t,
		    "{\"id\":\"id-%d\",\"kind\":\"vm\",\"name\":\"vm-%d\","
		    "\"state\":\"running\",\"vnics\":[{\"name\":\"vnic%zu\","
		    "\"vswitch\":\"vSwitch0\",\"port_group\":\"net-%d\"}]}",
		    vlans[i], vlans[i], i, vlans[i]);
	tell_end(t);
}

static const char *const hosts[] = { "hv1", "hv2", "hv3", "hv4", "hv5" };
static const int prod[] = { 10, 120 };

#define VLAN(id, name) "{\"id\":" #id ",\"name\":\"" name "\"}"
#define BOTH "\"vlans\":[" VLAN(10, "ten") "," VLAN(120, "prod") "],"
#define TEN "\"vlans\":[" VLAN(10, "ten") "],"

/* 'count' hosts, each on Eth1/n of leaf1a and leaf1b. */
static void
rack(struct telling *t, size_t count, const char *leg1, const char *leg2)
{
	for (size_t i = 1; i < count; i++) {
		tell_host(t, hosts[i], "");
		tell_nic(t, "eno1", CARRIER);
		lldp(t, "leaf1a", 0xa, (int)i + 1, NXOS BOTH "\"pvid\":1,");
		tell_nic(t, "eno2", CARRIER);
		lldp(t, "leaf1b", 0xb, (int)i + 1, NXOS BOTH "\"pvid\":1,");
		inside(t, prod, 2);
	}
	tell_host(t, hosts[0], "");
	tell_nic(t, "eno1", CARRIER);
	lldp(t, "leaf1a", 0xa, 1, leg1);
	tell_nic(t, "eno2", CARRIER);
	lldp(t, "leaf1b", 0xb, 1, leg2);
}

/* ---- broken -------------------------------------------------------------- */

static void
vlan_missing_on_one_leg(struct telling *t)
{
	rack(t, 5, NXOS BOTH "\"pvid\":1,", NXOS TEN "\"pvid\":1,");
	inside(t, prod, 2);
}

static void
vlan_missing_in_a_full_list(struct telling *t)
{
	rack(t, 1, JUNOS TEN "\"pvid\":1,", JUNOS BOTH "\"pvid\":1,");
	inside(t, prod, 2);
}

static void
vlan_tagged_and_native(struct telling *t)
{
	rack(t, 4, NXOS BOTH "\"pvid\":1,", NXOS BOTH "\"pvid\":120,");
	inside(t, prod, 2);
}

static void
untagged_on_a_trunk_without_native(struct telling *t)
{
	static const int plain[] = { 0 };

	rack(t, 1, NXOS TEN "\"pvid\":1,", NXOS TEN "\"pvid\":0,");
	inside(t, plain, 1);
}

static void
native_differs_from_siblings(struct telling *t)
{
	static const int plain[] = { 0, 10 };

	rack(t, 5, NXOS BOTH "\"pvid\":1,", NXOS BOTH "\"pvid\":7,");
	inside(t, plain, 2);
}

static void
leg_lacks_what_nobody_needs_yet(struct telling *t)
{
	static const int ten[] = { 10 };

	rack(t, 1, NXOS BOTH "\"pvid\":1,", NXOS TEN "\"pvid\":1,");
	inside(t, ten, 1);
}

static void
names_exchanged(struct telling *t)
{
	rack(t, 1,
	    NXOS "\"vlans\":[" VLAN(10, "net-120") "," VLAN(
		120, "net-10") "],\"pvid\":1,",
	    NXOS BOTH "\"pvid\":1,");
	inside(t, prod, 2);
}

static void
link_is_down(struct telling *t)
{
	tell_host(t, "hv1", "");
	tell_nic(t, "eno1", CARRIER);
	lldp(t, "leaf1a", 0xa, 1, NXOS BOTH "\"pvid\":1,");
	tell_nic(t, "eno2", ",\"carrier\":false");
	inside(t, prod, 2);
}

static void
switch_fell_silent(struct telling *t)
{
	tell_host(t, "hv1", "");
	tell_nic(t, "eno1", CARRIER);
	tell_claim(t,
	    "{\"protocol\":\"lldp\",\"source_mac\":\"02:00:00:00:0a:01\","
	    "\"scope\":\"nearest-bridge\",\"ttl_s\":120,\"chassis_id\":"
	    "{\"type\":\"mac\",\"value\":\"02:00:00:00:0a:00\"},"
	    "\"port_id\":{\"type\":\"interface_name\","
	    "\"value\":\"Ethernet1/1\"},\"system_name\":\"leaf1a\","
	    "\"ended\":{\"reason\":\"expired\",\"at\":900},"
	    "\"first_heard\":700,\"last_heard\":780,\"expires\":900}");
	tell_nic(t, "eno2", CARRIER);
	lldp(t, "leaf1b", 0xb, 1, NXOS BOTH "\"pvid\":1,");
	inside(t, prod, 2);
}

static void
cable_was_moved(struct telling *t)
{
	tell_host(t, "hv1", "");
	tell_nic(t, "eno1", CARRIER ",\"carrier_changed_at\":890");
	tell_claim(t,
	    "{\"protocol\":\"lldp\",\"source_mac\":\"02:00:00:00:0a:09\","
	    "\"scope\":\"nearest-bridge\",\"ttl_s\":120,\"chassis_id\":"
	    "{\"type\":\"mac\",\"value\":\"02:00:00:00:0a:00\"},"
	    "\"port_id\":{\"type\":\"interface_name\","
	    "\"value\":\"Ethernet1/9\"},\"system_name\":\"leaf1a\","
	    "\"ended\":{\"reason\":\"link_down\",\"at\":850},"
	    "\"first_heard\":700,\"last_heard\":840,\"expires\":960}");
	lldp(t, "leaf1a", 0xa, 1, NXOS BOTH "\"pvid\":1,");
	tell_nic(t, "eno2", CARRIER);
	lldp(t, "leaf1b", 0xb, 1, NXOS BOTH "\"pvid\":1,");
	inside(t, prod, 2);
}

static void
port_is_claimed_twice(struct telling *t)
{
	rack(t, 2, NXOS BOTH "\"pvid\":1,", NXOS BOTH "\"pvid\":1,");
	inside(t, prod, 2);
	tell_host(t, "hv9", "");
	tell_nic(t, "eno1", CARRIER);
	lldp(t, "leaf1a", 0xa, 1, NXOS BOTH "\"pvid\":1,");
	tell_nic(t, "eno2", CARRIER);
	inside(t, prod, 2);
}

static void
firmware_keeps_lldp(struct telling *t)
{
	tell_host(t, "hv1", "");
	tell_nic(t, "eno1",
	    CARRIER ",\"driver\":\"ice\",\"firmware_lldp\":true,"
		    "\"firmware_flag\":\"fw-lldp-agent\"");
	tell_nic(t, "eno2", CARRIER);
	lldp(t, "leaf1b", 0xb, 1, NXOS BOTH "\"pvid\":1,");
	inside(t, prod, 2);
}

static void
cabled_to_a_host(struct telling *t)
{
	tell_host(t, "db02", "");
	tell_nic(t, "eno4", CARRIER ",\"mac\":\"02:00:00:00:0d:04\"");
	tell_nic(t, "eno2", CARRIER);
	inside(t, prod, 2);
	tell_host(t, "hv1", "");
	tell_nic(t, "eno1", CARRIER);
	lldp(
	    t, "db02", 0xd, 4, "\"capabilities\":{\"enabled\":[\"station\"]},");
	tell_nic(t, "eno2", CARRIER);
	inside(t, prod, 2);
}

static void
uplink_holds_back(struct telling *t)
{
	tell_host(t, "hv1", "");
	tell_nic(t, "eno1", CARRIER);
	lldp(t, "leaf1a", 0xa, 1, NXOS BOTH "\"pvid\":1,");
	tell_list(t, "links");
	tell_list(t, "vswitches");
	tell_claim(t,
	    "{\"name\":\"br0\",\"kind\":\"linux_bridge\",\"uplinks\":["
	    "{\"name\":\"eno1\",\"kind\":\"nic\",\"carries\":\"10\","
	    "\"members\":[{\"nic\":\"eno1\",\"state\":\"active\"}]}]}");
	tell_list(t, "port_groups");
	tell_claim(
	    t, "{\"vswitch\":\"br0\",\"name\":\"tag 120\",\"vlan\":120}");
	tell_list(t, "workloads");
	tell_claim(t,
	    "{\"id\":\"a\",\"kind\":\"vm\",\"name\":\"web\",\"state\":"
	    "\"running\",\"vnics\":[{\"name\":\"tap0\",\"vswitch\":\"br0\","
	    "\"port_group\":\"tag 120\"}]}");
	tell_end(t);
}

/* ---- healthy ------------------------------------------------------------- */

static void
all_is_well(struct telling *t)
{
	rack(t, 5, NXOS BOTH "\"pvid\":1,", NXOS BOTH "\"pvid\":1,");
	inside(t, prod, 2);
}

static void
names_are_not_advertised(struct telling *t)
{
	for (size_t i = 0; i < 4; i++) {
		tell_host(t, hosts[i], "");
		tell_nic(t, "eno1",
		    CARRIER ",\"vlan_listening\":{\"period_s\":"
			    "300,\"window_s\":10,\"since\":800}");
		cdp(t, "leaf1a", 0xa, (int)i + 1, "\"native_vlan\":1,");
		tell_heard(t);
		tell_heard_vlan(t, 10);
		tell_heard_vlan(t, 120);
		tell_nic(t, "eno2",
		    CARRIER ",\"vlan_listening\":{\"period_s\":"
			    "300,\"window_s\":10,\"since\":800}");
		cdp(t, "leaf1b", 0xb, (int)i + 1, "\"native_vlan\":1,");
		tell_heard(t);
		tell_heard_vlan(t, 10);
		inside(t, prod, 2);
	}
}

static void
native_is_unused(struct telling *t)
{
	rack(t, 1, NXOS BOTH "\"pvid\":1,", NXOS BOTH "\"pvid\":99,");
	inside(t, prod, 2);
}

/* The others have another one, and nobody is hurt. */
static void
native_is_unused_and_unlike_siblings(struct telling *t)
{
	rack(t, 5, NXOS BOTH "\"pvid\":1,", NXOS BOTH "\"pvid\":99,");
	inside(t, prod, 2);
}

/* Which VLANs EXOS names, people choose port by port. */
static void
names_are_chosen_by_port(struct telling *t)
{
	rack(t, 1, EXOS BOTH "\"pvid\":1,", EXOS TEN "\"pvid\":1,");
	inside(t, prod, 2);
}

#define FIVE                                                                   \
	"\"vlans\":[" VLAN(1, "a") "," VLAN(2, "b") "," VLAN(3, "c") "," VLAN( \
	    4, "d") "," VLAN(10, "ten") "],\"pvid\":1,"

static void
junos_names_its_first_five(struct telling *t)
{
	rack(t, 1, JUNOS FIVE, JUNOS FIVE);
	inside(t, prod, 2);
}

static void
port_of_a_fabric_extender(struct telling *t)
{
	tell_host(t, "hv1", "");
	tell_nic(t, "eno1", CARRIER);
	cdp(t, "n5k(FOC12345678)", 0xa, 1,
	    "\"platform\":\"N5K-C5548UP\",\"native_vlan\":1,");
	tell_nic(t, "eno2", CARRIER);
	cdp(t, "n5k(FOC12345678)", 0xa, 2,
	    "\"platform\":\"N5K-C5548UP\",\"native_vlan\":1,");
	inside(t, prod, 2);
}

static void
standby_leg(struct telling *t)
{
	rack(t, 1, NXOS BOTH "\"pvid\":1,", NXOS BOTH "\"pvid\":1,");
	tell_list(t, "links");
	tell_list(t, "vswitches");
	tell_claim(t,
	    "{\"name\":\"vSwitch0\",\"kind\":\"standard\",\"uplinks\":["
	    "{\"name\":\"uplinks\",\"kind\":\"team\",\"members\":["
	    "{\"nic\":\"eno1\",\"state\":\"active\"},"
	    "{\"nic\":\"eno2\",\"state\":\"standby\"}]}]}");
	tell_list(t, "port_groups");
	/* It may not use eno1, whatever that carries. */
	tell_claim(t,
	    "{\"vswitch\":\"vSwitch0\",\"name\":\"net-120\",\"vlan\":120,"
	    "\"team\":{\"active\":[\"eno2\"],\"unused\":[\"eno1\"]}}");
	tell_claim(
	    t, "{\"vswitch\":\"vSwitch0\",\"name\":\"guests\",\"vlan\":4095}");
	tell_list(t, "workloads");
	tell_end(t);
}

static const struct scenario {
	void (*tell)(struct telling *t);
	/* That is broken on hv1; NULL: nothing is worse than a remark. */
	const char *rule, *about;
} scenarios[] = {
	{ vlan_missing_on_one_leg, "vlan-not-carried", "eno2 120" },
	{ vlan_missing_on_one_leg, "vlan-siblings-differ", "eno2 120" },
	{ vlan_missing_in_a_full_list, "vlan-not-carried", "eno1 120" },
	{ vlan_tagged_and_native, "vlan-native", "eno2 120" },
	{ untagged_on_a_trunk_without_native, "vlan-untagged", "eno2" },
	{ native_differs_from_siblings, "native-siblings-differ", "eno2" },
	{ leg_lacks_what_nobody_needs_yet, "vlan-legs-differ", "eno2 eno1" },
	{ names_exchanged, "vlan-name", "eno1 net-10" },
	{ link_is_down, "nic-link", "eno2" },
	{ switch_fell_silent, "neighbor-silent", NULL },
	{ cable_was_moved, "cable-moved", NULL },
	{ port_is_claimed_twice, "port-claimed-twice", "eno1 hv9 eno1" },
	{ cabled_to_a_host, "cable-to-host", "eno1" },
	{ firmware_keeps_lldp, "nic-firmware-lldp", "eno1" },
	{ uplink_holds_back, "vlan-held-back", "eno1 tag 120" },
	{ all_is_well, NULL, NULL },
	{ names_are_not_advertised, NULL, NULL },
	{ native_is_unused, NULL, NULL },
	{ native_is_unused_and_unlike_siblings, NULL, NULL },
	{ names_are_chosen_by_port, NULL, NULL },
	{ junos_names_its_first_five, NULL, NULL },
	{ port_of_a_fabric_extender, NULL, NULL },
	{ standby_leg, NULL, NULL },
};
enum { SCENARIOS = sizeof(scenarios) / sizeof(scenarios[0]) };

static void
judge(struct telling *t, const struct scenario *s)
{
	telling_again(t);
	s->tell(t);
	telling_judge(t);
}

START_TEST(each_fault_is_told_with_its_place)
{
	const struct scenario *s = &scenarios[_i];
	struct telling t;

	asking_begin();
	telling_begin(&t);
	judge(&t, s);
	if (s->rule) {
		const struct telling_verdict *v =
		    telling_of(&t, s->rule, "hv1", s->about);

		ck_assert_msg(v && v->ruling == RULING_BROKEN, "%d: %s %s: %s",
		    _i, s->rule, s->about, v ? v->sentence : "not told");
	}
	for (size_t i = 0; !s->rule && i < t.verdict_count; i++)
		ck_assert_msg(t.verdicts[i].ruling != RULING_BROKEN ||
				  t.verdicts[i].severity == SEVERITY_REMARK,
		    "%d: %s", _i, t.verdicts[i].sentence);
	telling_done(&t);
	asking_end();
}
END_TEST

/* ---- knowing less -------------------------------------------------------- */

/* One in four, the same each time (Numerical Recipes' generator). */
static bool
is_picked(uint32_t *seed)
{
	*seed = *seed * 1664525U + 1013904223U;
	return *seed >> 30 == 0;
}

START_TEST(who_knows_less_is_never_surer)
{
	enum { RANDOM_SUBSETS = 24 };
	uint32_t seed = (uint32_t)_i;
	const struct scenario *s = &scenarios[_i];
	struct telling whole, less;
	size_t claims;

	asking_begin();
	telling_begin(&whole);
	telling_begin(&less);
	judge(&whole, s);
	claims = whole.claims;
	less.number = whole.number;
	for (size_t i = 0; i < claims + RANDOM_SUBSETS; i++) {
		memset(less.without, 0, sizeof(less.without));
		for (size_t c = 0; i >= claims && c < claims; c++)
			less.without[c] = is_picked(&seed);
		if (i < claims)
			less.without[i] = true;
		judge(&less, s);
		telling_hold_against(&whole, &less, _i);
	}
	telling_done(&whole);
	telling_done(&less);
	asking_end();
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("rules");
	TCase *tcase = tcase_create("rules");
	SRunner *runner;
	int failed;

	tcase_set_timeout(tcase, SUITE_TIMEOUT_S);
	tcase_add_loop_test(
	    tcase, each_fault_is_told_with_its_place, 0, SCENARIOS);
	tcase_add_loop_test(tcase, who_knows_less_is_never_surer, 0, SCENARIOS);
	suite_add_tcase(suite, tcase);
	runner = srunner_create(suite);
	srunner_run_all(runner, CK_ENV);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed ? 1 : 0;
}
