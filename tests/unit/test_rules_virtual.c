/* The inside of a healthy host, with one thing changed. */
#include <check.h>
#include <string.h>

#include "tests/support/knowns.h"
#include "tests/support/suite.h"

static struct known k;
static struct judgements all;

static enum ruling
ruling_of(const char *rule, const char *about)
{
	const struct judgement *j = knowns_judge(&k, rule, about, &all);
	enum ruling ruling;

	ck_assert_ptr_nonnull(j);
	ruling = j->ruling;
	judgements_done(&all);
	return ruling;
}

static const struct judgement *
broken(const char *rule, const char *about)
{
	const struct judgement *j = knowns_judge(&k, rule, about, &all);

	ck_assert_ptr_nonnull(j);
	ck_assert_int_eq(j->ruling, RULING_BROKEN);
	ck_assert_str_ne(j->closes, "");
	ck_assert_uint_gt(j->claim_count, 0);
	return j;
}

START_TEST(a_healthy_host_is_healthy_inside)
{
	knowns_healthy(&k);
	ck_assert(!knowns_is_broken(&k, "vnic-disconnected"));
	ck_assert(!knowns_is_broken(&k, "vnic-nowhere"));
	ck_assert(!knowns_is_broken(&k, "mac-twice"));
	ck_assert(!knowns_is_broken(&k, "vswitch-no-uplink"));
	ck_assert(!knowns_is_broken(&k, "group-drift"));
	ck_assert(!knowns_is_broken(&k, "vf-differs"));
	known_done(&k);
}
END_TEST

START_TEST(a_disconnected_vnic_of_a_machine_that_runs_is_told)
{
	const struct judgement *j;

	knowns_healthy(&k);
	k.vnics[0].connected = TOLD_NO;
	j = broken("vnic-disconnected", "web-01 vnet0");
	ck_assert_str_eq(j->things.machines[0], "web-01");
	ck_assert_uint_eq(j->touched.count, 1);
	ck_assert_str_eq(j->fixes[0].platform, "libvirt");
	ck_assert_ptr_nonnull(strstr(j->fixes[0].command,
	    "virsh domif-setlink web-01 52:54:00:00:00:01 up\n"));
	judgements_done(&all);
	k.platform = "esxi";
	j = broken("vnic-disconnected", "web-01 vnet0");
	ck_assert_ptr_nonnull(strstr(j->fixes[0].command, "Get-VM 'web-01' |"));
	judgements_done(&all);
	known_done(&k);
}
END_TEST

START_TEST(a_vnic_of_a_machine_that_is_off_may_be_disconnected)
{
	knowns_healthy(&k);
	k.vnics[0].connected = TOLD_NO;
	k.machines[0].state = "off";
	ck_assert(!knowns_is_broken(&k, "vnic-disconnected"));
	known_done(&k);
}
END_TEST

START_TEST(a_vnic_of_which_nobody_tells_is_unknown)
{
	knowns_healthy(&k);
	k.vnics[0].connected = TOLD_NOTHING;
	ck_assert_int_eq(
	    ruling_of("vnic-disconnected", "web-01 vnet0"), RULING_UNKNOWN);
	known_done(&k);
}
END_TEST

START_TEST(a_tap_that_is_a_port_of_no_bridge_is_told)
{
	knowns_healthy(&k);
	k.vnics[0].vswitch = k.vnics[0].group = KNOWN_NONE;
	k.vnics[0].network = "prod";
	k.links[2].master = "";
	ck_assert_str_eq(broken("vnic-nowhere", "web-01 vnet0")->sentence,
	    "vNIC vnet0 of web-01 on esx07 is to be in prod, but is a port of "
	    "no bridge: it hangs in the air");
	judgements_done(&all);
	/* The host may route for it. */
	k.vnics[0].network = "";
	ck_assert_int_eq(
	    ruling_of("vnic-nowhere", "web-01 vnet0"), RULING_UNKNOWN);
	known_done(&k);
}
END_TEST

START_TEST(a_switch_that_nobody_tells_of_is_unknown_not_missing)
{
	knowns_healthy(&k);
	k.vnics[0].vswitch = k.vnics[0].group = KNOWN_NONE;
	k.vnics[0].vswitch_name = "br0";
	ck_assert_int_eq(
	    ruling_of("vnic-nowhere", "web-01 vnet0"), RULING_UNKNOWN);
	known_done(&k);
}
END_TEST

static struct known_twin *
give_twin(const char *host, const char *machine)
{
	struct known_twin *twin = arena_take(&k.arena, sizeof(*twin));

	ck_assert_ptr_nonnull(twin);
	*twin = (struct known_twin){ .host = host,
		.machine = machine,
		.vnic = "vnet9",
		.state = "running",
		.source = knowns_source("libvirt of esx08") };
	k.vnics[0].twins = twin;
	k.vnics[0].twin_count = 1;
	return twin;
}

START_TEST(one_mac_on_two_machines_that_run_is_told)
{
	const struct judgement *j;

	knowns_healthy(&k);
	give_twin("esx08", "web-01-clone");
	j = broken("mac-twice", "web-01 vnet0");
	ck_assert_uint_eq(j->claim_count, 2);
	ck_assert_uint_eq(j->touched.count, 2);
	judgements_done(&all);
	known_done(&k);
}
END_TEST

START_TEST(one_mac_twice_is_healthy_where_it_is_meant_or_does_not_meet)
{
	struct known_twin *twin;

	knowns_healthy(&k);
	/* A machine that moves is on both hosts for a moment. */
	twin = give_twin("esx08", "web-01");
	ck_assert(!knowns_is_broken(&k, "mac-twice"));
	twin->machine = "web-01-clone";
	twin->state = "off";
	ck_assert(!knowns_is_broken(&k, "mac-twice"));
	twin->state = "running";
	twin->source.current = false;
	ck_assert(!knowns_is_broken(&k, "mac-twice"));
	twin->source.current = true;
	k.vnics[0].mac = "00:00:5e:00:01:0a"; /* VRRP */
	ck_assert(!knowns_is_broken(&k, "mac-twice"));
	/* Docker gives the same MACs on each host; they stay there. */
	k.vnics[0].mac = "02:42:ac:11:00:02";
	k.way_count = 0;
	ck_assert(!knowns_is_broken(&k, "mac-twice"));
	known_done(&k);
}
END_TEST

/* br1 without uplink, and one machine on it. */
static uint32_t
make_island(const char *kind)
{
	uint32_t island = knowns_add_vswitch(&k, "br1", kind);
	uint32_t group = knowns_add_group(&k, "untagged", island);

	knowns_add_machine(&k, "db-01", "vnet3", group);
	k.vswitches[island].vnic_count = 1;
	return island;
}

START_TEST(a_switch_with_machines_and_without_uplink_is_told)
{
	knowns_healthy(&k);
	make_island("openvswitch");
	ck_assert_str_eq(broken("vswitch-no-uplink", "br1")->sentence,
	    "virtual switch br1 of esx07 leads nowhere: it has no uplink; 1 "
	    "machine on it");
	judgements_done(&all);
	known_done(&k);
}
END_TEST

START_TEST(a_switch_where_the_host_routes_needs_no_uplink)
{
	uint32_t island, gateway;

	knowns_healthy(&k);
	island = make_island("linux_bridge");
	gateway = knowns_add_machine(&k, "virbr0", "virbr0", KNOWN_NONE);
	k.machines[gateway].kind = "kernel_port";
	k.vnics[k.machines[gateway].first_vnic].vswitch = island;
	ck_assert(!knowns_is_broken(&k, "vswitch-no-uplink"));
	known_done(&k);
}
END_TEST

START_TEST(where_tunnels_lead_is_unknown)
{
	knowns_healthy(&k);
	make_island("openvswitch");
	knowns_add_link(&k, "genev_sys_6081", "geneve");
	ck_assert_int_eq(ruling_of("vswitch-no-uplink", "br1"), RULING_UNKNOWN);
	known_done(&k);
}
END_TEST

static void
give_drifts(size_t count, const char *const *hosts)
{
	struct known_drift *drifts =
	    arena_array(&k.arena, KNOWNS_ROOM, sizeof(*drifts));

	ck_assert_ptr_nonnull(drifts);
	for (size_t i = 0; i < count; i++)
		drifts[i] = (struct known_drift){ .host = hosts[i],
			.vlans = "VLAN 12",
			.source = knowns_source("vCenter") };
	k.groups[0].drifts = drifts;
	k.groups[0].drift_count = count;
}

START_TEST(a_port_group_with_another_vlan_than_its_siblings_is_told)
{
	static const char *const hosts[] = { "esx08", "esx09" };
	const struct judgement *j;

	knowns_healthy(&k);
	knowns_add_sibling(&k, "esx08", 0);
	knowns_add_sibling(&k, "esx09", 0);
	give_drifts(2, hosts);
	j = broken("group-drift", "Prod");
	ck_assert_str_eq(j->sentence,
	    "port group Prod is VLAN 120 on esx07, but VLAN 12 on esx08 and 1 "
	    "more that are alike: a machine that moves changes its network; 3 "
	    "machines here");
	ck_assert_uint_eq(j->claim_count, 3);
	judgements_done(&all);
	known_done(&k);
}
END_TEST

START_TEST(
    a_port_group_is_right_with_most_of_those_alike_and_far_ones_mean_nothing)
{
	static const char *const hosts[] = { "esx08" };
	static const char *const far[] = { "esx77" };

	knowns_healthy(&k);
	knowns_add_sibling(&k, "esx08", 0);
	knowns_add_sibling(&k, "esx09", 0);
	knowns_add_sibling(&k, "esx10", 0);
	k.groups[0].same_count = 2;
	give_drifts(1, hosts);
	ck_assert(!knowns_is_broken(&k, "group-drift"));
	give_drifts(1, far);
	ck_assert(!knowns_is_broken(&k, "group-drift"));
	known_done(&k);
}
END_TEST

static void
give_vf(struct known_nic *nic, enum told trust)
{
	struct known_vf *vf = arena_take(&k.arena, sizeof(*vf));

	ck_assert_ptr_nonnull(vf);
	*vf = (struct known_vf){ .index = 3,
		.vlan = 120,
		.mac = "52:54:00:00:00:01",
		.trust = trust };
	nic->vfs = vf;
	nic->vf_count = 1;
}

START_TEST(a_function_without_the_trust_that_its_siblings_have_is_told)
{
	const struct judgement *j;

	knowns_healthy(&k);
	give_vf(&k.nics[0], TOLD_NO);
	k.vnics[0].nic = 0;
	k.vnics[0].vf = 3;
	give_vf(knowns_add_sibling(&k, "esx08", 0), TOLD_YES);
	ck_assert(!knowns_is_broken(&k, "vf-differs"));
	give_vf(knowns_add_sibling(&k, "esx09", 0), TOLD_YES);
	j = broken("vf-differs", "eno1 vf 3");
	ck_assert_int_eq(strncmp(j->fixes[0].command,
			     "ip link set eno1 vf 3 vlan 120\n"
			     "ip link set eno1 vf 3 trust on\n",
			     62),
	    0);
	judgements_done(&all);
	give_vf(knowns_add_sibling(&k, "esx10", 0), TOLD_NO);
	ck_assert(!knowns_is_broken(&k, "vf-differs"));
	known_done(&k);
}
END_TEST

SUITE("rules of the virtual side", a_healthy_host_is_healthy_inside,
    a_disconnected_vnic_of_a_machine_that_runs_is_told,
    a_vnic_of_a_machine_that_is_off_may_be_disconnected,
    a_vnic_of_which_nobody_tells_is_unknown,
    a_tap_that_is_a_port_of_no_bridge_is_told,
    a_switch_that_nobody_tells_of_is_unknown_not_missing,
    one_mac_on_two_machines_that_run_is_told,
    one_mac_twice_is_healthy_where_it_is_meant_or_does_not_meet,
    a_switch_with_machines_and_without_uplink_is_told,
    a_switch_where_the_host_routes_needs_no_uplink,
    where_tunnels_lead_is_unknown,
    a_port_group_with_another_vlan_than_its_siblings_is_told,
    a_port_group_is_right_with_most_of_those_alike_and_far_ones_mean_nothing,
    a_function_without_the_trust_that_its_siblings_have_is_told)
