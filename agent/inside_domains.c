/* The part of inside.h that knows libvirt's machines. */
#include <stdio.h>
#include <string.h>

#include "agent/inside.h"
#include "base/text.h"

struct workload
inside_workload_of(const struct domain *domain)
{
	struct workload w = { .kind = WORKLOAD_VM,
		.source = SOURCE_LIBVIRT,
		.state = domain->state };

	text_copy(w.name, sizeof(w.name), domain->name);
	text_copy(w.uuid, sizeof(w.uuid), domain->uuid);
	text_copy(w.id, sizeof(w.id), domain->uuid);
	return w;
}

static const char *
type_of(const struct domain_nic *nic)
{
	switch (nic->kind) {
	case DOMAIN_NIC_BRIDGE:
	case DOMAIN_NIC_NETWORK:
	case DOMAIN_NIC_ETHERNET:
		return "tap";
	case DOMAIN_NIC_DIRECT:
		return "macvtap";
	case DOMAIN_NIC_HOSTDEV:
		return nic->has_vf ? "vf" : "hostdev";
	case DOMAIN_NIC_OTHER:
		return "";
	default:
		return domain_nic_kind_name(nic->kind);
	}
}

static void
fill_in(char *out, size_t capacity, const char *text)
{
	if (out[0] == '\0')
		text_copy(out, capacity, text);
}

void
inside_fill_vnic(const struct domain_nic *nic, struct vnic *out)
{
	fill_in(out->type, sizeof(out->type), type_of(nic));
	fill_in(out->mode, sizeof(out->mode), nic->mode);
	fill_in(out->network, sizeof(out->network), nic->network);
	if (nic->kind == DOMAIN_NIC_DIRECT)
		fill_in(out->nic, sizeof(out->nic), nic->source);
	else if (nic->kind == DOMAIN_NIC_HOSTDEV)
		fill_in(out->nic, sizeof(out->nic),
		    nic->nic[0] ? nic->nic : nic->pci);
	if (!out->has_vf)
		out->vf = nic->vf;
	out->has_vf = out->has_vf || nic->has_vf;
	if (nic->link_down)
		out->connected = false;
}

/* Is there another of that name that does something else? */
static bool
is_taken(const struct virtual *v, const struct port_group *wanted)
{
	for (uint32_t i = 0; i < v->port_groups.count; i++) {
		const struct port_group *g = virtual_port_group(v, i);
		char name[PORT_GROUP_NAME_SIZE];

		if (g->vswitch == wanted->vswitch &&
		    !vlan_policy_same(&g->policy, &wanted->policy) &&
		    strcmp(virtual_port_group_name(g, name), wanted->name) == 0)
			return true;
	}
	return false;
}

uint32_t
inside_port_group(struct virtual *v, uint32_t vswitch,
    const struct vlan_policy *policy, const struct domain_nic *nic)
{
	struct port_group group = { .vswitch = vswitch, .policy = *policy };
	char derived[VLAN_POLICY_NAME_SIZE];

	if (nic)
		text_copy(group.name, sizeof(group.name), nic->port_group);
	/* One that is named like what it does is no other than that. */
	if (group.name[0] &&
	    (is_taken(v, &group) ||
		strcmp(vlan_policy_name(policy, derived), group.name) == 0))
		group.name[0] = '\0';
	return virtual_add_port_group(v, &group);
}

/* ---- NICs that no port shows ------------------------------------------------
 */

/* One NIC while its place is sought. */
struct seeking {
	const struct domain *domain;
	const struct domain_nic *nic;
	const struct link *link; /* its device here; NULL: none */
	struct vnic vnic;
};

/* "macvtap on ens1f2": what has no name of its own is named after the device
 * that it stands on. */
static uint32_t
vswitch_on(const struct inside *in, struct virtual *v, enum vswitch_kind kind,
    const char *device)
{
	const struct link *link = links_find_name(in->links, device);
	struct vswitch one = { .kind = kind };
	struct uplink u = { .member_count = 0 };

	snprintf(one.name, sizeof(one.name), "%s on %.60s",
	    kind == VSWITCH_MACVTAP ? "macvtap" : "sriov", device);
	u.vswitch = virtual_find_vswitch(v, one.name);
	if (u.vswitch != VIRTUAL_NONE)
		return u.vswitch;
	u.vswitch = virtual_add_vswitch(v, &one);
	if (u.vswitch != VIRTUAL_NONE && link && inside_is_uplink(in, link)) {
		inside_fill_uplink(in, link, &u);
		(void)virtual_add_uplink(v, &u);
	}
	return u.vswitch;
}

/* Of Open vSwitch that does not tell us its bridges, libvirt knows this one. */
static uint32_t
unseen_ovs_bridge(
    const struct inside *in, struct virtual *v, const struct domain_nic *nic)
{
	struct vswitch one = { .kind = VSWITCH_OVS };

	if (!nic->open_vswitch || in->ovs->bridges.count > 0)
		return VIRTUAL_NONE;
	text_copy(one.name, sizeof(one.name), nic->source);
	return virtual_add_vswitch(v, &one);
}

static void
place_on_bridge(const struct inside *in, struct virtual *v, struct seeking *s)
{
	struct vlan_policy policy = { .mode = VLAN_UNTAGGED };
	uint32_t at = virtual_find_vswitch(v, s->nic->source);
	const struct vswitch *one = virtual_vswitch(v, at);

	if (s->nic->source[0] == '\0')
		return;
	if (!one)
		at = unseen_ovs_bridge(in, v, s->nic);
	else if (s->link)
		return; /* the kernel knows it, and that it is not there */
	one = virtual_vswitch(v, at);
	s->vnic.vswitch = at;
	/* The network may tag; a filtering bridge may, too. */
	if (!one || one->filtering ||
	    (s->nic->kind == DOMAIN_NIC_NETWORK && one->kind == VSWITCH_OVS))
		return;
	if (one->kind == VSWITCH_OVS)
		policy =
		    (struct vlan_policy){ .mode = VLAN_TRUNK, .all = true };
	if (one->kind == VSWITCH_OVS && s->nic->has_vlans)
		policy = s->nic->vlans;
	s->vnic.port_group = inside_port_group(v, at, &policy, s->nic);
}

static void
place_on_device(const struct inside *in, struct virtual *v, struct seeking *s)
{
	struct vlan_policy policy = { .mode = VLAN_UNTAGGED };
	bool is_vf = s->nic->kind == DOMAIN_NIC_HOSTDEV;
	const char *device = is_vf ? s->nic->nic : s->nic->source;

	if (device[0] == '\0')
		return;
	s->vnic.vswitch =
	    vswitch_on(in, v, is_vf ? VSWITCH_SRIOV : VSWITCH_MACVTAP, device);
	if (s->nic->has_vlans)
		policy = s->nic->vlans;
	if (s->vnic.vswitch != VIRTUAL_NONE)
		s->vnic.port_group =
		    inside_port_group(v, s->vnic.vswitch, &policy, s->nic);
}

static void
find_place(const struct inside *in, struct virtual *v, struct seeking *s)
{
	switch (s->nic->kind) {
	case DOMAIN_NIC_BRIDGE:
	case DOMAIN_NIC_NETWORK:
		place_on_bridge(in, v, s);
		break;
	case DOMAIN_NIC_DIRECT:
	case DOMAIN_NIC_HOSTDEV:
		place_on_device(in, v, s);
		break;
	default:
		break; /* what it hangs on is not told */
	}
}

/* A device of this host says whether it is connected; without one it is as
 * long as the machine is there. */
static void
add_nic(const struct inside *in, struct virtual *v, struct seeking *s,
    unsigned number)
{
	const struct domain_nic *nic = s->nic;
	bool active = domain_is_active(s->domain);
	struct vnic *n = &s->vnic;

	n->vswitch = n->port_group = VIRTUAL_NONE;
	s->link = active && nic->target[0]
		      ? links_find_name(in->links, nic->target)
		      : NULL;
	n->has_connected = true;
	n->connected = active && (!s->link || s->link->carrier);
	n->has_mac = nic->has_mac;
	memcpy(n->mac, nic->mac, MAC_SIZE);
	snprintf(n->name, sizeof(n->name), "net%u", number);
	if (nic->target[0])
		text_copy(n->name, sizeof(n->name), nic->target);
	inside_fill_vnic(nic, n);
	find_place(in, v, s);
	(void)virtual_add_vnic(v, n);
}

static void
add_domain(const struct inside *in, struct virtual *v,
    const struct domain *domain, const bool *placed)
{
	struct workload who = inside_workload_of(domain);
	uint32_t workload = virtual_add_workload(v, &who);

	for (unsigned i = 0; i < domain->nic_count; i++) {
		struct seeking s = { .domain = domain,
			.nic = &domain->nics[i],
			.vnic = { .workload = workload } };

		if (!placed[i] && workload != VIRTUAL_NONE)
			add_nic(in, v, &s, i);
	}
}

void
inside_add_domains(const struct inside *in, struct virtual *v)
{
	const struct domains *all = in->machines.domains;
	const bool *placed = in->machines.placed;

	for (size_t i = 0; all && i < all->count; i++) {
		add_domain(in, v, &all->items[i], placed);
		placed += all->items[i].nic_count;
	}
}
