/*
 * bridge_vlans.h - which VLANs the ports of VLAN-filtering bridges let through.
 *
 *	netlink -> [bridge_vlans] -> inside
 *
 * Pure: no socket, no clock, no log.
 *
 * Memory:  bridge_vlans_done frees; what is found is lent.
 * Errors:  STATUS_UNKNOWN: a message that tells no VLANs; STATUS_MALFORMED;
 *          STATUS_TOO_LARGE, STATUS_NO_MEMORY.
 * Source:  linux/if_bridge.h: IFLA_BRIDGE_VLAN_INFO in IFLA_AF_SPEC.
 */
#ifndef AGENT_BRIDGE_VLANS_H
#define AGENT_BRIDGE_VLANS_H

#include <linux/netlink.h>
#include <stddef.h>

#include "base/attributes.h"
#include "base/status.h"
#include "report/vlans.h"

/* One for each link that there may be. */
enum { BRIDGE_VLANS_MOST = 4096 };

struct port_vlans {
	uint32_t index; /* of the port, or of the bridge itself */
	uint16_t pvid;  /* 0: untagged frames do not pass */
	bool pvid_untagged;
	struct vlans allowed;
};

struct bridge_vlans {
	struct port_vlans *items; /* ordered by index after bridge_vlans_sort */
	size_t count, capacity;
	/* Nothing has changed since all were asked: whoever is not here has
	 * no VLAN. */
	bool whole;
};

/* Reads one RTM_NEWLINK of family AF_BRIDGE. */
MUST_USE enum status port_vlans_read(
    const struct nlmsghdr *message, struct port_vlans *out);

/* What such a port does with frames. */
struct vlan_policy port_vlans_policy(const struct port_vlans *port);

void bridge_vlans_clear(struct bridge_vlans *all);
void bridge_vlans_done(struct bridge_vlans *all);
MUST_USE enum status bridge_vlans_add(
    struct bridge_vlans *all, const struct port_vlans *port);
void bridge_vlans_sort(struct bridge_vlans *all);
const struct port_vlans *bridge_vlans_find(
    const struct bridge_vlans *all, uint32_t index);

#endif
