#include "tests/support/knowns.h"

#include <check.h>
#include <stdio.h>
#include <string.h>

#include "collector/rules/judging.h"

struct known_source
knowns_source(const char *text)
{
	return (struct known_source){
		.text = text,
		.since = KNOWNS_NOW - 3600,
		.last_heard = KNOWNS_NOW - 5,
		.current = true,
	};
}

struct known_nic
knowns_nic(const char *name)
{
	return (struct known_nic){
		.source = knowns_source("the kernel of esx07"),
		.name = name,
		.mac = "",
		.permanent_mac = "",
		.master = "",
		.bond = KNOWN_NONE,
		.driver = "",
		.firmware = "",
		.bus = "",
		.slot = "",
		.up = TOLD_YES,
		.carrier = TOLD_YES,
		.listening = TOLD_YES,
		.listening_reason = "",
		.firmware_flag = "",
		.carrier_changed_at = -1,
		.mtu = -1,
		.speed = -1,
		.duplex = "",
		.bond_state = "",
		.lacp_aggregator = -1,
		.lacp_actor = -1,
		.lacp_partner = -1,
		.removed_at = -1,
		.vswitch = KNOWN_NONE,
		.uplink = KNOWN_NONE,
		.cable = KNOWN_CABLE_UNHEARD,
		.port = KNOWN_NONE,
		.cable_source = knowns_source(""),
		.former_port = KNOWN_NONE,
		.former_ended_at = -1,
		.former_last_heard = -1,
		.opposite = "",
	};
}

struct known_neighbor
knowns_neighbor(const char *protocol, uint32_t port)
{
	return (struct known_neighbor){
		.source = knowns_source(protocol),
		.protocol = protocol,
		.lldp = strcmp(protocol, "lldp") == 0,
		.switch_class = true,
		.port = port,
		.source_mac = "",
		.system_name = "",
		.ended_at = -1,
		.ended_reason = "",
		.ttl_s = 120,
		.port_description = "",
		.native_vlan = -1,
		.pvid = -1,
		.mtu = -1,
		.max_frame = -1,
		.duplex = "",
		.aggregate = -1,
		.voice_vlan = -1,
		.management_vlan = -1,
	};
}

struct known_link
knowns_link(const char *name, const char *kind)
{
	return (struct known_link){
		.source = knowns_source("the kernel of esx07"),
		.name = name,
		.kind = kind,
		.master = "",
		.lower = "",
		.vlan = -1,
		.mtu = 1500,
		.up = TOLD_YES,
		.carrier = TOLD_YES,
		.bond_mode = "",
		.bond_active = "",
	};
}

struct known_group
knowns_group(const char *name, uint32_t vswitch)
{
	return (struct known_group){
		.source = knowns_source("the kernel of esx07"),
		.name = name,
		.id = "",
		.vswitch = vswitch,
		.vlans = "",
		.vlan = -1,
		.trunks = "",
		.pvlan_primary = -1,
		.pvlan_secondary = -1,
	};
}

/* The next place of an array. */
static uint32_t
next(size_t *count)
{
	ck_assert_uint_lt(*count, KNOWNS_ROOM);
	return (uint32_t)(*count)++;
}

static const char *
text(struct known *k, const char *a, const char *b)
{
	char made[64];
	const char *kept;

	snprintf(made, sizeof(made), "%s%s", a, b);
	kept = arena_text(&k->arena, made);
	ck_assert_ptr_nonnull(kept);
	return kept;
}

uint32_t
knowns_add_switch(struct known *k, const char *name)
{
	uint32_t place = next(&k->switch_count);

	k->switches[place] = (struct known_switch){
		.name = name,
		.id = name,
		.model = "N9K-C93180YC-FX",
		.software = "Cisco Nexus Operating System (NX-OS) Software",
		.description = "",
		.vendor = "",
		.switch_class = true,
	};
	return place;
}

uint32_t
knowns_add_port(struct known *k, uint32_t on, const char *name)
{
	uint32_t place = next(&k->port_count);
	const char *there = text(k, " on ", k->switches[on].name);

	k->ports[place] = (struct known_port){
		.on = on,
		.name = name,
		.full = strncmp(name, "Eth", 3) == 0
			    ? text(k, "Ethernet", name + 3)
			    : name,
		.text = text(k, name, there),
	};
	return place;
}

uint32_t
knowns_add_nic(struct known *k, const char *name)
{
	uint32_t place = next(&k->nic_count);
	struct known_nic *nic = &k->nics[place];

	*nic = knowns_nic(name);
	nic->mtu = 1500;
	nic->speed = 10000;
	nic->duplex = "full";
	return place;
}

uint32_t
knowns_add_link(struct known *k, const char *name, const char *kind)
{
	uint32_t place = next(&k->link_count);

	k->links[place] = knowns_link(name, kind);
	return place;
}

uint32_t
knowns_add_vswitch(struct known *k, const char *name, const char *kind)
{
	uint32_t place = next(&k->vswitch_count);

	k->vswitches[place] = (struct known_vswitch){
		.source = knowns_source("the kernel of esx07"),
		.name = name,
		.kind = kind,
		.uuid = "",
		.mtu = -1,
	};
	return place;
}

uint32_t
knowns_add_group(struct known *k, const char *name, uint32_t vswitch)
{
	uint32_t place = next(&k->group_count);

	k->groups[place] = knowns_group(name, vswitch);
	return place;
}

uint32_t
knowns_add_machine(
    struct known *k, const char *name, const char *vnic, uint32_t group)
{
	uint32_t place = next(&k->machine_count), at = next(&k->vnic_count);

	k->machines[place] = (struct known_machine){
		.source = knowns_source("libvirt of esx07"),
		.id = name,
		.name = name,
		.kind = "vm",
		.state = "running",
		.first_vnic = at,
		.vnic_count = 1,
	};
	k->vnics[at] = (struct known_vnic){
		.name = vnic,
		.mac = "52:54:00:00:00:01",
		.type = "tap",
		.vswitch_name = "",
		.group_name = "",
		.network = "",
		.connected = TOLD_YES,
		.machine = place,
		.group = group,
		.vswitch =
		    group != KNOWN_NONE ? k->groups[group].vswitch : KNOWN_NONE,
		.nic = KNOWN_NONE,
		.vf = -1,
	};
	return place;
}

struct known_nic *
knowns_add_sibling(struct known *k, const char *host, uint32_t of)
{
	uint32_t place = next(&k->sibling_count);
	struct known_nic *nic = arena_take(&k->arena, sizeof(*nic));

	ck_assert_ptr_nonnull(nic);
	*nic = k->nics[of];
	k->siblings[place] =
	    (struct known_sibling){ .host = host, .of = of, .nic = nic };
	k->alike_count++;
	return nic;
}

void
knowns_cable(struct known *k, uint32_t nic, uint32_t port)
{
	struct known_nic *n = &k->nics[nic];

	n->cable = KNOWN_CABLE_SURE;
	n->port = port;
	n->cable_source = knowns_source("LLDP, CDP");
	n->neighbors =
	    arena_array(&k->arena, KNOWNS_ROOM, sizeof(*n->neighbors));
	ck_assert_ptr_nonnull(n->neighbors);
	n->neighbors[0] = knowns_neighbor("lldp", port);
	n->neighbors[1] = knowns_neighbor("cdp", port);
	n->neighbor_count = 2;
}

/* One uplink, bond0, of the first two NICs; ways of the first group. */
static void
join(struct known *k, uint32_t vswitch, uint32_t bond)
{
	struct known_uplink *uplink =
	    arena_array(&k->arena, KNOWNS_ROOM, sizeof(*uplink));
	struct known_member *members =
	    arena_array(&k->arena, KNOWNS_ROOM, sizeof(*members));

	ck_assert_ptr_nonnull(uplink);
	ck_assert_ptr_nonnull(members);
	for (uint32_t i = 0; i < 2; i++) {
		struct known_nic *nic = &k->nics[i];

		members[i] = (struct known_member){ nic->name, i,
			i == 0 ? LEG_ACTIVE : LEG_STANDBY };
		nic->bond = bond;
		nic->master = "bond0";
		nic->bond_state = i == 0 ? "active" : "backup";
		nic->vswitch = vswitch;
		nic->uplink = 0;
		nic->use_count = 1;
		k->ways[k->way_count++] = (struct known_way){ .group = 0,
			.link = KNOWN_NONE,
			.vswitch = vswitch,
			.uplink = 0,
			.nic = i,
			.state = members[i].state,
			.gap = "" };
	}
	*uplink = (struct known_uplink){ .name = "bond0",
		.kind = "bond",
		.mode = "active-backup",
		.lacp = "off",
		.partner_mac = "",
		.carries = "",
		.vlan = -1,
		.untagged = -1,
		.members = members,
		.member_count = 2 };
	k->vswitches[vswitch].uplinks = uplink;
	k->vswitches[vswitch].uplink_count = 1;
}

static void
make_room(struct known *k)
{
	struct arena *a = &k->arena;

	k->switches = arena_array(a, KNOWNS_ROOM, sizeof(*k->switches));
	k->ports = arena_array(a, KNOWNS_ROOM, sizeof(*k->ports));
	k->nics = arena_array(a, KNOWNS_ROOM, sizeof(*k->nics));
	k->links = arena_array(a, KNOWNS_ROOM, sizeof(*k->links));
	k->vswitches = arena_array(a, KNOWNS_ROOM, sizeof(*k->vswitches));
	k->groups = arena_array(a, KNOWNS_ROOM, sizeof(*k->groups));
	k->ways = arena_array(a, KNOWNS_ROOM, sizeof(*k->ways));
	k->machines = arena_array(a, KNOWNS_ROOM, sizeof(*k->machines));
	k->vnics = arena_array(a, KNOWNS_ROOM, sizeof(*k->vnics));
	k->siblings = arena_array(a, KNOWNS_ROOM, sizeof(*k->siblings));
	ck_assert(!a->failed);
}

static void
describe_host(struct known *k)
{
	k->now = KNOWNS_NOW;
	k->source = knowns_source("the agent on esx07");
	k->name = "esx07";
	k->platform = "linux";
	k->machine_id = k->os = k->model = k->via = k->connection = "";
	k->current = true;
	k->seen_at = KNOWNS_NOW - 5;
	k->disconnected_since = -1;
}

void
knowns_healthy(struct known *out)
{
	static const char *const machines[][2] = { { "web-01", "vnet0" },
		{ "web-02", "vnet1" }, { "web-03", "vnet2" } };
	uint32_t bond, bridge, tap;

	known_init(out);
	make_room(out);
	describe_host(out);
	for (uint32_t i = 0; i < 2; i++) {
		knowns_add_switch(out, i == 0 ? "sw1" : "sw2");
		knowns_add_port(out, i, "Eth1/1");
		knowns_add_nic(out, i == 0 ? "eno1" : "eno2");
		knowns_cable(out, i, i);
	}
	bond = knowns_add_link(out, "bond0", "bond");
	out->links[bond].bond_mode = "active-backup";
	out->links[bond].bond_active = "eno1";
	knowns_add_link(out, "br0", "bridge");
	bridge = knowns_add_vswitch(out, "br0", "linux_bridge");
	knowns_add_group(out, "Prod", bridge);
	out->groups[0].vlan = 120;
	out->groups[0].vlans = "VLAN 120";
	out->groups[0].need_count = 1;
	known_vlans_add(&out->groups[0].needs, 120);
	join(out, bridge, bond);
	for (size_t i = 0; i < 3; i++) {
		tap = knowns_add_link(out, machines[i][1], "tun");
		out->links[tap].master = "br0";
		knowns_add_machine(out, machines[i][0], machines[i][1], 0);
		out->vnics[i].mac = i == 0   ? "52:54:00:00:00:01"
				    : i == 1 ? "52:54:00:00:00:02"
					     : "52:54:00:00:00:03";
	}
	out->groups[0].vnic_count = out->vswitches[0].vnic_count = 3;
	out->vswitches[0].group_count = 1;
}

void
knowns_lacp(struct known *out)
{
	enum { IN_CHANNEL = 0x3d }; /* active, in sync, collecting ... */

	knowns_healthy(out);
	out->links[0].bond_mode = "802.3ad";
	out->links[0].bond_active = "";
	out->vswitches[0].uplinks[0].mode = "802.3ad";
	out->vswitches[0].uplinks[0].lacp = "negotiated";
	for (size_t i = 0; i < 2; i++) {
		out->nics[i].lacp_aggregator = 1;
		out->nics[i].lacp_actor = out->nics[i].lacp_partner =
		    IN_CHANNEL;
		out->nics[i].bond_state = "active";
		out->nics[i].neighbors[0].aggregated = TOLD_YES;
		out->vswitches[0].uplinks[0].members[i].state = LEG_ACTIVE;
		out->ways[i].state = LEG_ACTIVE;
	}
}

const struct judgement *
knowns_judge(const struct known *k, const char *rule, const char *about,
    struct judgements *out)
{
	const struct rule *r = rule_find(rule);

	ck_assert_msg(r != NULL, "no rule %s", rule);
	judgements_init(out);
	r->judge(r, k, out);
	ck_assert(!out->arena.failed);
	for (size_t i = 0; i < out->count; i++) {
		if (!about || strcmp(out->items[i].about, about) == 0)
			return &out->items[i];
	}
	return NULL;
}

bool
knowns_is_broken(const struct known *k, const char *rule)
{
	struct judgements all;
	bool broken = false;

	knowns_judge(k, rule, NULL, &all);
	for (size_t i = 0; i < all.count; i++)
		broken = broken || all.items[i].ruling == RULING_BROKEN;
	judgements_done(&all);
	return broken;
}
