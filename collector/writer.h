/*
 * writer.h - the one who writes to the store: many reports in one transaction.
 *
 *	http threads -> queue -> [writer] -> store, then the replies
 *
 * Whoever waits for the disk waits together: the thread takes all that is
 * queued, stores it, commits once, and only then is anybody told.  No timer
 * makes the first one wait for a second one.  When a transaction fails, each
 * of its reports is tried alone, so that a bad one harms itself only.
 *
 * Memory:  writer_new/writer_free; a queued item is the writer's until
 *          'written' is called with it.
 * Errors:  STATUS_BUSY: the queue is full, or the writer has been stopped.
 * Units:   octets of report bodies; milliseconds of the monotonic clock.
 */
#ifndef COLLECTOR_WRITER_H
#define COLLECTOR_WRITER_H

#include "base/attributes.h"
#include "base/status.h"
#include "collector/exchange.h"
#include "collector/incoming.h"
#include "collector/ingest.h"
#include "collector/metrics.h"
#include "collector/store.h"

enum {
	WRITER_QUEUE_MOST = 1024,
	/* Of all queued bodies; what is made of them is about as large. */
	WRITER_SIZE_MOST = 64 * 1024 * 1024,
	/* More in one transaction saves nothing and keeps the first waiting. */
	WRITER_BATCH_MOST = 256,
	/* A disk that takes longer for one transaction does not answer. */
	WRITER_STUCK_MS = 10000
};

struct writer_item {
	struct incoming report;
	size_t size;         /* of its body */
	struct later *later; /* whom to answer; NULL: nobody waits */
	enum status status;  /* of storing it */
	char error[STORE_ERROR_SIZE];
	struct ingest_result result;
	int64_t put_us; /* into the queue */
	int64_t host_id;
};

/* Keeps what is known and what is stored the same. */
struct writer_agreement {
	/* Outside of a transaction, before each: makes what is known what is
	 * stored, if the store is doubtful.  NULL: it never is. */
	enum status (*agree)(void *context);
	/* All NULL unless others write to the same store.  Within a
	 * transaction, before the reports are compared: nobody else changes
	 * their hosts, and they are known as they are. */
	enum status (*hold)(
	    void *context, const struct writer_item *items, size_t count);
	/* Then, with what came of them: the others are to know. */
	enum status (*tell)(
	    void *context, const struct writer_item *items, size_t count);
	/* Between two transactions, and after writer_wake: follows the others.
	 * Gives in how many ms there is more to do; -1: nothing that it knows
	 * of. */
	int64_t (*attend)(void *context);
	void *context;
};

struct writer_settings {
	struct store *store; /* lent; nobody else uses it from now on */
	int64_t (*unix_now)(void);
	/* The host as it is known, NULL when it is not. */
	const struct model_host *(*known)(void *context, int64_t host_id);
	/* After the commit, in the order of the queue; takes the reports and
	 * the results. */
	void (*written)(void *context, struct writer_item *items, size_t count);
	/* Each 'save_every_ms', and at the end: what was not written at once,
	 * in transactions of its own. */
	enum status (*save)(void *context);
	unsigned save_every_ms;
	/* After a failure, each 'probe_every_ms' until it succeeds: writes
	 * something, in a transaction of its own. */
	enum status (*probe)(void *context);
	unsigned probe_every_ms;
	/* Between two batches, each 'tend_every_ms' or soon after one that has
	 * left something: keeps the store in order, in short transactions.
	 * NULL: nobody does. */
	enum status (*tend)(void *context, bool *out_more);
	unsigned tend_every_ms;
	/* Between two batches, and after writer_wake: writes what comes of no
	 * report, a little of it.  NULL: nothing does. */
	enum status (*keep)(void *context, bool *out_more);
	struct writer_agreement agreement;
	void *context;
	struct metrics *metrics; /* NULL: nobody counts */
};

struct writer;

MUST_USE enum status writer_new(
    const struct writer_settings *settings, struct writer **out);

/* Stores what is queued and ends the thread; then nothing is taken. */
void writer_stop(struct writer *w);
void writer_free(struct writer *w);

/* From any thread.  The report is taken over when it is queued. */
MUST_USE enum status writer_put(struct writer *w, struct incoming *report,
    size_t size, struct later *later);

/* Saves what was not written at once, now, and waits for that; from any other
 * thread.  Gives how that went; STATUS_BUSY: it ends. */
MUST_USE enum status writer_save(struct writer *w);

/* Calls 'now' in this thread, unless a report of the host waits or is being
 * stored, or the store fails; none of the host's is taken meanwhile.  Gives
 * what it gives, else STATUS_BUSY. */
enum status writer_between(struct writer *w, int64_t host_id,
    enum status (*now)(void *context), void *context);

/* Does the store answer, and has no commit failed since it last wrote?  If not,
 * 'error' says why.  From any thread; never waits for the store. */
bool writer_is_well(
    struct writer *w, int64_t now_ms, char error[static STORE_ERROR_SIZE]);

/* 'attend' has something to do.  From any thread. */
void writer_wake(struct writer *w);

/* Stores it in this thread, and calls 'written': for who cannot be answered
 * later. */
void writer_write_now(struct writer *w, struct writer_item *item);

/* What is queued now. */
void writer_waiting(struct writer *w, size_t *out_count, size_t *out_octets);

/* Stores the items in one transaction, in this thread, and calls 'written'.
 * No two are of one host: the second is compared with what the first left.
 * Gives the failure that was not a report's own fault, else STATUS_OK. */
enum status writer_write(const struct writer_settings *settings,
    struct writer_item *items, size_t count);

#endif
