/* The part of inside.h that knows Open vSwitch. */
#include <stdlib.h>
#include <string.h>

#include "agent/inside.h"
#include "base/text.h"

/* One port while it is being sorted in. */
struct ovs_place {
	uint32_t vswitch;
	const struct ovs_bridge *bridge;
	const struct ovs_port *port;
};

void
inside_add_bridges_of_ovs(const struct inside *in, struct virtual *v)
{
	for (size_t b = 0; b < in->ovs->bridges.count; b++) {
		const struct ovs_bridge *bridge = ovs_bridge_at(in->ovs, b);
		struct vswitch one = { .kind = VSWITCH_OVS,
			.datapath = bridge->userspace ? DATAPATH_USERSPACE
						      : DATAPATH_KERNEL };

		text_copy(one.name, sizeof(one.name), bridge->name);
		(void)virtual_add_vswitch(v, &one);
	}
}

/* ---- uplinks ---------------------------------------------------------------
 */

/* A DPDK port is a NIC that the kernel does not know. */
static bool
is_wire(const struct inside *in, const struct ovs_interface *i)
{
	const struct link *link = links_find_name(in->links, i->name);

	if (strcmp(i->type, "dpdk") == 0)
		return true;
	return i->type[0] == '\0' && link && inside_is_uplink(in, link);
}

static bool
is_down(const struct inside *in, const struct ovs_interface *i)
{
	const struct link *link = links_find_name(in->links, i->name);

	if (link && !link->carrier)
		return true;
	return i->up == OVS_NO || i->link == OVS_NO;
}

/* In an active-backup bond one member carries all; in the balancing ones all
 * that are up do, with LACP those that a partner answers. */
static enum member_state
state_of(const struct inside *in, const struct ovs_port *p,
    const struct ovs_interface *i)
{
	bool spread = strncmp(p->bond_mode, "balance-", 8) == 0;

	if (is_down(in, i))
		return MEMBER_DOWN;
	if (p->interface_count == 1)
		return MEMBER_ACTIVE;
	if (spread && p->lacp && i->lacp_current == OVS_UNKNOWN)
		return MEMBER_UNKNOWN;
	if (spread && p->lacp)
		return i->lacp_current == OVS_NO ? MEMBER_STANDBY
						 : MEMBER_ACTIVE;
	if (spread)
		return MEMBER_ACTIVE;
	if (!p->has_active || !i->has_mac)
		return MEMBER_UNKNOWN;
	return memcmp(p->active_mac, i->mac, MAC_SIZE) == 0 ? MEMBER_ACTIVE
							    : MEMBER_STANDBY;
}

static int
compare_members(const void *a, const void *b)
{
	const struct uplink_member *x = a, *y = b;

	return strcmp(x->nic, y->nic);
}

static void
fill_bond(const struct inside *in, const struct ovs_port *p, struct uplink *out)
{
	bool answered = false;

	out->kind = UPLINK_BOND;
	text_copy(out->mode, sizeof(out->mode),
	    p->bond_mode[0] ? p->bond_mode : "active-backup");
	for (unsigned k = 0; k < p->interface_count; k++) {
		const struct ovs_interface *i =
		    ovs_find_interface(in->ovs, &p->interfaces[k]);
		struct uplink_member *m = &out->members[out->member_count];

		if (!i)
			continue;
		text_copy(m->nic, sizeof(m->nic), i->name);
		m->state = state_of(in, p, i);
		out->member_count++;
		answered = answered || i->lacp_current == OVS_YES;
	}
	qsort(out->members, out->member_count, sizeof(out->members[0]),
	    compare_members);
	out->members_lost = p->interfaces_lost;
	out->lacp = LACP_OFF;
	if (p->lacp)
		out->lacp = answered ? LACP_NEGOTIATED : LACP_CONFIGURED;
}

static void
fill_single(const struct inside *in, const struct ovs_port *p,
    const struct ovs_interface *i, struct uplink *out)
{
	const struct link *link = links_find_name(in->links, i->name);

	if (link && inside_is_uplink(in, link)) {
		inside_fill_uplink(in, link, out);
	} else {
		text_copy(
		    out->members[0].nic, sizeof(out->members[0].nic), i->name);
		out->members[0].state = state_of(in, p, i);
		out->member_count = 1;
	}
	if (p->lacp)
		out->lacp = i->lacp_current == OVS_YES ? LACP_NEGOTIATED
						       : LACP_CONFIGURED;
}

static void
fill_vlans(const struct vlan_policy *policy, struct uplink *out)
{
	out->limited = !policy->all && policy->mode != VLAN_UNTAGGED;
	out->carries = policy->trunks;
	if (policy->mode == VLAN_ACCESS || policy->mode == VLAN_NATIVE)
		out->untagged = policy->vlan;
	if (policy->mode == VLAN_ACCESS)
		vlans_add(&out->carries, policy->vlan, policy->vlan);
}

static void
add_uplink(const struct inside *in, struct virtual *v,
    const struct ovs_place *at, const struct ovs_interface *first)
{
	struct uplink u = { .vswitch = at->vswitch };

	if (at->port->interface_count > 1)
		fill_bond(in, at->port, &u);
	else
		fill_single(in, at->port, first, &u);
	text_copy(u.name, sizeof(u.name), at->port->name);
	fill_vlans(&at->port->policy, &u);
	(void)virtual_add_uplink(v, &u);
}

/* ---- the other ports --------------------------------------------------------
 */

static bool
bridge_has_interface(
    const struct inside *in, const struct ovs_bridge *b, const char *interface)
{
	for (size_t i = 0; i < b->port_count; i++) {
		const struct ovs_port *p = ovs_find_port(in->ovs, &b->ports[i]);

		for (unsigned k = 0; p && k < p->interface_count; k++) {
			const struct ovs_interface *one =
			    ovs_find_interface(in->ovs, &p->interfaces[k]);

			if (one && strcmp(one->name, interface) == 0)
				return true;
		}
	}
	return false;
}

static void
add_patch(const struct inside *in, struct virtual *v,
    const struct ovs_place *at, const struct ovs_interface *i)
{
	struct patch patch = { .vswitch = at->vswitch, .peer = VIRTUAL_NONE };

	text_copy(patch.name, sizeof(patch.name), at->port->name);
	for (size_t b = 0; i->peer[0] && b < in->ovs->bridges.count; b++) {
		const struct ovs_bridge *bridge = ovs_bridge_at(in->ovs, b);

		if (bridge_has_interface(in, bridge, i->peer))
			patch.peer = virtual_find_vswitch(v, bridge->name);
	}
	(void)virtual_add_patch(v, &patch);
}

/* An internal port is a device of this host; one that is not here was moved
 * into a namespace. */
static void
add_internal(const struct inside *in, struct virtual *v,
    const struct ovs_place *at, const struct inside_port *port)
{
	if (port->link && inside_has_address(in, port->link->index))
		inside_add_kernel_port(in, v, port);
	else if (!port->link && strcmp(port->name, at->bridge->name) != 0)
		inside_add_port(in, v, port);
}

static bool
is_virtual_nic(const struct ovs_interface *i)
{
	return i->type[0] == '\0' ||
	       strncmp(i->type, "dpdkvhostuser", 13) == 0 ||
	       strcmp(i->type, "tap") == 0;
}

static void
add_port(const struct inside *in, struct virtual *v, const struct ovs_place *at)
{
	const struct ovs_interface *i =
	    ovs_find_interface(in->ovs, &at->port->interfaces[0]);
	struct inside_port port = { .vswitch = at->vswitch,
		.interface = i,
		.policy = at->port->policy };
	struct patch patch = { .vswitch = at->vswitch };

	if (!i)
		return;
	port.name = at->port->name;
	port.link = links_find_name(in->links, i->name);
	patch.peer =
	    port.link ? inside_peer_of(in, v, port.link) : VIRTUAL_NONE;
	if (at->port->interface_count > 1 || is_wire(in, i)) {
		add_uplink(in, v, at, i);
	} else if (strcmp(i->type, "patch") == 0) {
		add_patch(in, v, at, i);
	} else if (strcmp(i->type, "internal") == 0) {
		add_internal(in, v, at, &port);
	} else if (patch.peer != VIRTUAL_NONE && patch.peer != at->vswitch) {
		text_copy(patch.name, sizeof(patch.name), port.name);
		(void)virtual_add_patch(v, &patch);
	} else if (is_virtual_nic(i)) {
		inside_add_port(in, v, &port);
	}
}

void
inside_add_ports_of_ovs(const struct inside *in, struct virtual *v)
{
	for (size_t b = 0; b < in->ovs->bridges.count; b++) {
		const struct ovs_bridge *bridge = ovs_bridge_at(in->ovs, b);
		struct ovs_place at = { .bridge = bridge,
			.vswitch = virtual_find_vswitch(v, bridge->name) };

		for (size_t i = 0; i < bridge->port_count; i++) {
			at.port = ovs_find_port(in->ovs, &bridge->ports[i]);
			if (at.port && at.port->interface_count > 0 &&
			    at.vswitch != VIRTUAL_NONE)
				add_port(in, v, &at);
		}
	}
}
