/*
 * http_body.h - the part of http.h that keeps the body of a request while it
 * comes in.
 *
 *	pieces -> [http_body] -> one text, or what to refuse it for
 *
 * What is too large, or more than all bodies together may take, is thrown away
 * and counted, so that its sender reads a refusal instead of a reset.
 *
 * Memory:  a struct http_body that is zero is empty; http_body_forget frees it.
 * Errors:  too_large, no_memory.
 * Units:   octets.
 */
#ifndef COLLECTOR_HTTP_BODY_H
#define COLLECTOR_HTTP_BODY_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>

#include "collector/exchange.h"

enum {
	/* Of a body without a length that goes on and on. */
	HTTP_BODY_DRAINED_MOST = 4 * BODY_SIZE_MOST,
	/* All bodies that are being received, together. */
	HTTP_BODIES_SIZE_MOST = 64 * 1024 * 1024
};

struct http_body {
	char *octets; /* NULL: none */
	size_t size, capacity, drained;
	size_t announced; /* how long it will be; 0: not said */
	bool too_large, no_memory;
};

/* Keeps a piece, or throws it away.  'all' is what all bodies take.  False:
 * it goes on beyond what is thrown away. */
bool http_body_take(struct http_body *body, atomic_size_t *all,
    const char *octets, size_t size);

void http_body_forget(struct http_body *body, atomic_size_t *all);

#endif
