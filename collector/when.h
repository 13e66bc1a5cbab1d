/*
 * when.h - says of which moment an answer is, and what that moment hides.
 *
 *	view -> [when] -> "now", of the past also "asked_at", "collector_down"
 *
 * Memory:  writes to the buffer of 'j'.
 * Errors:  those of the buffer.
 * Units:   unix seconds.
 */
#ifndef COLLECTOR_WHEN_H
#define COLLECTOR_WHEN_H

#include <stdint.h>

#include "base/json.h"

/* Zeroed: of now. */
struct when {
	int64_t asked_at; /* when the past was asked about */
	/* No collector ran from when to when; until 0: one did. */
	int64_t down_since, down_until;
};

/* Members of the open object; 'now' is the moment that is shown. */
void when_write(struct json *j, int64_t now, const struct when *w);

#endif
