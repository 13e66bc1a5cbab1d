/*
 * picture.h - a drawing as PNG or PDF, by a program of its own.
 *
 *	sheet -> SVG -> [picture] -> demarc-picture -> PNG, PDF
 *
 * librsvg and cairo are large and read text that others chose parts of, so
 * they run in a process that has nothing, may take little, and ends with its
 * picture.  Where they were not installed at build time there is no such
 * program, and a drawing is SVG only.
 *
 * Whoever asks waits for it, some seconds at most: not in a thread that serves
 * connections.
 *
 * Memory:  the caller's.
 * Errors:  STATUS_NOT_FOUND (there is no such program, or for PNG no font),
 *          STATUS_BUSY (as many as may are being made, or no more are),
 *          STATUS_TOO_LARGE (the drawing, or it took too long),
 *          STATUS_NO_MEMORY, STATUS_SYSTEM.
 * Units:   CSS pixels.
 */
#ifndef COLLECTOR_PICTURE_H
#define COLLECTOR_PICTURE_H

#include <stdatomic.h>
#include <stdbool.h>

#include "base/attributes.h"
#include "base/buffer.h"
#include "base/status.h"
#include "collector/draw/svg.h"

enum picture_kind { PICTURE_PNG, PICTURE_PDF };

/* What makes pictures; every thread may use the same one. */
struct pictures {
	const char *program; /* path of demarc-picture; lent */
	atomic_uint running; /* also what could not be ended */
	atomic_bool ended;
};

/* Is the program there? */
bool pictures_can(const struct pictures *p);

/* Appends the picture to 'out'; on failure nothing. */
MUST_USE enum status pictures_make(struct pictures *p, struct buffer *out,
    const struct sheet *s, enum picture_kind kind, enum svg_theme theme);

/* Ends those that are being made, soon; none is made after it. */
void pictures_end(struct pictures *p);

#endif
