/*
 * beats.h - the heartbeats of a large fleet, as they come: at a rate, on many
 * kept connections, whether or not the one before was answered.
 *
 * Errors:  what was not answered 204 is counted; the program ends with a
 *          message when no connection can be made.
 * Units:   seconds.
 */
#ifndef TESTS_BENCH_FLEET_BEATS_H
#define TESTS_BENCH_FLEET_BEATS_H

#include <netinet/in.h>

#include "tests/bench/fleet/post.h"

struct beats {
	struct sockaddr_in collector;
	unsigned connections; /* fewer, if there may not be so many */
	double each_second, seconds;
};

struct beats_result {
	unsigned connections;
	uint64_t answered, refused;
	uint64_t closed; /* connections, by the collector */
	uint64_t late;   /* not sent: its connection was busy */
	double seconds;
};

/* 'before' is called when all connections stand, right before the first. */
void beats_run(const struct beats *b, struct fleet_state *fleet,
    void (*before)(void *context), void *context, struct beats_result *out);

#endif
