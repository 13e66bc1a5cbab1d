/*
 * topology_inner.h - how the topology is kept: what topology, topology_join,
 * topology_group and topology_ids share.
 *
 *	noted hosts -> [topology] -> claims that came and went
 *	-> [topology_join] -> components -> [topology_group] -> devices, ports
 *	-> [topology_ids] -> ids
 *
 * A component is all claims that are connected by what may join them
 * (identity_keys): no rule of identity or portjoin sees beyond it.
 *
 * Memory:  topology_done.
 * Errors:  STATUS_NO_MEMORY; then all is to be built from nothing.
 */
#ifndef COLLECTOR_TOPOLOGY_INNER_H
#define COLLECTOR_TOPOLOGY_INNER_H

#include "collector/numbers.h"
#include "collector/slots.h"
#include "collector/topology.h"

struct seen_host {
	int64_t host_id;
	const struct model_host *host; /* NULL: nobody */
	uint32_t first_nic, nic_count;
	uint32_t first_claim, claim_count;
};

struct component {
	struct arena arena;
	uint32_t *claims; /* in the order of hosts and NICs */
	uint32_t claim_count;
	uint32_t first_device, device_count;
	uint32_t first_port, port_count;
	bool dirty;
};

/* Numbers, as many as come. */
struct list {
	uint32_t *items;
	size_t count, capacity;
};
MUST_USE bool list_add(struct list *l, uint32_t item);

struct topology_inner {
	struct slots hosts, nics, claims, devices, ports, components;
	struct numbers host_at; /* host_id -> place in hosts */
	struct numbers keys; /* identity_keys -> component, or what was one */
	size_t keys_before;  /* how many, when none was of the past */
	struct numbers ids;  /* device.number -> first device of it */
	int64_t *noted;      /* host_id */
	size_t noted_count, noted_capacity;
	struct list pending; /* claims to be joined */
	struct list dirty;   /* components that are no longer so */
	struct list touched; /* devices that are new: their ids are not */
	bool failed;         /* a note was lost */
};

/* The arrays of the topology, after any of them may have moved. */
void topology_point(struct topology *t);

static inline struct component *
component_at(const struct topology_inner *inner, uint32_t at)
{
	return &((struct component *)(void *)inner->components.items)[at];
}

/* In the order of hosts and NICs, as strcmp. */
int topology_compare_claims(const struct topology *t, uint32_t a, uint32_t b);

/* The component has lost a claim, or may be one with others. */
MUST_USE bool topology_loosen(struct topology_inner *inner, uint32_t component);

/* Joins what is pending, with all that it may be joined with. */
MUST_USE enum status topology_join(struct topology *t);

/* Makes the devices and ports of the component at 'at', whose claims are in
 * its list; and frees them. */
MUST_USE enum status topology_group(struct topology *t, uint32_t at);
void topology_ungroup(struct topology *t, uint32_t at);

/* Gives ids to what was touched and to those that say the same of
 * themselves; forgets one device. */
MUST_USE enum status topology_name(struct topology *t);
void topology_unname(struct topology *t, uint32_t device);

#endif
