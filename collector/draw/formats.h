/*
 * formats.h - what a drawing can be had as: suffix, MIME type, who writes it.
 *
 *	sheet -> [formats] -> draw.io, Excalidraw, DOT, Mermaid, GraphML, VSDX
 *	scene -> [formats] -> text
 *
 * SVG, PNG and PDF stand in the table, too, since they are asked for the same
 * way; they have a theme, so svg.h writes them, and what makes pictures of it.
 *
 * Memory:  the table is constant; a writer keeps nothing.
 * Errors:  STATUS_TOO_LARGE: the format has a limit, and 'too_large' says which
 *          and what else to ask for; STATUS_NO_MEMORY.
 */
#ifndef COLLECTOR_DRAW_FORMATS_H
#define COLLECTOR_DRAW_FORMATS_H

#include <stddef.h>

#include "base/attributes.h"
#include "base/buffer.h"
#include "base/status.h"
#include "collector/draw/scene.h"
#include "collector/draw/sheet.h"

/* What a format is made from. */
enum format_source {
	FORMAT_SVG,     /* a sheet, by svg_write */
	FORMAT_PICTURE, /* a sheet: PNG or PDF, of the SVG */
	FORMAT_SHEET,   /* a sheet, by format_write */
	FORMAT_SCENE    /* a scene, by format_write: no layout is needed */
};

struct format {
	const char *suffix; /* "drawio"; lower case, without a dot */
	const char *mime;
	const char *title; /* "draw.io" */
	enum format_source source;
	const char *too_large; /* a sentence; NULL: no limit of its own */
	enum status (*write_sheet)(struct buffer *out, const struct sheet *s);
	enum status (*write_scene)(struct buffer *out, const struct scene *s);
};

/* By suffix, in whatever case; NULL: there is none. */
const struct format *format_find(const char *suffix);

/* All of them, for lists and messages; NULL ends them. */
const struct format *format_at(size_t place);

/* Appends the drawing.  'sheet' may be NULL for FORMAT_SCENE, 'scene' for
 * FORMAT_SHEET.  SVG and pictures are not written here: STATUS_UNKNOWN. */
MUST_USE enum status format_write(struct buffer *out, const struct format *f,
    const struct sheet *sheet, const struct scene *scene);

#endif
