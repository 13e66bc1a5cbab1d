/*
 * index.h - finds a number by a text: a hash table for grouping.
 *
 * Memory:  index_done frees; a zeroed struct is an empty index.  Keys are lent
 *          by the caller and must outlive the index.
 * Errors:  INDEX_NONE when the heap is exhausted, and 'failed' is set.
 * Source:  FNV-1a with a seed drawn at start, because the keys are of others.
 */
#ifndef COLLECTOR_INDEX_H
#define COLLECTOR_INDEX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define INDEX_NONE UINT32_MAX

struct index_slot {
	const char *key; /* NULL: empty */
	uint32_t hash;
	uint32_t value;
};

struct index {
	struct index_slot *slots;
	size_t capacity; /* a power of two, or 0 */
	size_t count;
	bool failed;
};

/* The number kept for 'key'; INDEX_NONE when there is none. */
uint32_t index_find(const struct index *x, const char *key);

/* Keeps 'value' for 'key' unless there is one already; gives the one kept. */
uint32_t index_add(struct index *x, const char *key, uint32_t value);

/* Keeps 'value', also instead of another. */
void index_set(struct index *x, const char *key, uint32_t value);

void index_done(struct index *x);

/* A number for 'size' octets, and for those before if 'start' is theirs; 0
 * starts.  The same within one process only. */
uint64_t index_hash(uint64_t start, const char *octets, size_t size);

/* Makes the hash of this process unforeseeable; call once at start. */
void index_seed(uint32_t seed);

#endif
