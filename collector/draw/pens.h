/*
 * pens.h - the colours of the pens, for formats that have no style sheet.
 *
 * Memory:  constant texts.
 * Errors:  none.
 * Units:   "#rrggbb"; CSS pixels.
 */
#ifndef COLLECTOR_DRAW_PENS_H
#define COLLECTOR_DRAW_PENS_H

#include "collector/draw/sheet.h"

#define PEN_HIGHLIGHT "#ffe45c"

/* A hand's letters where the reader has them; all are narrow enough. */
#define PEN_FONT "Patrick Hand, Comic Neue, sans-serif"

const char *pen_color(enum ink ink);

/* Letters are thinner than strokes, and darker for it. */
const char *pen_text_color(enum ink ink);

/* What hatching becomes where it is a fill; NULL: none. */
const char *pen_fill(enum hatch hatch);

double pen_width(const struct sheet_box *box);

/* "switch", "port", "host", ... */
const char *pen_kind(enum box_kind kind);

/* Is it dashed: known from one side only, or no longer? */
bool pen_dashes(enum cable_state state);

/* Boxes that others stand in are not filled: cables run through them. */
bool pen_fills(const struct sheet_box *box);

#endif
