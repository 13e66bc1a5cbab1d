#include "collector/host_ids.h"

#include <stdlib.h>

bool
host_ids_add(struct host_ids *ids, int64_t id)
{
	if (ids->count == ids->capacity) {
		size_t capacity = ids->capacity * 2 + 64;
		int64_t *more = NULL;

		if (ids->count < HOST_IDS_MOST)
			more = realloc(ids->items, capacity * sizeof(*more));
		if (!more)
			return false;
		ids->items = more;
		ids->capacity = capacity;
	}
	ids->items[ids->count++] = id;
	return true;
}

static int
compare(const void *a, const void *b)
{
	int64_t one = *(const int64_t *)a, other = *(const int64_t *)b;

	return one < other ? -1 : one > other;
}

void
host_ids_make_unique(struct host_ids *ids)
{
	size_t kept = 0;

	if (ids->count > 0)
		qsort(ids->items, ids->count, sizeof(*ids->items), compare);
	for (size_t i = 0; i < ids->count; i++) {
		if (kept == 0 || ids->items[kept - 1] != ids->items[i])
			ids->items[kept++] = ids->items[i];
	}
	ids->count = kept;
}

bool
host_ids_has(const struct host_ids *ids, int64_t id)
{
	return ids->count > 0 && bsearch(&id, ids->items, ids->count,
				     sizeof(*ids->items), compare) != NULL;
}

void
host_ids_done(struct host_ids *ids)
{
	free(ids->items);
	*ids = (struct host_ids){ 0 };
}
