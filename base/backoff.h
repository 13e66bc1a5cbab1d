/*
 * backoff.h - when to try again after a failure; is told the time and the dice.
 *
 * Full jitter: each wait is drawn evenly from [least, ceiling], and the ceiling
 * doubles with each failure up to 'most', so that a fleet that failed together
 * does not come back together.
 *
 * Memory:  a plain value.
 * Units:   milliseconds.
 */
#ifndef BASE_BACKOFF_H
#define BASE_BACKOFF_H

#include <stdint.h>

struct backoff {
	int64_t least_ms, most_ms;
	uint32_t failures; /* in a row */
};

/* Notes a failure and gives the wait before the next try; 'dice' is any
 * random number. */
int64_t backoff_fail(struct backoff *b, uint64_t dice);

/* Notes a success: the next failure waits briefly again. */
void backoff_succeed(struct backoff *b);

#endif
