/*
 * ask.h - questions about a fleet, one after another on one connection.
 *
 *	model -> names -> [ask] -> collector
 *
 * Units:   microseconds.
 */
#ifndef TESTS_BENCH_FLEET_ASK_H
#define TESTS_BENCH_FLEET_ASK_H

#include <stdbool.h>

#include "tests/bench/fleet/post.h"

enum ask_kind {
	ASK_MAC,  /* find?q= the MAC of a machine */
	ASK_PATH, /* path?of= its name */
	ASK_PART, /* find?q= a part of its name that few have */
	ASK_HOST, /* hosts/ID */
	ASK_PAGE, /* vms?limit=100 */
	ASK_KINDS
};
const char *ask_name(enum ask_kind kind);

struct ask_result {
	uint64_t answered, wrong;
	uint32_t p50_us, p99_us;
};

/* The path of one machine by its MAC; false: it is not known. */
bool ask_known(
    const struct sockaddr_in *collector, const struct fleet_state *fleet);

/* One question at least. */
void ask_run(const struct sockaddr_in *collector,
    const struct fleet_state *fleet, enum ask_kind kind, double seconds,
    struct ask_result *out);

#endif
