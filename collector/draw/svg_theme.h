/*
 * svg_theme.h - the pens of a drawing, by day, at night and on paper.
 *
 * The same classes stand in web/drawing.css, for drawings in a page.
 *
 *	pk pb pg pr py  pens: black, blue, green, red, grey
 *	hk hb hg        hachure of those
 *	tk tb tg tr ty  texts; b: bold
 *	ground paper wipe hl    the page, boxes, the eraser, the highlighter
 *
 * Memory:  constant.
 * Errors:  those of the buffer.
 */
#ifndef COLLECTOR_DRAW_SVG_THEME_H
#define COLLECTOR_DRAW_SVG_THEME_H

#include "collector/draw/svg.h"

struct theme {
	const char *ground;
	const char *pens[5], *texts[5]; /* by enum ink */
	const char *hachure;            /* its opacity */
	const char *wipe;               /* its opacity */
	const char *marker, *marker_opacity, *marker_blend;
};

const struct theme *theme_of(enum svg_theme theme);

/* The classes as CSS, without a font. */
void theme_write(struct buffer *out, enum svg_theme theme);

#endif
