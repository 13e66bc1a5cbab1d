/*
 * pods.h - which switches make a pair, and whose hosts hang on it.
 *
 *	sorted -> pairs -> [pods] -> ladder
 *
 * Memory:  in the arena that is given.
 * Errors:  the arena's 'failed'.
 */
#ifndef COLLECTOR_DRAW_PODS_H
#define COLLECTOR_DRAW_PODS_H

#include "collector/draw/sorted.h"

enum { POD_SWITCHES = 2 };

struct pod {
	uint32_t switches[POD_SWITCHES]; /* in their order */
	uint32_t switch_count;           /* 0: hosts whose ports nobody knows */
	struct places hosts;
};

struct pods {
	struct pod *at; /* those with switches by name, then that without */
	uint32_t count;
};

void pods_find(
    struct pods *out, const struct sorted *sorted, struct arena *arena);

/* Pods with more hosts than 'most' become several of the same switches; those
 * without any host are left out. */
void pods_split(struct pods *pods, uint32_t most, struct arena *arena);

#endif
