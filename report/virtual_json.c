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
		[MEMBER_DOWN] = "down" };

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
		[UPLINK_VLAN] = "vlan" };
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

	json_object_begin(j);
	json_add_string(j, "name", s->name);
	json_add_string(
	    j, "kind", s->kind == VSWITCH_OVS ? "openvswitch" : "linux_bridge");
	if (s->datapath != DATAPATH_UNKNOWN)
		json_add_string(j, "datapath",
		    s->datapath == DATAPATH_KERNEL ? "kernel" : "userspace");
	if (s->has_filtering)
		json_add_boolean(j, "vlan_filtering", s->filtering);
	write_vswitch_links(j, v, place);
	json_object_end(j);
}

static void
write_port_group(
    struct json *j, const struct virtual *v, const struct port_group *g)
{
	const struct vlan_policy *p = &g->policy;
	struct vlans every = { { 0 } };
	char name[VLAN_POLICY_NAME_SIZE];

	json_object_begin(j);
	json_add_string(j, "vswitch", virtual_vswitch(v, g->vswitch)->name);
	json_add_string(j, "name", vlan_policy_name(p, name));
	if (p->vlan > 0)
		json_add_number(j, "vlan", p->vlan);
	if (p->all)
		vlans_add(&every, VLAN_LEAST, VLAN_MOST);
	if (p->mode == VLAN_TRUNK || p->mode == VLAN_NATIVE)
		add_vlans(j, "trunks", p->all ? &every : &p->trunks);
	json_object_end(j);
}

static void
write_vnic(struct json *j, const struct virtual *v, const struct vnic *n)
{
	const struct vswitch *s = virtual_vswitch(v, n->vswitch);
	const struct port_group *g = virtual_port_group(v, n->port_group);
	char name[VLAN_POLICY_NAME_SIZE];

	json_object_begin(j);
	json_add_string(j, "name", n->name);
	add_mac(j, "mac", n->has_mac, n->mac);
	if (s)
		json_add_string(j, "vswitch", s->name);
	if (g)
		json_add_string(
		    j, "port_group", vlan_policy_name(&g->policy, name));
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
		[STATE_PAUSED] = "paused" };
	static const char *const sources[] = { [SOURCE_KERNEL] = "kernel",
		[SOURCE_NETNS] = "netns",
		[SOURCE_PROC] = "proc",
		[SOURCE_OVS] = "ovs" };

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
