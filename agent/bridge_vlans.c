#include "agent/bridge_vlans.h"

#include <libmnl/libmnl.h>
#include <linux/if_bridge.h>
#include <linux/rtnetlink.h>
#include <stdlib.h>
#include <string.h>

enum { CAPACITY_AT_FIRST = 16 };

/* A range comes as two entries, its first VLAN and its last. */
struct reading {
	struct port_vlans *port;
	uint16_t range_first; /* 0: none is open */
	bool found;
};

static int
read_vlan(const struct nlattr *attribute, void *data)
{
	struct reading *r = data;
	struct bridge_vlan_info info;
	uint16_t first;

	if (mnl_attr_get_type(attribute) != IFLA_BRIDGE_VLAN_INFO)
		return MNL_CB_OK;
	if (mnl_attr_get_payload_len(attribute) != sizeof(info))
		return MNL_CB_ERROR;
	memcpy(&info, mnl_attr_get_payload(attribute), sizeof(info));
	r->found = true;
	if ((info.flags & BRIDGE_VLAN_INFO_RANGE_BEGIN) != 0) {
		r->range_first = info.vid;
		return MNL_CB_OK;
	}
	first = info.vid;
	if ((info.flags & BRIDGE_VLAN_INFO_RANGE_END) != 0)
		first = r->range_first;
	r->range_first = 0;
	if (first == 0 || first > info.vid)
		return MNL_CB_ERROR;
	vlans_add(&r->port->allowed, first, info.vid);
	if ((info.flags & BRIDGE_VLAN_INFO_PVID) != 0 &&
	    info.vid <= VLAN_MOST) {
		r->port->pvid = info.vid;
		r->port->pvid_untagged =
		    (info.flags & BRIDGE_VLAN_INFO_UNTAGGED) != 0;
	}
	return MNL_CB_OK;
}

static int
read_link_attribute(const struct nlattr *attribute, void *data)
{
	if (mnl_attr_get_type(attribute) != IFLA_AF_SPEC)
		return MNL_CB_OK;
	return mnl_attr_parse_nested(attribute, read_vlan, data);
}

enum status
port_vlans_read(const struct nlmsghdr *message, struct port_vlans *out)
{
	struct port_vlans port = { .index = 0 };
	struct reading reading = { .port = &port };
	const struct ifinfomsg *head;

	if (message->nlmsg_type != RTM_NEWLINK)
		return STATUS_UNKNOWN;
	if (mnl_nlmsg_get_payload_len(message) < sizeof(*head))
		return STATUS_MALFORMED;
	head = mnl_nlmsg_get_payload(message);
	if (head->ifi_family != AF_BRIDGE)
		return STATUS_UNKNOWN;
	if (mnl_attr_parse(
		message, sizeof(*head), read_link_attribute, &reading) < 0)
		return STATUS_MALFORMED;
	if (!reading.found)
		return STATUS_UNKNOWN;
	if (head->ifi_index <= 0)
		return STATUS_MALFORMED;
	port.index = (uint32_t)head->ifi_index;
	*out = port;
	return STATUS_OK;
}

struct vlan_policy
port_vlans_policy(const struct port_vlans *port)
{
	struct vlan_policy policy = { .mode = VLAN_CLOSED, .vlan = port->pvid };
	unsigned count = vlans_count(&port->allowed);

	if (count == 0)
		return policy;
	if (port->pvid != 0 && port->pvid_untagged && count == 1) {
		policy.mode = VLAN_ACCESS;
		return policy;
	}
	policy.mode = port->pvid != 0 ? VLAN_NATIVE : VLAN_TRUNK;
	policy.all = count == VLAN_MOST;
	if (!policy.all)
		policy.trunks = port->allowed;
	return policy;
}

void
bridge_vlans_clear(struct bridge_vlans *all)
{
	all->count = 0;
}

void
bridge_vlans_done(struct bridge_vlans *all)
{
	free(all->items);
	*all = (struct bridge_vlans){ 0 };
}

enum status
bridge_vlans_add(struct bridge_vlans *all, const struct port_vlans *port)
{
	size_t capacity = all->capacity ? all->capacity * 2 : CAPACITY_AT_FIRST;
	struct port_vlans *items;

	if (all->count >= BRIDGE_VLANS_MOST)
		return STATUS_TOO_LARGE;
	if (all->count == all->capacity) {
		items = realloc(all->items, capacity * sizeof(*items));
		if (!items)
			return STATUS_NO_MEMORY;
		all->items = items;
		all->capacity = capacity;
	}
	all->items[all->count++] = *port;
	return STATUS_OK;
}

static int
compare(const void *a, const void *b)
{
	const struct port_vlans *x = a, *y = b;

	return (x->index > y->index) - (x->index < y->index);
}

void
bridge_vlans_sort(struct bridge_vlans *all)
{
	if (all->count > 1)
		qsort(all->items, all->count, sizeof(*all->items), compare);
}

const struct port_vlans *
bridge_vlans_find(const struct bridge_vlans *all, uint32_t index)
{
	struct port_vlans key = { .index = index };

	if (all->count == 0)
		return NULL;
	return bsearch(
	    &key, all->items, all->count, sizeof(*all->items), compare);
}
