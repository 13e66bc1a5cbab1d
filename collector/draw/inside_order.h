/*
 * inside_order.h - in which order the things inside one host stand, so that few
 * of its wires cross.
 *
 *	[inside_order] -> inside, full
 *
 * Things are numbers from 0 on, their order is where they stand.  vSwitches
 * keep their port groups together; a machine may hang on several groups.
 *
 * Memory:  in the arena that is given.
 * Errors:  the arena's 'failed'.
 */
#ifndef COLLECTOR_DRAW_INSIDE_ORDER_H
#define COLLECTOR_DRAW_INSIDE_ORDER_H

#include <stdbool.h>
#include <stdint.h>

#include "collector/arena.h"

enum { INSIDE_ORDERS = 6 /* of at most three vSwitches; of more, one */ };

struct wiring {
	uint32_t nics, vswitches, groups, machines;
	const uint32_t *nic_vswitch; /* of each NIC; UINT32_MAX: none */
	const uint32_t *group_vswitch;
	const uint32_t *begin; /* machines + 1: where its groups begin */
	const uint32_t *hangs; /* on these groups */
	bool vswitches_stay;   /* in the order in which they come */
};

/* What stands best for one order of the vSwitches. */
struct inside_choice {
	uint32_t *vswitch_at;        /* the place of each */
	uint32_t *groups, *machines; /* from left to right */
	uint64_t crossings;
};

struct inside_order {
	struct wiring wiring;
	struct inside_choice choices[INSIDE_ORDERS]; /* first: as they come */
	uint32_t choice_count;
	uint32_t *nics; /* from left to right, as last asked */
};

/* Finds the order of port groups and machines for each order of vSwitches. */
void inside_order_init(
    struct inside_order *out, const struct wiring *wiring, struct arena *a);

/* Orders the NICs, whose cables lead to 'up' (one place for each; UINT32_MAX:
 * nowhere), and gives the crossings of the best choice, whose place is
 * '*out_choice'. */
uint64_t inside_order_nics(
    struct inside_order *it, const uint32_t *up, uint32_t *out_choice);

#endif
