/*
 * svg_text.h - ids, numbers and texts in an SVG.
 *
 * Memory:  the caller's.
 * Errors:  those of the buffer.
 * Units:   CSS pixels.
 */
#ifndef COLLECTOR_DRAW_SVG_TEXT_H
#define COLLECTOR_DRAW_SVG_TEXT_H

#include <stdbool.h>

#include "collector/draw/svg.h"

/* ' id="b-..."': an id of any octets as one of letters, digits, '.', '-' and
 * '_'; two ids that differ stay two. */
void svg_id(struct buffer *out, char kind, const char *id);

/* ' name="12.5"' */
void svg_number(struct buffer *out, const char *name, double value);

/* One line of text, as seen from 'origin'. */
void svg_text(struct buffer *out, const struct sheet *s,
    const struct sheet_text *text, struct point origin, bool outlines);

/* The outlines of all letters that the sheet's texts need, in <defs>. */
void svg_letters(struct buffer *out, const struct sheet *s);

/* The class of texts in an ink: "tk". */
const char *svg_text_class(enum ink ink);

#endif
