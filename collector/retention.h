/*
 * retention.h - forgets the oldest history, a little at a time.
 *
 *	age, size, clock -> [retention] -> store: fewer rows, a smaller file
 *
 * What is true now is never forgotten.  Each step is one short transaction, so
 * that reports wait for none of them for long.
 *
 * Memory:  none kept.
 * Errors:  those of the store; the step is taken back.
 * Units:   seconds, octets.
 */
#ifndef COLLECTOR_RETENTION_H
#define COLLECTOR_RETENTION_H

#include <stdbool.h>
#include <stdint.h>

#include "base/attributes.h"
#include "base/status.h"
#include "collector/store.h"

enum {
	RETENTION_DAYS = 365, /* unless somebody says */
	RETENTION_ROWS = 256, /* in one step: a few milliseconds */
	RETENTION_PAGES = 64  /* given back in one step */
};

struct retention {
	int64_t keep_s;
	int64_t keep_octets; /* of the database; 0: no bound */
	int64_t since;       /* out: what was before is not known */
	/* Out: all history is gone, and it is larger all the same. */
	bool too_large;
	int64_t octets; /* out: how large it is, what is free within apart */
};

/* '*out_more': another step would do something, too. */
MUST_USE enum status retention_step(
    struct retention *r, struct store *s, int64_t now, bool *out_more);

#endif
