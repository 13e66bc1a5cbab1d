/*
 * list.h - the values of one property of one object, as one block.
 *
 *	soap -> draft -> [list] -> inventory -> compose
 *
 * A property is a list of items of one struct (a single value is a list of
 * one).  An item holds numbers, and places of texts that stand behind the
 * items in the same block: so a property is put in its place and taken away
 * with one pointer, and two are the same when their octets are.
 *
 * Memory:  draft_init/draft_done; a list is one block of the heap: free it.
 * Errors:  what is beyond a limit is left out and counted in draft.lost.
 * Units:   octets.
 */
#ifndef VSPHERE_LIST_H
#define VSPHERE_LIST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/attributes.h"
#include "base/buffer.h"

enum {
	/* A host with 4,000 port groups takes 400 KB. */
	LIST_SIZE_MOST = 2 << 20,
	LIST_TEXT_MOST = 1024, /* of one text, cleaned */
	/* How many members of an item may be lists of texts. */
	DRAFT_SERIES_MOST = 6
};

/* The place of a text, or of a series of texts; 0: absent. */
struct place {
	uint32_t at;
};

struct list {
	uint32_t count;
	uint32_t item_size;
	uint32_t size; /* of the block without this head */
	uint32_t kept; /* octets of items */
};

/* The items, lent. */
static inline const void *
list_items(const struct list *list)
{
	return list + 1;
}

/* "" when it is absent. */
static inline const char *
list_text(const struct list *list, struct place place)
{
	return place.at ? (const char *)(list + 1) + list->kept + place.at : "";
}

/* The first text of a series, and the next; "" behind the last. */
static inline const char *
list_next(const char *text)
{
	return text + strlen(text) + 1;
}

bool list_same(const struct list *a, const struct list *b);

/* The only text of a list of one struct place; "" for NULL. */
const char *list_only(const struct list *list);

/* A list while it is being read. */
struct draft {
	uint32_t item_size, count;
	uint32_t lost; /* items and texts beyond a limit */
	bool open;     /* an item is being filled */
	struct buffer items, texts;
	size_t texts_before; /* the open item */
	struct {
		size_t member; /* where in the item its place goes */
		struct buffer texts;
	} series[DRAFT_SERIES_MOST];
	unsigned series_count;
	char first[LIST_TEXT_MOST]; /* half of a pair that is being read */
};

void draft_init(struct draft *draft);
void draft_done(struct draft *draft);

/* Forgets what was drafted. */
void draft_begin(struct draft *draft, size_t item_size);

/* Opens a zeroed item; the open one, NULL: none. */
void draft_open(struct draft *draft);
void *draft_item(struct draft *draft);
/* Closes it: kept, or as if it had never been. */
void draft_close(struct draft *draft, bool keep);

/* Keeps a text of others, cleaned (base/text.h). */
struct place draft_text(struct draft *draft, const char *text, size_t size);
/* Adds one to the series that 'member' of the item (an offset) places. */
void draft_add(
    struct draft *draft, size_t member, const char *text, size_t size);

/* The list as drafted; NULL: the heap is exhausted. */
struct list *draft_finish(struct draft *draft);

#endif
