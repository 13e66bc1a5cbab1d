/*
 * verdict.h - which of the things a NIC hears is its neighbor; pure.
 *
 *	topology, now -> [verdict] -> verdict and reason for each NIC
 *
 * The host's own frames, tunnelled CDP, CDP that a bridge has flooded, and
 * what is no longer heard are set aside with a note.  If one switch port
 * remains it is the neighbor; if several remain the answer is unknown.
 *
 * Memory:  writes the judge's members of the topology only.
 * Errors:  STATUS_NO_MEMORY.
 * Units:   unix seconds.
 */
#ifndef COLLECTOR_VERDICT_H
#define COLLECTOR_VERDICT_H

#include <stddef.h>

#include "base/attributes.h"
#include "base/status.h"
#include "collector/topology.h"

enum {
	/* Three heartbeats of 60 s: then a host is silent. */
	HOST_SILENT_S = 180
};

MUST_USE enum status verdict_all(struct topology *t, int64_t now);

bool verdict_host_is_silent(const struct model_host *h, int64_t now);

/* Is what is known of the host of now: it reports, or its vCenter does and has
 * a connection to it? */
bool verdict_host_is_current(const struct model_host *h, int64_t now);

/* The same of what was heard on a NIC: before it expired, and over the cable
 * that is plugged in now. */
bool verdict_is_current(const struct model_host *h, const struct model_nic *nic,
    const struct heard *heard, int64_t now);

/* Is the claim one that only passed through something else? */
bool verdict_note_is_phantom(enum note note);

#endif
