/*
 * past.h - what was known at a moment, as a model of its own.
 *
 *	store, moment -> [past] -> model, topology -> answers
 *
 * A claim that was said before and after the moment was said then, too, unless
 * its host was silent: it was last heard at the moment, or when the silence
 * began.  How many frames had been counted by then is not known, nor when a
 * host had last spoken that was not silent: not longer ago than it may be
 * quiet.
 *
 * Memory:  past_load fills, past_done frees.
 * Errors:  those of the store, STATUS_NO_MEMORY.
 * Units:   unix seconds.
 */
#ifndef COLLECTOR_PAST_H
#define COLLECTOR_PAST_H

#include "base/attributes.h"
#include "collector/findings.h"
#include "collector/history.h"
#include "collector/topology.h"

struct past {
	int64_t at;
	struct model model;
	struct topology topology; /* judged at 'at' */
	struct findings findings; /* that were open then */
	/* In which no collector ran, if 'at' is in one; until 0: it is not. */
	struct history_silence down;
	size_t size; /* octets, about */
};

/* The store is a reader of the caller's. */
MUST_USE enum status past_load(struct store *s, int64_t at, struct past *out);
void past_done(struct past *p);

#endif
