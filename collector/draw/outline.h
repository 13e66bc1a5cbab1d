/*
 * outline.h - what is in what, for formats that place things themselves.
 *
 *	sheet -> [outline] -> DOT, Mermaid, GraphML
 *
 * Hosts and switches hold other things.  What a layout hangs on something else
 * (a port group on its vSwitch) is joined to it by an edge here.
 *
 * Memory:  none.
 * Errors:  none.
 */
#ifndef COLLECTOR_DRAW_OUTLINE_H
#define COLLECTOR_DRAW_OUTLINE_H

#include "collector/draw/sheet.h"

/* Is it a thing, not a part of the page? */
bool outline_shows(const struct sheet_box *box);

/* Is it a host or a switch? */
bool outline_holds(const struct sheet_box *box);

/* The host or switch that it is in; SHEET_NONE. */
uint32_t outline_home(const struct sheet *s, uint32_t box);

/* What it hangs on without a cable; SHEET_NONE. */
uint32_t outline_hook(const struct sheet *s, uint32_t box);

/* Are both ends of it drawn? */
bool outline_joins(const struct sheet *s, const struct sheet_cable *cable);

/* Does it lead to what is not drawn, or not known?  Formats put something
 * there: a cable without an end would be none. */
bool outline_leaves(const struct sheet *s, const struct sheet_cable *cable);

/* The number of the finding that is about this cable; 0. */
unsigned outline_finding(const struct sheet *s, uint32_t cable);

/* How many edges that makes in all. */
size_t outline_edges(const struct sheet *s);

/* "network", "systems", "both": who is to act. */
const char *outline_owner(enum scene_owner owner);

#endif
