/*
 * plain.h - a drawing as text: for a terminal, a ticket, a chat.
 *
 *	scene -> sorted -> [plain] -> text
 *
 * A scene with a path becomes its boxes in a row and what both sides say below
 * them; any other a line for each cable, the network's side left of the demarc
 * line and the host's right of it.  80 columns, but for commands, which are
 * not broken.
 *
 * Memory:  the caller's.
 * Errors:  STATUS_NO_MEMORY; those of the buffer.
 */
#ifndef COLLECTOR_DRAW_PLAIN_H
#define COLLECTOR_DRAW_PLAIN_H

#include "base/attributes.h"
#include "base/buffer.h"
#include "base/status.h"
#include "collector/draw/scene.h"

/* In UTF-8, and in nothing but ASCII. */
MUST_USE enum status plain_write(struct buffer *out, const struct scene *s);
MUST_USE enum status plain_write_ascii(
    struct buffer *out, const struct scene *s);

#endif
