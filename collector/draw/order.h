/*
 * order.h - in which order switches and hosts stand, so that few cables cross.
 *
 * Memory:  in the arena that is given.
 * Errors:  the arena's 'failed'.
 */
#ifndef COLLECTOR_DRAW_ORDER_H
#define COLLECTOR_DRAW_ORDER_H

#include "collector/draw/sorted.h"

/* Places in the scene, from left to right. */
struct order {
	const uint32_t *switches, *hosts;
};

void order_scene(
    struct order *out, const struct sorted *sorted, struct arena *arena);

#endif
