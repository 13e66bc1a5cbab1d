/*
 * numbers.h - finds a number by a number: a hash table that also forgets.
 *
 * Memory:  numbers_done frees; a zeroed struct is an empty table.
 * Errors:  false when the heap is exhausted.
 */
#ifndef COLLECTOR_NUMBERS_H
#define COLLECTOR_NUMBERS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/attributes.h"

#define NUMBERS_NONE UINT32_MAX

struct numbers_slot {
	uint64_t key;
	uint32_t value; /* NUMBERS_NONE: empty */
};

struct numbers {
	struct numbers_slot *slots;
	size_t capacity; /* a power of two, or 0 */
	size_t count;
};

/* NUMBERS_NONE: there is none. */
uint32_t numbers_find(const struct numbers *x, uint64_t key);

/* Keeps 'value', which is not NUMBERS_NONE, also instead of another. */
MUST_USE bool numbers_set(struct numbers *x, uint64_t key, uint32_t value);

void numbers_remove(struct numbers *x, uint64_t key);
void numbers_done(struct numbers *x);

#endif
