/*
 * overlaps.h - finds texts of a sheet that cannot be read.
 *
 *	layout -> sheet -> [overlaps]
 *
 * A text must not stand over another, over a ring or a number, over the edge of
 * a box or beyond that of the page.
 *
 * Memory:  none.
 * Errors:  none.
 */
#ifndef TESTS_SUPPORT_OVERLAPS_H
#define TESTS_SUPPORT_OVERLAPS_H

#include <stdbool.h>
#include <stddef.h>

#include "collector/draw/sheet.h"

/* Says in 'why' what the first is; false: there is none. */
bool overlaps_find(const struct sheet *s, char *why, size_t size);

#endif
