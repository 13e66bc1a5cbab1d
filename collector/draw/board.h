/*
 * board.h - what the parts of one layout know of each other: the sheet that
 * grows, and where the things of the scene stand on it.
 *
 *	full, ladder -> [board] -> rows, line, rings, heading, foot
 *
 * Memory:  in the arena of the sheet.
 * Errors:  the sheet's 'arena.failed'; board_init gives false.
 * Units:   CSS pixels.
 */
#ifndef COLLECTOR_DRAW_BOARD_H
#define COLLECTOR_DRAW_BOARD_H

#include "base/attributes.h"
#include "collector/draw/sheet.h"
#include "collector/draw/sorted.h"

enum {
	BOARD_MARGIN = 30,
	BOARD_FIRST_X = 136, /* left of it the two teams are named */
	BOARD_LEAST_W = 1200,
	BOARD_STEP_W = 200 /* pages grow in steps, so that they seldom do */
};

struct board {
	struct sheet *sheet;
	const struct scene *scene;
	struct sorted sorted;
	double line_y;
	/* By places in the scene: boxes and cables of the sheet, SHEET_NONE for
	 * what is not drawn. */
	uint32_t *switch_box, *port_box, *host_box, *nic_box, *nic_cable;
	uint32_t *vswitch_box, *group_box, *machine_box;
	/* What both sides of a NIC say nearest to the line; w 0: nothing. */
	struct rect *nic_rows;
	double *nic_x, *port_x;
	bool *machine_shown; /* marked, or a finding is about it */
};

MUST_USE bool board_init(
    struct board *b, struct sheet *sheet, const struct scene *scene);

/* The next step of page width that holds 'w'. */
double board_width(double w);

#endif
