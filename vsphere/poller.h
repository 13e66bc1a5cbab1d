/*
 * poller.h - asks each host what its NICs hear, a few at a time.
 *
 *	inventory -> [poller] QueryNetworkHint -> hearing
 *
 * A hint is no property that a vCenter would tell by itself.  At first all
 * hosts are asked; then each once a period at a moment of its own, so that a
 * large vCenter is never asked for all at once.  A host that hangs takes one
 * place of a few: the others are asked meanwhile.
 *
 * Memory:  poller_init/poller_done.
 * Errors:  none leave: they are logged, slowed down.
 */
#ifndef VSPHERE_POLLER_H
#define VSPHERE_POLLER_H

#include "base/log.h"
#include "vsphere/session.h"

enum { POLLER_SLOTS = 8 };

/* One question at a time. */
struct poller_slot {
	struct poller *poller;
	struct exchange exchange;
	char host[REFERENCE_SIZE]; /* that is asked */
};

struct poller {
	struct session *session;
	struct poller_slot slots[POLLER_SLOTS];
	struct loop_timer timer;
	struct log_gate gate;
	/* A host was asked, with or without success. */
	void (*asked)(void *owner, struct instant now);
	void *owner;
};

void poller_init(
    struct poller *poller, struct session *session, struct http *http);
void poller_done(struct poller *poller);

/* Looks what is due; call it when hosts have come. */
void poller_kick(struct poller *poller, struct instant now);

/* Has every host been asked once that can be asked? */
bool poller_is_through(const struct poller *poller);

/* Is there nothing to wait for before the host is reported? */
bool poller_has_asked(const struct esxi *host);

#endif
