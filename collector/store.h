/*
 * store.h - what a store can do, as one struct of functions.
 *
 *	ingest -> [store] <- model
 *
 * A store keeps claims with [since, until).  Every write stands between
 * begin and commit; what commit has answered STATUS_OK for is on the disk.
 *
 * Memory:  what a visit lends is valid during the call.
 * Errors:  STATUS_SYSTEM, STATUS_TOO_LARGE (disk full), STATUS_NO_MEMORY,
 *          STATUS_NOT_FOUND, STATUS_CONFLICT; 'error' then says it in
 *          English.
 * Units:   unix seconds.
 */
#ifndef COLLECTOR_STORE_H
#define COLLECTOR_STORE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/attributes.h"
#include "base/status.h"
#include "collector/incoming.h"

enum { STORE_ERROR_SIZE = 256 };

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
};

struct store {
	enum status (*begin)(struct store *s);
	enum status (*commit)(struct store *s);
	/* Takes back everything since begin; harmless without one. */
	void (*rollback)(struct store *s);

	/* STATUS_NOT_FOUND when the host was never heard of. */
	enum status (*host_get)(
	    struct store *s, int64_t host_id, struct store_host *out);
	/* Enters or renews; seen_at too. */
	enum status (*host_put)(struct store *s, const struct store_host *h);
	enum status (*host_visit)(struct store *s,
	    void (*visit)(void *context, const struct store_host *h),
	    void *context);

	/* Every claim of the host that is not closed, in the order of n. */
	enum status (*claim_visit)(struct store *s, int64_t host_id,
	    void (*visit)(void *context, const struct store_claim *c),
	    void *context);
	enum status (*claim_open)(
	    struct store *s, int64_t host_id, const struct store_claim *c);
	enum status (*claim_close)(
	    struct store *s, int64_t host_id, int64_t n, int64_t until);
	enum status (*heard_put)(struct store *s, int64_t host_id, int64_t n,
	    const struct heard *heard);

	enum status (*frame_put)(
	    struct store *s, int64_t host_id, int64_t n, const char *base64);
	/* Lends the text to 'visit'; STATUS_NOT_FOUND when there is none. */
	enum status (*frame_get)(struct store *s, int64_t host_id, int64_t n,
	    void (*visit)(void *context, const char *base64), void *context);

	void (*close)(struct store *s);

	char error[STORE_ERROR_SIZE]; /* of the last call that failed */
};

#endif
