/*
 * trace.h - points along a cable, for formats that know no cubic curves.
 *
 * Memory:  none.
 * Errors:  none.
 * Units:   CSS pixels.
 */
#ifndef COLLECTOR_DRAW_TRACE_H
#define COLLECTOR_DRAW_TRACE_H

#include "collector/draw/sheet.h"

/* Points and what they are: a point, then three for each cubic; or corners. */
struct trace {
	const struct point *points;
	size_t count;
	bool cubic;
};

struct trace trace_of_cable(const struct sheet_cable *cable);
struct trace trace_of_mark(const struct sheet_mark *mark);

/* How many points it becomes, with 'steps' for each cubic that is no straight
 * line, and the one at 'place'.  None: 0. */
size_t trace_count(struct trace t, unsigned steps);
struct point trace_at(struct trace t, unsigned steps, size_t place);

/* The rectangle around all of them. */
struct rect trace_around(struct trace t);

/* Is there nothing but a line from one end to the other? */
bool trace_is_straight(struct trace t);

#endif
