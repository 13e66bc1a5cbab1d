/*
 * rows_order.h - the order of a row of switches and a row of hosts below it
 * that lets few cables cross.
 *
 *	legs -> [rows_order] -> order -> full
 *
 * Pairs of switches are put in a row so that few cables go far; hosts follow
 * the median of their switches; then hosts and switches are sifted in turn,
 * each to its best place among the others.  While there is work left to spend,
 * it is done again from other beginnings, and the best is kept.  Work is
 * counted, not timed, and chance is a fixed row of numbers: the same input
 * gives the same order on every machine.
 *
 * Memory:  in the arena that is given.
 * Errors:  the arena's 'failed'; the order is then not to be used.
 * Source:  counting by Barth, Juenger and Mutzel, "Simple and efficient bilayer
 *          cross counting", JGAA 8(2), 2004.
 */
#ifndef COLLECTOR_DRAW_ROWS_ORDER_H
#define COLLECTOR_DRAW_ROWS_ORDER_H

#include "collector/draw/pairs.h"

struct rows_order {
	uint32_t *switches, *hosts; /* from left to right */
	uint64_t crossings;         /* of cables of different hosts */
};

/* What the inside of the hosts adds to the crossings when the switches stand
 * at 'positions'; 'closure' is the caller's. */
typedef uint64_t rows_order_inside(void *closure, const uint32_t *positions);

/* 'inside' may be NULL. */
void rows_order_find(struct rows_order *out, const struct legs *legs,
    rows_order_inside *inside, void *closure, struct arena *a);

/* Crossings of cables of different hosts, in that order. */
uint64_t rows_order_count(
    const struct legs *legs, const struct rows_order *order, struct arena *a);

#endif
