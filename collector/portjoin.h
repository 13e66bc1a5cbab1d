/*
 * portjoin.h - one port is one port, by whatever protocol it is named.
 *
 *	claims with their devices -> [portjoin] -> claims with their ports
 *
 * Two claims name one port of one device when their interface names are the
 * same, when their raw port ids are, or when one NIC heard both at once by
 * two protocols.
 *
 * Memory:  the caller's.
 * Errors:  STATUS_NO_MEMORY.
 */
#ifndef COLLECTOR_PORTJOIN_H
#define COLLECTOR_PORTJOIN_H

#include "base/attributes.h"
#include "base/status.h"
#include "collector/model.h"
#include "collector/ports.h"

struct port_claim {
	const struct model_neighbor *said;
	uint32_t nic; /* a number; the claims of a NIC stand together */
	uint32_t device;
	uint32_t port; /* to be found: 0 .. *out_count - 1 */
};

MUST_USE enum status portjoin(
    struct port_claim *claims, size_t count, uint32_t *out_count);

/* The interface name among what a neighbor says of its port; false when none
 * of it looks like one. */
bool portjoin_name(const struct model_neighbor *n, struct port_name *out);

#endif
