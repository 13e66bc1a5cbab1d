#include "collector/numbers.h"

#include <stdlib.h>

#include "collector/index.h"

enum { CAPACITY_LEAST = 16 };

static size_t
home_of(const struct numbers *x, uint64_t key)
{
	return index_hash(0, (const char *)&key, sizeof(key)) &
	       (x->capacity - 1);
}

/* The slot that holds the key, or the empty one where it belongs. */
static size_t
place_of(const struct numbers *x, uint64_t key)
{
	size_t at = home_of(x, key);

	while (x->slots[at].value != NUMBERS_NONE && x->slots[at].key != key)
		at = (at + 1) & (x->capacity - 1);
	return at;
}

static bool
grow(struct numbers *x)
{
	struct numbers old = *x;

	if (x->count < x->capacity / 2)
		return true;
	x->capacity = old.capacity ? old.capacity * 2 : CAPACITY_LEAST;
	x->slots = calloc(x->capacity, sizeof(*x->slots));
	if (!x->slots) {
		*x = old;
		return false;
	}
	for (size_t i = 0; i < x->capacity; i++)
		x->slots[i].value = NUMBERS_NONE;
	for (size_t i = 0; i < old.capacity; i++) {
		if (old.slots[i].value != NUMBERS_NONE)
			x->slots[place_of(x, old.slots[i].key)] = old.slots[i];
	}
	free(old.slots);
	return true;
}

uint32_t
numbers_find(const struct numbers *x, uint64_t key)
{
	return x->count > 0 ? x->slots[place_of(x, key)].value : NUMBERS_NONE;
}

bool
numbers_set(struct numbers *x, uint64_t key, uint32_t value)
{
	size_t at;

	if (!grow(x))
		return false;
	at = place_of(x, key);
	x->count += x->slots[at].value == NUMBERS_NONE;
	x->slots[at] = (struct numbers_slot){ key, value };
	return true;
}

/* Those behind it that would not be found any more move up. */
void
numbers_remove(struct numbers *x, uint64_t key)
{
	size_t mask = x->capacity - 1, hole, at;

	if (numbers_find(x, key) == NUMBERS_NONE)
		return;
	hole = place_of(x, key);
	for (at = (hole + 1) & mask; x->slots[at].value != NUMBERS_NONE;
	     at = (at + 1) & mask) {
		size_t home = home_of(x, x->slots[at].key);

		if (((at - home) & mask) < ((at - hole) & mask))
			continue;
		x->slots[hole] = x->slots[at];
		hole = at;
	}
	x->slots[hole].value = NUMBERS_NONE;
	x->count--;
}

void
numbers_done(struct numbers *x)
{
	free(x->slots);
	*x = (struct numbers){ 0 };
}
