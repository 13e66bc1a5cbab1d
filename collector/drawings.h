/*
 * drawings.h - drawings that were made of late, so that who asks again is not
 * waited for.
 *
 * A drawing is of a scene and a moment, and is given once more to who asks for
 * the same of the same.  What nobody asked for the longest is forgotten first.
 *
 * Memory:  drawings_new/drawings_free; any thread may call.
 * Errors:  without memory nothing is kept.
 * Units:   octets.
 */
#ifndef COLLECTOR_DRAWINGS_H
#define COLLECTOR_DRAWINGS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buffer.h"

enum { DRAWINGS_MOST = 64, DRAWINGS_SIZE_MOST = 16 * 1024 * 1024 };

struct drawings;

struct drawings *drawings_new(void);
void drawings_free(struct drawings *d);

/* What a drawing was made of. */
struct drawings_of {
	const char *key;
	uint64_t scene; /* its sum, and the moment that it is of */
	int64_t moment;
	unsigned pages; /* that it has, once it is made */
};

/* Appends it to 'out', and says its pages; false: there is none. */
bool drawings_take(
    struct drawings *d, struct drawings_of *of, struct buffer *out);

void drawings_keep(struct drawings *d, const struct drawings_of *of,
    const struct buffer *drawing);

#endif
