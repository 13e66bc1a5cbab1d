/*
 * rows.h - what both sides say of a cable, as rows at the demarc line.
 *
 *	board -> [rows] -> sheet
 *
 * The network's stand above the line, the systems' below it; the one that
 * matters stands nearest, so that the two meet there.
 *
 * Memory:  the sheet's.
 * Errors:  the sheet's 'arena.failed'.
 * Units:   CSS pixels.
 */
#ifndef COLLECTOR_DRAW_ROWS_H
#define COLLECTOR_DRAW_ROWS_H

#include "collector/draw/board.h"

enum {
	ROWS_SIZE = 19,
	ROWS_PITCH = 28, /* so that a ring does not cut the next row */
	ROWS_MOST = 4,   /* of one side; of more the last says how many */
	ROWS_AFTER_CABLE = 12
};

/* How many rows one side of a NIC has. */
unsigned rows_count(const struct scene *s, uint32_t nic, enum claim_side side);

/* Puts both sides right of the cable of 'nic', no wider than 'width', and
 * notes where the nearest are. */
void rows_put(struct board *b, uint32_t nic, double width);

#endif
