/*
 * percent.h - text as one part of an address.
 *
 * Memory:  the buffer's.
 * Errors:  the buffer's.
 * Source:  RFC 3986 2.3.
 */
#ifndef COLLECTOR_PERCENT_H
#define COLLECTOR_PERCENT_H

#include "base/buffer.h"

/* Adds 'text', of which only letters, digits and "-._~" stand for themselves.
 */
void percent_add(struct buffer *out, const char *text);

#endif
