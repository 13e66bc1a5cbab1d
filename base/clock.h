/*
 * clock.h - the two clocks, which never mix.
 *
 * struct instant is monotonic and counts through suspend: for deadlines and
 * ages.  Unix time is for people and for documents.  Only the edge of a
 * program reads a clock; everything else is told the time.
 *
 * Units:   milliseconds since boot; seconds or milliseconds since 1970 UTC.
 * Source:  clock_gettime(2), CLOCK_BOOTTIME and CLOCK_REALTIME.
 */
#ifndef BASE_CLOCK_H
#define BASE_CLOCK_H

#include <stdint.h>

struct instant {
	int64_t ms;
};

struct instant clock_now(void);
/* Microseconds of the monotonic clock, to tell how long something took. */
int64_t clock_us(void);
int64_t clock_unix_s(void);
int64_t clock_unix_ms(void);

static inline struct instant
instant_after(struct instant t, int64_t ms)
{
	return (struct instant){ t.ms + ms };
}

static inline int64_t
instant_ms_between(struct instant from, struct instant to)
{
	return to.ms - from.ms;
}

#endif
