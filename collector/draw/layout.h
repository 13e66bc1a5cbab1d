/*
 * layout.h - says what of a scene stands where.
 *
 *	scene -> [layout] -> sheet -> SVG, draw.io, Excalidraw, DOT, ...
 *
 * Pure: no clock, no chance, no state.  The same scene gives the same sheet to
 * the last digit, in whatever order its arrays are; what did not change stands
 * where it stood (decision 0021).
 *
 * Memory:  '*out' is initialized by the callee and always to be given to
 *          sheet_done; it lends texts of 'scene', which has to outlive it.
 * Errors:  STATUS_NO_MEMORY; STATUS_NOT_FOUND: there is no such page;
 *          STATUS_TOO_LARGE: more than anybody reads.
 * Units:   CSS pixels, 96 to the inch.
 */
#ifndef COLLECTOR_DRAW_LAYOUT_H
#define COLLECTOR_DRAW_LAYOUT_H

#include "base/attributes.h"
#include "base/status.h"
#include "collector/draw/scene.h"
#include "collector/draw/sheet.h"

/* How much is drawn of each thing. */
enum layout_detail {
	LAYOUT_AUTO,   /* what fits the scene */
	LAYOUT_STRIP,  /* one way: all that is known of it; needs scene.path */
	LAYOUT_FULL,   /* every port group and machine */
	LAYOUT_LADDER, /* hosts as cards below their pair of switches */
	LAYOUT_INDEX   /* one card for each page of ladders */
};

/* Of full drawings that are asked for: wider than any screen. */
enum { LAYOUT_FULL_HOSTS_MOST = 24 };

/* What LAYOUT_AUTO becomes. */
enum layout_detail layout_detail(const struct scene *scene);

/* How many pages a drawing has: 1, or as many as there are pairs of switches.
 */
unsigned layout_pages(const struct scene *scene, enum layout_detail detail);

/* Says of each host, by its place, whether it is on 'page' of ladders; needs
 * hosts and cables alone.  False: no memory. */
MUST_USE bool layout_page_hosts(
    const struct scene *scene, unsigned page, bool *out);

/* 'page' counts from 1; 0: the index if there is one, else the only page. */
MUST_USE enum status layout(struct sheet *out, const struct scene *scene,
    enum layout_detail detail, unsigned page);

#endif
