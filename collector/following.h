/*
 * following.h - takes over what other collectors changed, step by step.
 *
 *	steps that were told, new claims in the store -> [following] -> the
 *model
 *
 * A step says from which version of a host to which it goes, and which claims
 * it closed; those that it opened are in the store.  So only they are read, of
 * many hosts at once.  Whatever is not exactly as it was told, a step that did
 * not come or a claim that was closed since, makes the host one that is to be
 * read as a whole.
 *
 * Memory:  a zeroed struct has nothing to follow; following_done frees.
 * Errors:  those of the store, STATUS_NO_MEMORY; STATUS_MALFORMED: some of
 *          the steps cannot be read.
 */
#ifndef COLLECTOR_FOLLOWING_H
#define COLLECTOR_FOLLOWING_H

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/attributes.h"
#include "base/buffer.h"
#include "base/status.h"
#include "collector/host_ids.h"
#include "collector/model.h"
#include "collector/sharing_text.h"

struct following {
	struct buffer text;         /* that the steps point into */
	struct sharing_step *steps; /* by host, each as it was told */
	size_t count, at;
	int64_t since; /* what changed was so then, or later */
};

/* Where it leads to. */
struct following_into {
	struct store *store;
	const struct model_host *(*known)(void *context, int64_t host_id);
	pthread_mutex_t *changing; /* held while what is known is looked at */
	enum status (*show)(void *context, const struct model_change *change);
	void *context;
};

/* Takes over the text and begins with it; what was left is dropped. */
MUST_USE enum status following_begin(
    struct following *f, struct buffer *taken_text, int64_t since);

/* Is something left? */
bool following_waits(const struct following *f);

/* Follows some; adds those that are to be read as a whole to 'whole'. */
MUST_USE enum status following_go_on(struct following *f,
    const struct following_into *into, struct host_ids *whole);

/* Drops what is left. */
void following_done(struct following *f);

#endif
