/*
 * session.h - the dialogue with one vCenter or one ESXi host.
 *
 *	options -> [session] by exchange -> inventory -> teller
 *
 * Logs in, makes a view of everything, reads it by pages, then waits for
 * changes, for ever.  What fails is tried again from where it is known to be
 * good: a lost answer is asked for again, a lost session is begun anew; what
 * is remembered stays.  A password that is refused is tried again rarely, so
 * that no account is locked.
 *
 * Memory:  session_init/session_done.
 * Errors:  none leave: they are logged, once for each change of state.
 * Units:   seconds and milliseconds, as named.
 * Source:  docs/platforms/vmware.md.
 */
#ifndef VSPHERE_SESSION_H
#define VSPHERE_SESSION_H

#include "base/backoff.h"
#include "base/loop.h"
#include "vsphere/exchange.h"
#include "vsphere/inventory.h"
#include "vsphere/options.h"

enum { VIA_SIZE = 128 };

enum session_state {
	SESSION_RESTING, /* until the next try */
	SESSION_SERVICE,
	SESSION_LOGIN,
	SESSION_VIEW,
	SESSION_OBJECTS, /* the first page, and the others */
	SESSION_FILTER,
	SESSION_CHANGES,
	SESSION_READ, /* once: all is read */
	SESSION_LOGOUT,
	SESSION_ENDED
};

struct session {
	struct loop *loop;
	const struct options *options;
	struct inventory *inventory;
	struct exchange exchange;
	struct exchange_target target;
	enum session_state state;
	struct loop_timer timer;
	struct backoff backoff;

	bool has_service, has_objects, has_filter;
	bool settled; /* something was answered since the login */
	char root[REFERENCE_SIZE], collector[REFERENCE_SIZE];
	char views[REFERENCE_SIZE], sessions[REFERENCE_SIZE];
	char view[REFERENCE_SIZE], token[REFERENCE_SIZE];
	char changes[REFERENCE_SIZE]; /* version of the last change told */
	bool told_all;                /* since the filter was made */
	uint64_t objects;             /* told in this reading */
	enum status kept;             /* of the inventory, in this answer */

	char via[VIA_SIZE]; /* which vCenter, for people */
	bool in_trouble;    /* said already */
	bool refused;       /* the password was; said already */
	unsigned derived;   /* hosts without an id of their own; said */
	unsigned failures;  /* without any answer, in a row */
	struct instant asked_at, heard_at; /* the last question, good answer */
	bool heard;

	/* All was read, for the first time or anew. */
	void (*read)(void *owner, struct instant now);
	/* Something changed. */
	void (*changed)(void *owner, struct instant now);
	/* Of --once: it cannot be read. */
	void (*failed)(void *owner);
	/* After session_stop. */
	void (*ended)(void *owner);
	void *owner;
};

void session_init(struct session *session, struct loop *loop, struct http *http,
    const struct options *options);
void session_done(struct session *session);

void session_start(struct session *session);
/* Logs out, then calls 'ended'; in three seconds at the latest. */
void session_stop(struct session *session);

/* The vCenter does not know us any more, somebody else noticed. */
void session_lost(struct session *session);

/* May questions be asked beside the dialogue? */
bool session_is_open(const struct session *session);

/* Is what we remember still as the vCenter says? */
bool session_is_fresh(const struct session *session, struct instant now);

#endif
