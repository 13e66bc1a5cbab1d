#include "agent/domains.h"

#include <stdlib.h>
#include <string.h>

enum { CAPACITY_AT_FIRST = 16 };

/* The place of the first that is not before 'uuid'. */
static size_t
place_of(const struct domains *d, const char *uuid)
{
	size_t low = 0, high = d->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (strcmp(d->items[middle].uuid, uuid) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

const struct domain *
domains_find(const struct domains *d, const char *uuid)
{
	size_t at = place_of(d, uuid);

	if (at < d->count && strcmp(d->items[at].uuid, uuid) == 0)
		return &d->items[at];
	return NULL;
}

static bool
grow(struct domains *d)
{
	size_t capacity = d->capacity ? d->capacity * 2 : CAPACITY_AT_FIRST;
	struct domain *items;

	if (d->count < d->capacity)
		return true;
	if (d->count >= DOMAINS_MOST)
		return false;
	items = realloc(d->items, capacity * sizeof(*items));
	if (!items)
		return false;
	d->items = items;
	d->capacity = capacity;
	return true;
}

/* Takes the place of what was told of it before; 'taken' is then ours. */
static void
put(struct domains *d, struct domain *taken)
{
	size_t at = place_of(d, taken->uuid);
	struct domain *one;

	if (at < d->count && strcmp(d->items[at].uuid, taken->uuid) == 0) {
		domain_done(&d->items[at]);
		d->items[at] = *taken;
		return;
	}
	if (!grow(d)) {
		d->lost++;
		domain_done(taken);
		return;
	}
	one = &d->items[at];
	memmove(one + 1, one, (d->count - at) * sizeof(*one));
	*one = *taken;
	d->count++;
}

static enum domains_news
take_domain(struct domains *d, const struct json_value *v)
{
	struct domain one;

	switch (domain_read(v, &one)) {
	case STATUS_OK:
		put(d, &one);
		break;
	case STATUS_NO_MEMORY:
		d->lost++;
		break;
	default:
		return DOMAINS_MALFORMED;
	}
	return d->complete ? DOMAINS_CHANGED : DOMAINS_MORE;
}

static enum domains_news
take_gone(struct domains *d, const char *uuid)
{
	size_t at = place_of(d, uuid);

	if (at < d->count && strcmp(d->items[at].uuid, uuid) == 0) {
		domain_done(&d->items[at]);
		d->count--;
		memmove(&d->items[at], &d->items[at + 1],
		    (d->count - at) * sizeof(d->items[0]));
	}
	return d->complete ? DOMAINS_CHANGED : DOMAINS_MORE;
}

enum domains_news
domains_take(struct domains *d, const struct json_value *line)
{
	const struct json_value *domain = json_get(line, "domain");
	const char *gone = json_get_string(line, "gone");

	if (domain)
		return take_domain(d, domain);
	if (gone)
		return take_gone(d, gone);
	if (json_get_boolean(line, "complete", false)) {
		d->complete = true;
		return DOMAINS_COMPLETE;
	}
	if (!json_is_string(json_get(line, "lost")))
		return DOMAINS_MALFORMED;
	domains_done(d);
	return DOMAINS_LOST;
}

void
domains_done(struct domains *d)
{
	for (size_t i = 0; i < d->count; i++)
		domain_done(&d->items[i]);
	free(d->items);
	*d = (struct domains){ .items = NULL };
}
