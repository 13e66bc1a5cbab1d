/*
 * sharing.h - several collectors on one database, each with a model of its own.
 *
 *	writer -> [sharing] -> what the others must know
 *	their notices -> [sharing] -> the model follows
 *
 * Before reports are compared with the model, their hosts are held in the
 * database and read again where another collector was faster: so two never
 * write the same change twice, and a report that was taken by one is an old one
 * for the other.  What only was heard is told and not read; it is written by
 * who heard it.  A notice that is lost is made up for by comparing the rows of
 * all hosts: after each new connection, and each time that what was heard is
 * saved.
 *
 * Memory:  sharing_new/sharing_free.
 * Errors:  those of the store.
 */
#ifndef COLLECTOR_SHARING_H
#define COLLECTOR_SHARING_H

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/attributes.h"
#include "base/status.h"
#include "collector/model.h"
#include "collector/store.h"

struct sharing_settings {
	struct store *store; /* lent; used in the thread that calls us */
	const struct model_host *(*known)(void *context, int64_t host_id);
	/* Held while what was heard of a host is looked at. */
	pthread_mutex_t *changing;
	/* Another collector has stored this: shows it. */
	enum status (*show)(void *context, const struct model_change *change);
	/* Writes now what was only heard. */
	enum status (*save)(void *context);
	/* From another thread: sharing_attend has something to do. */
	void (*wake)(void *context);
	void *context;
};

struct sharing;

MUST_USE enum status sharing_new(
    const struct sharing_settings *settings, struct sharing **out);
void sharing_free(struct sharing *s);

/* Begins and ends to listen. */
MUST_USE enum status sharing_start(struct sharing *s);
void sharing_stop(struct sharing *s);

/* Within a transaction: nobody else changes these hosts, and the model has
 * them as they are. */
MUST_USE enum status sharing_hold(
    struct sharing *s, const int64_t *ids, size_t count);

/* The store may not have what is known of any host: those that are held next
 * are read again, and all are compared. */
void sharing_doubt(struct sharing *s);

/* Within a transaction, too: the others learn with its commit that these hosts
 * changed, and that something else is true 'since' then, or later. */
MUST_USE enum status sharing_tell(
    struct sharing *s, const int64_t *ids, size_t count, int64_t since);

/* What was only heard of a host: sharing_attend tells the others.  From any
 * thread. */
void sharing_note(struct sharing *s, const struct model_host *h);

/* Between two transactions: tells what was noted, and follows what the others
 * have told; who is not 'idle' puts that off for a moment.  True: there is more
 * to do. */
bool sharing_attend(struct sharing *s, bool idle);

/* Compares all hosts with the database, by and by. */
void sharing_compare(struct sharing *s);

#endif
