/*
 * api.h - the table of routes, and one short function for each.
 *
 *	http -> request -> [api] -> ingest, topology, answers -> reply
 *
 * What is derived (topology, verdicts) is made when it is asked for and kept
 * until the next report or the next second.
 *
 * Memory:  api_new/api_free; the store is lent.
 * Errors:  problem documents.
 * Source:  schema/api.yaml; a test holds both alike.
 */
#ifndef COLLECTOR_API_H
#define COLLECTOR_API_H

#include <stdint.h>

#include "base/attributes.h"
#include "base/status.h"
#include "collector/answers.h"
#include "collector/exchange.h"
#include "collector/listing_ask.h"
#include "collector/store.h"

struct api;

struct api_route {
	const char *method;
	const char *path; /* "/api/v1/hosts/{which}"; NULL ends the table */
	/* One of these four; any may postpone the request. */
	void (*take)(
	    struct api *a, const struct request *request, struct reply *reply);
	void (*answer)(struct api *a, const struct request *request,
	    const char *which, struct reply *reply);
	void (*list)(struct json *j, const struct view *v, struct listing *l);
	bool (*one)(struct json *j, const struct view *v, struct asked *asked);
	const char *kind;         /* what 'one' is called */
	struct listing_rule rule; /* of 'list' */
};
extern const struct api_route api_routes[];

/* Loads what the store holds.  'web_root' NULL: the embedded files;
 * 'unix_now' tells the time. */
MUST_USE enum status api_new(struct store *lent_store, const char *web_root,
    int64_t (*unix_now)(void), struct api **out);
/* How much of the past is kept: 0: as is usual, or without a bound of size.
 * Once, after api_new. */
void api_keep(struct api *a, long days, int64_t octets);
/* Answers all postponed requests and ends all streams; reports that come later
 * are refused.  The server is stopped after this, and api_free comes last. */
void api_stop(struct api *a);
/* What falls due by time; call every few seconds of the monotonic clock. */
void api_sweep(struct api *a, int64_t now_ms);
void api_free(struct api *a);

/* May be called by several threads.  What looks at the present is answered one
 * at a time; the past and what is taken in need not wait for it. */
void api_answer(
    struct api *a, const struct request *request, struct reply *reply);

/* Where the server counts what it does. */
struct metrics *api_metrics(struct api *a);

/* Before a body is received: does the request deserve one?  If not, the reply
 * is filled with the problem. */
bool api_wants_body(const struct request *request, struct reply *reply);

#endif
