#include "agent/inside.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/json_read.h"
#include "report/virtual_json.h"
#include "tests/support/suite.h"

#define U(n) "00000000-0000-0000-0000-0000000000" n

/* A host that a test builds link by link. */
static struct links links;
static struct nics nics;
static struct bridge_vlans vlans;
static struct ovs ovs;
static struct processes processes;
static struct sriov sriov;
static struct fdb fdb;
static struct teams teams;
static struct domains domains;
static uint32_t addressed[4];
static size_t addressed_count;

static struct link *
link_of(uint32_t index, const char *name, const char *kind)
{
	static struct link l;

	l = (struct link){ .index = index,
		.up = true,
		.carrier = true,
		.lower_namespace = -1 };
	snprintf(l.name, sizeof(l.name), "%s", name);
	snprintf(l.kind, sizeof(l.kind), "%s", kind);
	return &l;
}

static void
put(const struct link *l)
{
	ck_assert_int_eq(links_take(&links, l), STATUS_OK);
}

static void
put_nic(uint32_t index, const char *name, uint32_t master)
{
	struct link *l = link_of(index, name, "");

	l->master = master;
	put(l);
	ck_assert_ptr_nonnull(nics_add(&nics, l));
}

static void
put_port(uint32_t index, const char *name, const char *kind, uint32_t master)
{
	struct link *l = link_of(index, name, kind);

	l->master = master;
	put(l);
}

static void
put_rows(const char *text)
{
	CLEANUP(json_cleanup) struct json_value *d = NULL;
	char error[JSON_ERROR_SIZE];

	ck_assert_msg(json_parse(text, strlen(text), &d, error) == STATUS_OK,
	    "%s", error);
	ck_assert_int_eq(ovs_take(&ovs, d), STATUS_OK);
	ck_assert_uint_eq(ovs.lost, 0);
}

/* In the columns "@11" is the UUID that ends in 11. */
static void
put_row(const char *table, const char *id, const char *columns)
{
	struct buffer text = { .limit = 4096 };

	buffer_printf(&text, "{\"%s\":{\"" U("") "%s\":{\"new\":{", table, id);
	for (; *columns; columns++) {
		if (*columns == '@')
			buffer_text(&text, U(""));
		else
			buffer_char(&text, *columns);
	}
	buffer_text(&text, "}}}}");
	put_rows(buffer_string(&text));
	buffer_done(&text);
}

/* What the report says of it, and the end of this host. */
static void
expect(const char *wanted)
{
	struct inside in = { .links = &links,
		.nics = &nics,
		.vlans = &vlans,
		.ovs = &ovs,
		.processes = &processes,
		.sriov = &sriov,
		.fdb = &fdb,
		.teams = &teams,
		.domains = &domains,
		.addressed = addressed,
		.addressed_count = addressed_count };
	struct buffer text = { .limit = 1 << 16 };
	struct json j = json_over(&text);
	struct virtual v;

	virtual_init(&v);
	inside_describe(&in, &v);
	json_object_begin(&j);
	virtual_json_members(&j, &v);
	json_object_end(&j);
	ck_assert_str_eq(buffer_string(&text), wanted);
	buffer_done(&text);
	virtual_done(&v);
	links_done(&links);
	nics_done(&nics);
	bridge_vlans_done(&vlans);
	ovs_done(&ovs);
	processes_done(&processes);
	sriov_done(&sriov);
	fdb_done(&fdb);
	teams_done(&teams);
	domains_done(&domains);
}

START_TEST(a_bare_host_has_nothing_inside)
{
	put_nic(2, "eno1", 0);
	expect("{\"vswitches\":[],\"port_groups\":[],\"workloads\":[]}");
}
END_TEST

START_TEST(a_bond_under_a_bridge_shows_its_legs)
{
	static const uint8_t partner[MAC_SIZE] = { 2, 0x1c, 0x73, 0, 0, 1 };
	struct link *l;

	put(link_of(5, "br0", "bridge"));
	l = link_of(6, "bond0", "bond");
	l->master = 5;
	l->has_bond_mode = l->has_partner_mac = true;
	l->bond_mode = 4;
	l->aggregator = 1;
	memcpy(l->partner_mac, partner, MAC_SIZE);
	put(l);
	for (uint32_t i = 0; i < 3; i++) {
		char name[8];

		snprintf(name, sizeof(name), "ens%u", i);
		l = link_of(7 + i, name, "");
		l->master = 6;
		l->bond_leg = BOND_LEG_ACTIVE;
		l->aggregator = i == 1 ? 2 : 1;
		l->carrier = i != 2;
		put(l);
		ck_assert_ptr_nonnull(nics_add(&nics, l));
	}
	expect("{\"vswitches\":[{\"name\":\"br0\",\"kind\":\"linux_bridge\","
	       "\"vlan_filtering\":false,\"uplinks\":[{\"name\":\"bond0\","
	       "\"kind\":\"bond\",\"mode\":\"802.3ad\",\"lacp\":\"negotiated\""
	       ",\"partner_mac\":\"02:1c:73:00:00:01\",\"members\":["
	       "{\"nic\":\"ens0\",\"state\":\"active\"},"
	       "{\"nic\":\"ens1\",\"state\":\"standby\"},"
	       "{\"nic\":\"ens2\",\"state\":\"down\"}]}],\"patches\":[]}],"
	       "\"port_groups\":[],\"workloads\":[]}");
}
END_TEST

START_TEST(a_bridge_for_each_vlan_names_the_vlan)
{
	struct link *l;

	put_nic(2, "ens1", 0);
	put(link_of(5, "br140", "bridge"));
	l = link_of(6, "ens1.140", "vlan");
	l->lower = 2;
	l->vlan = 140;
	l->master = 5;
	put(l);
	put_port(7, "vnet0", "tun", 5);
	expect("{\"vswitches\":[{\"name\":\"br140\",\"kind\":\"linux_bridge\","
	       "\"vlan_filtering\":false,\"uplinks\":[{\"name\":\"ens1.140\","
	       "\"kind\":\"vlan\",\"vlan\":140,\"members\":[{\"nic\":\"ens1\","
	       "\"state\":\"active\"}]}],\"patches\":[]}],\"port_groups\":[{"
	       "\"vswitch\":\"br140\",\"name\":\"untagged\"}],\"workloads\":[{"
	       "\"id\":\"port:vnet0\",\"kind\":\"vm\",\"state\":\"unknown\","
	       "\"source\":\"kernel\",\"vnics\":[{\"name\":\"vnet0\","
	       "\"vswitch\":\"br140\",\"port_group\":\"untagged\","
	       "\"type\":\"tap\",\"connected\":true}]}]}");
}
END_TEST

START_TEST(a_filtering_bridge_tells_what_each_port_lets_through)
{
	struct port_vlans uplink = {
		.index = 2, .pvid = 1, .pvid_untagged = true
	};
	struct port_vlans own = {
		.index = 5, .pvid = 1, .pvid_untagged = true
	};
	struct link *l = link_of(5, "br0", "bridge");

	l->vlan_filtering = true;
	put(l);
	put_nic(2, "ens1", 5);
	put_port(7, "p0", "dummy", 5);
	l = link_of(8, "br0.30", "vlan");
	l->lower = 5;
	l->vlan = 30;
	put(l);
	vlans_add(&uplink.allowed, 1, 1);
	vlans_add(&uplink.allowed, 10, 20);
	vlans_add(&own.allowed, 1, 1);
	ck_assert_int_eq(bridge_vlans_add(&vlans, &uplink), STATUS_OK);
	ck_assert_int_eq(bridge_vlans_add(&vlans, &own), STATUS_OK);
	vlans.whole = true;
	addressed[0] = 5;
	addressed[1] = 8;
	addressed_count = 2;
	expect("{\"vswitches\":[{\"name\":\"br0\",\"kind\":\"linux_bridge\","
	       "\"vlan_filtering\":true,\"uplinks\":[{\"name\":\"ens1\","
	       "\"kind\":\"nic\",\"members\":[{\"nic\":\"ens1\",\"state\":"
	       "\"active\"}],\"carries\":\"1,10-20\",\"untagged\":1}],"
	       "\"patches\":[]}],\"port_groups\":[{\"vswitch\":\"br0\","
	       "\"name\":\"tag 1\",\"vlan\":1},{\"vswitch\":\"br0\",\"name\":"
	       "\"closed\"},{\"vswitch\":\"br0\",\"name\":\"tag 30\",\"vlan\":"
	       "30}],\"workloads\":[{\"id\":\"kernel:br0\",\"kind\":"
	       "\"kernel_port\",\"name\":\"br0\",\"state\":\"running\","
	       "\"source\":\"kernel\",\"vnics\":[{\"name\":\"br0\",\"vswitch\":"
	       "\"br0\",\"port_group\":\"tag 1\",\"connected\":true}]},{\"id\":"
	       "\"kernel:br0.30\",\"kind\":\"kernel_port\",\"name\":\"br0.30\","
	       "\"state\":\"running\",\"source\":\"kernel\",\"vnics\":[{"
	       "\"name\":\"br0.30\",\"vswitch\":\"br0\",\"port_group\":"
	       "\"tag 30\",\"connected\":true}]}]}");
}
END_TEST

START_TEST(a_veth_leads_to_a_namespace_or_to_another_bridge)
{
	static const struct fdb_change spoke = { .port = 9,
		.mac = { 2, 0x42, 0xac, 0x11, 0, 2 } };
	struct link *l;

	put(link_of(5, "br0", "bridge"));
	put(link_of(6, "br1", "bridge"));
	l = link_of(7, "va", "veth");
	l->master = 5;
	l->lower = 8;
	put(l);
	l = link_of(8, "vb", "veth");
	l->master = 6;
	l->lower = 7;
	put(l);
	l = link_of(9, "vc", "veth");
	l->master = 6;
	l->lower = 2;
	l->lower_elsewhere = true;
	l->lower_namespace = 3;
	put(l);
	ck_assert(fdb_want(&fdb, 9));
	ck_assert_int_eq(fdb_take(&fdb, &spoke), FDB_CHANGED);
	expect("{\"vswitches\":[{\"name\":\"br0\",\"kind\":\"linux_bridge\","
	       "\"vlan_filtering\":false,\"uplinks\":[],\"patches\":[{"
	       "\"name\":\"va\",\"peer_vswitch\":\"br1\"}]},{\"name\":\"br1\","
	       "\"kind\":\"linux_bridge\",\"vlan_filtering\":false,\"uplinks\":"
	       "[],\"patches\":[{\"name\":\"vb\",\"peer_vswitch\":\"br0\"}]}],"
	       "\"port_groups\":[{\"vswitch\":\"br1\",\"name\":\"untagged\"}],"
	       "\"workloads\":[{\"id\":\"nsid:3\",\"kind\":\"namespace\","
	       "\"state\":\"unknown\",\"source\":\"kernel\",\"vnics\":[{"
	       "\"name\":\"vc\",\"mac\":\"02:42:ac:11:00:02\","
	       "\"vswitch\":\"br1\",\"port_group\":\"untagged\","
	       "\"type\":\"veth\",\"connected\":true}]}]}");
}
END_TEST

START_TEST(open_vswitch_is_followed_from_the_tap_to_the_bond)
{
	put_nic(2, "ens0", 0);
	put_nic(3, "ens1", 0);
	put_port(7, "vnet0", "tun", 0);
	put_row("Bridge", "01",
	    "\"name\":\"br-ex\",\"datapath_type\":\"netdev\","
	    "\"ports\":[\"set\",[[\"uuid\",\"@11\"],[\"uuid\",\"@12\"]]]");
	put_row("Bridge", "02",
	    "\"name\":\"br-int\",\"ports\":[\"set\",[[\"uuid\",\"@13\"],["
	    "\"uuid\",\"@14\"]]]");
	put_row("Port", "11",
	    "\"name\":\"bond0\",\"lacp\":\"active\",\"bond_mode\":\"balance-"
	    "tcp\","
	    "\"trunks\":[\"set\",[10,20]],"
	    "\"interfaces\":[\"set\",[[\"uuid\",\"@21\"],[\"uuid\",\"@22\"]]]");
	put_row("Port", "12",
	    "\"name\":\"to-int\",\"interfaces\":[\"uuid\",\"@23\"]");
	put_row("Port", "13",
	    "\"name\":\"to-ex\",\"interfaces\":[\"uuid\",\"@24\"]");
	put_row("Port", "14",
	    "\"name\":\"vnet0\",\"tag\":10,\"interfaces\":[\"uuid\",\"@25\"]");
	put_row("Interface", "21", "\"name\":\"ens0\",\"lacp_current\":true");
	put_row("Interface", "22", "\"name\":\"ens1\",\"lacp_current\":false");
	put_row("Interface", "23",
	    "\"name\":\"to-int\",\"type\":\"patch\","
	    "\"options\":[\"map\",[[\"peer\",\"to-ex\"]]]");
	put_row("Interface", "24",
	    "\"name\":\"to-ex\",\"type\":\"patch\","
	    "\"options\":[\"map\",[[\"peer\",\"to-int\"]]]");
	put_row("Interface", "25",
	    "\"name\":\"vnet0\",\"external_ids\":[\"map\",[[\"vm-id\","
	    "\"11111111-2222-3333-4444-555555555555\"],"
	    "[\"attached-mac\",\"52:54:00:01:00:01\"]]]");
	expect("{\"vswitches\":[{\"name\":\"br-ex\",\"kind\":\"openvswitch\","
	       "\"datapath\":\"userspace\",\"uplinks\":[{\"name\":\"bond0\","
	       "\"kind\":\"bond\",\"mode\":\"balance-tcp\",\"lacp\":"
	       "\"negotiated\",\"members\":[{\"nic\":\"ens0\",\"state\":"
	       "\"active\"},{\"nic\":\"ens1\",\"state\":\"standby\"}],"
	       "\"carries\":\"10,20\"}],\"patches\":[{\"name\":\"to-int\","
	       "\"peer_vswitch\":\"br-int\"}]},{\"name\":\"br-int\",\"kind\":"
	       "\"openvswitch\",\"datapath\":\"kernel\",\"uplinks\":[],"
	       "\"patches\":[{\"name\":\"to-ex\",\"peer_vswitch\":\"br-ex\"}]}"
	       "],\"port_groups\":[{\"vswitch\":\"br-int\",\"name\":\"tag 10\","
	       "\"vlan\":10}],\"workloads\":[{\"id\":\"11111111-2222-3333-4444-"
	       "555555555555\",\"kind\":\"vm\",\"uuid\":\"11111111-2222-3333-"
	       "4444-555555555555\",\"state\":\"unknown\",\"source\":\"ovs\","
	       "\"vnics\":[{\"name\":\"vnet0\",\"mac\":\"52:54:00:01:00:01\","
	       "\"vswitch\":\"br-int\",\"port_group\":\"tag 10\",\"type\":"
	       "\"tap\",\"connected\":true}]}]}");
}
END_TEST

/* A machine that QEMU runs, with a NIC of this MAC and a function. */
static void
put_machine(const char *name, uint8_t last, const char *function)
{
	struct machine *m = calloc(1, sizeof(*m));

	ck_assert_ptr_nonnull(m);
	m->pid = 4711;
	snprintf(m->name, sizeof(m->name), "%s", name);
	m->nic_count = 1;
	m->nics[0] = (struct machine_nic){ .has_mac = true,
		.mac = { 0x52, 0x54, 0, 0, 0, last } };
	m->device_count = 1;
	snprintf(m->devices[0], sizeof(m->devices[0]), "%s", function);
	processes.machines = m;
	processes.machine_count = processes.machine_capacity = 1;
}

static void
put_macvlan(uint32_t index, const char *name, const char *kind, uint8_t last)
{
	struct link *l = link_of(index, name, kind);

	l->lower = 2;
	l->has_mac = true;
	memcpy(l->mac, (uint8_t[]){ 0x52, 0x54, 0, 0, 0, last }, MAC_SIZE);
	l->macvlan_mode = 4;
	put(l);
}

START_TEST(macvtaps_hang_on_a_switch_in_their_nic)
{
	put_nic(2, "ens1f2", 0);
	put_macvlan(7, "macvtap0", "macvtap", 1);
	put_macvlan(8, "macvlan0", "macvlan", 2);
	put_machine("db01", 1, "");
	addressed[0] = 8;
	addressed_count = 1;
	expect("{\"vswitches\":[{\"name\":\"macvtap on ens1f2\",\"kind\":"
	       "\"macvtap\",\"uplinks\":[{\"name\":\"ens1f2\",\"kind\":"
	       "\"nic\",\"members\":[{\"nic\":\"ens1f2\",\"state\":"
	       "\"active\"}]}],\"patches\":[]}],\"port_groups\":[{"
	       "\"vswitch\":\"macvtap on ens1f2\",\"name\":\"untagged\"}],"
	       "\"workloads\":[{\"id\":\"vm:db01\",\"kind\":\"vm\",\"name\":"
	       "\"db01\",\"state\":\"unknown\",\"source\":\"proc\",\"vnics\":"
	       "[{\"name\":\"macvtap0\",\"mac\":\"52:54:00:00:00:01\","
	       "\"vswitch\":\"macvtap on ens1f2\",\"port_group\":"
	       "\"untagged\",\"type\":\"macvtap\",\"mode\":\"bridge\","
	       "\"nic\":\"ens1f2\",\"connected\":true}]},{\"id\":"
	       "\"kernel:macvlan0\",\"kind\":\"kernel_port\",\"name\":"
	       "\"macvlan0\",\"state\":\"running\",\"source\":\"kernel\","
	       "\"vnics\":[{\"name\":\"macvlan0\",\"mac\":"
	       "\"52:54:00:00:00:02\",\"vswitch\":\"macvtap on ens1f2\","
	       "\"port_group\":\"untagged\",\"type\":\"macvlan\",\"mode\":"
	       "\"bridge\",\"nic\":\"ens1f2\",\"connected\":true}]}]}");
}
END_TEST

START_TEST(a_macvlan_on_a_bridge_is_behind_a_patch)
{
	put(link_of(2, "br0", "bridge"));
	put_macvlan(7, "shim", "macvlan", 1);
	addressed[0] = 7;
	addressed_count = 1;
	expect("{\"vswitches\":[{\"name\":\"br0\",\"kind\":\"linux_bridge\","
	       "\"vlan_filtering\":false,\"uplinks\":[],\"patches\":[]},{"
	       "\"name\":\"macvtap on br0\",\"kind\":\"macvtap\",\"uplinks\":"
	       "[],\"patches\":[{\"name\":\"br0\",\"peer_vswitch\":\"br0\"}]}"
	       "],\"port_groups\":[{\"vswitch\":\"macvtap on br0\",\"name\":"
	       "\"untagged\"}],\"workloads\":[{\"id\":\"kernel:shim\","
	       "\"kind\":\"kernel_port\",\"name\":\"shim\",\"state\":"
	       "\"running\",\"source\":\"kernel\",\"vnics\":[{\"name\":"
	       "\"shim\",\"mac\":\"52:54:00:00:00:01\",\"vswitch\":"
	       "\"macvtap on br0\",\"port_group\":\"untagged\",\"type\":"
	       "\"macvlan\",\"mode\":\"bridge\",\"nic\":\"br0\","
	       "\"connected\":true}]}]}");
}
END_TEST

START_TEST(a_function_belongs_to_the_machine_that_was_given_it)
{
	struct pf *pf = calloc(1, sizeof(*pf));

	ck_assert_ptr_nonnull(pf);
	pf->vfs = (struct vfs){ .link = 2, .count = 2 };
	pf->vfs.items[0] = (struct vf){ .index = 0 };
	pf->vfs.items[1] = (struct vf){ .index = 1,
		.vlan = 42,
		.has_mac = true,
		.mac = { 0x52, 0x54, 0, 0, 0, 7 },
		.link = VF_LINK_AUTO };
	snprintf(pf->places[0].bus, LINK_BUS_SIZE, "0000:3b:02.0");
	snprintf(pf->places[1].bus, LINK_BUS_SIZE, "0000:3b:02.1");
	sriov.items = pf;
	sriov.count = 1;
	put_nic(2, "ens1f0", 0);
	put_machine("db01", 1, "0000:3b:02.1");
	expect("{\"vswitches\":[{\"name\":\"sriov on ens1f0\",\"kind\":"
	       "\"sriov\",\"uplinks\":[{\"name\":\"ens1f0\",\"kind\":\"nic\","
	       "\"members\":[{\"nic\":\"ens1f0\",\"state\":\"active\"}]}],"
	       "\"patches\":[]}],\"port_groups\":[{\"vswitch\":"
	       "\"sriov on ens1f0\",\"name\":\"untagged\"},{\"vswitch\":"
	       "\"sriov on ens1f0\",\"name\":\"tag 42\",\"vlan\":42}],"
	       "\"workloads\":[{\"id\":\"vm:db01\",\"kind\":\"vm\",\"name\":"
	       "\"db01\",\"state\":\"unknown\",\"source\":\"proc\",\"vnics\":"
	       "[{\"name\":\"ens1f0 vf 1\",\"mac\":\"52:54:00:00:00:07\","
	       "\"vswitch\":\"sriov on ens1f0\",\"port_group\":\"tag 42\","
	       "\"type\":\"vf\",\"nic\":\"ens1f0\",\"vf\":1,\"connected\":"
	       "true}]}]}");
}
END_TEST

START_TEST(a_team_shows_the_leg_that_its_runner_chose)
{
	struct team_device *team = calloc(1, sizeof(*team));
	struct link *l;

	ck_assert_ptr_nonnull(team);
	*team = (struct team_device){ .index = 6,
		.mode = "activebackup",
		.has_active = true,
		.active = 8,
		.port_count = 2,
		.ports = { { .index = 7, .has_link = true, .link = true },
		    { .index = 8, .has_link = true, .link = true } } };
	teams.items = team;
	teams.count = teams.capacity = 1;
	put(link_of(5, "br0", "bridge"));
	l = link_of(6, "team0", "team");
	l->master = 5;
	put(l);
	put_nic(7, "ens0", 6);
	put_nic(8, "ens1", 6);
	expect("{\"vswitches\":[{\"name\":\"br0\",\"kind\":\"linux_bridge\","
	       "\"vlan_filtering\":false,\"uplinks\":[{\"name\":\"team0\","
	       "\"kind\":\"bond\",\"mode\":\"activebackup\",\"members\":[{"
	       "\"nic\":\"ens0\",\"state\":\"standby\"},{\"nic\":\"ens1\","
	       "\"state\":\"active\"}]}],\"patches\":[]}],\"port_groups\":[],"
	       "\"workloads\":[]}");
}
END_TEST

SUITE("inside", a_bare_host_has_nothing_inside,
    a_bond_under_a_bridge_shows_its_legs, a_bridge_for_each_vlan_names_the_vlan,
    a_filtering_bridge_tells_what_each_port_lets_through,
    a_veth_leads_to_a_namespace_or_to_another_bridge,
    open_vswitch_is_followed_from_the_tap_to_the_bond,
    macvtaps_hang_on_a_switch_in_their_nic,
    a_macvlan_on_a_bridge_is_behind_a_patch,
    a_function_belongs_to_the_machine_that_was_given_it,
    a_team_shows_the_leg_that_its_runner_chose)
