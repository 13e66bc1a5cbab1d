/*
 * depict_rows.h - the part of depict that says what both sides say of the
 * cable on a way, what was checked inside the host, and how its other uplinks
 * stand.
 *
 * Memory, Errors: as depict_making.h.
 */
#ifndef COLLECTOR_DEPICT_ROWS_H
#define COLLECTOR_DEPICT_ROWS_H

#include "collector/depict_making.h"
#include "collector/walk.h"

/* Rows while they are gathered. */
struct depict_rows {
	struct making *m;
	struct scene_row *items;
	size_t count, room;
	bool then; /* of the host's inside: as it was when last heard */
};

struct depict_rows depict_rows_of(struct making *m, size_t room);
void depict_rows_add(struct depict_rows *rows, enum answer_value value,
    const char *left, const char *right);

/* "carries VLAN 10, 20": the same that stands at the line of a rack, in the
 * same words; "". */
const char *depict_rows_carried(struct making *m, const struct scene_nic *nic);

/* What was checked inside the host, from the machine outwards. */
void depict_rows_inside(struct making *m, struct scene_path *out,
    const struct walk *w, const struct walk_leg *leg);
/* How the other uplinks stand: what tells most of where a fault is, first. */
void depict_rows_others(struct making *m, struct scene_path *out,
    const struct walk *w, const struct walk_leg *leg);

/* 'w' has the legs of all ways, 'leg' is the one that is drawn. */
void depict_rows(struct making *m, struct scene_path *out, const struct walk *w,
    const struct walk_leg *leg);

#endif
