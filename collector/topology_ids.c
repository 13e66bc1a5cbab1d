/* The ids of devices.  One is made of what the device says of itself, so that
 * it stays the same whoever hears it; of several that say the same the first
 * has that id, and the others one of what heard them, too. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "collector/topology_inner.h"

static uint64_t
hash(uint64_t start, const char *text)
{
	for (; *text; text++)
		start = (start ^ (uint8_t)*text) * 1099511628211ULL;
	return start;
}

static const char *
smallest(const struct texts *set)
{
	const char *best = NULL;

	for (size_t i = 0; i < set->count; i++) {
		if (!best || strcmp(set->items[i], best) < 0)
			best = set->items[i];
	}
	return best;
}

static uint64_t
number_of(const struct device *d)
{
	const char *by = smallest(&d->serials);

	if (!by)
		by = smallest(&d->chassis_ids);
	return hash(14695981039346656037ULL, by ? by : d->name);
}

static bool
enter(struct topology *t, uint32_t at)
{
	struct numbers *ids = &t->inner->ids;
	struct device *d = &t->devices[at];
	uint32_t first;

	d->number = number_of(d);
	first = numbers_find(ids, d->number);
	d->same_after = first == NUMBERS_NONE ? 0 : first + 1;
	d->named = true;
	return numbers_set(ids, d->number, at);
}

void
topology_unname(struct topology *t, uint32_t device)
{
	struct topology_inner *inner = t->inner;
	const struct device *d = &t->devices[device];
	uint32_t at = numbers_find(&inner->ids, d->number);

	if (at == device && d->same_after == 0) {
		numbers_remove(&inner->ids, d->number);
		return;
	}
	if (at == device) {
		/* There is room: it is kept already. */
		if (!numbers_set(&inner->ids, d->number, d->same_after - 1))
			inner->failed = true;
		at = d->same_after - 1;
	} else {
		while (t->devices[at].same_after != device + 1)
			at = t->devices[at].same_after - 1;
		t->devices[at].same_after = d->same_after;
	}
	/* Who remains may be the first one now. */
	t->devices[at].id[0] = '\0';
	inner->failed |= !list_add(&inner->touched, at);
}

static int
compare_devices(const void *a, const void *b, void *context)
{
	return topology_compare(
	    context, *(const uint32_t *)a, *(const uint32_t *)b);
}

static bool
choose(struct topology *t, struct numbers *taken, uint32_t at)
{
	struct device *d = &t->devices[at];
	const struct seen_claim *first = &t->claims[d->claims[0]];
	uint64_t number = d->number;

	while (numbers_find(taken, number) != NUMBERS_NONE) {
		number = hash(number, first->said->source_mac);
		number = hash(number, first->host->machine_id);
	}
	(void)snprintf(
	    d->id, sizeof(d->id), "%016llx", (unsigned long long)number);
	return numbers_set(taken, number, at);
}

/* All devices of one number, in order. */
static bool
name_all(struct topology *t, uint32_t first)
{
	struct numbers taken = { 0 };
	struct list all = { 0 };
	bool ok = true;

	for (uint32_t at = first + 1; at > 0 && ok;
	     at = t->devices[at - 1].same_after)
		ok = list_add(&all, at - 1);
	if (ok && all.count > 1)
		qsort_r(all.items, all.count, sizeof(*all.items),
		    compare_devices, t);
	for (size_t i = 0; i < all.count && ok; i++) {
		ok = choose(t, &taken, all.items[i]);
		if (ok && t->watcher.changed)
			t->watcher.changed(t->watcher.context, all.items[i]);
	}
	numbers_done(&taken);
	free(all.items);
	return ok;
}

enum status
topology_name(struct topology *t)
{
	struct list *touched = &t->inner->touched;
	bool ok = true;

	for (size_t i = 0; i < touched->count && ok; i++) {
		const struct device *d = &t->devices[touched->items[i]];

		if (d->claim_count > 0 && !d->named)
			ok = enter(t, touched->items[i]);
	}
	for (size_t i = 0; i < touched->count && ok; i++) {
		const struct device *d = &t->devices[touched->items[i]];

		/* It may have gone since, or have its id already. */
		if (d->claim_count > 0 && d->id[0] == '\0')
			ok = name_all(
			    t, numbers_find(&t->inner->ids, d->number));
	}
	touched->count = 0;
	return ok && !t->inner->failed ? STATUS_OK : STATUS_NO_MEMORY;
}
