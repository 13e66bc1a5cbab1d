/*
 * sharing.h - several collectors on one database, each with a model of its own.
 *
 *	writer -> [sharing] -> what the others must know
 *	their notices -> [sharing] -> the model follows
 *
 * Before reports are compared with the model, their hosts are held in the
 * database and read again where another collector was faster: so two never
 * write the same change twice, and a report that was taken by one is an old one
 * for the other.  What changed is told by what was closed and opened, and only
 * what was opened is read (following.h); who does not know the state before
 * reads the whole host.  What only was heard is told and not read; it is
 * written by who heard it.  A notice that is lost shows by the next one of its
 * host, and is made up for by comparing the rows of all hosts: after each new
 * connection, and each time that what was heard is saved.
 *
 * Memory:  sharing_new/sharing_free.
 * Errors:  those of the store.
 * Units:   milliseconds.
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

/* Within a transaction, too: the others learn with its commit what changed in
 * these hosts, which are known as they were before. */
MUST_USE enum status sharing_tell(
    struct sharing *s, const struct model_change *const *changes, size_t count);

/* What was only heard of a host: sharing_attend tells the others.  From any
 * thread. */
void sharing_note(struct sharing *s, const struct model_host *h);

/* Between two transactions: tells what was noted, and follows what the others
 * have told, a little at a time.  Gives in how many ms there is more to do,
 * which is never more than a second; -1: nothing until 'wake'. */
int64_t sharing_attend(struct sharing *s);

/* Compares all hosts with the database, by and by. */
void sharing_compare(struct sharing *s);

#endif
