/*
 * coding.h - content codings: unpacks the body of a request within bounds.
 *
 *	api (is it one that we know?) -> reports -> [coding] -> incoming
 *
 * A body is kept as it came and unpacked when it is whole, so that senders who
 * are slow hold no windows of a decoder: one thread has one at a time.
 *
 * Memory:  fills the buffer; less than its limit comes out.
 * Errors:  STATUS_MALFORMED, STATUS_TRUNCATED, STATUS_TOO_LARGE (beyond the
 *          limit, or beyond CODING_RATIO_MOST), STATUS_NO_MEMORY.
 * Units:   octets.
 * Source:  RFC 9110 8.4, RFC 1952, RFC 8878; zlib.h, zstd.h.
 */
#ifndef COLLECTOR_CODING_H
#define COLLECTOR_CODING_H

#include <stddef.h>

#include "base/attributes.h"
#include "base/buffer.h"
#include "base/status.h"

enum {
	/* A thousand NICs that all say the same shrink to a hundredth; what
	 * shrinks to less was made to hurt. */
	CODING_RATIO_MOST = 250,
	/* No ratio is asked of what is small anyway. */
	CODING_SMALL = 64 * 1024
};

enum coding { CODING_NONE, CODING_GZIP, CODING_ZSTD, CODING_UNKNOWN };

/* What a request's Content-Encoding says; NULL: none. */
enum coding coding_of(const char *said);

/* For Accept-Encoding: all that are known. */
extern const char coding_names[];

/* Only of CODING_GZIP and CODING_ZSTD; else STATUS_UNKNOWN.  Several members
 * (gzip) or frames (zstd) in a row are one body. */
MUST_USE enum status coding_unpack(
    enum coding coding, const char *octets, size_t size, struct buffer *out);

#endif
