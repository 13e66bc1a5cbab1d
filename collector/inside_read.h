/*
 * inside_read.h - reads what stands inside one host from its claims.
 *
 *	claims of the host -> [inside_read] -> inside
 *
 * First the frame: virtual switches, port groups, and the facts of workloads
 * unread; then the workloads that somebody asks for.
 *
 * Memory:  the arena of the reading; the host is lent.
 * Errors:  'failed' of the arena.
 */
#ifndef COLLECTOR_INSIDE_READ_H
#define COLLECTOR_INSIDE_READ_H

#include "collector/arena.h"
#include "collector/index.h"
#include "collector/model.h"

/* Names of one host and the places that they stand for. */
struct inside_names {
	struct index nics, links, vswitches, groups;
};

struct inside_reading {
	const struct model_host *host;
	struct inside *inside;
	struct arena *arena;
	struct inside_names *names;
};

/* NICs and links of the host are filled already. */
void inside_read_frame(struct inside_reading *r);

/* The names are those of the frame. */
void inside_read_workload(struct inside_reading *r, uint32_t at);

void inside_names_done(struct inside_names *names);

#endif
