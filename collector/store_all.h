/*
 * store_all.h - what many hosts say now, host by host, in one pass.
 *
 *	store -> [store_all] -> model_load
 *
 * To ask for each host costs more than what is read: so whoever wants all of
 * them asks for a range of ids.
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

#endif
