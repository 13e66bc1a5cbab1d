#include "collector/drawings.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

struct entry {
	char *key; /* NULL: empty */
	char *octets;
	size_t size;
	unsigned pages;
	uint64_t scene, used;
	int64_t moment;
};

struct drawings {
	pthread_mutex_t lock; /* of all that follows */
	struct entry entries[DRAWINGS_MOST];
	size_t size; /* of all */
	uint64_t uses;
};

struct drawings *
drawings_new(void)
{
	struct drawings *d = calloc(1, sizeof(*d));

	if (d && pthread_mutex_init(&d->lock, NULL) != 0) {
		free(d);
		return NULL;
	}
	return d;
}

static void
forget(struct drawings *d, struct entry *e)
{
	d->size -= e->size;
	free(e->key);
	free(e->octets);
	*e = (struct entry){ .key = NULL };
}

void
drawings_free(struct drawings *d)
{
	if (!d)
		return;
	for (size_t i = 0; i < DRAWINGS_MOST; i++)
		forget(d, &d->entries[i]);
	(void)pthread_mutex_destroy(&d->lock);
	free(d);
}

static struct entry *
entry_of(struct drawings *d, const char *key)
{
	for (size_t i = 0; i < DRAWINGS_MOST; i++) {
		if (d->entries[i].key && strcmp(d->entries[i].key, key) == 0)
			return &d->entries[i];
	}
	return NULL;
}

bool
drawings_take(struct drawings *d, struct drawings_of *of, struct buffer *out)
{
	struct entry *e;
	bool found;

	(void)pthread_mutex_lock(&d->lock);
	e = entry_of(d, of->key);
	found = e && e->scene == of->scene && e->moment == of->moment;
	if (found) {
		e->used = ++d->uses;
		of->pages = e->pages;
		buffer_append(out, e->octets, e->size);
	}
	(void)pthread_mutex_unlock(&d->lock);
	return found;
}

/* An empty one, or that which nobody has asked for the longest. */
static struct entry *
oldest(struct drawings *d)
{
	struct entry *found = &d->entries[0];

	for (size_t i = 1; i < DRAWINGS_MOST; i++) {
		if (d->entries[i].used < found->used)
			found = &d->entries[i];
	}
	return found;
}

/* The one that was used longest ago, of those that are there. */
static void
make_room(struct drawings *d, size_t size)
{
	while (d->size + size > DRAWINGS_SIZE_MOST) {
		struct entry *found = NULL;

		for (size_t i = 0; i < DRAWINGS_MOST; i++) {
			struct entry *e = &d->entries[i];

			if (e->key && (!found || e->used < found->used))
				found = e;
		}
		if (!found)
			return;
		forget(d, found);
	}
}

void
drawings_keep(struct drawings *d, const struct drawings_of *of,
    const struct buffer *drawing)
{
	struct entry new = {
		.pages = of->pages, .scene = of->scene, .moment = of->moment
	};
	struct entry *e;

	if (drawing->size == 0 || drawing->size > DRAWINGS_SIZE_MOST)
		return;
	new.key = strdup(of->key);
	new.octets = malloc(drawing->size);
	new.size = drawing->size;
	if (!new.key || !new.octets) {
		free(new.key);
		free(new.octets);
		return;
	}
	memcpy(new.octets, drawing->octets, drawing->size);
	(void)pthread_mutex_lock(&d->lock);
	e = entry_of(d, of->key);
	if (e)
		forget(d, e);
	make_room(d, new.size);
	e = oldest(d);
	forget(d, e);
	new.used = ++d->uses;
	d->size += new.size;
	*e = new;
	(void)pthread_mutex_unlock(&d->lock);
}
