/*
 * clear.h - is a place on a sheet still free?
 *
 * Memory:  none.
 * Errors:  none.
 * Units:   CSS pixels.
 */
#ifndef COLLECTOR_DRAW_CLEAR_H
#define COLLECTOR_DRAW_CLEAR_H

#include <stdbool.h>

#include "collector/draw/sheet.h"

enum { CLEAR_TEXT = 1000 }; /* what a text in the way costs */

bool clear_meets(struct rect a, struct rect b);

/* Does the edge of 'box' run through 'r'? */
bool clear_cuts(struct rect box, struct rect r);

/* What stands at 'r' already, as a cost: 0 is free, a cable is little, an edge
 * more, a text or a number far more than those. */
unsigned clear_cost(const struct sheet *s, struct rect r);

#endif
