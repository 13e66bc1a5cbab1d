/*
 * request_log.h - one line for each request that was answered.
 *
 *	http -> [request_log] -> log
 *
 * The path comes last, so that nothing in it passes for another part of the
 * line.  What may be secret is left out: the query, headers, bodies.
 *
 * Memory:  none.
 * Units:   octets of the body of the answer, milliseconds.
 */
#ifndef COLLECTOR_REQUEST_LOG_H
#define COLLECTOR_REQUEST_LOG_H

#include "collector/exchange.h"
#include "collector/metrics.h"

/* At the level debug; costs nothing when that is not shown. */
void request_log(
    const struct request *request, const struct metrics_served *served);

#endif
