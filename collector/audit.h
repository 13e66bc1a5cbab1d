/*
 * audit.h - a log line for each request that is refused or changes something.
 *
 *	guard, reports -> [audit] -> log: who, what, from where
 *
 * Only where tokens are in use: without them nobody is known.
 *
 * Memory:  none kept.
 * Errors:  none.
 */
#ifndef COLLECTOR_AUDIT_H
#define COLLECTOR_AUDIT_H

#include "base/attributes.h"
#include "collector/exchange.h"

void audit_refused(const struct request *request, const char *why, ...)
    PRINTF_LIKE(2, 3);
void audit_changed(const struct request *request, const char *what, ...)
    PRINTF_LIKE(2, 3);

#endif
