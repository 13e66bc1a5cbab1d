/*
 * svg.h - a drawing as SVG, drawn by hand.
 *
 *	scene -> layout -> sheet -> [svg] -> file, page, PNG, PDF
 *
 * Each thing is a group of its own, <g id class><title>, in coordinates of its
 * own: what moves keeps its strokes, and what does not change keeps its octets.
 * An id in the file is that of the thing, spelt safely, behind a letter for its
 * kind: "b-" boxes, "c-" cables, "r-" rings, "n-" notes, "t-" texts, "m-"
 * marks.
 *
 * Memory:  the caller's.
 * Errors:  those of the buffer.  Without the font at build time SVG_EMBED names
 *          a cursive font of the reader's, and SVG_OUTLINES does the same: ask
 *          svg_has_outlines first.
 * Source:  SVG 1.1 and, for the highlighter, mix-blend-mode; no custom
 *          properties, which librsvg 2.54 does not know.
 */
#ifndef COLLECTOR_DRAW_SVG_H
#define COLLECTOR_DRAW_SVG_H

#include <stdbool.h>

#include "base/buffer.h"
#include "collector/draw/sheet.h"

enum svg_mode {
	SVG_EMBED,   /* a file: its style and its font are in it */
	SVG_INLINE,  /* in a page, whose drawing.css has the style */
	SVG_OUTLINES /* a file that needs no font: letters are paths */
};

enum svg_theme { SVG_LIGHT, SVG_DARK, SVG_PRINT /* grey */ };

struct svg_style {
	enum svg_mode mode;
	enum svg_theme theme; /* SVG_INLINE: the page's */
};

void svg_write(
    struct buffer *out, const struct sheet *s, const struct svg_style *style);

/* Was the font there when this program was built? */
bool svg_has_outlines(void);

#endif
