/*
 * bound.h - may the holder of a token report for this host?  Pure.
 *
 *	caller, report, what is known of the host -> [bound] -> why not
 *
 * An agent's token is for one host.  A vCenter's is for the hosts that it
 * tells of: those that are new, those that it told of before, and those that
 * another vCenter told of until it fell silent, since a host may move.  A host
 * that has an agent is never a vCenter's.
 *
 * Memory:  gives constant text.
 * Errors:  none.
 * Units:   unix seconds by the collector's clock.
 */
#ifndef COLLECTOR_BOUND_H
#define COLLECTOR_BOUND_H

#include "collector/exchange.h"
#include "collector/incoming.h"
#include "collector/model.h"

struct bound_host {
	bool known;
	char via[TOKEN_BINDING_SIZE]; /* "": it has an agent */
	int64_t seen_at;
};

/* What the model knows of this host. */
void bound_look(
    const struct model *m, const char *machine_id, struct bound_host *out);

/* NULL: it may. */
const char *bound_refuses(const struct caller *caller,
    const struct incoming *report, const struct bound_host *host, int64_t now);

#endif
