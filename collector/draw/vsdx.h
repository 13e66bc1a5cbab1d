/*
 * vsdx.h - a drawing as Visio opens it.
 *
 *	sheet -> [vsdx] -> zip -> file
 *
 * One page, no masters, no themes.  Cables are 1-D shapes that are glued to
 * the boxes at their ends.
 *
 * Memory:  the caller's.
 * Errors:  STATUS_NO_MEMORY; those of the buffer.
 * Units:   inches from the lower left corner.
 * Source:  [MS-VSDX]; read by libvisio 0.1.7.
 */
#ifndef COLLECTOR_DRAW_VSDX_H
#define COLLECTOR_DRAW_VSDX_H

#include "base/attributes.h"
#include "base/buffer.h"
#include "base/status.h"
#include "collector/draw/sheet.h"

MUST_USE enum status vsdx_write(struct buffer *out, const struct sheet *s);

#endif
