/*
 * incoming_vlans.h - the VLANs whose tagged frames a host's NICs heard.
 *
 *	incoming -> [incoming_vlans] -> claims, lines of a heartbeat
 *
 * Memory, Errors, Units: as incoming.h.
 */
#ifndef COLLECTOR_INCOMING_VLANS_H
#define COLLECTOR_INCOMING_VLANS_H

#include "collector/reading.h"

/* Makes claims of "heard_vlans" of a NIC: nics[nic_number]. */
bool incoming_nic_vlans(struct reading *g, const struct json_value *nic,
    size_t nic_number, const char *nic_name);

/* One VLAN that the NIC heard, as a claim. */
bool claim_heard_vlan(struct reading *g, const struct json_value *v,
    const char *nic_name, const char *path);

/* How many VLANs does the list of a line name? */
unsigned incoming_vlans_listed(const char *list);

/* Makes lines of "heard_vlans" of a heartbeat; it may lack them. */
bool incoming_vlan_lines(struct reading *g, const struct json_value *list);

#endif
