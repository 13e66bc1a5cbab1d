/*
 * arena.h - memory that is taken in pieces and given back at once.
 *
 * Memory:  arena_done frees every piece; a zeroed struct is an empty arena.
 * Errors:  a piece that the heap cannot give is NULL and sets 'failed', so a
 *          builder may ask once at its end.
 * Units:   octets.
 */
#ifndef COLLECTOR_ARENA_H
#define COLLECTOR_ARENA_H

#include <stdbool.h>
#include <stddef.h>

struct arena_block;

struct arena {
	struct arena_block *blocks; /* newest first */
	bool failed;
};

/* Zeroed and aligned for anything; NULL when the heap is exhausted. */
void *arena_take(struct arena *a, size_t size);

/* An array of 'count' zeroed items; NULL also when the product overflows. */
void *arena_array(struct arena *a, size_t count, size_t item_size);

/* A copy with a NUL behind it; NULL stays NULL. */
const char *arena_text(struct arena *a, const char *text);

void arena_done(struct arena *a);

#endif
