/*
 * order.h - in which order switches and hosts stand, so that few cables cross.
 *
 * Memory:  in the arena that is given.
 * Errors:  the arena's 'failed'.
 */
#ifndef COLLECTOR_DRAW_ORDER_H
#define COLLECTOR_DRAW_ORDER_H

#include <stdbool.h>

#include "base/attributes.h"
#include "collector/draw/pairs.h"
#include "collector/draw/sorted.h"

/* Places in the scene, from left to right. */
struct order {
	const uint32_t *switches, *hosts;
};

/* The cables of the hosts as they are sorted, to the switches as they are. */
MUST_USE bool order_legs(
    struct legs *out, const struct sorted *sorted, struct arena *a);

void order_scene(
    struct order *out, const struct sorted *sorted, struct arena *a);

#endif
