/*
 * shorthand.h - the texts of a claim in a quarter of their octets.
 *
 *	key, facts -> [shorthand] -> octets in the store -> the same texts
 *
 * What every host says ("state":"running","source":"libvirt") is one octet of
 * a table of phrases; MAC addresses, UUIDs and times are as short as they are
 * in binary; what the key says need not be said again.  Any text comes back as
 * it was, one with none of that is a little longer.
 *
 * Memory:  writes to the caller's buffers; a shorthand is a plain value that
 *          several threads may read.
 * Errors:  those of the buffer; shorthand_read gives false for octets that
 *          shorthand_write cannot have written.
 * Source:  docs/decisions/0014-past-and-present-apart.md.
 */
#ifndef COLLECTOR_SHORTHAND_H
#define COLLECTOR_SHORTHAND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"

enum {
	SHORTHAND_SHORT = 152, /* phrases of one octet; the others take two */
	SHORTHAND_MOST = SHORTHAND_SHORT + 256,
	SHORTHAND_SLOTS = 1024
};

/* Never changed, since databases are full of their places: new ones are
 * added at the end, which NULL marks. */
extern const char *const shorthand_phrases[SHORTHAND_MOST + 1];

/* Where a phrase may be found: by its first three characters. */
struct shorthand {
	uint16_t first[SHORTHAND_SLOTS]; /* place + 1, the longest first */
	uint16_t next[SHORTHAND_MOST];
	uint8_t length[SHORTHAND_MOST];
};

void shorthand_init(struct shorthand *s);

/* Adds the text to 'out'; 'key' is what it may refer to, "" for none. */
void shorthand_write(const struct shorthand *s, const char *text,
    const char *key, struct buffer *out);

/* Adds the text that was written with this key. */
bool shorthand_read(const struct shorthand *s, const void *octets, size_t size,
    const char *key, struct buffer *out);

#endif
