/*
 * zip.h - octets as parts of one file, as ZIP stores them.
 *
 *	vsdx -> [zip] -> buffer
 *
 * Nothing is deflated: what is sent is compressed on its way anyhow.  Times are
 * the earliest that the format knows, so the same parts are the same octets.
 *
 * Memory:  the caller's buffer.
 * Errors:  those of the buffer; 'failed' beyond ZIP_PARTS_MOST.
 * Source:  PKWARE's APPNOTE.TXT 4.3; CRC-32 by zlib.
 */
#ifndef COLLECTOR_DRAW_ZIP_H
#define COLLECTOR_DRAW_ZIP_H

#include <stdint.h>

#include "base/buffer.h"

enum { ZIP_PARTS_MOST = 16 };

struct zip_part {
	const char *name; /* ours, a constant */
	size_t at;        /* of its header, from the start of the file */
	size_t size;
	uint32_t crc;
};

struct zip {
	struct buffer *out;
	size_t start; /* of the file in the buffer */
	struct zip_part parts[ZIP_PARTS_MOST];
	unsigned count;
	bool failed;
};

struct zip zip_over(struct buffer *out);

/* Adds a part. */
void zip_add(struct zip *z, const char *name, const char *octets, size_t size);

/* Writes the directory behind the parts. */
void zip_end(struct zip *z);

#endif
