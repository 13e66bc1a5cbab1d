/*
 * told.h - what the other collectors have told, until it is followed.
 *
 *	pg_notices, a thread -> [told] -> sharing, between two transactions
 *
 * Memory:  told_box_init/told_box_done; what told_take gives is for told_done.
 * Errors:  what there is no room for counts as missed.
 * Units:   unix seconds.
 */
#ifndef COLLECTOR_TOLD_H
#define COLLECTOR_TOLD_H

#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/attributes.h"
#include "base/buffer.h"
#include "base/status.h"
#include "collector/host_ids.h"

enum {
	/* More is made up for by comparing all hosts. */
	TOLD_HEARD_MOST = 16 * 1024 * 1024,
	TOLD_STEPS_MOST = TOLD_HEARD_MOST,
	TOLD_SELF_SIZE = 17
};

struct told {
	struct host_ids changed; /* in the database */
	struct buffer steps;     /* those that are told, as sharing_text.h has
				  * them */
	int64_t since;           /* what changed was so then, or later */
	struct buffer heard;     /* hosts, as sharing_text.h has them */
	bool missed;             /* something: all hosts are to be compared */
	bool greet; /* the others may have missed what we told, too */
	bool asked; /* so may another one */
};

void told_init(struct told *t);
void told_done(struct told *t);

struct told_box {
	char self[TOLD_SELF_SIZE]; /* whose own notices come back, too */
	pthread_mutex_t lock;      /* of all that follows */
	struct told told;
	bool any; /* of it */
};

MUST_USE enum status told_box_init(struct told_box *box, uint64_t self);
void told_box_done(struct told_box *box);

/* Takes down a notice; NULL: some may not have come.  From any thread. */
void told_put(struct told_box *box, const char *notice);
/* All hosts are to be compared, and the others greeted. */
void told_miss(struct told_box *box, bool greet);

/* Is there anything? */
bool told_waits(struct told_box *box);
/* Gives all. */
void told_take(struct told_box *box, struct told *out);

#endif
