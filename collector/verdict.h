/*
 * verdict.h - which of the things a NIC hears is its neighbor; pure.
 *
 *	topology, moment -> [verdict] -> verdict and reason of the NIC asked for
 *
 * The host's own frames, tunnelled CDP, CDP that a bridge has flooded, and
 * what is no longer heard are set aside with a note.  If one switch port
 * remains it is the neighbor; if several remain the answer is unknown.
 *
 * Nobody asks for the whole fleet at once: a NIC is judged when it is asked
 * for, with the NICs that hear the ports it hears, once for each moment.  So
 * the judge's members are read of what verdict_nic and verdict_claim give, and
 * of the claims of such a NIC; in the arrays themselves they may be of old.
 *
 * Memory:  writes the judge's members of the topology only.
 * Errors:  none.
 * Units:   unix seconds.
 */
#ifndef COLLECTOR_VERDICT_H
#define COLLECTOR_VERDICT_H

#include <stddef.h>

#include "collector/topology.h"

enum {
	/* Three heartbeats (REPORT_HEARTBEAT_S): then a host is silent. */
	HOST_SILENT_S = 180
};

/* All that is asked from here on is of this moment.  To be called again when
 * something was heard within it. */
void verdict_at(struct topology *t, int64_t now);

/* By the place in 'nics' and 'claims': judged. */
const struct seen_nic *verdict_nic(const struct topology *t, uint32_t at);
const struct seen_claim *verdict_claim(const struct topology *t, uint32_t at);

/* How one claim stands, without a verdict on its NIC. */
enum claim_state verdict_state(
    const struct topology *t, const struct seen_claim *c);

/* Judges every NIC: for tests and measurements. */
void verdict_all(struct topology *t, int64_t now);

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
