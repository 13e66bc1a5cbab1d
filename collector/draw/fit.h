/*
 * fit.h - makes a text fit into a width: cut, or broken into lines.
 *
 * Memory:  in the arena; a text that fits is lent as it is.
 * Errors:  the arena's 'failed'; the text is then "".
 * Units:   CSS pixels.
 */
#ifndef COLLECTOR_DRAW_FIT_H
#define COLLECTOR_DRAW_FIT_H

#include <stddef.h>

#include "collector/arena.h"

struct fit {
	double size, width;
};

/* As much of 'text' as fits, with three dots if that is not all. */
const char *fit_cut(struct arena *a, const char *text, struct fit fit);

/* Breaks 'text' at blanks into at most 'most' lines, the last of which is cut.
 * Gives how many there are; an empty text has none. */
size_t fit_lines(struct arena *a, const char *text, struct fit fit,
    const char **lines, size_t most);

/* "10,20,120-125" so that it fits behind 'verb' ("carries "): with its verb,
 * else without, else as "17 VLANs". */
const char *fit_vlans(
    struct arena *a, const char *verb, const char *vlans, struct fit fit);

#endif
