/*
 * excalidraw.h - a drawing as Excalidraw goes on drawing on it.
 *
 *	sheet -> [excalidraw] -> file
 *
 * Cables are arrows that both their ends know, a host is one group with all
 * that is in it.  The hand is Excalidraw's, with a seed for each element that
 * is made of its id: it looks the same each time.  'customData' says what each
 * element is, so that a later drawing can tell ours from what people added.
 *
 * Memory:  the caller's.
 * Errors:  those of the buffer; STATUS_NO_MEMORY.
 * Units:   CSS pixels; the points of a line are relative to its first.
 * Source:  the format's version 2, as @excalidraw/excalidraw 0.18 restores it.
 */
#ifndef COLLECTOR_DRAW_EXCALIDRAW_H
#define COLLECTOR_DRAW_EXCALIDRAW_H

#include "base/attributes.h"
#include "base/buffer.h"
#include "base/status.h"
#include "collector/draw/sheet.h"

MUST_USE enum status excalidraw_write(
    struct buffer *out, const struct sheet *s);

#endif
