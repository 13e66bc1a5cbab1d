/*
 * fleet_index.h - what hosts have in common, kept from change to change.
 *
 *	hosts that changed -> [fleet_index] -> knowing
 *
 * Rules compare a host with others: who else has this MAC, what do hosts on the
 * same switches hear?  Here stand the MACs of NICs and vNICs, the facts of each
 * host's outside (read when somebody first asks), and how often the carrier of
 * a NIC came and went.
 *
 * Memory:  fleet_index_new/fleet_index_free.
 * Errors:  false, NULL: the heap is exhausted; nothing is known of that host.
 * Units:   unix seconds.
 */
#ifndef COLLECTOR_FLEET_INDEX_H
#define COLLECTOR_FLEET_INDEX_H

#include "collector/outline.h"

enum {
	/* A MAC that more hosts have is nobody's own: the first container of
	 * each Docker host has the same one. */
	FLEET_HOLDERS_MOST = 8
};

struct fleet_index;

MUST_USE enum status fleet_index_new(struct fleet_index **out);
void fleet_index_free(struct fleet_index *x); /* NULL is accepted */

/* The host is new, or its claims are others than before; 'outside': not only
 * inside.  For a watcher of the model, under the lock that it is under. */
void fleet_index_take_host(
    struct fleet_index *x, const struct model_host *h, bool outside);
void fleet_index_drop_host(struct fleet_index *x, int64_t host_id);

/* Lent until the outside of the host changes. */
const struct outline *fleet_index_outline(
    struct fleet_index *x, const struct model_host *h);

/* How often the carrier of the NIC changed within the last hour, as far as
 * reports told; -1: nothing is known of the NIC. */
int64_t fleet_index_flaps(const struct fleet_index *x,
    const struct model_host *h, size_t nic, int64_t now);

/* Calls 'visit' for each host that has the MAC. */
void fleet_index_of_mac(const struct fleet_index *x, const char *mac,
    void (*visit)(void *context, int64_t host_id), void *context);

/* The hosts that have a MAC in common with this one: those to judge again when
 * it changes, besides the ones on its switches. */
void fleet_index_relatives(const struct fleet_index *x, int64_t host_id,
    void (*visit)(void *context, int64_t host_id), void *context);

#endif
