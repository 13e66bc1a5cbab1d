/*
 * metrics_text.h - metrics in the text that Prometheus reads.
 *
 *	metrics, fleet, process -> [metrics_text] -> reply
 *
 * Memory:  the caller's buffer.
 * Errors:  those of the buffer.
 * Units:   seconds and octets in the text, as Prometheus has it.
 * Source:  Prometheus' exposition format 0.0.4.
 */
#ifndef COLLECTOR_METRICS_TEXT_H
#define COLLECTOR_METRICS_TEXT_H

#include "base/buffer.h"
#include "collector/fleet.h"
#include "collector/metrics.h"
#include "collector/reports.h"

/* What stands at one moment. */
struct metrics_state {
	struct fleet fleet;
	struct reports_state queue;
};

/* 'routes' are their names, by place; NULL ends them. */
void metrics_text(struct buffer *out, const struct metrics *m,
    const struct metrics_state *state, const char *const *routes);

#endif
