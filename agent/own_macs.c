#include "agent/own_macs.h"

#include <stdlib.h>
#include <string.h>

enum { CAPACITY_FIRST = 64 };

static int
compare(const void *a, const void *b)
{
	return memcmp(a, b, MAC_SIZE);
}

void
own_macs_add(struct own_macs *macs, const uint8_t mac[static MAC_SIZE])
{
	if (macs->count == macs->capacity) {
		size_t more = macs->capacity ? 2 * macs->capacity
					     : (size_t)CAPACITY_FIRST;
		void *items =
		    realloc(macs->items, more * sizeof(macs->items[0]));

		if (!items)
			return;
		macs->items = items;
		macs->capacity = more;
	}
	memcpy(macs->items[macs->count++], mac, MAC_SIZE);
}

void
own_macs_sort(struct own_macs *macs)
{
	if (macs->count > 0)
		qsort(macs->items, macs->count, MAC_SIZE, compare);
}

bool
own_macs_have(const struct own_macs *macs, const uint8_t mac[static MAC_SIZE])
{
	return macs->count > 0 && bsearch(mac, macs->items, macs->count,
				      MAC_SIZE, compare) != NULL;
}

void
own_macs_done(struct own_macs *macs)
{
	free(macs->items);
	*macs = (struct own_macs){ 0 };
}
