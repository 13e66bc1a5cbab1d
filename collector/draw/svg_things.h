/*
 * svg_things.h - the things of a sheet as groups of strokes.
 *
 * Memory:  the caller's.
 * Errors:  those of the buffer.
 * Units:   CSS pixels.
 */
#ifndef COLLECTOR_DRAW_SVG_THINGS_H
#define COLLECTOR_DRAW_SVG_THINGS_H

#include "collector/draw/svg.h"

/* What a group begins with: <a href> if there is a place to go to, <g id
 * class transform>, <title>.  svg_end ends it. */
struct svg_group {
	char kind; /* of the id; 0: no id */
	const char *id, *class, *title, *href;
	bool faint, marked;
	struct point origin;
};
void svg_begin(struct buffer *out, const struct svg_group *group);
void svg_end(struct buffer *out, const struct svg_group *group);

/* The strokes of a thing, as seen from its group's origin. */
struct svg_group svg_box_group(const struct sheet_box *box);
void svg_box(
    struct buffer *out, const struct sheet *s, const struct sheet_box *box);

struct svg_group svg_cable_group(const struct sheet_cable *cable);
void svg_cable(
    struct buffer *out, const struct sheet *s, const struct sheet_cable *cable);

/* These are whole, group and all. */
void svg_mark(
    struct buffer *out, const struct sheet *s, const struct sheet_mark *mark);
void svg_ring(struct buffer *out, const struct sheet *s,
    const struct sheet_ring *ring, bool outlines);
void svg_note_number(struct buffer *out, const struct sheet *s,
    const struct sheet_note *note, bool outlines);

#endif
