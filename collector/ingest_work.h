/*
 * ingest_work.h - one report while it is stored: what its parts share.
 *
 *	ingest -> [ingest_work] <- ingest_heartbeat
 *
 * Memory:  the arena of the result.
 * Errors:  as ingest.h.
 * Units:   unix seconds.
 */
#ifndef COLLECTOR_INGEST_WORK_H
#define COLLECTOR_INGEST_WORK_H

#include "collector/index.h"
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
	struct index by_line; /* NIC, protocol, source MAC -> known claim */
	uint32_t *next_same;  /* another neighbor of this prefix; INDEX_NONE */
	int64_t now;
	int64_t at;    /* when the host said so, by our clock */
	int64_t shift; /* from the host's clock to ours */
	bool shift_changed;
	bool was_silent; /* up to now */
	struct ingest_result *result;
};

/* A time of the host's by our clock; -1 stays. */
int64_t ingest_shifted(const struct ingest_work *w, int64_t time);

/* Do the facts tell of a neighbor that ended? */
bool ingest_has_ended(const char *facts);

/* Hears again what a heartbeat tells; all claims stay. */
enum status ingest_heartbeat(struct ingest_work *w);

#endif
