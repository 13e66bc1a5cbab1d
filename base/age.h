/*
 * age.h - how long ago, as people say it.
 *
 * Memory:  the caller's.
 * Errors:  none; a moment in the future is 0 s ago (two clocks never agree).
 * Units:   seconds.
 */
#ifndef BASE_AGE_H
#define BASE_AGE_H

#include <stdint.h>

enum { AGE_SIZE = 24 };

/* "12 s", "3 min", "5 h", "4 d": as precise as people want it. */
void age_text(int64_t seconds, char out[static AGE_SIZE]);

#endif
