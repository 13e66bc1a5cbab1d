/*
 * needs.h - which VLANs the inside of a host needs on a NIC; pure.
 *
 *	port groups that may leave by this NIC -> [needs] -> claims
 *
 * Memory:  a plain value.
 * Errors:  none.
 * Units:   VLAN ids.
 */
#ifndef COLLECTOR_NEEDS_H
#define COLLECTOR_NEEDS_H

#include "collector/model.h"
#include "collector/vlans.h"

struct needs {
	bool told;     /* the NIC serves a virtual switch */
	bool untagged; /* something leaves without a tag */
	bool trunk;    /* some port group takes every VLAN there is */
	bool vlans[VLAN_IDS];
};

void needs_of_nic(const struct model_host *h, uint32_t nic, struct needs *out);

#endif
