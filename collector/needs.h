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
	bool unknown;  /* nobody tells what some port group needs */
	bool cut;      /* there are more than can be looked at */
	bool vlans[VLAN_IDS];
};

/* Do frames of the port group leave its switch without a tag? */
bool needs_is_untagged(const struct inside_group *g);

/* What cannot be told as a list of VLANs; "": nothing. */
const char *needs_more(const struct needs *needs);

/* Only of port groups that may use the NIC. */
void needs_of_nic(const struct model_host *h, uint32_t nic, struct needs *out);

#endif
