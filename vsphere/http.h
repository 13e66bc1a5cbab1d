/*
 * http.h - requests by POST, several at a time, on the event loop.
 *
 *	ask, compose -> [http] -> a vCenter, a collector -> soap, teller
 *
 * The answer comes in pieces, then its end: one of the two functions of the
 * caller may start another request and cancel others, but not free the call
 * that it is told of.
 *
 * Certificates are checked against the authorities of the file that is named,
 * or the system's, and the name in them against the address, always.
 *
 * Memory:  http_new/http_free; a call is the caller's struct, its body and
 *          texts must live until the call has ended.
 * Errors:  http_result.status 0 and a sentence when there is no answer.
 * Units:   milliseconds.
 * Source:  libcurl's multi_socket interface.
 */
#ifndef VSPHERE_HTTP_H
#define VSPHERE_HTTP_H

#include <stdbool.h>
#include <stddef.h>

#include "base/attributes.h"
#include "base/loop.h"
#include "base/status.h"

enum {
	HTTP_WHY_SIZE = 256,
	HTTP_HEADERS_MOST = 4,
	HTTP_CONNECT_MS = 10000,
	/* A hundred hosts with all they have are 5 MB, as many VMs 3 MB. */
	HTTP_ANSWER_SIZE_MOST = 64 << 20
};

struct http;

struct http_result {
	long status; /* of HTTP; 0: no answer, or not all of it */
	char why[HTTP_WHY_SIZE];
};

struct http_request {
	const char *url;         /* http:// or https:// */
	const char *unix_socket; /* NULL: none */
	const char *ca;          /* file; NULL: the system's */
	const char
	    *headers[HTTP_HEADERS_MOST]; /* whole lines; ends with NULL */
	const char *body;
	size_t body_size;
	/* Without an octet for so long it has failed. */
	long silence_s;
	long most_s; /* in all */
	/* A piece of the answer; false: no more of it. */
	bool (*take)(void *owner, const char *octets, size_t size);
	/* A header line of the answer; NULL: not wanted. */
	void (*header)(void *owner, const char *line, size_t size);
	void (*done)(void *owner, const struct http_result *result);
	void *owner;
};

struct http_call {
	struct http *http;
	void *easy; /* NULL: nothing is asked */
	void *header_list;
	struct http_request request;
	char error[HTTP_WHY_SIZE];
};

MUST_USE enum status http_new(struct loop *loop, struct http **out_http);
/* All calls must have ended or been cancelled. */
void http_free(struct http *http);

/* STATUS_NO_MEMORY: 'done' will not be called. */
MUST_USE enum status http_start(struct http *http, struct http_call *call,
    const struct http_request *request);
/* Neither take nor done are called any more. */
void http_cancel(struct http_call *call);

static inline bool
http_is_busy(const struct http_call *call)
{
	return call->easy != NULL;
}

#endif
