/*
 * post.h - many agents at once, as far as a collector can tell.
 *
 *	model -> [post] -> collector, by HTTP on kept connections
 *
 * Memory:  post_run keeps none; the caller owns the state of the fleet.
 * Errors:  what was not answered as it should be is counted.
 * Units:   microseconds.
 */
#ifndef TESTS_BENCH_FLEET_POST_H
#define TESTS_BENCH_FLEET_POST_H

#include <netinet/in.h>
#include <stdint.h>

enum post_kind {
	POST_FIRST,     /* each host once */
	POST_CHANGED,   /* one revision further */
	POST_SAME,      /* a full report that says what the last one said */
	POST_HEARTBEAT, /* and nothing else */
	POST_KINDS
};

/* What each host was told to have reported. */
struct fleet_state {
	uint32_t hosts;
	uint32_t *revisions;
	int64_t *numbers;
};

struct post_settings {
	struct sockaddr_in collector;
	const struct sockaddr_in *second; /* of every other one; or NULL */
	enum post_kind kind;
	unsigned posters; /* connections, each with one request at a time */
	double seconds;   /* POST_FIRST ends when all are told */
};

struct post_result {
	uint64_t acknowledged, refused, broken;
	double seconds;
	uint32_t p50_us, p99_us;
};

void post_run(const struct post_settings *settings, struct fleet_state *fleet,
    struct post_result *out);

#endif
