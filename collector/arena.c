#include "collector/arena.h"

#include <stdalign.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum {
	/* A host's facts fit two or three of these; with its head it is still
	 * one of the heap's small pieces, which are cheap. */
	BLOCK_LEAST = 960,
	BLOCK_MOST = 262144
};

struct arena_block {
	struct arena_block *next;
	size_t used, size;
	alignas(max_align_t) char octets[];
};

static struct arena_block *
add_block(struct arena *a, size_t least)
{
	size_t size = a->blocks ? a->blocks->size * 2 : BLOCK_LEAST;
	struct arena_block *block;

	if (size > BLOCK_MOST)
		size = BLOCK_MOST;
	if (size < least)
		size = least;
	block = malloc(sizeof(*block) + size);
	if (!block) {
		a->failed = true;
		return NULL;
	}
	*block = (struct arena_block){ a->blocks, 0, size };
	a->blocks = block;
	return block;
}

void *
arena_take(struct arena *a, size_t size)
{
	size_t align = alignof(max_align_t);
	struct arena_block *block = a->blocks;
	void *piece;

	if (size > SIZE_MAX / 2) {
		a->failed = true;
		return NULL;
	}
	size = (size + align - 1) / align * align;
	if (!block || block->size - block->used < size)
		block = add_block(a, size);
	if (!block)
		return NULL;
	piece = memset(block->octets + block->used, 0, size);
	block->used += size;
	return piece;
}

void *
arena_array(struct arena *a, size_t count, size_t item_size)
{
	if (item_size != 0 && count > SIZE_MAX / 2 / item_size) {
		a->failed = true;
		return NULL;
	}
	return arena_take(a, count * item_size);
}

const char *
arena_text(struct arena *a, const char *text)
{
	size_t size = text ? strlen(text) + 1 : 0;
	char *copy = text ? arena_take(a, size) : NULL;

	if (copy)
		memcpy(copy, text, size);
	return copy;
}

void
arena_done(struct arena *a)
{
	while (a->blocks) {
		struct arena_block *next = a->blocks->next;

		free(a->blocks);
		a->blocks = next;
	}
	a->failed = false;
}
