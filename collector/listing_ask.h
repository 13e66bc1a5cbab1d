/*
 * listing_ask.h - what a request wants of a list.
 *
 *	request -> [listing_ask] -> listing -> answers
 *
 * Memory:  the texts are lent by the request.
 * Errors:  false, with a problem document that says what is possible.
 */
#ifndef COLLECTOR_LISTING_ASK_H
#define COLLECTOR_LISTING_ASK_H

#include "base/attributes.h"
#include "collector/exchange.h"
#include "collector/listing.h"

enum { LISTING_LIMIT_MOST = 100000 };

/* What a list can be asked for; what is NULL does not exist for it. */
struct listing_rule {
	/* Bits 1 << enum listing_filter. */
	unsigned filters;
	/* The words of "state", ended by NULL; NULL: any. */
	const char *const *states;
};

MUST_USE bool listing_ask(struct listing *l, const struct request *request,
    const struct listing_rule *rule, struct reply *reply);

/* Is the path that of the list, with ".csv" behind it? */
bool listing_is_csv_path(const char *path, const char *list);

#endif
