/*
 * path.h - path data of SVG, in as few octets as it takes.
 *
 * Places are rounded to a tenth of a pixel; each is told from the one before,
 * so nothing adds up.
 *
 * Memory:  the caller's.
 * Errors:  those of the buffer.
 * Units:   CSS pixels.
 * Source:  SVG 1.1, clause 8.3.
 */
#ifndef COLLECTOR_DRAW_PATH_H
#define COLLECTOR_DRAW_PATH_H

#include "base/buffer.h"
#include "collector/draw/sheet.h"

struct path {
	struct buffer *out;
	long x, y; /* where the pen is, in tenths */
	char last; /* command; the same one again is not written */
};

struct path path_start(struct buffer *out);

void path_move(struct path *p, struct point to);
void path_line(struct path *p, struct point to);
void path_curve(
    struct path *p, const struct point controls[static 2], struct point to);
/* A curve whose first control mirrors the second one of the curve before. */
void path_smooth(struct path *p, struct point control, struct point to);
void path_close(struct path *p);

/* Where a pixel is, in tenths: half a tenth goes up. */
long path_tenths(double value);

/* Appends tenths as a number: "12.5", "-.5", "3". */
void path_number(struct buffer *out, long tenths);

#endif
