/*
 * drawio.h - a drawing as draw.io (diagrams.net) goes on drawing on it.
 *
 *	sheet -> [drawio] -> file
 *
 * Things are containers in each other, cables are glued to them, and cables,
 * things, words and findings are layers.  It has the hand's look by draw.io's
 * own sketch style.
 *
 * Memory:  the caller's.
 * Errors:  STATUS_NO_MEMORY; those of the buffer.
 * Units:   CSS pixels; a child's place is relative to its parent.
 * Source:  the mxfile schema of jgraph (mxfile.xsd); labels are plain text
 *          (html=0), never HTML.
 */
#ifndef COLLECTOR_DRAW_DRAWIO_H
#define COLLECTOR_DRAW_DRAWIO_H

#include "base/attributes.h"
#include "base/buffer.h"
#include "base/status.h"
#include "collector/draw/sheet.h"

MUST_USE enum status drawio_write(struct buffer *out, const struct sheet *s);

#endif
