/*
 * plain_inside.h - what stands inside a host, as lines of text.
 *
 *	scene, sorted -> [plain_inside] -> plain_line
 *
 * Every virtual switch with its port groups, and every machine: on its port
 * group, on its virtual switch where that has none, or below both where nobody
 * says on what it is.
 *
 * Memory:  the page's.
 * Errors:  the page's.
 */
#ifndef COLLECTOR_DRAW_PLAIN_INSIDE_H
#define COLLECTOR_DRAW_PLAIN_INSIDE_H

#include "collector/draw/plain_line.h"
#include "collector/draw/sorted.h"

void plain_inside(struct plain *p, const struct sorted *sorted, uint32_t host);

#endif
