/*
 * knowing_making.h - what the parts of knowing share: a 'known' in the making.
 *
 *	NICs, cables -> inside, ways -> siblings
 *
 * Memory:  the arena of the known.
 * Errors:  an exhausted heap shows in the arena; then arrays may be NULL.
 */
#ifndef COLLECTOR_KNOWING_MAKING_H
#define COLLECTOR_KNOWING_MAKING_H

#include "collector/knowing.h"

struct knowing {
	struct known *k;
	const struct view *v;
	struct fleet_index *fleet; /* NULL: there is none */
	const struct model_host *host;
	size_t switch_capacity, port_capacity;
};

/* A copy, as by printf; "" without memory. */
const char *knowing_text(struct knowing *m, const char *format, ...)
    PRINTF_LIKE(2, 3);

/* Who tells of what is in a host: its kernel, or a vCenter. */
struct known_source knowing_told_by(
    struct knowing *m, const struct model_host *h, int64_t n);

/* The place of a port of the topology, and of its switch. */
uint32_t knowing_port(struct knowing *m, uint32_t port);

/* What a NIC hears and where its cable ends, into what its outline says. */
void knowing_nic(
    struct knowing *m, const struct seen_nic *seen, struct known_nic *out);

/* Virtual switches, port groups and the ways out, workloads, vNICs. */
void knowing_inside(struct knowing *m);

/* "VLAN 120", "trunk 10,20"; "" if nobody tells. */
const char *knowing_vlans_text(struct knowing *m, const struct inside_group *g);

/* What the port group needs, beside what is there; '*out_all' if it needs all,
 * or nobody tells. */
void knowing_needs(
    const struct inside_group *g, struct known_vlans *out, bool *out_all);

/* Which other vNICs have the MAC of one. */
void knowing_twins(struct knowing *m);

/* Hosts that are alike, and what is other in their port groups. */
void knowing_siblings(struct knowing *m);

#endif
