/*
 * teller.h - tells the collector of each host: reports and heartbeats.
 *
 *	inventory -> compose -> [teller] by http -> collector
 *
 * A report is written when the collector can take it, not before: what waits
 * is only which hosts differ from what was acknowledged.  So nothing needs to
 * be kept on disk; what was not told is read anew and told then.  A few
 * documents are on their way at a time.
 *
 * Memory:  teller_init/teller_done.
 * Errors:  none leave: they are logged, once for each change of state.
 * Units:   milliseconds.
 * Source:  docs/decisions/0008-vsphere.md; schema/api.yaml.
 */
#ifndef VSPHERE_TELLER_H
#define VSPHERE_TELLER_H

#include "base/backoff.h"
#include "base/buffer.h"
#include "base/failover.h"
#include "base/log.h"
#include "base/loop.h"
#include "base/secret.h"
#include "vsphere/session.h"

enum { TELLER_SLOTS = 4, TELLER_REPLY_SIZE = 200, TELLER_URL_SIZE = 1024 };

struct teller_slot {
	struct teller *teller;
	struct http_call call;
	struct esxi *host; /* kept by the inventory while told.sending */
	size_t collector;  /* where it was sent */
	bool heartbeat;
	char digest[REPORT_DIGEST_SIZE];
	char sent_at[48];
	char authorization[SECRET_SIZE + 32];
	char url[TELLER_URL_SIZE];
	struct buffer body;
	size_t reply_size;
	char reply[TELLER_REPLY_SIZE]; /* its first octets */
};

struct teller {
	struct loop *loop;
	struct http *http;
	struct session *session;
	struct inventory *inventory;
	const struct options *options;
	struct teller_slot slots[TELLER_SLOTS];
	struct loop_timer timer;
	struct backoff backoff;
	struct instant changed_first, quiet_at, not_before;
	struct log_gate token_gate;
	bool waiting; /* for a quiet moment */
	struct failover failover;
	bool not_reached;   /* said already */
	bool failed;        /* the last one was not taken */
	int64_t number;     /* of the last document */
	int64_t started_at; /* unix */
	/* Everything is told, for now. */
	void (*idle)(void *owner);
	/* No collector takes anything. */
	void (*stuck)(void *owner);
	void *owner;
};

void teller_init(
    struct teller *teller, struct session *session, struct http *http);
void teller_done(struct teller *teller);

/* Some host's report may differ. */
void teller_note_change(struct teller *teller, struct instant now);

/* The next document of a host, for --once. */
struct report_head teller_head(struct teller *teller);

#endif
