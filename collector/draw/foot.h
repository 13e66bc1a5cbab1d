/*
 * foot.h - the foot of a drawing: notes, and the title block.
 *
 * Memory:  the sheet's.
 * Errors:  the sheet's 'arena.failed'.
 * Units:   CSS pixels.
 */
#ifndef COLLECTOR_DRAW_FOOT_H
#define COLLECTOR_DRAW_FOOT_H

#include "collector/draw/board.h"

enum { FOOT_BLOCK_W = 316, FOOT_BLOCK_H = 116 };

/* From 'y' down: the notes in columns from 'left' on, the title block at the
 * right.  Gives how high the page is. */
double foot_put(struct board *b, double y, double left);

/* The title block alone, its upper left corner at 'at'. */
void foot_put_block(struct board *b, struct point at);

/* "2026-11-21 14:02:17 UTC, rev 4711" */
const char *foot_moment(struct board *b);

/* The notes in one column. */
double foot_put_column(struct board *b, struct rect room);

#endif
