/*
 * hops.h - the hops of one leg inside the host, as JSON.
 *
 *	walk -> [hops] -> answers
 *
 * Memory, Errors, Units: as answers.h.
 */
#ifndef COLLECTOR_HOPS_H
#define COLLECTOR_HOPS_H

#include "collector/answers.h"
#include "collector/walk.h"

/* "workload", "vnic", "port_group", "vswitch" and "uplink" into the open
 * object: null when the path does not have the hop, {"unknown":...} when it
 * has and nobody tells which. */
void hops_write(struct json *j, const struct walk_leg *leg);

/* The NIC of the leg in the topology; NULL: it has none. */
const struct seen_nic *hops_nic(
    const struct view *v, const struct walk_leg *leg);

/* "switch_port": "Eth1/1 on leaf1a" into the open object, or "stale_port" when
 * that is not of now.  False: neither is known. */
bool hops_port(
    struct json *j, const struct view *v, const struct walk_leg *leg);

/* "switches": a list of texts "Eth1/1 on leaf1a", for each leg that is heard;
 * "stale_ports": those that are not of now, if any. */
void hops_ports(struct json *j, const struct view *v, const struct walk *w);

#endif
