/*
 * heard_vlans.h - the VLANs whose tagged frames arrived on a NIC; pure.
 *
 *	claims "heard_vlan" of the host -> [heard_vlans] -> model, answers
 *
 * Memory:  the arena of the host's outside.
 * Errors:  an exhausted heap shows in the arena.
 * Units:   unix seconds; VLAN ids.
 */
#ifndef COLLECTOR_HEARD_VLANS_H
#define COLLECTOR_HEARD_VLANS_H

#include "collector/model.h"

/* Fills the heard VLANs of the NICs, which are filled already. */
void heard_vlans_read(struct model_host *h);

/* The VLAN among those of the NIC; NULL: never heard. */
const struct model_heard_vlan *heard_vlans_find(
    const struct model_nic *nic, int vlan);

#endif
