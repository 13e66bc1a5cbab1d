/*
 * named.h - the hosts and switches that one name, id or address may mean.
 *
 *	question -> [named] -> few hosts and switches -> who compares them
 *
 * With an index these are the few that have such a text, and perhaps some that
 * have not; of the past there is none, and these are all.
 *
 * Memory:  named_done; hosts are lent from the model.
 * Errors:  false when the heap is exhausted.
 */
#ifndef COLLECTOR_NAMED_H
#define COLLECTOR_NAMED_H

#include "collector/answers.h"

struct named {
	const struct model_host **hosts; /* by host_id */
	size_t host_count;
	uint32_t *devices; /* places in the topology, in no order */
	size_t device_count;
};

/* Whose own texts, or of what is inside them, are exactly this; several words
 * may be of several texts.  NULL: all. */
MUST_USE bool named_find(
    struct named *out, const struct view *v, const char *text);
void named_done(struct named *n);

#endif
