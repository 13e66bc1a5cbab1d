/*
 * ingest.h - stores a report: only what changed, in one transaction.
 *
 *	report -> [ingest] -> store: rows with [since, until)
 *
 * A row is closed and a new one opened only when the facts differ; what the
 * store holds is known from the model, so nothing is read.  Hearing the same
 * again writes nothing.  A report that was taken already, or
 * that is older than the last one, changes nothing and is no error.
 *
 * The times of a host whose clock is off are stored by ours; those within the
 * facts stay as it said them (facts.h puts them right).
 *
 * Memory:  ingest_result_done frees what ingest_within gives.
 * Errors:  STATUS_CONFLICT: a heartbeat of a state that we do not have, or of
 *          a clock that was changed; send the whole report.
 *          STATUS_MALFORMED: another machine has this host id.
 *          STATUS_NOT_FOUND: the report recalls a claim that is no longer
 *          current; read all of it again.  Else those of the store; nothing is
 *          stored then.
 * Units:   'now' is unix seconds by the collector's clock.
 */
#ifndef COLLECTOR_INGEST_H
#define COLLECTOR_INGEST_H

#include "collector/arena.h"
#include "collector/incoming.h"
#include "collector/model.h"
#include "collector/store.h"

struct ingest_result {
	int64_t host_id;
	bool ignored;            /* taken before, or older than what we have */
	unsigned opened, closed; /* rows written */
	unsigned heard;          /* claims that were heard again */
	struct model_change change; /* for model_take, unless ignored */
	struct arena arena;         /* of the change */
};

/* Within a transaction of the caller, who commits or takes back; 'known' is
 * the host as the model has it, NULL when it has none.  What was heard again
 * is not written: model_save does that by and by.  After STATUS_CONFLICT,
 * STATUS_MALFORMED and STATUS_NOT_FOUND nothing has been written.  The texts of
 * the change are lent by 'known' and the report. */
MUST_USE enum status ingest_within(struct store *s,
    const struct model_host *known, const struct incoming *r, int64_t now,
    struct ingest_result *out);

/* The same for a report by which nothing changes that must be on the disk, so
 * that it needs no store: a heartbeat, or a report all of which was recalled.
 * STATUS_BUSY: it is none, or not surely one. */
MUST_USE enum status ingest_heard(const struct model_host *known,
    const struct incoming *r, int64_t now, struct ingest_result *out);

void ingest_result_done(struct ingest_result *result);

/* Alone, in a transaction of its own, with what was heard. */
MUST_USE enum status ingest(struct store *s, const struct incoming *r,
    int64_t now, struct ingest_result *out);

/* The key of a host: the first 63 bits of its machine id, which are random
 * already (machine-id(5)); no hash would make them more so. */
int64_t ingest_host_id(const char *machine_id);

#endif
