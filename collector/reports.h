/*
 * reports.h - POST of a report: checks it, queues it, answers when it is safe.
 *
 *	request -> [reports] -> incoming -> writer -> store
 *	                                      |-> 'stored', then the reply
 *
 * Memory:  reports_new/reports_free.
 * Errors:  problem documents: 400 with the path of a mistake, 403 when a token
 *          is bound to another host, 409, 503.
 */
#ifndef COLLECTOR_REPORTS_H
#define COLLECTOR_REPORTS_H

#include "base/attributes.h"
#include "base/status.h"
#include "collector/bound.h"
#include "collector/exchange.h"
#include "collector/ingest.h"
#include "collector/metrics.h"
#include "collector/store.h"
#include "collector/writer.h"

enum { REPORTS_ERROR_SIZE = STORE_ERROR_SIZE };

struct reports_settings {
	struct store *store; /* lent, and used by nobody else from now on */
	int64_t (*unix_now)(void);
	/* All are called by one thread at a time: the host as it is shown; a
	 * report is on the disk, and what is shown follows before its sender
	 * is told; it is time to save what was only heard; does the store
	 * write again? */
	const struct model_host *(*known)(void *context, int64_t host_id);
	enum status (*stored)(
	    void *context, const struct ingest_result *result);
	enum status (*save)(void *context);
	enum status (*probe)(void *context);
	/* Keeps the store in order for a moment; is more to do? */
	enum status (*tend)(void *context, bool *out_more);
	/* Writes a little of what comes of no report; is there more? */
	enum status (*keep)(void *context, bool *out_more);
	struct writer_agreement agreement;
	/* From any thread: what is known of this host. */
	void (*told)(
	    void *context, const char *machine_id, struct bound_host *out);
	/* From any thread, while none of the host's reports is stored: takes
	 * one that changes nothing which must be on the disk.  STATUS_BUSY:
	 * it does, or others look at the hosts now. */
	enum status (*hear)(
	    void *context, const struct incoming *r, struct ingest_result *out);
	/* From any thread: which claims are known from such octets. */
	void (*recall)(void *context, const char *machine_id,
	    struct incoming_recall *items, size_t count);
	/* From any thread: the form of its last report, held; or NULL. */
	struct form *(*form)(void *context, const char *machine_id);
	void *context;
	struct metrics *metrics; /* NULL: nobody counts */
};

struct reports;

MUST_USE enum status reports_new(
    const struct reports_settings *settings, struct reports **out);

/* Is the body one that can be read?  If not, the reply says why. */
bool reports_want(const struct request *request, struct reply *reply);

/* Fills the reply, or postpones the request.  From any thread. */
void reports_post(
    struct reports *r, const struct request *request, struct reply *reply);

/* Does the store take what is written to it, and in time?  If not, 'error'
 * says why.  From any thread; never waits for the store. */
bool reports_are_stored(
    struct reports *r, char error[static REPORTS_ERROR_SIZE]);

/* Saves what was only heard, and waits for that; gives how it went. */
MUST_USE enum status reports_save(struct reports *r);

/* As writer_wake. */
void reports_wake(struct reports *r);

/* What waits to be stored. */
struct reports_state {
	size_t count, octets;
	bool ready; /* reports_are_stored */
};
void reports_state(struct reports *r, struct reports_state *out);

/* Stores and answers what is queued; takes no more. */
void reports_stop(struct reports *r);
void reports_free(struct reports *r);

#endif
