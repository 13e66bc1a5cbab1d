/*
 * model_claims.h - the claims of one host, taken over from change to change.
 *
 *	claims as ingest or the store tells them -> [model_claims] -> model
 *
 * A claim that stays current keeps its piece of the heap, so that what was read
 * from its text goes on pointing there.  The new state of a host is made beside
 * the old one, and one of the two is dropped: the other one stays whole.
 *
 * Memory:  each claim has a piece of its own; arrays are the host's.
 * Errors:  STATUS_NO_MEMORY; nothing is taken over then.
 */
#ifndef COLLECTOR_MODEL_CLAIMS_H
#define COLLECTOR_MODEL_CLAIMS_H

#include "base/attributes.h"
#include "collector/model.h"

/* What the change touches. */
struct claims_touched {
	bool outside, inside;
};

/* Fills the claims of 'next', which is a copy of 'old' (whose claims may be
 * none). */
MUST_USE enum status claims_take(struct model_host *next,
    const struct model_host *old, const struct model_change *change,
    struct claims_touched *out_touched);

/* Takes over what was heard with the claims, when nothing can fail any more. */
void claims_hear(struct model_host *h, const struct model_change *change);

/* The same of a change that leaves the claims what they are. */
void claims_hear_again(struct model_host *h, const struct model_change *change);

/* Frees the claims of a host, less those that are also 'kept'. */
void claims_drop(const struct model_host *h, const struct model_host *kept);

/* The claim of this number; NULL: there is none. */
const struct model_claim *claims_of_number(
    const struct model_host *h, int64_t n);

#endif
