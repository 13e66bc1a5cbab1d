/*
 * graphml.h - a drawing as GraphML: with places for yEd, with plain attributes
 * for programs that compute with graphs.
 *
 *	sheet -> [graphml] -> yEd, networkx, igraph, Gephi
 *
 * Memory:  the caller's.
 * Errors:  those of the buffer.
 * Units:   CSS pixels.
 * Source:  http://graphml.graphdrawing.org/xmlns/1.1; yWorks' extension
 *          http://www.yworks.com/xml/graphml.
 */
#ifndef COLLECTOR_DRAW_GRAPHML_H
#define COLLECTOR_DRAW_GRAPHML_H

#include "base/attributes.h"
#include "base/buffer.h"
#include "base/status.h"
#include "collector/draw/sheet.h"

MUST_USE enum status graphml_write(struct buffer *out, const struct sheet *s);

#endif
