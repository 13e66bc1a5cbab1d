/*
 * gzip.h - octets as gzip.
 *
 *	reports -> [gzip] -> collector;  answers -> [gzip] -> clients
 *
 * Memory:  fills the buffer.
 * Errors:  STATUS_TOO_LARGE (beyond the buffer's limit, or it would not get
 *          smaller), STATUS_NO_MEMORY.
 * Source:  RFC 1952, zlib.h.
 */
#ifndef BASE_GZIP_H
#define BASE_GZIP_H

#include <stddef.h>

#include "base/attributes.h"
#include "base/buffer.h"
#include "base/status.h"

/* As zlib counts: 1 to 9. */
enum gzip_effort {
	GZIP_QUICK = 1,
	GZIP_SOME = 3 /* twice as fast as 6 for a tenth more octets */
};

MUST_USE enum status gzip_pack(const char *octets, size_t size,
    enum gzip_effort effort, struct buffer *out);

#endif
