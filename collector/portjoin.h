/*
 * portjoin.h - one port is one port, by whatever protocol it is named.
 *
 *	claims with their devices -> [portjoin] -> claims with their ports
 *
 * Two claims name one port of one device when their interface names are the
 * same, when their raw port ids are, or when one NIC heard both at once by
 * two protocols.
 *
 * Memory:  writes seen_claim.port only.
 * Errors:  STATUS_NO_MEMORY.
 */
#ifndef COLLECTOR_PORTJOIN_H
#define COLLECTOR_PORTJOIN_H

#include "collector/topology.h"

/* Numbers the ports 0 .. *out_count - 1 and enters them in t->claims. */
MUST_USE enum status portjoin(struct topology *t, uint32_t *out_count);

/* The interface name among what a neighbor says of its port; false when none
 * of it looks like one. */
bool portjoin_name(const struct model_neighbor *n, struct port_name *out);

#endif
