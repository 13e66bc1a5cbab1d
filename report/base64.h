/*
 * base64.h - octets as text.
 *
 * Memory:  the caller's.
 * Errors:  false: what is read is no base64.
 * Source:  RFC 4648, section 4.
 */
#ifndef REPORT_BASE64_H
#define REPORT_BASE64_H

#include <stddef.h>

#include "base/buffer.h"

/* Adds 'size' octets to 'out', four characters for each three. */
void base64_append(struct buffer *out, const void *octets, size_t size);

/* Adds the octets that 'text' stands for. */
bool base64_read(struct buffer *out, const char *text);

#endif
