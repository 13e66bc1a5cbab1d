#include "tests/support/scenes.h"

#include <string.h>

enum { NOW = 1795269737 }; /* 2026-11-21 14:02:17 UTC */

/* Places in the rack's arrays. */
enum { SW_A, SW_B };
enum { A_3, A_7, A_8, B_7, B_8, B_11, B_12 };
enum { LXB, ESX, KVM };
enum { ETH0, ETH1, VMNIC0, VMNIC1, VMNIC2, VMNIC3, ENO1, ENO2 };
enum { BR0, VSWITCH0, DVS, BR_OVS };
enum { G_UNTAGGED, G_MGMT, G_VMOTION, G_WEB, G_DB, G_130, G_140 };
enum { CI_1, CI_2, VMK0, VMK1, WEB_1, WEB_2, DB_1, DB_2, APP_1, APP_2 };

static void *
copy(struct scene *s, const void *items, size_t count, size_t size)
{
	void *out = arena_array(&s->arena, count, size);

	if (out)
		memcpy(out, items, count * size);
	return out;
}

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define TAKE(s, array, count, items)                                           \
	do {                                                                   \
		(s)->array =                                                   \
		    copy((s), (items), COUNT(items), sizeof(*(items)));        \
		(s)->count = (s)->array ? COUNT(items) : 0;                    \
	} while (0)

static const struct scene_switch rack_switches[] = {
	[SW_A] = { "switch:sw-c07-a", "sw-c07-a", "",
	    "Cisco Nexus 5548UP, NX-OS 7.3" },
	[SW_B] = { "switch:sw-c07-b", "sw-c07-b", "",
	    "Cisco Catalyst 4500-X, IOS-XE 3.11" },
};

static const struct scene_port rack_ports[] = {
	[A_3] = { "port:sw-c07-a/Eth1/3", "Eth1/3", SW_A, 0, "" },
	[A_7] = { "port:sw-c07-a/Eth1/7", "Eth1/7", SW_A, 1, "" },
	[A_8] = { "port:sw-c07-a/Eth1/8", "Eth1/8", SW_A, 2, "" },
	[B_7] = { "port:sw-c07-b/Te1/7", "Te1/7", SW_B, 0, "" },
	[B_8] = { "port:sw-c07-b/Te1/8", "Te1/8", SW_B, 1, "" },
	[B_11] = { "port:sw-c07-b/Te1/11", "Te1/11", SW_B, 2, "" },
	[B_12] = { "port:sw-c07-b/Te1/12", "Te1/12", SW_B, 3, "" },
};

static const struct scene_trunk rack_trunks[] = {
	{ "trunk:sw-c07-a/Po10", SW_A, SCENE_NONE, "Po10", "", "core-1" },
	{ "trunk:sw-c07-b/Po10", SW_B, SCENE_NONE, "Po10", "", "core-2" },
	{ "trunk:sw-c07-a/Po1", SW_A, SW_B, "Po1", "31-32", "" },
};

static const struct scene_host rack_hosts[] = {
	[LXB] = { "host:lxb-03", "lxb-03", "", "Debian 12, Linux bridge, bay 3",
	    false, NOW - 9, false },
	[ESX] = { "host:esx-07", "esx-07", "", "VMware ESXi 8.0, bay 7", false,
	    NOW - 9, false },
	[KVM] = { "host:kvm-02", "kvm-02", "", "Debian 12, KVM + OVS, bay 12",
	    false, NOW - 9, false },
};

#define HEARD "heard by CDP since Nov 03 08:12 UTC"
#define CARRIES(vlans)                                                         \
	{                                                                      \
		CLAIM_NETWORK, ABOUT_CARRIES, vlans, -1, "", "CDP", NOW - 23,  \
		    false, false                                               \
	}
#define NATIVE(vlan)                                                           \
	{                                                                      \
		CLAIM_NETWORK, ABOUT_NATIVE, "", vlan, "", "CDP", NOW - 23,    \
		    false, true                                                \
	}
#define NEEDS(text, vlans)                                                     \
	{                                                                      \
		CLAIM_SYSTEMS, ABOUT_NEEDS, vlans, -1, text, "", -1, false,    \
		    false                                                      \
	}
#define UNTAGGED(text)                                                         \
	{                                                                      \
		CLAIM_SYSTEMS, ABOUT_UNTAGGED, "", -1, text, "", -1, false,    \
		    true                                                       \
	}

static const struct scene_claim rack_claims[] = {
	NATIVE(30), UNTAGGED("br0"), /* eth0: 0 */
	CARRIES("10,20"), NATIVE(10), UNTAGGED("Mgmt"),
	NEEDS("vMotion", "20"), /* vmnic0: 2 */
	CARRIES("10,20"), NATIVE(1), UNTAGGED("Mgmt"),
	NEEDS("vMotion", "20"),                   /* vmnic1: 6 */
	CARRIES("120,130"), NEEDS("", "120,130"), /* vmnic2: 10 */
	CARRIES("130"), NEEDS("", "120,130"),     /* vmnic3: 12 */
	CARRIES("130,140"), NEEDS("", "130,140"), /* eno1: 14 */
	CARRIES("130,140"), NEEDS("", "130,140"), /* eno2: 16 */
};

static const struct scene_nic rack_nics[] = {
	[ETH0] = { "nic:lxb-03/eth0", "eth0", "00:25:b5:00:03:01", LXB, 0,
	    SCENE_NONE, A_3, CABLE_SURE, HEARD, "1G full", 0, 2, true },
	[ETH1] = { "nic:lxb-03/eth1", "eth1", "00:25:b5:00:03:02", LXB, 1,
	    SCENE_NONE, SCENE_NONE, CABLE_DOWN, "no link", "", 2, 0, false },
	[VMNIC0] = { "nic:esx-07/vmnic0", "vmnic0", "00:25:b5:00:07:0f", ESX, 0,
	    SCENE_NONE, A_7, CABLE_SURE, HEARD, "10G full", 2, 4, true },
	[VMNIC1] = { "nic:esx-07/vmnic1", "vmnic1", "00:25:b5:00:07:1f", ESX, 1,
	    SCENE_NONE, B_7, CABLE_SURE, HEARD, "10G full", 6, 4, false },
	[VMNIC2] = { "nic:esx-07/vmnic2", "vmnic2", "00:25:b5:00:07:2f", ESX, 2,
	    SCENE_NONE, A_8, CABLE_SURE, HEARD, "10G full", 10, 2, true },
	[VMNIC3] = { "nic:esx-07/vmnic3", "vmnic3", "00:25:b5:00:07:3f", ESX, 3,
	    SCENE_NONE, B_8, CABLE_SURE, HEARD, "10G full", 12, 2, true },
	[ENO1] = { "nic:kvm-02/eno1", "eno1", "00:25:b5:00:02:01", KVM, 0, 0,
	    B_11, CABLE_SURE, HEARD, "10G full", 14, 2, true },
	[ENO2] = { "nic:kvm-02/eno2", "eno2", "00:25:b5:00:02:02", KVM, 1, 0,
	    B_12, CABLE_SURE, HEARD, "10G full", 16, 2, true },
};

static const struct scene_bond rack_bonds[] = {
	{ "bond:kvm-02/bond0", "bond0", "802.3ad", KVM },
};

static const uint32_t of_br0[] = { ETH0, ETH1 };
static const uint32_t of_vswitch0[] = { VMNIC0, VMNIC1 };
static const uint32_t of_dvs[] = { VMNIC2, VMNIC3 };
static const uint32_t of_br_ovs[] = { ENO1, ENO2 };

static const struct scene_vswitch rack_vswitches[] = {
	[BR0] = { "vswitch:lxb-03/br0", "br0", "", "Linux bridge", LXB, of_br0,
	    2, NULL, 0 },
	[VSWITCH0] = { "vswitch:esx-07/vSwitch0", "vSwitch0", "",
	    "standard vSwitch", ESX, of_vswitch0, 2, NULL, 0 },
	[DVS] = { "vswitch:esx-07/dvs-prod", "dvs-prod", "",
	    "distributed vSwitch", ESX, of_dvs, 2, NULL, 0 },
	[BR_OVS] = { "vswitch:kvm-02/br-ovs", "br-ovs", "", "Open vSwitch", KVM,
	    of_br_ovs, 2, NULL, 0 },
};

static const struct scene_group rack_groups[] = {
	[G_UNTAGGED] = { "group:lxb-03/br0/untagged", "untagged", "",
	    "untagged", BR0 },
	[G_MGMT] = { "group:esx-07/Mgmt", "Mgmt", "", "untagged", VSWITCH0 },
	[G_VMOTION] = { "group:esx-07/vMotion", "vMotion", "", "VLAN 20",
	    VSWITCH0 },
	[G_WEB] = { "group:esx-07/PG-WEB", "PG-WEB", "", "VLAN 120", DVS },
	[G_DB] = { "group:esx-07/PG-DB", "PG-DB", "", "VLAN 130", DVS },
	[G_130] = { "group:kvm-02/tag 130", "tag 130", "", "", BR_OVS },
	[G_140] = { "group:kvm-02/tag 140", "tag 140", "", "", BR_OVS },
};

static const struct scene_machine rack_machines[] = {
	[CI_1] = { "vm:ci-01", "ci-01", "", MACHINE_VM, "running", LXB },
	[CI_2] = { "vm:ci-02", "ci-02", "", MACHINE_VM, "running", LXB },
	[VMK0] = { "vm:esx-07/vmk0", "vmk0", "", MACHINE_KERNEL, "", ESX },
	[VMK1] = { "vm:esx-07/vmk1", "vmk1", "", MACHINE_KERNEL, "", ESX },
	[WEB_1] = { "vm:web-01", "web-01", "", MACHINE_VM, "running", ESX },
	[WEB_2] = { "vm:web-02", "web-02", "", MACHINE_VM, "running", ESX },
	[DB_1] = { "vm:db-01", "db-01", "", MACHINE_VM, "running", ESX },
	[DB_2] = { "vm:db-02", "db-02", "", MACHINE_VM, "running", KVM },
	[APP_1] = { "vm:app-01", "app-01", "", MACHINE_VM, "running", KVM },
	[APP_2] = { "vm:app-02", "app-02", "", MACHINE_VM, "running", KVM },
};

#define VNIC(at, machine, mac, group, vswitch)                                 \
	[at] = { "vnic:" machine, "vNIC 1", mac, at, group, vswitch, false }

static const struct scene_vnic rack_vnics[] = {
	VNIC(CI_1, "ci-01", "52:54:00:9a:03:01", G_UNTAGGED, BR0),
	VNIC(CI_2, "ci-02", "52:54:00:9a:03:02", G_UNTAGGED, BR0),
	VNIC(VMK0, "vmk0", "00:25:b5:00:07:0f", G_MGMT, VSWITCH0),
	VNIC(VMK1, "vmk1", "00:50:56:6a:07:01", G_VMOTION, VSWITCH0),
	VNIC(WEB_1, "web-01", "00:50:56:9a:1c:0e", G_WEB, DVS),
	VNIC(WEB_2, "web-02", "00:50:56:9a:1c:0f", G_WEB, DVS),
	VNIC(DB_1, "db-01", "00:50:56:9a:1c:10", G_DB, DVS),
	VNIC(DB_2, "db-02", "52:54:00:9a:02:01", G_130, BR_OVS),
	VNIC(APP_1, "app-01", "52:54:00:9a:02:02", G_140, BR_OVS),
	VNIC(APP_2, "app-02", "52:54:00:9a:02:03", G_140, BR_OVS),
};

static const char *mgmt_lines[] = {
	"native VLAN is 10 on Eth1/7 but 1 on Te1/7;",
	"esx-07 sends Mgmt untagged",
};
static const char *web_lines[] = {
	"PG-WEB needs VLAN 120, Te1/8 does not carry it",
};
static const char *bond_lines[] = {
	"Te1/11 and Te1/12 are both on sw-c07-b",
};
static const uint32_t mgmt_nics[] = { VMNIC1 };
static const uint32_t web_nics[] = { VMNIC3 };
static const uint32_t bond_ports[] = { B_11, B_12 };

static const struct scene_finding rack_findings[] = {
	{ "finding:native:esx-07/vmnic1",
	    "Mgmt goes dark when vmnic1 takes over", mgmt_lines, 2,
	    "on Te1/7, switchport trunk native vlan 10", OWNER_NETWORK, 3,
	    false, mgmt_nics, NULL, NULL, 1, 0, 0 },
	{ "finding:vlan:esx-07/vmnic3", "web-01, web-02 dead on vmnic3",
	    web_lines, 1, "on Te1/8, switchport trunk allowed vlan add 120",
	    OWNER_NETWORK, 2, false, web_nics, NULL, NULL, 1, 0, 0 },
	{ "finding:legs:kvm-02/bond0", "bond0 has no second switch", bond_lines,
	    1, "move eno2 to a port of sw-c07-a", OWNER_BOTH, 1, false, NULL,
	    bond_ports, NULL, 0, 2, 0 },
};

void
scenes_rack(struct scene *s)
{
	scene_init(s);
	s->id = "rack:C07";
	s->title = "Rack C07";
	s->question = "Why does web-01 lose the network after a failover?";
	s->remark = "seen: CDP 7, hosts 3/3";
	s->revision = 4711;
	s->now = NOW;
	TAKE(s, switches, switch_count, rack_switches);
	TAKE(s, ports, port_count, rack_ports);
	TAKE(s, trunks, trunk_count, rack_trunks);
	TAKE(s, hosts, host_count, rack_hosts);
	TAKE(s, nics, nic_count, rack_nics);
	TAKE(s, bonds, bond_count, rack_bonds);
	TAKE(s, vswitches, vswitch_count, rack_vswitches);
	TAKE(s, groups, group_count, rack_groups);
	TAKE(s, machines, machine_count, rack_machines);
	TAKE(s, vnics, vnic_count, rack_vnics);
	TAKE(s, claims, claim_count, rack_claims);
	TAKE(s, findings, finding_count, rack_findings);
	s->marked_machine = WEB_1;
	s->marked_nic = VMNIC3;
}

static const uint32_t way[] = { DVS };
static const struct scene_row way_sides[] = {
	{ "10G full, up", "full duplex", ANSWER_YES },
	{ "cable unchanged for 40 days", "is sw-c07-b Te1/8", ANSWER_YES },
	{ "needs VLAN 120, 130", "carries VLAN 130", ANSWER_NO },
	{ "sends nothing untagged", "native VLAN 1", ANSWER_YES },
	{ "MTU 9000", "MTU 9216", ANSWER_YES },
};
static const struct scene_row way_inside[] = {
	{ "web-01 is on, vNIC 1 connected", "", ANSWER_YES },
	{ "PG-WEB exists with VLAN 120", "", ANSWER_YES },
	{ "vmnic2 + vmnic3 are active in dvs-prod", "", ANSWER_YES },
	{ "web-01 sends on vmnic3 now", "", ANSWER_YES },
};
static const struct scene_row way_other[] = {
	{ "vmnic2 to Eth1/8 on sw-c07-a", "", ANSWER_YES },
	{ "carries VLAN 120, 130", "", ANSWER_YES },
	{ "web-01 works on vmnic2", "", ANSWER_YES },
};
static const char *way_advice[] = {
	"VLAN 120 stops here.",
	"network team, on sw-c07-b:",
	"interface Te1/8",
	"  switchport trunk allowed",
	"  vlan add 120",
};

void
scenes_path(struct scene *s)
{
	struct scene_path path = {
		.question = "Which switch port does esx-07 vmnic3 use?",
		.remark =
		    "VM web-01 leaves the host over this uplink right now",
		.answer = "Te1/8 on sw-c07-b",
		.evidence = HEARD,
		.sure = true,
		.machine = WEB_1,
		.vnic = WEB_1,
		.group = G_WEB,
		.nic = VMNIC3,
		.port = B_8,
		.vswitches = way,
		.vswitch_count = COUNT(way),
		.gap = "",
		.left_age = "read from esx-07",
		.right_age = "CDP, and frames heard in 15 min",
		.advice = way_advice,
		.advice_count = COUNT(way_advice),
	};

	scenes_rack(s);
	s->id = "nic:esx-07/vmnic3";
	s->title = "esx-07 vmnic3 to sw-c07-b Te1/8";
	path.sides = copy(s, way_sides, COUNT(way_sides), sizeof(*way_sides));
	path.inside =
	    copy(s, way_inside, COUNT(way_inside), sizeof(*way_inside));
	path.other = copy(s, way_other, COUNT(way_other), sizeof(*way_other));
	path.side_count = path.sides ? COUNT(way_sides) : 0;
	path.inside_count = path.inside ? COUNT(way_inside) : 0;
	path.other_count = path.other ? COUNT(way_other) : 0;
	s->path = copy(s, &path, 1, sizeof(path));
}
