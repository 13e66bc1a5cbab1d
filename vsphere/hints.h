/*
 * hints.h - what a hint of an ESXi host says, as a neighbor.
 *
 *	hearing -> [hints] -> neighbor -> report
 *
 * ESXi hears CDP and LLDP for us and tells the most of it, but neither the
 * sender's MAC nor the subtypes of LLDP's ids.
 *
 * Memory:  plain values.
 * Errors:  false: it says nothing of that protocol.
 * Source:  vSphere Web Services API: PhysicalNicCdpInfo,
 *          LinkLayerDiscoveryProtocolInfo.
 */
#ifndef VSPHERE_HINTS_H
#define VSPHERE_HINTS_H

#include "report/neighbor.h"
#include "vsphere/values.h"

bool hint_neighbor(const struct list *hints, const struct hint_value *hint,
    enum protocol protocol, struct neighbor *out);

#endif
