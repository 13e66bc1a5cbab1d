/*
 * rows_sift.h - moves switches and hosts of two rows to better places.
 *
 *	rows_order -> [rows_sift]
 *
 * Memory:  in the arena that is given.
 * Errors:  the arena's 'failed'.
 */
#ifndef COLLECTOR_DRAW_ROWS_SIFT_H
#define COLLECTOR_DRAW_ROWS_SIFT_H

#include <stdbool.h>

#include "base/attributes.h"
#include "collector/draw/pairs.h"

struct rows {
	const struct legs *legs;
	uint32_t *switches, *switch_at; /* the order, and where each stands */
	uint32_t *hosts, *host_at;
	uint32_t *places; /* where each leg leads, ascending within its host */
	uint64_t work;    /* comparisons so far */
	/* Scratch: a list of host places for each switch, as of legs; what each
	 * two switches cost; counters. */
	uint32_t *list_begin, *list;
	uint32_t *cost;
	uint32_t *tree;
	struct sort_key *keys;
};

MUST_USE bool rows_init(
    struct rows *r, const struct legs *legs, struct arena *a);

/* After 'switches' changed. */
void rows_follow_switches(struct rows *r);
/* Hosts by the median of their switches. */
void rows_hosts_by_median(struct rows *r);
/* Switches by the mean of their hosts. */
void rows_switches_by_mean(struct rows *r);
/* Each gives how many crossings fewer there are. */
uint64_t rows_sift_hosts(struct rows *r);
uint64_t rows_sift_switches(struct rows *r);
uint64_t rows_crossings(struct rows *r);

#endif
