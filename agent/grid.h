/*
 * grid.h - a table that fits the terminal.
 *
 *	answer -> [grid] -> text
 *
 * Memory:  grid_init/grid_done; cells are copied.
 * Errors:  a row for which there is no memory is left out.
 * Units:   columns of the terminal.
 */
#ifndef AGENT_GRID_H
#define AGENT_GRID_H

#include <stddef.h>

#include "base/buffer.h"

enum { GRID_COLUMNS_MOST = 8, GRID_CELL_SIZE = 200 };

struct grid_row {
	char cells[GRID_COLUMNS_MOST][GRID_CELL_SIZE];
};

struct grid {
	size_t columns;
	struct grid_row *rows;
	size_t count;
};

void grid_init(struct grid *grid, size_t columns);
void grid_done(struct grid *grid);

/* A new empty row; NULL: no memory. */
struct grid_row *grid_add(struct grid *grid);

/* Writes it, the first row as the heading, no line wider than 'width': the
 * widest columns are cut first, and a cut is shown. */
void grid_write(const struct grid *grid, size_t width, struct buffer *out);

#endif
