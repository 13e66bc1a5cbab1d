/*
 * line.h - the demarc line: where the network team's word ends and the systems
 * team's begins.
 *
 * Memory:  the sheet's.
 * Errors:  the sheet's 'arena.failed'.
 * Units:   CSS pixels.
 */
#ifndef COLLECTOR_DRAW_LINE_H
#define COLLECTOR_DRAW_LINE_H

#include "collector/draw/board.h"

/* Across the page at board.line_y, with both teams named at its left and its
 * own name in its widest gap; all that stands at the line is put already. */
void line_put(struct board *b, double width);

#endif
