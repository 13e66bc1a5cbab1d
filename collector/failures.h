/*
 * failures.h - how often each peer was refused lately.
 *
 *	guard -> [failures] -> refuse it shortly, and do not log it
 *
 * It bounds the log and the answers, not the guessing: a secret of 256 bits
 * is not guessed.  A good token is let in all the same, since many hosts may
 * stand behind one address.
 *
 * Memory:  a plain value of fixed size.
 * Errors:  none: of two peers that share a place, the newer has it.
 * Units:   milliseconds of the monotonic clock.
 */
#ifndef COLLECTOR_FAILURES_H
#define COLLECTOR_FAILURES_H

#include <stdbool.h>
#include <stdint.h>

#include "collector/exchange.h"

enum {
	FAILURES_PLACES = 512,
	FAILURES_MOST = 20, /* in a window, before it is too many */
	FAILURES_WINDOW_MS = 60 * 1000
};

struct failures {
	struct {
		char peer[PEER_SIZE];
		int64_t since_ms;
		uint32_t count;
	} places[FAILURES_PLACES];
};

/* One more of 'peer'; true: these are too many. */
bool failures_note(struct failures *f, const char *peer, int64_t now_ms);

#endif
