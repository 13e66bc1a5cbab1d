/*
 * comparing.h - compares the rows of hosts with what is known of them, where
 * other collectors write to the same store.
 *
 *	rows of the store, the model -> [comparing] -> hosts to be read again
 *
 * A row that is later than what is known may have been told already, and not be
 * followed yet: it is suspected only, and judged when what was told by then has
 * been followed.
 *
 * Memory:  a zeroed struct with what is lent; comparing_done frees.
 * Errors:  those of the store, STATUS_NO_MEMORY.
 */
#ifndef COLLECTOR_COMPARING_H
#define COLLECTOR_COMPARING_H

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/attributes.h"
#include "base/status.h"
#include "collector/host_ids.h"
#include "collector/model.h"
#include "collector/store.h"

struct comparing {
	const struct model_host *(*known)(void *context, int64_t host_id);
	pthread_mutex_t *changing; /* held while what is known is looked at */
	void *context;
	struct store_host *suspects;
	size_t suspect_count, suspect_capacity;
};

/* The model may be ahead by what was heard; not in what is claimed. */
bool comparing_is_known(
    const struct comparing *c, const struct store_host *row);

/* Compares all; adds those that cannot be as they are known. */
MUST_USE enum status comparing_all(
    struct comparing *c, struct store *s, struct host_ids *out_differing);

/* Adds those suspected ones that are not known yet; then nobody is suspected.
 */
MUST_USE enum status comparing_judge(
    struct comparing *c, struct host_ids *out_differing);

void comparing_done(struct comparing *c);

#endif
