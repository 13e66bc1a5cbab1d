/*
 * mermaid.h - a drawing as a flowchart of Mermaid, for wikis and tickets.
 *
 *	sheet -> [mermaid] -> ```mermaid ... ```
 *
 * Memory:  the caller's.
 * Errors:  STATUS_TOO_LARGE: more than Mermaid draws unless it is told to;
 *          nothing is appended then.
 * Source:  https://mermaid.js.org/syntax/flowchart.html; its defaults
 *          maxEdges and maxTextSize.
 */
#ifndef COLLECTOR_DRAW_MERMAID_H
#define COLLECTOR_DRAW_MERMAID_H

#include "base/attributes.h"
#include "base/buffer.h"
#include "base/status.h"
#include "collector/draw/sheet.h"

enum { MERMAID_EDGES_MOST = 500, MERMAID_SIZE_MOST = 50000 };

MUST_USE enum status mermaid_write(struct buffer *out, const struct sheet *s);

#endif
