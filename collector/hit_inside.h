/*
 * hit_inside.h - a hit inside a host as JSON: what it is called and which
 * switch ports it leaves by.
 *
 * Memory, Errors, Units: as answers.h.
 */
#ifndef COLLECTOR_HIT_INSIDE_H
#define COLLECTOR_HIT_INSIDE_H

#include "collector/answers.h"

enum { HIT_TEXT_SIZE = 512 };

struct walk;

/* Walks from a hit that is inside a host to the legs it leaves by. */
void hit_inside_walk(struct walk *w, const struct hit *hit);

/* The members of the hit but kind, why, exact and heard into the open object.
 * Gives the NIC whose evidence speaks for the answer; NULL: none does.  'w' is
 * that of the whole answer, whose walks are bounded. */
const struct seen_nic *hit_inside(struct json *j, const struct view *v,
    const struct hit *hit, struct walk *w);

#endif
