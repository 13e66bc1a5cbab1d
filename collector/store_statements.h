/*
 * store_statements.h - every statement that the store runs, by name.
 *
 *	store, and what else asks the database -> [statements] -> engine
 *
 * A new one is a name here, its text and the letters of its values in
 * store_statements.c, and a function that calls store_run or store_query.
 *
 * Memory:  constant.
 * Errors:  those of the engine; the store's 'error' says them.
 */
#ifndef COLLECTOR_STORE_STATEMENTS_H
#define COLLECTOR_STORE_STATEMENTS_H

#include "collector/engine.h"
#include "collector/store.h"

/* Some are run for many rows at once, in this order (engine.h): what is put
 * before what is moved to the past, and dropped. */
enum store_statement {
	HOST_GET,
	HOST_PUT,
	HOST_HOLD,
	NOTICE_PUT,
	NOTICE_PUT_ALONE,
	HOST_LIST,
	CLAIM_LIST,
	CLAIM_ALL,
	HEARD_ALL,
	CLAIM_OPENED,
	CLAIM_OPEN,
	HEARD_PUT,
	FRAME_PUT,
	FRAME_GET,
	CLAIM_CLOSE,
	CLAIM_DROP,
	HEARD_DROP,
	FRAME_DROP,
	HISTORY_AT,
	HISTORY_ENDED,
	HISTORY_BEGUN,
	SPAN_MOMENTS,
	SPAN_CLAIMS,
	SILENCE_LIST,
	SILENCE_PUT,
	KEPT_GET,
	KEPT_PUT,
	KEPT_SINCE,
	PAST_EDGE,
	PAST_FORGET,
	SILENCE_FORGET,
	FINDING_OPEN,
	FINDING_PAST,
	FINDING_RENEW,
	FINDING_DROP,
	FINDING_LIST,
	FINDING_AT,
	FINDING_FORGET,
	ACK_PUT,
	ACK_LIST,
	ACK_FORGET,
	STORE_STATEMENT_COUNT
};

extern const struct statements store_statements;

/* One that gives no rows. */
MUST_USE enum status store_run(
    struct store *s, enum store_statement which, const struct value *values);
MUST_USE enum status store_query(struct store *s, enum store_statement which,
    const struct value *values, engine_visit *visit, void *context);

/* Reads columns that are n, kind, since, key, facts and those of heard; false:
 * nobody can.  The texts are lent until the store's next call. */
enum { STORE_CLAIM_HEARD = 5, STORE_CLAIM_COLUMNS = 11 };
MUST_USE bool store_read_claim(
    struct store *s, const struct value *columns, struct store_claim *out);
/* What a visit of claims ends with, some of which may have been unreadable. */
MUST_USE enum status store_end_claims(
    struct store *s, enum status status, bool failed);

#endif
