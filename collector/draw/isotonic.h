/*
 * isotonic.h - puts things in a row as near as can be to where each would be.
 *
 * Given their order, the least distance between neighbours and a wish for each,
 * finds the places whose squared distance from the wishes is least.  Exact and
 * linear: neighbours that want to pass each other become one block, which
 * stands at the mean of what its members want.
 *
 * Memory:  the caller's.
 * Errors:  none.
 * Source:  pool adjacent violators, the textbook's isotonic regression.
 */
#ifndef COLLECTOR_DRAW_ISOTONIC_H
#define COLLECTOR_DRAW_ISOTONIC_H

#include <stddef.h>

struct isotonic {
	double wish;
	double distance; /* at least, from the one before; the first's is 0 */
	double x;        /* the answer */
	/* Of the block that ends here, while blocks are joined. */
	double mean;
	size_t members;
};

void isotonic_place(struct isotonic *items, size_t count);

#endif
