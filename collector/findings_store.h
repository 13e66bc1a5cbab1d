/*
 * findings_store.h - findings on the disk: what is open, what was, and who
 * knows of it.
 *
 *	news -> [findings_store] -> store, in a transaction of its own
 *	store, moment -> [findings_store] -> findings
 *
 * Several collectors on one database judge the same, and each writes what it
 * finds: the first one's row stands, and the others change nothing.
 *
 * Memory:  as findings.h.
 * Errors:  those of the store; what was to be written is still to be.
 * Units:   unix seconds.
 */
#ifndef COLLECTOR_FINDINGS_STORE_H
#define COLLECTOR_FINDINGS_STORE_H

#include "collector/findings.h"
#include "collector/store.h"

/* In one transaction, so that no report waits for long. */
enum { FINDINGS_STORED_TOGETHER = 256 };

/* Writes the first of the news and frees them. */
MUST_USE enum status findings_keep(struct store *s, struct findings_news *news);

/* What is open now, into findings that have none. */
MUST_USE enum status findings_load(struct store *s, struct findings *out);
/* The same as it was at a moment. */
MUST_USE enum status findings_load_at(
    struct store *s, int64_t at, struct findings *out);
/* Who knows of what since then. */
MUST_USE enum status findings_read_acks(struct store *s, int64_t since,
    enum status (*visit)(
	void *context, int64_t id, const struct finding_ack *ack),
    void *context);

#endif
