#include "collector/slots.h"

#include <stdlib.h>
#include <string.h>

enum {
	EXACT_MOST = 16, /* up to here each size has a class of its own */
	STEPS = 4,       /* beyond, so many to the next power of two */
	CAPACITY_LEAST = 64
};

/* The class of runs that hold 'count' items, and how many they do. */
static unsigned
class_of(uint32_t count, uint64_t *out_size)
{
	unsigned class = EXACT_MOST;
	uint64_t base = EXACT_MOST;

	*out_size = count;
	if (count <= EXACT_MOST)
		return count;
	for (; base * 2 < count; base *= 2)
		class += STEPS;
	for (unsigned i = 1;; i++) {
		*out_size = base + base * i / STEPS;
		if (*out_size >= count)
			return class + i;
	}
}

static int
make_room(struct slots *s, uint64_t size)
{
	uint64_t needed = s->used + size;
	size_t capacity = s->capacity ? s->capacity : CAPACITY_LEAST;
	char *more;

	if (needed >= SLOTS_NONE)
		return 0;
	if (needed <= s->capacity)
		return 1;
	while (capacity < needed)
		capacity *= 2;
	more = realloc(s->items, capacity * s->item_size);
	if (!more)
		return 0;
	s->items = more;
	s->capacity = capacity;
	return 1;
}

uint32_t
slots_take(struct slots *s, uint32_t count)
{
	uint64_t size;
	struct slots_free *f = &s->free[class_of(count, &size)];
	uint32_t first = s->used;

	if (count == 0)
		return 0;
	if (f->count > 0) {
		first = f->firsts[--f->count];
	} else {
		if (!make_room(s, size))
			return SLOTS_NONE;
		s->used += (uint32_t)size;
	}
	memset(s->items + first * s->item_size, 0, (size_t)size * s->item_size);
	return first;
}

void
slots_give(struct slots *s, uint32_t first, uint32_t count)
{
	uint64_t size;
	struct slots_free *f = &s->free[class_of(count, &size)];

	if (count == 0)
		return;
	memset(s->items + first * s->item_size, 0, (size_t)size * s->item_size);
	if (f->count == f->capacity) {
		size_t capacity = f->capacity ? f->capacity * 2 : 8;
		uint32_t *more = realloc(f->firsts, capacity * sizeof(*more));

		if (!more)
			return;
		f->firsts = more;
		f->capacity = capacity;
	}
	f->firsts[f->count++] = first;
}

void
slots_done(struct slots *s)
{
	for (size_t i = 0; i < SLOTS_CLASSES; i++)
		free(s->free[i].firsts);
	free(s->items);
	*s = (struct slots){ .item_size = s->item_size };
}
