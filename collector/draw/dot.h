/*
 * dot.h - a drawing as Graphviz's DOT, for who lays it out anew.
 *
 *	sheet -> [dot] -> file -> dot -Tsvg
 *
 * A host is a cluster, a switch a table with a cell for each port.  What both
 * sides say of a cable stands on it, above and below a red line.
 *
 * Memory:  the caller's.
 * Errors:  those of the buffer.
 * Source:  https://graphviz.org/doc/info/lang.html and shapes.html; dot 2.43
 *          reads it without a warning.
 */
#ifndef COLLECTOR_DRAW_DOT_H
#define COLLECTOR_DRAW_DOT_H

#include "base/attributes.h"
#include "base/buffer.h"
#include "base/status.h"
#include "collector/draw/sheet.h"

MUST_USE enum status dot_write(struct buffer *out, const struct sheet *s);

#endif
