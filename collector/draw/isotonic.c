#include "collector/draw/isotonic.h"

/* Blocks stand at the front of the array; 'blocks' of them are made. */
static size_t
join_last(struct isotonic *items, size_t blocks)
{
	while (blocks > 1 && items[blocks - 2].mean > items[blocks - 1].mean) {
		struct isotonic *left = &items[blocks - 2];
		const struct isotonic *right = &items[blocks - 1];
		size_t members = left->members + right->members;

		left->mean = (left->mean * (double)left->members +
				 right->mean * (double)right->members) /
			     (double)members;
		left->members = members;
		blocks--;
	}
	return blocks;
}

void
isotonic_place(struct isotonic *items, size_t count)
{
	double offset = 0; /* of a thing, when all stand as close as can be */
	size_t blocks = 0, next = 0;

	for (size_t i = 0; i < count; i++) {
		offset += items[i].distance;
		items[blocks].mean = items[i].wish - offset;
		items[blocks].members = 1;
		blocks = join_last(items, blocks + 1);
	}
	offset = 0;
	for (size_t b = 0; b < blocks; b++) {
		for (size_t i = 0; i < items[b].members; i++, next++) {
			offset += items[next].distance;
			items[next].x = items[b].mean + offset;
		}
	}
}
