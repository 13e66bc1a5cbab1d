/*
 * heading.h - the title of a drawing and the question that it is to answer,
 * at the upper left.
 *
 * Memory:  the sheet's.
 * Errors:  the sheet's 'arena.failed'.
 * Units:   CSS pixels.
 */
#ifndef COLLECTOR_DRAW_HEADING_H
#define COLLECTOR_DRAW_HEADING_H

#include "collector/draw/board.h"

/* How much lower than without it the rest has to stand, when the first thing
 * beside it begins at 'left': 0 when it fits there. */
double heading_needs(const struct scene *scene, double left, double width);

/* On a page of 'width', where heading_needs said what was so. */
void heading_put(struct board *b, double width);

#endif
