/* The part of inside.h that knows the switches in NICs: the kernel's for
 * macvtap and macvlan devices, the card's own for virtual functions. */
#include <stdio.h>
#include <string.h>

#include "agent/inside.h"
#include "base/text.h"

/* ---- macvtap and macvlan ----------------------------------------------------
 */

/* What the device stands on; NULL: it is none, or its lower is elsewhere. */
static const struct link *
lower_of(const struct inside *in, const struct link *link)
{
	if (!link_is_macvlan(link) || link->lower_elsewhere ||
	    link->lower == link->index)
		return NULL;
	return links_find(in->links, link->lower);
}

bool
inside_macvtap_switch(const struct inside *in, const struct link *link,
    char out[static PORT_NAME_SIZE])
{
	const struct link *lower = lower_of(in, link);

	if (lower)
		snprintf(out, PORT_NAME_SIZE, "macvtap on %s", lower->name);
	return lower != NULL;
}

static void
add_switch(struct virtual *v, enum vswitch_kind kind, const char *name)
{
	struct vswitch one = { .kind = kind };

	if (virtual_find_vswitch(v, name) != VIRTUAL_NONE)
		return;
	text_copy(one.name, sizeof(one.name), name);
	(void)virtual_add_vswitch(v, &one);
}

/* Has the switch its way out already?  All its devices have the same. */
static bool
is_connected(const struct virtual *v, uint32_t vswitch)
{
	for (uint32_t i = 0; i < v->uplinks.count; i++) {
		if (virtual_uplink(v, i)->vswitch == vswitch)
			return true;
	}
	for (uint32_t i = 0; i < v->patches.count; i++) {
		if (virtual_patch(v, i)->vswitch == vswitch)
			return true;
	}
	return false;
}

/* It stands on a wire, or on a bridge or a port of one. */
static void
connect(const struct inside *in, struct virtual *v, uint32_t vswitch,
    const struct link *lower)
{
	struct uplink u = { .vswitch = vswitch };
	struct patch patch = { .vswitch = vswitch };

	if (is_connected(v, vswitch))
		return;
	if (inside_is_uplink(in, lower)) {
		inside_fill_uplink(in, lower, &u);
		(void)virtual_add_uplink(v, &u);
		return;
	}
	patch.peer = inside_vswitch_of(in, v, lower);
	if (patch.peer == VIRTUAL_NONE || patch.peer == vswitch)
		return;
	text_copy(patch.name, sizeof(patch.name), lower->name);
	(void)virtual_add_patch(v, &patch);
}

static bool
is_in_bridge(const struct inside *in, const struct link *link)
{
	const struct link *master =
	    link->master ? links_find(in->links, link->master) : NULL;

	return master && strcmp(master->kind, "bridge") == 0;
}

static void
add_macvtap(const struct inside *in, struct virtual *v, const struct link *link)
{
	const struct link *lower = lower_of(in, link);
	struct inside_port port = { .name = link->name,
		.link = link,
		.policy = { .mode = VLAN_UNTAGGED } };
	char name[PORT_NAME_SIZE];

	if (!lower || !inside_macvtap_switch(in, link, name))
		return;
	port.vswitch = virtual_find_vswitch(v, name);
	if (port.vswitch == VIRTUAL_NONE)
		return;
	connect(in, v, port.vswitch, lower);
	port.lower = lower;
	if (is_in_bridge(in, link))
		return; /* a patch, told with the ports of that bridge */
	if (inside_has_address(in, link->index))
		inside_add_kernel_port(in, v, &port);
	else
		inside_add_port(in, v, &port);
}

/* ---- SR-IOV
 * ------------------------------------------------------------------
 */

static void
name_switch(const struct link *nic, char out[static PORT_NAME_SIZE])
{
	snprintf(out, PORT_NAME_SIZE, "sriov on %s", nic->name);
}

/* A function whose device is here is the host's own. */
static void
add_function(const struct inside *in, struct virtual *v,
    const struct inside_port *of, const struct vf_place *place)
{
	char name[PORT_NAME_SIZE];
	struct inside_port port = *of;

	port.function = place->bus;
	if (port.vf->vlan > 0) {
		port.policy.mode = VLAN_ACCESS;
		port.policy.vlan = port.vf->vlan;
	}
	if (place->net[0] != '\0') {
		port.name = place->net;
		port.link = links_find_name(in->links, place->net);
		if (port.link && inside_has_address(in, port.link->index))
			inside_add_kernel_port(in, v, &port);
		return;
	}
	snprintf(
	    name, sizeof(name), "%s vf %u", port.lower->name, port.vf->index);
	port.name = name;
	inside_add_port(in, v, &port);
}

static void
add_functions(const struct inside *in, struct virtual *v, const struct pf *pf)
{
	const struct link *nic = links_find(in->links, pf->vfs.link);
	struct inside_port port = { .policy = { .mode = VLAN_UNTAGGED } };
	char name[PORT_NAME_SIZE];

	if (!nic)
		return;
	name_switch(nic, name);
	port.vswitch = virtual_find_vswitch(v, name);
	if (port.vswitch == VIRTUAL_NONE)
		return;
	connect(in, v, port.vswitch, nic);
	port.lower = nic;
	for (unsigned i = 0; i < pf->vfs.count; i++) {
		port.vf = &pf->vfs.items[i];
		add_function(in, v, &port, &pf->places[i]);
	}
}

/* ---- both
 * --------------------------------------------------------------------
 */

void
inside_add_switches_of_nics(const struct inside *in, struct virtual *v)
{
	char name[PORT_NAME_SIZE];

	for (size_t i = 0; i < in->links->count; i++) {
		if (inside_macvtap_switch(in, &in->links->items[i], name))
			add_switch(v, VSWITCH_MACVTAP, name);
	}
	for (size_t i = 0; i < in->sriov->count; i++) {
		const struct link *nic =
		    links_find(in->links, in->sriov->items[i].vfs.link);

		if (!nic)
			continue;
		name_switch(nic, name);
		add_switch(v, VSWITCH_SRIOV, name);
	}
}

void
inside_add_ports_of_nics(const struct inside *in, struct virtual *v)
{
	for (size_t i = 0; i < in->links->count; i++)
		add_macvtap(in, v, &in->links->items[i]);
	for (size_t i = 0; i < in->sriov->count; i++)
		add_functions(in, v, &in->sriov->items[i]);
}
