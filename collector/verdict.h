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
	HOST_SILENT_S = 180,
	VERDICT_TEXT_SIZE = 320
};

MUST_USE enum status verdict_all(struct topology *t, int64_t now);

bool verdict_host_is_silent(const struct model_host *h, int64_t now);

/* "current", "stale", "ended". */
const char *verdict_state_name(enum claim_state state);

/* The state of a NIC in one word: these three, "silent" or "unknown". */
const char *verdict_nic_state(const struct seen_nic *nic);

/* Is the claim one that only passed through something else? */
bool verdict_note_is_phantom(enum note note);

/* Sentences for people. */
const char *verdict_note_text(enum note note);
const char *verdict_reason_text(const struct topology *t,
    const struct seen_nic *nic, char out[static VERDICT_TEXT_SIZE]);

#endif
