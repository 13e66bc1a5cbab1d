/*
 * deliver_place.h - which collector the last deliverer reached.
 *
 *	spool -> [deliver_place] -> deliver
 *
 * Each delivery is a process of its own.  Without this file in the spool each
 * would wait for a collector that is gone before it asks the next.
 *
 * Memory:  none kept.
 * Errors:  none: what cannot be read or written is as if it were not there.
 * Units:   unix milliseconds.
 */
#ifndef AGENT_DELIVER_PLACE_H
#define AGENT_DELIVER_PLACE_H

#include "agent/spool.h"
#include "base/config.h"
#include "base/failover.h"

/* Goes on where the last one was, if that collector is still named. */
void deliver_place_read(const struct spool *spool,
    const struct config_list *collectors, int64_t now_ms, struct failover *f);

void deliver_place_keep(const struct spool *spool,
    const struct config_list *collectors, const struct failover *f);

#endif
