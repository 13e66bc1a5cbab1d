#include "report/virtual_json.h"

#include "report/address.h"

static void
add_known(struct json *j, const char *name, const char *text)
{
	if (text && text[0] != '\0')
		json_add_string(j, name, text);
}

static void
add_mac(struct json *j, const char *name, bool known, const uint8_t *mac)
{
	char text[MAC_TEXT_SIZE];

	if (known)
		json_add_string(j, name, mac_format(mac, text));
}

static void
add_vlans(struct json *j, const char *name, const struct vlans *set)
{
	char text[VLANS_TEXT_SIZE];

	json_add_string(j, name, vlans_format(set, text));
}

static void
add_members(struct json *j, const struct uplink *u)
{
	static const char *const states[] = { [MEMBER_ACTIVE] = "active",
		[MEMBER_STANDBY] = "standby",
		[MEMBER_DOWN] = "down",
		[MEMBER_UNUSED] = "unused" };

	json_name(j, "members");
	json_array_begin(j);
	for (unsigned i = 0; i < u->member_count; i++) {
		json_object_begin(j);
		json_add_string(j, "nic", u->members[i].nic);
		add_known(j, "state", states[u->members[i].state]);
		json_object_end(j);
	}
	json_array_end(j);
	if (u->members_lost > 0)
		json_add_number(j, "members_lost", u->members_lost);
}

static void
write_uplink(struct json *j, const struct uplink *u)
{
	static const char *const kinds[] = { [UPLINK_NIC] = "nic",
		[UPLINK_BOND] = "bond",
		[UPLINK_VLAN] = "vlan",
		[UPLINK_TEAM] = "team" };
	static const char *const lacp[] = { [LACP_OFF] = "off",
		[LACP_CONFIGURED] = "configured",
		[LACP_NEGOTIATED] = "negotiated" };

	json_object_begin(j);
	json_add_string(j, "name", u->name);
	json_add_string(j, "kind", kinds[u->kind]);
	if (u->vlan > 0)
		json_add_number(j, "vlan", u->vlan);
	add_known(j, "mode", u->mode);
	add_known(j, "lacp", lacp[u->lacp]);
	add_mac(j, "partner_mac", u->has_partner, u->partner_mac);
	add_members(j, u);
	if (u->limited)
		add_vlans(j, "carries", &u->carries);
	if (u->untagged > 0)
		json_add_number(j, "untagged", u->untagged);
	json_object_end(j);
}

static void
write_patch(struct json *j, const struct virtual *v, const struct patch *p)
{
	const struct vswitch *peer = virtual_vswitch(v, p->peer);

	json_object_begin(j);
	json_add_string(j, "name", p->name);
	if (peer)
		json_add_string(j, "peer_vswitch", peer->name);
	json_object_end(j);
}

static void
write_vswitch_links(struct json *j, const struct virtual *v, uint32_t place)
{
	json_name(j, "uplinks");
	json_array_begin(j);
	for (uint32_t i = 0; i < v->uplinks.count; i++) {
		if (virtual_uplink(v, i)->vswitch == place)
			write_uplink(j, virtual_uplink(v, i));
	}
	json_array_end(j);
	json_name(j, "patches");
	json_array_begin(j);
	for (uint32_t i = 0; i < v->patches.count; i++) {
		if (virtual_patch(v, i)->vswitch == place)
			write_patch(j, v, virtual_patch(v, i));
	}
	json_array_end(j);
}

static void
write_vswitch(struct json *j, const struct virtual *v, uint32_t place)
{
	const struct vswitch *s = virtual_vswitch(v, place);

	static const char *const kinds[] = { [VSWITCH_BRIDGE] = "linux_bridge",
		[VSWITCH_OVS] = "openvswitch",
		[VSWITCH_MACVTAP] = "macvtap",
		[VSWITCH_SRIOV] = "sriov",
		[VSWITCH_STANDARD] = "standard",
		[VSWITCH_DISTRIBUTED] = "distributed",
		[VSWITCH_OPAQUE] = "opaque" };

	json_object_begin(j);
	json_add_string(j, "name", s->name);
	json_add_string(j, "kind", kinds[s->kind]);
	add_known(j, "uuid", s->uuid);
	if (s->mtu > 0)
		json_add_number(j, "mtu", s->mtu);
	if (s->discovery[0] != '\0') {
		json_name(j, "discovery");
		json_object_begin(j);
		json_add_string(j, "protocol", s->discovery);
		add_known(j, "operation", s->operation);
		json_object_end(j);
	}
	if (s->datapath != DATAPATH_UNKNOWN)
		json_add_string(j, "datapath",
		    s->datapath == DATAPATH_KERNEL ? "kernel" : "userspace");
	if (s->has_filtering)
		json_add_boolean(j, "vlan_filtering", s->filtering);
	write_vswitch_links(j, v, place);
	json_object_end(j);
}

static void
write_members_in(struct json *j, const char *name, const struct team *team,
    enum member_state state)
{
	json_name(j, name);
	json_array_begin(j);
	for (unsigned i = 0; i < team->member_count; i++) {
		if (team->members[i].state == state)
			json_string(j, team->members[i].nic);
	}
	json_array_end(j);
}

static void
write_team(struct json *j, const struct team *team)
{
	json_name(j, "team");
	json_object_begin(j);
	add_known(j, "policy", team->policy);
	write_members_in(j, "active", team, MEMBER_ACTIVE);
	write_members_in(j, "standby", team, MEMBER_STANDBY);
	write_members_in(j, "unused", team, MEMBER_UNUSED);
	json_object_end(j);
}

static void
write_pvlan(struct json *j, const struct port_group *g)
{
	json_name(j, "pvlan");
	json_object_begin(j);
	json_add_number(j, "primary", g->pvlan_primary);
	json_add_number(j, "secondary", g->pvlan_secondary);
	json_object_end(j);
}

static void
write_port_group(
    struct json *j, const struct virtual *v, const struct port_group *g)
{
	const struct vlan_policy *p = &g->policy;
	struct vlans every = { { 0 } };
	char name[PORT_GROUP_NAME_SIZE];

	json_object_begin(j);
	json_add_string(j, "vswitch", virtual_vswitch(v, g->vswitch)->name);
	json_add_string(j, "name", virtual_port_group_name(g, name));
	add_known(j, "id", g->id);
	if (p->vlan > 0)
		json_add_number(j, "vlan", p->vlan);
	if (p->all)
		vlans_add(&every, VLAN_LEAST, VLAN_MOST);
	if (p->mode == VLAN_TRUNK || p->mode == VLAN_NATIVE)
		add_vlans(j, "trunks", p->all ? &every : &p->trunks);
	if (p->mode == VLAN_UNKNOWN)
		json_add_boolean(j, "unknown_vlan", true);
	if (g->has_team)
		write_team(j, virtual_team(v, g->team));
	if (g->pvlan_primary > 0)
		write_pvlan(j, g);
	json_object_end(j);
}

static void
write_vnic(struct json *j, const struct virtual *v, const struct vnic *n)
{
	const struct vswitch *s = virtual_vswitch(v, n->vswitch);
	const struct port_group *g = virtual_port_group(v, n->port_group);
	char name[PORT_GROUP_NAME_SIZE];

	json_object_begin(j);
	json_add_string(j, "name", n->name);
	add_mac(j, "mac", n->has_mac, n->mac);
	if (s)
		json_add_string(j, "vswitch", s->name);
	if (g)
		json_add_string(
		    j, "port_group", virtual_port_group_name(g, name));
	add_known(j, "type", n->type);
	add_known(j, "mode", n->mode);
	add_known(j, "network", n->network);
	add_known(j, "nic", n->nic);
	if (n->has_vf)
		json_add_number(j, "vf", n->vf);
	if (n->has_connected)
		json_add_boolean(j, "connected", n->connected);
	json_object_end(j);
}

/* Writes the vNICs of one workload, from '*next' on. */
static void
write_vnics(
    struct json *j, const struct virtual *v, uint32_t place, uint32_t *next)
{
	json_name(j, "vnics");
	json_array_begin(j);
	while (
	    *next < v->vnics.count && virtual_vnic(v, *next)->workload == place)
		write_vnic(j, v, virtual_vnic(v, (*next)++));
	json_array_end(j);
}

static void
write_workload(struct json *j, const struct workload *w)
{
	static const char *const kinds[] = { [WORKLOAD_VM] = "vm",
		[WORKLOAD_CONTAINER] = "container",
		[WORKLOAD_NAMESPACE] = "namespace",
		[WORKLOAD_KERNEL_PORT] = "kernel_port" };
	static const char *const states[] = { [STATE_UNKNOWN] = "unknown",
		[STATE_RUNNING] = "running",
		[STATE_PAUSED] = "paused",
		[STATE_SUSPENDED] = "suspended",
		[STATE_OFF] = "off" };
	static const char *const sources[] = { [SOURCE_KERNEL] = "kernel",
		[SOURCE_NETNS] = "netns",
		[SOURCE_PROC] = "proc",
		[SOURCE_OVS] = "ovs",
		[SOURCE_LIBVIRT] = "libvirt",
		[SOURCE_VSPHERE] = "vsphere" };

	json_add_string(j, "id", w->id);
	json_add_string(j, "kind", kinds[w->kind]);
	add_known(j, "name", w->name);
	add_known(j, "uuid", w->uuid);
	json_add_string(j, "state", states[w->state]);
	json_add_string(j, "source", sources[w->source]);
}

void
virtual_json_members(struct json *j, struct virtual *v)
{
	uint32_t next = 0;

	virtual_sort(v);
	json_name(j, "vswitches");
	json_array_begin(j);
	for (uint32_t i = 0; i < v->vswitches.count; i++)
		write_vswitch(j, v, i);
	json_array_end(j);
	json_name(j, "port_groups");
	json_array_begin(j);
	for (uint32_t i = 0; i < v->port_groups.count; i++)
		write_port_group(j, v, virtual_port_group(v, i));
	json_array_end(j);
	json_name(j, "workloads");
	json_array_begin(j);
	for (uint32_t i = 0; i < v->workloads.count; i++) {
		json_object_begin(j);
		write_workload(j, virtual_workload(v, i));
		write_vnics(j, v, i, &next);
		json_object_end(j);
	}
	json_array_end(j);
}
