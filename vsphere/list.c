#include "vsphere/list.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"

bool
list_same(const struct list *a, const struct list *b)
{
	if (!a || !b)
		return a == b;
	return a->size == b->size && memcmp(a, b, sizeof(*a) + a->size) == 0;
}

const char *
list_only(const struct list *list)
{
	const struct place *place;

	if (!list || list->count == 0)
		return "";
	place = list_items(list);
	return list_text(list, *place);
}

void
draft_init(struct draft *draft)
{
	*draft = (struct draft){ .count = 0 };
	buffer_init(&draft->items, LIST_SIZE_MOST);
	buffer_init(&draft->texts, LIST_SIZE_MOST);
	for (unsigned i = 0; i < DRAFT_SERIES_MOST; i++)
		buffer_init(&draft->series[i].texts, LIST_SIZE_MOST);
}

void
draft_done(struct draft *draft)
{
	buffer_done(&draft->items);
	buffer_done(&draft->texts);
	for (unsigned i = 0; i < DRAFT_SERIES_MOST; i++)
		buffer_done(&draft->series[i].texts);
}

void
draft_begin(struct draft *draft, size_t item_size)
{
	buffer_clear(&draft->items);
	buffer_clear(&draft->texts);
	buffer_char(&draft->texts, '\0'); /* so that no text stands at 0 */
	draft->item_size = (uint32_t)item_size;
	draft->count = 0;
	draft->open = false;
	draft->series_count = 0;
	draft->first[0] = '\0';
}

void
draft_open(struct draft *draft)
{
	if (draft->open || !buffer_reserve(&draft->items, draft->item_size))
		return;
	memset(draft->items.octets + draft->items.size, 0, draft->item_size);
	draft->texts_before = draft->texts.size;
	draft->series_count = 0;
	draft->first[0] = '\0';
	draft->open = true;
}

void *
draft_item(struct draft *draft)
{
	return draft->open ? draft->items.octets + draft->items.size : NULL;
}

/* Puts the series behind the texts, each ended by an empty text. */
static void
place_series(struct draft *draft)
{
	for (unsigned i = 0; i < draft->series_count; i++) {
		const struct buffer *texts = &draft->series[i].texts;
		struct place place = { (uint32_t)draft->texts.size };

		if (texts->size == 0)
			continue;
		buffer_append(&draft->texts, texts->octets, texts->size);
		buffer_char(&draft->texts, '\0');
		memcpy((char *)draft_item(draft) + draft->series[i].member,
		    &place, sizeof(place));
	}
}

void
draft_close(struct draft *draft, bool keep)
{
	if (!draft->open)
		return;
	if (keep) {
		place_series(draft);
		draft->items.size += draft->item_size;
		draft->count++;
	}
	if (!keep || !buffer_ok(&draft->texts))
		draft->texts.size = draft->texts_before;
	if (keep && !buffer_ok(&draft->texts)) {
		draft->items.size -= draft->item_size;
		draft->count--;
		draft->lost++;
		draft->texts.failed = false;
	}
	draft->open = false;
}

struct place
draft_text(struct draft *draft, const char *text, size_t size)
{
	struct place place = { (uint32_t)draft->texts.size };
	char clean[LIST_TEXT_MOST];
	bool cut;
	size_t length = text_clean(clean, sizeof(clean) - 1, text, size, &cut);

	if (length == 0 || !buffer_ok(&draft->texts))
		return (struct place){ 0 };
	draft->lost += cut;
	clean[length] = '\0';
	buffer_append(&draft->texts, clean, length + 1);
	return place;
}

static struct buffer *
series_of(struct draft *draft, size_t member)
{
	for (unsigned i = 0; i < draft->series_count; i++) {
		if (draft->series[i].member == member)
			return &draft->series[i].texts;
	}
	if (draft->series_count == DRAFT_SERIES_MOST)
		return NULL;
	draft->series[draft->series_count].member = member;
	buffer_clear(&draft->series[draft->series_count].texts);
	return &draft->series[draft->series_count++].texts;
}

void
draft_add(struct draft *draft, size_t member, const char *text, size_t size)
{
	struct buffer *texts = series_of(draft, member);

	/* An empty one would end the series. */
	if (!texts || size == 0 || !draft->open)
		return;
	buffer_append(texts, text, size);
	buffer_char(texts, '\0');
	if (!buffer_ok(texts))
		draft->lost++;
}

struct list *
draft_finish(struct draft *draft)
{
	size_t kept = draft->items.size, texts = draft->texts.size;
	struct list *list;

	draft_close(draft, false);
	/* Without items nothing refers to a text. */
	if (draft->count == 0)
		texts = 0;
	list = malloc(sizeof(*list) + kept + texts);
	if (!list)
		return NULL;
	*list = (struct list){ .count = draft->count,
		.item_size = draft->item_size,
		.size = (uint32_t)(kept + texts),
		.kept = (uint32_t)kept };
	if (kept > 0)
		memcpy(list + 1, draft->items.octets, kept);
	if (texts > 0)
		memcpy((char *)(list + 1) + kept, draft->texts.octets, texts);
	return list;
}
