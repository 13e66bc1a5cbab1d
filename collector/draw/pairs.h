/*
 * pairs.h - which hosts hang on which switches, and which switches make a pair.
 *
 *	[pairs] -> rows_order; pods -> ladder
 *
 * Switches and hosts are numbers from 0 on.  Two switches are a pair when each
 * is the one that the other shares most hosts with; one without a partner is
 * alone.  A host belongs to the pair that most of its legs lead to; its others
 * are strays.
 *
 * Memory:  in the arena that is given.
 * Errors:  the arena's 'failed'.
 */
#ifndef COLLECTOR_DRAW_PAIRS_H
#define COLLECTOR_DRAW_PAIRS_H

#include <stdint.h>

#include "collector/arena.h"

#define PAIRS_NONE UINT32_MAX

/* Host h has the legs at[begin[h]] to at[begin[h + 1] - 1]: switches. */
struct legs {
	uint32_t hosts, switches;
	const uint32_t *begin; /* hosts + 1 of them */
	const uint32_t *at;
};

struct pairs {
	uint32_t count;
	uint32_t *of_switch;
	uint32_t *of_host; /* PAIRS_NONE: a host without legs */
};

void pairs_find(struct pairs *out, const struct legs *legs, struct arena *a);

#endif
