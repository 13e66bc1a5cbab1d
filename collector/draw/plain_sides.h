/*
 * plain_sides.h - two texts beside the demarc line, of a drawing as text.
 *
 *	plain, plain_way -> [plain_sides] -> plain_line
 *
 * Memory:  the caller's.
 * Errors:  those of the buffer.
 * Units:   columns.
 */
#ifndef COLLECTOR_DRAW_PLAIN_SIDES_H
#define COLLECTOR_DRAW_PLAIN_SIDES_H

#include "collector/draw/plain_line.h"
#include "collector/draw/scene.h"

enum { PLAIN_LINE_AT = 36 /* the column of the demarc line */ };

struct plain_sides {
	const char *left, *right; /* the left one ends at the line */
	enum plain_sign sign;     /* on the line, in the first row */
	bool walled;              /* the wall of a host is right of the line */
};

/* As many rows as both need. */
void plain_both(struct plain *p, struct plain_sides sides);

/* The path of the scene, which has one. */
void plain_way(struct plain *p, const struct scene *s);

#endif
