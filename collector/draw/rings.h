/*
 * rings.h - rings around what does not fit, each with the number of its note.
 *
 * Memory:  the sheet's.
 * Errors:  the sheet's 'arena.failed'.
 * Units:   CSS pixels.
 */
#ifndef COLLECTOR_DRAW_RINGS_H
#define COLLECTOR_DRAW_RINGS_H

#include "collector/draw/board.h"

enum {
	RINGS_MOST = 4 /* findings with a number: the worst */
};

/* Around what both sides say of a NIC, else the port, else the machine that a
 * finding is about; a quiet one has a number alone.  All texts are put. */
void rings_put(struct board *b);

#endif
