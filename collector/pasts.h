/*
 * pasts.h - the past moments that are being asked about.
 *
 *	question at T -> [pasts] -> past, made once, by a thread of its own
 *
 * Who asks about a moment that is not there waits until it is made, and only
 * those who do.  The moments asked about last are kept, as many as the bound of
 * memory lets, and none that nobody has asked about for some minutes.  One of
 * which more is known since is made anew for who asks after that.
 *
 * Memory:  pasts_new/pasts_free; the store is closed after it.
 * Errors:  those of past_load; STATUS_BUSY: too many wait, or it has stopped.
 * Units:   unix seconds; octets.
 */
#ifndef COLLECTOR_PASTS_H
#define COLLECTOR_PASTS_H

#include "base/attributes.h"
#include "collector/exchange.h"
#include "collector/past.h"

enum {
	PASTS_MOST = 16,
	PASTS_WISHES_MOST = 64,
	PASTS_IDLE_MS = 5 * 60 * 1000,
	/* Of all that are kept; one is kept however large it is. */
	PASTS_SIZE_MOST = 256 * 1024 * 1024
};

struct pasts;

/* 'fresh' makes the store hold all that is known up to a moment; else the
 * moment cannot be made. */
struct pasts_settings {
	struct store *store; /* lent: a reader of it is made */
	enum status (*fresh)(void *context, int64_t at);
	void *context;
};
MUST_USE enum status pasts_new(
    const struct pasts_settings *settings, struct pasts **out);
/* Whoever waits is woken up; from now on nothing is made. */
void pasts_stop(struct pasts *p);
void pasts_free(struct pasts *p);

/* The moment, for the caller alone until pasts_release; STATUS_NOT_FOUND: it
 * must be made first; else why it could not be. */
MUST_USE enum status pasts_take(struct pasts *p, int64_t at, struct past **out);
void pasts_release(struct pasts *p, struct past *past);

/* Has it made, and then asks again. */
MUST_USE enum status pasts_wish(
    struct pasts *p, int64_t at, struct later *later);
/* Makes it now, in this thread. */
MUST_USE enum status pasts_make(struct pasts *p, int64_t at);

/* The store now tells something else of moments from 'since' on, as it does
 * after a report that was late; from any thread. */
void pasts_note(struct pasts *p, int64_t since);

#endif
