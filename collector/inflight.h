/*
 * inflight.h - how many requests are there as a whole and wait for the last
 * octet of their answer: a server that stops waits for them.
 *
 * Memory:  a plain value.
 * Units:   milliseconds.
 */
#ifndef COLLECTOR_INFLIGHT_H
#define COLLECTOR_INFLIGHT_H

#include <stdatomic.h>
#include <stdbool.h>

struct inflight {
	atomic_uint count;
	atomic_bool closed; /* nothing more is to begin */
};

static inline void
inflight_begin(struct inflight *f)
{
	(void)atomic_fetch_add(&f->count, 1);
}

static inline void
inflight_end(struct inflight *f)
{
	(void)atomic_fetch_sub(&f->count, 1);
}

/* Waits until there are none, but not longer than 'most_ms'. */
void inflight_wait(struct inflight *f, unsigned most_ms);

#endif
