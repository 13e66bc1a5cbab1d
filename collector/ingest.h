/*
 * ingest.h - stores a report: only what changed, in one transaction.
 *
 *	report -> [ingest] -> store: rows with [since, until)
 *
 * A row is closed and a new one opened only when the facts differ; hearing the
 * same again touches nothing but 'heard'.  A report that was taken already, or
 * that is older than the last one, changes nothing and is no error.
 *
 * The times of a host whose clock is off are stored by ours; those within the
 * facts stay as it said them (facts.h puts them right).
 *
 * Memory:  none kept.
 * Errors:  STATUS_CONFLICT: a heartbeat of a state that we do not have, or of
 *          a clock that was changed; send the whole report.
 *          STATUS_MALFORMED: another machine has this host id.  Else those of
 *          the store; nothing is stored then.
 * Units:   'now' is unix seconds by the collector's clock.
 */
#ifndef COLLECTOR_INGEST_H
#define COLLECTOR_INGEST_H

#include "collector/incoming.h"
#include "collector/store.h"

struct ingest_result {
	int64_t host_id;
	bool ignored; /* taken before, or older than what we have */
	unsigned opened, closed, heard; /* rows written */
};

MUST_USE enum status ingest(struct store *s, const struct incoming *r,
    int64_t now, struct ingest_result *out);

/* The same within a transaction of the caller, who commits or takes back.
 * After STATUS_CONFLICT and STATUS_MALFORMED nothing has been written. */
MUST_USE enum status ingest_within(struct store *s, const struct incoming *r,
    int64_t now, struct ingest_result *out);

/* The key of a host: the first 63 bits of its machine id, which are random
 * already (machine-id(5)); no hash would make them more so. */
int64_t ingest_host_id(const char *machine_id);

#endif
