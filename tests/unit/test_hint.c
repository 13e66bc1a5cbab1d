#include "collector/hint.h"

#include "tests/support/suite.h"
#include "tests/support/world.h"

/* What ESXi hands on of an LLDP frame. */
static struct model_neighbor
told_lldp(
    struct arena *a, const char *chassis, const char *name, const char *port)
{
	struct model_neighbor n = heard_lldp(chassis, name, port);

	n.source_mac = "";
	n.chassis_type = n.port_type = "unknown";
	hint_read(a, &n);
	return n;
}

static struct model_neighbor
told_cdp(struct arena *a, const char *device, const char *port)
{
	struct model_neighbor n = heard_cdp(device, port);

	n.source_mac = n.chassis_type = n.port_type = "";
	hint_read(a, &n);
	return n;
}

START_TEST(ids_of_unknown_kind_are_read_by_their_look)
{
	struct arena a = { 0 };
	struct model_neighbor n =
	    told_lldp(&a, "B8CE.F600.0000", "leaf1a", "Ethernet1/1");

	ck_assert(n.by_vcenter);
	ck_assert_str_eq(n.chassis_type, "mac");
	ck_assert_str_eq(n.chassis_id, "b8:ce:f6:00:00:00");
	ck_assert_str_eq(n.port_type, "interface_name");
	n = told_lldp(&a, "10.0.0.1", "leaf1a", "e411.2233.4455");
	ck_assert_str_eq(n.chassis_type, "network_address");
	ck_assert_str_eq(n.port_type, "mac");
	ck_assert_str_eq(n.port_id, "e4:11:22:33:44:55");
	n = told_lldp(&a, "leaf", "leaf1a", "526");
	ck_assert_str_eq(n.chassis_type, "local");
	ck_assert_str_eq(n.port_type, "local");
	n = told_cdp(&a, "leaf1a(FDO1234ABCD)", "Ethernet1/1");
	ck_assert_str_eq(n.chassis_type, "device_id");
	/* What is said stays as it is said. */
	n = heard_lldp("ab", "leaf1a", "b8:ce:f6:00:00:01");
	n.chassis_type = "local";
	n.port_type = "interface_name";
	hint_read(&a, &n);
	ck_assert_str_eq(n.chassis_type, "local");
	ck_assert_str_eq(n.port_type, "interface_name");
	arena_done(&a);
}
END_TEST

START_TEST(a_switch_told_by_vcenter_is_the_one_that_agents_hear)
{
	struct arena a = { 0 };
	struct world w;
	struct model_nic *agent, *esxi;
	const struct seen_nic *seen;

	world_init(&w);
	agent = world_nic(&w, "hv1", "ens1f0");
	esxi = world_nic(&w, "esx1", "vmnic0");
	world_hear(agent, from_mac(heard_lldp("b8:ce:f6:00:00:00",
				       "leaf1a.dc1.example.net", "Ethernet1/1"),
			      "b8:ce:f6:00:00:01"));
	world_hear(esxi, told_lldp(&a, "B8:CE:F6:00:00:00",
			     "leaf1a.dc1.example.net", "Eth1/2"));
	world_hear(esxi, told_cdp(&a, "leaf1a.dc1.example.net", "Ethernet1/2"));
	world_judge(&w, NOW);
	ck_assert_uint_eq(w.topology.device_count, 1);
	ck_assert_uint_eq(w.topology.port_count, 2);
	seen = &w.topology.nics[1];
	ck_assert_int_eq(seen->reason, REASON_BOTH);
	ck_assert_str_eq(
	    w.topology.ports[w.topology.claims[seen->claim].port].name,
	    "Ethernet1/2");
	world_done(&w);
	arena_done(&a);
}
END_TEST

START_TEST(two_that_a_vcenter_tells_on_one_nic_are_not_one_for_that)
{
	struct arena a = { 0 };
	struct world w;
	struct model_nic *esxi;

	world_init(&w);
	esxi = world_nic(&w, "esx1", "vmnic0");
	world_hear(
	    esxi, told_lldp(&a, "b8:ce:f6:00:00:00", "leaf1a.net", "Eth1/2"));
	world_hear(esxi, told_cdp(&a, "core1.net", "Ethernet1/2"));
	world_judge(&w, NOW);
	ck_assert_uint_eq(w.topology.device_count, 2);
	world_done(&w);
	arena_done(&a);
}
END_TEST

START_TEST(a_host_without_connection_has_nothing_current)
{
	struct arena a = { 0 };
	struct world w;
	struct model_nic *esxi;

	world_init(&w);
	esxi = world_nic(&w, "esx1", "vmnic0");
	world_hear(
	    esxi, told_lldp(&a, "b8:ce:f6:00:00:00", "leaf1a.net", "Eth1/2"));
	w.host[0].disconnected = true;
	world_judge(&w, NOW);
	ck_assert_int_eq(w.topology.nics[0].state, STATE_STALE);
	ck_assert(!verdict_host_is_silent(&w.host[0], NOW));
	ck_assert(!verdict_host_is_current(&w.host[0], NOW));
	world_done(&w);
	arena_done(&a);
}
END_TEST

SUITE("hint", ids_of_unknown_kind_are_read_by_their_look,
    a_switch_told_by_vcenter_is_the_one_that_agents_hear,
    two_that_a_vcenter_tells_on_one_nic_are_not_one_for_that,
    a_host_without_connection_has_nothing_current)
