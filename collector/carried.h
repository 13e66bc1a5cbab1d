/*
 * carried.h - all tagged VLANs that are known to be carried to a NIC; pure.
 *
 *	facts of neighbors, VLANs heard -> [carried] -> drawings
 *
 * They are those of which carries_judge says yes if no uplink holds them back,
 * or once would have.
 *
 * Memory:  a plain value.
 * Errors:  none.
 * Units:   VLAN ids; unix seconds.
 */
#ifndef COLLECTOR_CARRIED_H
#define COLLECTOR_CARRIED_H

#include "collector/answers.h"
#include "collector/vlans.h"

struct carried {
	bool now[VLAN_IDS], was[VLAN_IDS];
	bool any_now, any_was;
	bool named, heard;  /* by the switch, on the wire */
	int64_t last_heard; /* the latest of them; -1 */
};

void carried_read(
    struct carried *out, const struct view *v, const struct seen_nic *nic);

#endif
