/*
 * slots.h - an array of which runs are taken and given back: what stands in it
 * keeps its number.
 *
 * Memory:  slots_done frees the array and what is kept of free runs.  Growing
 *          moves the array, so numbers are kept, no pointers.  Items that are
 *          taken are zeroed.
 * Errors:  SLOTS_NONE when the heap is exhausted or the numbers are.
 */
#ifndef COLLECTOR_SLOTS_H
#define COLLECTOR_SLOTS_H

#include <stddef.h>
#include <stdint.h>

#include "base/attributes.h"

#define SLOTS_NONE UINT32_MAX

enum { SLOTS_CLASSES = 132 };

struct slots_free {
	uint32_t *firsts;
	size_t count, capacity;
};

struct slots {
	size_t item_size;
	char *items;
	size_t capacity;
	uint32_t used;                         /* runs were taken up to here */
	struct slots_free free[SLOTS_CLASSES]; /* by their size */
};

/* The number of the first of 'count' items. */
MUST_USE uint32_t slots_take(struct slots *s, uint32_t count);

/* Gives back a run as it was taken.  If the heap is exhausted it stays unused
 * for good. */
void slots_give(struct slots *s, uint32_t first, uint32_t count);

void slots_done(struct slots *s);

#endif
