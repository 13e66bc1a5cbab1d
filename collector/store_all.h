/*
 * store_all.h - what many hosts say now, host by host, in one pass.
 *
 *	store -> [store_all] -> model_load, following
 *
 * To ask for each host costs more than what is read: so whoever wants all of
 * them asks for a range of ids, and who wants what is new of some names them.
 *
 * Memory:  what a visit lends is valid during the call, and it asks nothing of
 *          the same store.
 * Errors:  those of the store.
 */
#ifndef COLLECTOR_STORE_ALL_H
#define COLLECTOR_STORE_ALL_H

#include "collector/store.h"

typedef void store_all_visit(
    void *context, int64_t host_id, const struct store_claim *c);

/* Every claim that is not closed, of the hosts from ids[0] to ids[1], in the
 * order of host_id and n. */
MUST_USE enum status store_all_claims(struct store *s, const int64_t ids[2],
    store_all_visit *visit, void *context);

/* Of some hosts, by ascending id: the claims whose numbers are from 'least' on,
 * and below 'most'. */
enum { STORE_OPENED_MOST = 128 };
struct store_opened {
	int64_t host_ids[STORE_OPENED_MOST];
	int64_t least[STORE_OPENED_MOST], most[STORE_OPENED_MOST];
	size_t count;
};

/* Those of them that are not closed, in the same order; only of a store that
 * others write to, too. */
MUST_USE enum status store_opened_claims(struct store *s,
    const struct store_opened *which, store_all_visit *visit, void *context);

#endif
