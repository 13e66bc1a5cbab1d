/*
 * scene_sum.h - a number of all that a scene shows: is it still the same?
 *
 *	scene -> [scene_sum] -> "rev 4711", drawings that are kept
 *
 * Every text and every relation counts, but not the order of the arrays, the
 * moment, and where links lead: the same rack has one number in each theme. Two
 *scenes that differ have the same number with a chance of one in 2^64: as good
 *as surely, they show the same.
 *
 * Memory:  none.
 * Errors:  none.
 */
#ifndef COLLECTOR_DRAW_SCENE_SUM_H
#define COLLECTOR_DRAW_SCENE_SUM_H

#include "collector/draw/scene.h"

uint64_t scene_sum(const struct scene *s);

#endif
