/*
 * saving.h - writes to the store what the model knows and no report waits for.
 *
 *	model -> [saving] -> store, in transactions of its own
 *
 * Memory:  none kept.
 * Errors:  those of the store; what was begun is taken back.
 */
#ifndef COLLECTOR_SAVING_H
#define COLLECTOR_SAVING_H

#include <pthread.h>

#include "base/attributes.h"
#include "base/status.h"
#include "collector/model.h"
#include "collector/sharing.h"
#include "collector/store.h"

struct saving_with {
	pthread_mutex_t *changing; /* held for one host at a time */
	struct sharing *sharing;   /* NULL: nobody else writes */
};
/* Saves what was only heard, some hosts in each transaction, so that no report
 * waits for long. */
MUST_USE enum status saving_heard(
    struct model *m, struct store *s, const struct saving_with *with);

/* A collector begins to listen: for how long nobody did, if that was longer
 * than a host may be quiet, is kept as the silence of all. */
MUST_USE enum status saving_begin(struct store *s, int64_t now);

/* It still does.  Needs nothing of the model, and always writes. */
MUST_USE enum status saving_alive(struct store *s, int64_t now);

#endif
