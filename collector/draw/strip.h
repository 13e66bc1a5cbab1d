/*
 * strip.h - the drawing of one way: from a machine, or a NIC, to its switch
 * port, and below it what both sides say of everything on it.
 *
 *	board -> [strip] -> sheet
 *
 * What is not known is said where it would stand: a gap in the way, or a port
 * that nobody named.
 *
 * Memory:  the sheet's.
 * Errors:  the sheet's 'arena.failed'.
 * Units:   CSS pixels.
 */
#ifndef COLLECTOR_DRAW_STRIP_H
#define COLLECTOR_DRAW_STRIP_H

#include "collector/draw/board.h"

/* Needs scene.path. */
void strip_layout(struct sheet *out, const struct scene *scene);

/* ---- its parts ---------------------------------------------------------- */

enum {
	STRIP_LEFT = 44,
	STRIP_RIGHT = 44, /* from the right edge */
	STRIP_AXIS = 262, /* y of the way */
	STRIP_LINE_TOP = 140,
	STRIP_COLUMN_Y = 374,   /* of the headings below the way */
	STRIP_SIDE_LEAST = 200, /* right of the line: what the switch says */
	STRIP_ADVICE = 300,     /* and right of that, what to do */
	STRIP_STOPS_MOST = 14
};

/* A box on the way. */
struct stop {
	struct sheet_box box;
	const char *below; /* what it is, below the box */
	double size;       /* of its name */
	uint32_t at;       /* in the sheet */
};

struct strip {
	struct board board;
	const struct scene_path *path;
	struct stop stops[STRIP_STOPS_MOST];
	size_t stop_count;
	size_t host_stops; /* those this side of the line */
	double line_x, width, height;
};

/* The way: finds who is on it, and puts it; sets 'line_x' and 'width'. */
void strip_put_way(struct strip *s);

/* What is said: gives where the lowest row ends. */
double strip_put_said(struct strip *s);

#endif
