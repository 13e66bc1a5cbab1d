#include "agent/libvirt/known.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"

enum { CAPACITY_AT_FIRST = 16 };

/* FNV-1a. */
static uint64_t
hash_of(const char *text, size_t size)
{
	uint64_t hash = UINT64_C(0xcbf29ce484222325);

	for (size_t i = 0; i < size; i++)
		hash = (hash ^ (uint8_t)text[i]) * UINT64_C(0x100000001b3);
	return hash;
}

/* The place of the first that is not before 'uuid'. */
static size_t
place_of(const struct known *k, const char *uuid)
{
	size_t low = 0, high = k->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (strcmp(k->items[middle].uuid, uuid) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static struct known_one *
find(const struct known *k, const char *uuid)
{
	size_t at = place_of(k, uuid);

	if (at < k->count && strcmp(k->items[at].uuid, uuid) == 0)
		return &k->items[at];
	return NULL;
}

static bool
grow(struct known *k)
{
	size_t capacity = k->capacity ? k->capacity * 2 : CAPACITY_AT_FIRST;
	struct known_one *items;

	if (k->count < k->capacity)
		return true;
	if (k->count >= KNOWN_MOST)
		return false;
	items = realloc(k->items, capacity * sizeof(*items));
	if (!items)
		return false;
	k->items = items;
	k->capacity = capacity;
	return true;
}

static struct known_one *
find_or_add(struct known *k, const char *uuid)
{
	struct known_one *one = find(k, uuid);
	size_t at = place_of(k, uuid);

	if (one)
		return one;
	if (!grow(k))
		return NULL;
	one = &k->items[at];
	memmove(one + 1, one, (k->count - at) * sizeof(*one));
	k->count++;
	*one = (struct known_one){ .marked = false };
	text_copy(one->uuid, sizeof(one->uuid), uuid);
	return one;
}

enum known_news
known_note(struct known *k, const char *uuid, const char *text, size_t size)
{
	uint64_t hash = hash_of(text, size);
	struct known_one *one = find_or_add(k, uuid);

	if (!one)
		return KNOWN_FULL;
	if (one->told && one->hash == hash)
		return KNOWN_SAME;
	one->told = true;
	one->hash = hash;
	return KNOWN_CHANGED;
}

bool
known_remove(struct known *k, const char *uuid)
{
	struct known_one *one = find(k, uuid);
	bool told = one && one->told;
	size_t at;

	if (!one)
		return false;
	at = (size_t)(one - k->items);
	k->count--;
	memmove(one, one + 1, (k->count - at) * sizeof(*one));
	return told;
}

void
known_mark(struct known *k, const char *uuid)
{
	struct known_one *one = find_or_add(k, uuid);

	if (one)
		one->marked = true;
}

void
known_mark_turn(struct known *k, unsigned turn, unsigned turns)
{
	for (size_t i = 0; i < k->count; i++) {
		if (i % turns == turn)
			k->items[i].marked = true;
	}
}

bool
known_take_marked(struct known *k, char out_uuid[static UUID_TEXT_SIZE])
{
	for (size_t i = 0; i < k->count; i++) {
		if (!k->items[i].marked)
			continue;
		k->items[i].marked = false;
		text_copy(out_uuid, UUID_TEXT_SIZE, k->items[i].uuid);
		return true;
	}
	return false;
}

void
known_done(struct known *k)
{
	free(k->items);
	*k = (struct known){ .items = NULL };
}
