/*
 * store.h - keeps claims with [since, until), in whichever database.
 *
 *	ingest -> [store] <- model
 *	             |-> engine
 *
 * Every write stands between begin and commit; what commit has answered
 * STATUS_OK for is on the disk.  The statements are in store_statements.c.
 *
 * Memory:  store_open and store_reader give, store_close frees; what a visit
 *          lends is valid during the call, and a visit asks nothing of the
 *          same store.
 * Errors:  STATUS_SYSTEM, STATUS_TOO_LARGE (disk full), STATUS_NO_MEMORY,
 *          STATUS_NOT_FOUND; 'error' then says it in English.  A write may be
 *          refused as late as by commit.
 * Units:   unix seconds.
 */
#ifndef COLLECTOR_STORE_H
#define COLLECTOR_STORE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/attributes.h"
#include "base/status.h"
#include "collector/engine.h"
#include "collector/incoming.h"
#include "collector/shorthand.h"

enum { STORE_ERROR_SIZE = ENGINE_ERROR_SIZE };

struct store {
	struct engine *engine;
	struct shorthand shorthand;
	struct buffer key, facts; /* of one claim, on their way */
	/* A write contradicted what is stored, or the connection is a new one:
	 * what was read before may not be so.  Who reads all anew clears it. */
	bool doubtful;
	char error[STORE_ERROR_SIZE]; /* of the last call that failed */
};

struct store_host {
	int64_t host_id;
	char machine_id[MACHINE_ID_SIZE];
	char digest[DIGEST_SIZE];
	int64_t number;
	int64_t next_n;
	int64_t seen_at;
	int64_t shift; /* from the host's clock to ours; 0: they agree */
};

struct store_claim {
	int64_t n;
	enum claim_kind kind;
	const char *key;
	const char *facts;
	int64_t since;
	struct heard heard;
	uint64_t said; /* as of an incoming claim; never stored */
};

/* Is it the path of a file here, and no PostgreSQL? */
static inline bool
store_is_file(const char *database)
{
	return strncmp(database, "postgresql:", 11) != 0 &&
	       strncmp(database, "postgres:", 9) != 0;
}

/* 'database' is the path of a SQLite file, ":memory:", or what libpq knows as
 * "postgresql://...".  What is said of it never shows its password. */
MUST_USE enum status store_open(const char *database, struct store **out,
    char error[static STORE_ERROR_SIZE]);
/* The same database once more, to read from in another thread. */
MUST_USE enum status store_reader(
    struct store *s, struct store **out, char error[static STORE_ERROR_SIZE]);
void store_close(struct store *s);

MUST_USE enum status store_begin(struct store *s);
MUST_USE enum status store_commit(struct store *s);
/* Takes back everything since begin; harmless without one. */
void store_rollback(struct store *s);
/* Has only somebody else been faster, or a connection been lost: may the same
 * transaction succeed if it is tried at once? */
bool store_may_retry(struct store *s);

/* 0 of an engine that sees to its size itself. */
MUST_USE enum status store_size(struct store *s, struct engine_size *out);
/* Gives back 'pages' of what is unused, outside of a transaction. */
MUST_USE enum status store_compact(struct store *s, unsigned pages);

/* STATUS_NOT_FOUND when the host was never heard of. */
MUST_USE enum status store_host_get(
    struct store *s, int64_t host_id, struct store_host *out);
/* Enters or renews; seen_at too. */
MUST_USE enum status store_host_put(
    struct store *s, const struct store_host *h);
/* In the order of host_id. */
MUST_USE enum status store_host_visit(struct store *s,
    void (*visit)(void *context, const struct store_host *h), void *context);

/* May others write to the same database?  Then, within a transaction: nobody
 * else changes these hosts until it ends; gives those that are there. */
bool store_is_shared(const struct store *s);
MUST_USE enum status store_host_hold(struct store *s, struct value ids,
    void (*visit)(void *context, const struct store_host *h), void *context);
/* Tells all who listen to it (pg_notices.h), within a transaction with its
 * commit; less than 8000 octets. */
MUST_USE enum status store_notify(struct store *s, const char *text);
/* The same at once, and of no transaction. */
MUST_USE enum status store_notify_alone(struct store *s, const char *text);

/* Every claim of the host that is not closed, in the order of n. */
MUST_USE enum status store_claim_visit(struct store *s, int64_t host_id,
    void (*visit)(void *context, const struct store_claim *c), void *context);
MUST_USE enum status store_claim_open(
    struct store *s, int64_t host_id, const struct store_claim *c);
/* What was said becomes the past; 'c' as it was last known. */
MUST_USE enum status store_claim_close(struct store *s, int64_t host_id,
    const struct store_claim *c, int64_t until);
MUST_USE enum status store_heard_put(
    struct store *s, int64_t host_id, int64_t n, const struct heard *heard);

MUST_USE enum status store_frame_put(
    struct store *s, int64_t host_id, int64_t n, const char *base64);
/* Of a claim that is not closed; STATUS_NOT_FOUND when there is none. */
MUST_USE enum status store_frame_get(struct store *s, int64_t host_id,
    int64_t n, void (*visit)(void *context, const char *base64), void *context);

#endif
