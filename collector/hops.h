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

enum { HOPS_PORT_SIZE = 512 };

/* "Eth1/1 on leaf1a"; "" when the NIC is not known to hang there now. */
void hops_port_text(const struct view *v, const struct walk_leg *leg,
    char out[static HOPS_PORT_SIZE]);

/* name: a list of texts "Eth1/1 on leaf1a", for each leg that is heard. */
void hops_ports(struct json *j, const char *name, const struct view *v,
    const struct walk *w);

#endif
