#include "agent/inside.h"

#include <string.h>

#include "base/text.h"

/* A VLAN in a VLAN on a bond; deeper ones are a mistake or a circle. */
enum { STACK_MOST = 4 };

bool
inside_has_address(const struct inside *in, uint32_t index)
{
	for (size_t i = 0; i < in->addressed_count; i++) {
		if (in->addressed[i] == index)
			return true;
	}
	return false;
}

/* What a VLAN device stands on. */
static const struct link *
below(const struct inside *in, const struct link *link)
{
	for (int i = 0; link && i < STACK_MOST; i++) {
		if (strcmp(link->kind, "vlan") != 0)
			return link;
		link = link->lower_elsewhere || link->lower == link->index
			   ? NULL
			   : links_find(in->links, link->lower);
	}
	return NULL;
}

static bool
is_team(const struct link *link)
{
	return strcmp(link->kind, "team") == 0;
}

static bool
is_bond(const struct link *link)
{
	return strcmp(link->kind, "bond") == 0 || is_team(link);
}

bool
inside_is_uplink(const struct inside *in, const struct link *link)
{
	const struct link *base = below(in, link);

	return base && (is_bond(base) || nics_find(in->nics, base->index));
}

static void
add_member(struct uplink *u, const char *nic, enum member_state state)
{
	struct uplink_member *m;

	if (u->member_count == UPLINK_MEMBERS_MOST) {
		u->members_lost++;
		return;
	}
	m = &u->members[u->member_count++];
	text_copy(m->nic, sizeof(m->nic), nic);
	m->state = state;
}

/* A team's runner has its LACP to itself. */
static const char *
mode_of(const struct inside *in, const struct link *bond)
{
	const struct team_device *team = teams_find(in->teams, bond->index);

	if (!is_team(bond))
		return link_bond_mode_name(bond);
	return team && team->mode[0] ? team->mode : "team";
}

static enum member_state
state_of(
    const struct inside *in, const struct link *bond, const struct link *member)
{
	if (is_team(bond))
		return team_member_state(
		    teams_find(in->teams, bond->index), member);
	return link_member_state(bond, member);
}

static void
fill_bond(const struct inside *in, const struct link *bond, struct uplink *out)
{
	text_copy(out->mode, sizeof(out->mode), mode_of(in, bond));
	out->lacp = link_lacp_state(bond);
	out->has_partner = bond->has_partner_mac;
	memcpy(out->partner_mac, bond->partner_mac, MAC_SIZE);
	for (size_t i = 0; i < in->links->count; i++) {
		const struct link *l = &in->links->items[i];

		if (l->master == bond->index)
			add_member(out, l->name, state_of(in, bond, l));
	}
}

void
inside_fill_uplink(
    const struct inside *in, const struct link *link, struct uplink *out)
{
	const struct link *base = below(in, link);

	text_copy(out->name, sizeof(out->name), link->name);
	out->kind = is_bond(base) ? UPLINK_BOND : UPLINK_NIC;
	if (base != link) {
		out->kind = UPLINK_VLAN;
		out->vlan = link->vlan;
	}
	if (is_bond(base))
		fill_bond(in, base, out);
	else
		add_member(out, base->name,
		    base->carrier ? MEMBER_ACTIVE : MEMBER_DOWN);
}

/* ---- from vSwitch to vSwitch ----------------------------------------------
 */

/* Open vSwitch's ports have no master, or one that is no bridge. */
static uint32_t
vswitch_of_ovs_port(
    const struct inside *in, const struct virtual *v, const char *name)
{
	for (size_t b = 0; b < in->ovs->bridges.count; b++) {
		const struct ovs_bridge *bridge = ovs_bridge_at(in->ovs, b);

		for (size_t i = 0; i < bridge->port_count; i++) {
			const struct ovs_port *port =
			    ovs_find_port(in->ovs, &bridge->ports[i]);

			if (port && strcmp(port->name, name) == 0)
				return virtual_find_vswitch(v, bridge->name);
		}
	}
	return VIRTUAL_NONE;
}

uint32_t
inside_vswitch_of(
    const struct inside *in, const struct virtual *v, const struct link *link)
{
	uint32_t place = virtual_find_vswitch(v, link->name);
	const struct link *master;

	if (place != VIRTUAL_NONE)
		return place;
	master = link->master ? links_find(in->links, link->master) : NULL;
	if (master && strcmp(master->kind, "bridge") == 0)
		return virtual_find_vswitch(v, master->name);
	return vswitch_of_ovs_port(in, v, link->name);
}

uint32_t
inside_peer_of(
    const struct inside *in, const struct virtual *v, const struct link *link)
{
	char macvtap[PORT_NAME_SIZE];
	const struct link *peer;

	if (inside_macvtap_switch(in, link, macvtap))
		return virtual_find_vswitch(v, macvtap);
	if (link->lower_elsewhere || link->lower == 0)
		return VIRTUAL_NONE;
	if (strcmp(link->kind, "veth") != 0 && strcmp(link->kind, "vlan") != 0)
		return VIRTUAL_NONE;
	peer = links_find(in->links, link->lower);
	return peer ? inside_vswitch_of(in, v, peer) : VIRTUAL_NONE;
}

/* ---- Linux bridges ---------------------------------------------------------
 */

static bool
is_bridge(const struct link *link)
{
	return strcmp(link->kind, "bridge") == 0;
}

static void
set_policy(const struct inside *in, const struct link *bridge,
    struct inside_port *port)
{
	const struct port_vlans *vlans;

	port->policy = (struct vlan_policy){ .mode = VLAN_UNTAGGED };
	if (!bridge->vlan_filtering)
		return;
	vlans = bridge_vlans_find(in->vlans, port->link->index);
	if (vlans)
		port->policy = port_vlans_policy(vlans);
	else
		port->policy.mode = VLAN_CLOSED;
	port->untold = !vlans && !in->vlans->whole;
}

static void
add_uplink(const struct inside *in, struct virtual *v,
    const struct link *bridge, const struct link *link)
{
	const struct port_vlans *port =
	    bridge_vlans_find(in->vlans, link->index);
	struct uplink u = { .vswitch = virtual_find_vswitch(v, bridge->name) };

	inside_fill_uplink(in, link, &u);
	u.limited = bridge->vlan_filtering && (port || in->vlans->whole);
	if (u.limited && port) {
		u.carries = port->allowed;
		if (port->pvid_untagged)
			u.untagged = port->pvid;
	}
	(void)virtual_add_uplink(v, &u);
}

static void
add_bridge_port(const struct inside *in, struct virtual *v,
    const struct link *bridge, const struct link *link)
{
	struct inside_port port = { .name = link->name, .link = link };
	struct patch patch = { .peer = inside_peer_of(in, v, link) };

	port.vswitch = patch.vswitch = virtual_find_vswitch(v, bridge->name);
	if (port.vswitch == VIRTUAL_NONE)
		return;
	if (inside_is_uplink(in, link)) {
		add_uplink(in, v, bridge, link);
		return;
	}
	if (patch.peer != VIRTUAL_NONE && patch.peer != patch.vswitch) {
		text_copy(patch.name, sizeof(patch.name), link->name);
		(void)virtual_add_patch(v, &patch);
		return;
	}
	set_policy(in, bridge, &port);
	inside_add_port(in, v, &port);
}

static void
add_bridge(struct virtual *v, const struct link *link)
{
	struct vswitch one = { .kind = VSWITCH_BRIDGE,
		.has_filtering = true,
		.filtering = link->vlan_filtering };

	text_copy(one.name, sizeof(one.name), link->name);
	(void)virtual_add_vswitch(v, &one);
}

static void
add_own_port(
    const struct inside *in, struct virtual *v, const struct link *bridge)
{
	struct inside_port port = { .name = bridge->name,
		.link = bridge,
		.vswitch = virtual_find_vswitch(v, bridge->name) };

	set_policy(in, bridge, &port);
	if (port.vswitch != VIRTUAL_NONE &&
	    inside_has_address(in, bridge->index))
		inside_add_kernel_port(in, v, &port);
}

/* br0.140 with an address: the host's own port in VLAN 140 of br0. */
static void
add_vlan_port(
    const struct inside *in, struct virtual *v, const struct link *link)
{
	struct inside_port port = { .name = link->name,
		.link = link,
		.vswitch = inside_peer_of(in, v, link),
		.policy = { .mode = VLAN_ACCESS, .vlan = link->vlan } };

	if (strcmp(link->kind, "vlan") == 0 && port.vswitch != VIRTUAL_NONE &&
	    inside_has_address(in, link->index))
		inside_add_kernel_port(in, v, &port);
}

static void
describe(const struct inside *in, struct virtual *out)
{
	const struct links *links = in->links;

	for (size_t i = 0; i < links->count; i++) {
		if (is_bridge(&links->items[i]))
			add_bridge(out, &links->items[i]);
	}
	inside_add_bridges_of_ovs(in, out);
	inside_add_switches_of_nics(in, out);
	for (size_t i = 0; i < links->count; i++) {
		const struct link *link = &links->items[i];
		const struct link *master =
		    link->master ? links_find(links, link->master) : NULL;

		if (is_bridge(link))
			add_own_port(in, out, link);
		if (master && is_bridge(master))
			add_bridge_port(in, out, master, link);
		else
			add_vlan_port(in, out, link);
	}
	inside_add_ports_of_ovs(in, out);
	inside_add_ports_of_nics(in, out);
	inside_add_domains(in, out);
}

void
inside_describe(const struct inside *in, struct virtual *out)
{
	struct inside all = *in;

	domains_index_make(&all.machines, in->domains);
	describe(&all, out);
	domains_index_done(&all.machines);
}
