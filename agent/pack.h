/*
 * pack.h - a document as gzip, for the way to the collector.
 *
 *	spool -> deliver -> [pack] -> collector
 *
 * Memory:  fills the buffer.
 * Errors:  STATUS_TOO_LARGE (beyond the buffer's limit, or it would not get
 *          smaller), STATUS_NO_MEMORY.
 * Source:  RFC 1952, zlib.h.
 */
#ifndef AGENT_PACK_H
#define AGENT_PACK_H

#include <stddef.h>

#include "base/attributes.h"
#include "base/buffer.h"
#include "base/status.h"

MUST_USE enum status pack_gzip(
    const char *octets, size_t size, struct buffer *out);

#endif
