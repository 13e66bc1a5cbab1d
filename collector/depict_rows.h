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

/* 'w' has the legs of all ways, 'leg' is the one that is drawn. */
void depict_rows(struct making *m, struct scene_path *out, const struct walk *w,
    const struct walk_leg *leg);

#endif
