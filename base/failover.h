/*
 * failover.h - which of several servers is asked; is told the time and the
 * dice.
 *
 * The first one is asked as long as it answers, then the next.  After a while
 * the first one is tried again: not at once, and not by all at the same time,
 * so that a server that comes back is not met by a whole fleet.
 *
 * Memory:  a plain value.
 * Units:   milliseconds, of any clock that goes on.
 */
#ifndef BASE_FAILOVER_H
#define BASE_FAILOVER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct failover {
	size_t count;      /* of servers; at least one */
	int64_t return_ms; /* how long another is asked, on the average */
	size_t at;         /* the one that answered, or is to be tried */
	size_t tried;      /* without success, in a row */
	int64_t back_at;   /* when the first is tried again, unless at == 0 */
};

/* The place of the server to ask now. */
size_t failover_place(struct failover *f, int64_t now_ms);

/* The one at 'place' failed.  True: so has each of them in a row; wait.  What
 * was asked of one that was left already says nothing new. */
bool failover_fail(
    struct failover *f, size_t place, int64_t now_ms, uint64_t dice);

/* The one at 'place' answered. */
void failover_succeed(struct failover *f, size_t place);

#endif
