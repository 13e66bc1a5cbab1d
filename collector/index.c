#include "collector/index.h"

#include <stdlib.h>
#include <string.h>

enum { CAPACITY_LEAST = 16 };

/* Written once before the first table is made. */
static uint32_t hash_seed;

void
index_seed(uint32_t seed)
{
	hash_seed = seed;
}

static uint32_t
hash_of(const char *key)
{
	uint64_t hash = 14695981039346656037ULL ^ hash_seed;

	for (; *key; key++)
		hash = (hash ^ (uint8_t)*key) * 1099511628211ULL;
	return (uint32_t)(hash ^ hash >> 32);
}

uint64_t
index_hash(uint64_t start, const char *octets, size_t size)
{
	uint64_t hash = start ? start : 14695981039346656037ULL ^ hash_seed;

	for (size_t i = 0; i < size; i++)
		hash = (hash ^ (uint8_t)octets[i]) * 1099511628211ULL;
	return hash ^ hash >> 32;
}

/* The slot that holds the key, or the empty one where it belongs. */
static struct index_slot *
slot_of(const struct index *x, const char *key, uint32_t hash)
{
	size_t at = hash & (x->capacity - 1);

	while (x->slots[at].key && (x->slots[at].hash != hash ||
				       strcmp(x->slots[at].key, key) != 0))
		at = (at + 1) & (x->capacity - 1);
	return &x->slots[at];
}

static bool
grow(struct index *x)
{
	struct index old = *x;

	if (x->count < x->capacity / 2)
		return true;
	x->capacity = old.capacity ? old.capacity * 2 : CAPACITY_LEAST;
	x->slots = calloc(x->capacity, sizeof(*x->slots));
	if (!x->slots) {
		*x = old;
		x->failed = true;
		return false;
	}
	for (size_t i = 0; i < old.capacity; i++) {
		if (old.slots[i].key)
			*slot_of(x, old.slots[i].key, old.slots[i].hash) =
			    old.slots[i];
	}
	free(old.slots);
	return true;
}

static struct index_slot *
keep(struct index *x, const char *key, uint32_t value)
{
	uint32_t hash = hash_of(key);
	struct index_slot *slot;

	if (!grow(x))
		return NULL;
	slot = slot_of(x, key, hash);
	if (!slot->key) {
		*slot = (struct index_slot){ key, hash, value };
		x->count++;
	}
	return slot;
}

uint32_t
index_find(const struct index *x, const char *key)
{
	const struct index_slot *slot;

	if (x->count == 0)
		return INDEX_NONE;
	slot = slot_of(x, key, hash_of(key));
	return slot->key ? slot->value : INDEX_NONE;
}

uint32_t
index_add(struct index *x, const char *key, uint32_t value)
{
	struct index_slot *slot = keep(x, key, value);

	return slot ? slot->value : INDEX_NONE;
}

void
index_set(struct index *x, const char *key, uint32_t value)
{
	struct index_slot *slot = keep(x, key, value);

	if (slot)
		slot->value = value;
}

void
index_done(struct index *x)
{
	free(x->slots);
	*x = (struct index){ 0 };
}
