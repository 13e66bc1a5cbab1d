/*
 * verdict_text.h - the verdicts in words, for documents and for people.
 *
 *	topology, judged -> [verdict_text] -> answers
 *
 * Memory:  constant texts, or the caller's.
 * Errors:  none.
 */
#ifndef COLLECTOR_VERDICT_TEXT_H
#define COLLECTOR_VERDICT_TEXT_H

#include "collector/topology.h"

enum { VERDICT_TEXT_SIZE = 320 };

/* "current", "stale", "ended". */
const char *verdict_state_name(enum claim_state state);

/* The state of a NIC in one word: these three, "silent" or "unknown". */
const char *verdict_nic_state(const struct seen_nic *nic);

/* Sentences for people. */
const char *verdict_note_text(enum note note);
const char *verdict_reason_text(const struct topology *t,
    const struct seen_nic *nic, char out[static VERDICT_TEXT_SIZE]);

#endif
