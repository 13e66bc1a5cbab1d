/*
 * host_ids.h - a list of hosts by their ids.
 *
 * Memory:  a zeroed struct is empty; host_ids_done frees.
 * Errors:  host_ids_add gives false when the heap or HOST_IDS_MOST is reached.
 */
#ifndef COLLECTOR_HOST_IDS_H
#define COLLECTOR_HOST_IDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { HOST_IDS_MOST = 2000000 };

struct host_ids {
	int64_t *items;
	size_t count, capacity;
};

bool host_ids_add(struct host_ids *ids, int64_t id);
/* Orders them, each once. */
void host_ids_make_unique(struct host_ids *ids);
/* Of those that are ordered. */
bool host_ids_has(const struct host_ids *ids, int64_t id);
void host_ids_done(struct host_ids *ids);

#endif
