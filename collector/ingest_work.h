/*
 * ingest_work.h - one report while it is stored: what its parts share.
 *
 *	ingest -> [ingest_work] <- ingest_whole, ingest_again
 *
 * Memory:  the arena of the result.
 * Errors:  as ingest.h.
 * Units:   unix seconds.
 */
#ifndef COLLECTOR_INGEST_WORK_H
#define COLLECTOR_INGEST_WORK_H

#include "collector/ingest.h"

/* What became of a claim that is known already. */
enum fate { FATE_GONE, FATE_KEPT, FATE_REPLACED };

struct ingest_work {
	struct store *store; /* NULL: only what changes nothing is taken */
	const struct incoming *report;
	const struct model_host *known; /* NULL: a new host */
	size_t known_count;
	struct store_host host;
	enum fate *fates; /* one for each that is known */
	uint32_t *places; /* of each claim of the report; MODEL_NONE: new */
	struct store_claim *claims; /* those known, then those opened */
	size_t opened_count;
	struct model_heard *heard; /* of claims that stay */
	uint32_t *heard_places;    /* by place of the claim: there, from 1 on */
	size_t heard_count;
	int64_t now;
	int64_t at;    /* when the host said so, by our clock */
	int64_t shift; /* from the host's clock to ours */
	bool shift_changed;
	bool was_silent; /* up to now */
	struct ingest_result *result;
};

/* A time of the host's by our clock; -1 stays. */
int64_t ingest_shifted(const struct ingest_work *w, int64_t time);

/* What is volatile by our clock; 'old' is of the same unbroken claim, or
 * NULL. */
struct heard ingest_heard_now(const struct ingest_work *w,
    const struct heard *heard, const struct heard *old);

/* Do the facts tell of a neighbor that ended? */
bool ingest_has_ended(const char *facts);

/* Of a whole report: finds what is known of its claims, which writes nothing;
 * then writes what is new. */
enum status ingest_find(struct ingest_work *w);
enum status ingest_write(struct ingest_work *w);

/* Hears again what a heartbeat tells, or a report that says the same; all
 * claims stay. */
enum status ingest_again(struct ingest_work *w);

#endif
