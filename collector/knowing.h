/*
 * knowing.h - what rules read of one host, out of all that is known.
 *
 *	view, host, fleet index -> [knowing] -> known -> rules
 *
 * The only place where rules and the collector's data meet.  What a host has in
 * common with others is taken from the topology and the fleet index, never by
 * a look at all hosts: it costs what the host and those beside it are large.
 *
 * Memory:  known_done frees; texts are lent from the view and the fleet index.
 * Errors:  STATUS_NO_MEMORY; there is nothing in '*out' then.
 * Units:   as known.h.
 */
#ifndef COLLECTOR_KNOWING_H
#define COLLECTOR_KNOWING_H

#include "collector/answers.h"
#include "collector/fleet_index.h"

/* 'fleet' NULL: nothing is known of other hosts but rivals for a port. */
MUST_USE enum status knowing_make(struct known *out, const struct view *v,
    struct fleet_index *fleet, const struct model_host *h);

/* The other hosts that hang on a switch of this one, once each, in order; at
 * most 'capacity'.  Those whose siblings change when it does. */
size_t knowing_beside(const struct view *v, const struct model_host *h,
    const struct model_host **out, size_t capacity);

#endif
