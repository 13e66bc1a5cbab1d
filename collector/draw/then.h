/*
 * then.h - words for what is not of now: a claim that was heard once, a host
 * that no longer reports.
 *
 *	rows, plain, captions -> [then]
 *
 * That nobody heard it of late does not make it untrue: it is said in the past
 * tense, with its time, and never denied.  Ages would be others with every
 * look; times stay what they are, also on paper.
 *
 * Memory:  the caller's; verbs are constants.
 * Errors:  none.
 * Units:   those of scene.h.
 */
#ifndef COLLECTOR_DRAW_THEN_H
#define COLLECTOR_DRAW_THEN_H

#include "collector/draw/scene.h"

enum { THEN_SIZE = 64, THEN_CLOCK_SIZE = 24 };

/* UTC, as short as it may be in a drawing of 'now': "14:05", of another day
 * "Nov 21 14:05", of another year "2025-11-21".  Gives 'out'. */
const char *then_clock(
    int64_t now, int64_t when, char out[static THEN_CLOCK_SIZE]);

/* What a claim begins with: "carries ", "carried ", "was "; or "". */
const char *then_verb(const struct scene_claim *c);

/* "last heard 14:05" of the network, "as of 14:05" of the systems; "" if it
 * is of now, or nobody knows of when. */
const char *then_claim(const struct scene *s, const struct scene_claim *c,
    char out[static THEN_SIZE]);

/* "silent, last seen 14:05 UTC"; "" of a host that reports. */
const char *then_silent(const struct scene *s, const struct scene_host *h,
    char out[static THEN_SIZE]);

/* The same where there is room for few letters: "silent since 14:05". */
const char *then_silent_short(const struct scene *s, const struct scene_host *h,
    char out[static THEN_SIZE]);

/* Whose way the path of 's' is; NULL: nobody's that is known. */
const struct scene_host *then_host_of_way(const struct scene *s);

/* What a host is, and before it that it is silent. */
const char *then_about(
    struct arena *a, const struct scene *s, const struct scene_host *h);

/* Why nothing leaves or enters a machine: "off", "disconnected"; "" if it runs,
 * or if nobody says. 'vnic' NULL: of the machine alone. */
const char *then_idle(
    const struct scene_machine *machine, const struct scene_vnic *vnic);

#endif
