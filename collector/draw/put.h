/*
 * put.h - adds texts and strokes to a sheet, measured.
 *
 *	full, ladder, strip -> [put] -> sheet
 *
 * Memory:  the sheet's; texts that had to be cut are in its arena.
 * Errors:  the sheet's 'arena.failed'.
 */
#ifndef COLLECTOR_DRAW_PUT_H
#define COLLECTOR_DRAW_PUT_H

#include "collector/draw/sheet.h"

/* Each cuts the text to 'width', if that is not 0, and sets it as measured; an
 * empty text is not put.  Gives the width. */
double put_text(struct sheet *s, struct sheet_text text); /* of the page */
double put_label(struct sheet *s, uint32_t box, struct sheet_text text);
double put_claim(struct sheet *s, uint32_t cable, struct sheet_text text);

/* Where a text stands, with a little of its ascenders and descenders. */
struct rect put_bounds(const struct sheet_text *text);

/* All that a ring covers; a superellipse stands around what is inside. */
struct rect put_ring_bounds(const struct sheet_ring *ring);

/* A stroke from one point to another; 'mark' says all else. */
void put_line(struct sheet *s, struct sheet_mark mark, struct point from,
    struct point to);

/* A straight way through 'corners' as a chain of cubics, for a cable. */
enum { PUT_CORNERS_MOST = 8 };
void put_way(struct sheet *s, struct sheet_cable *cable,
    const struct point *corners, size_t count);

#endif
