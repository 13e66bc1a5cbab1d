/*
 * window.h - when a NIC is listened to for VLANs.
 *
 *	[window] -> vlan_listening
 *
 * A window opens soon after the NIC is there, then at even distances.  Hosts
 * of a rack start together, and the NICs of a host too: each begins at another
 * moment of the first seconds, by a number that is its own, and stays apart
 * from the others for good.  Pure: is told the time.
 *
 * Memory:  a plain value.
 * Errors:  none.
 * Units:   milliseconds.
 */
#ifndef AGENT_WINDOW_H
#define AGENT_WINDOW_H

#include <stdbool.h>

#include "base/clock.h"

enum { WINDOW_SPREAD_MS = 20000 };

struct window_plan {
	int64_t window_ms;
	int64_t period_ms; /* from one opening to the next; 0: when asked */
};

struct window {
	bool open, asked;
	bool planned;          /* 'opens' has a value */
	struct instant opens;  /* the next time */
	struct instant closes; /* while it is open */
};

/* The NIC is there; 'own' is a number that other NICs do not have. */
void window_start(struct window *w, const struct window_plan *plan,
    struct instant now, uint64_t own);

/* Somebody asks: open now, or stay open for a whole window.  The plan stays as
 * it is. */
void window_ask(
    struct window *w, const struct window_plan *plan, struct instant now);

/* When something is to be done next; false: never. */
bool window_next(const struct window *w, struct instant *out);

enum window_step { WINDOW_WAIT, WINDOW_OPEN, WINDOW_CLOSE };
/* What is to be done now; 'w' is then as if it were done. */
enum window_step window_step(
    struct window *w, const struct window_plan *plan, struct instant now);

#endif
