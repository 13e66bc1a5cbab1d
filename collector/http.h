/*
 * http.h - HTTP: the only file that knows libmicrohttpd.
 *
 *	sockets -> [http] -> request -> handler -> reply -> sockets
 *
 * Bounds: connections, header size, body size, memory of all bodies being
 * received, and the time that one request may take from its first octet to
 * the last one of its reply; a client that drips is cut off.
 *
 * Memory:  http_start gives a server; http_stop frees it.
 * Errors:  STATUS_NOT_ALLOWED (an address that is in use, or that others
 *          reach without TLS and tokens; a certificate that is wrong),
 *          STATUS_SYSTEM, STATUS_MALFORMED (no address); 'error' says it.
 * Source:  libmicrohttpd 0.9.75.
 */
#ifndef COLLECTOR_HTTP_H
#define COLLECTOR_HTTP_H

#include <stdint.h>

#include "base/attributes.h"
#include "base/status.h"
#include "collector/exchange.h"
#include "collector/http_daemon.h"
#include "collector/metrics.h"

enum { HTTP_ERROR_SIZE = 256, HTTP_LISTENERS_MOST = 16 };

struct http_handler {
	/* The headers are there: may this caller do it?  Fills '*out_caller'
	 * ('*out_known' tells whether), or the reply and gives false. */
	bool (*admit)(void *context, const struct request *request,
	    struct caller *out_caller, bool *out_known, struct reply *reply);
	/* Fills the reply and gives false when a body is not wanted. */
	bool (*wants_body)(const struct request *request, struct reply *reply);
	void (*answer)(
	    void *context, const struct request *request, struct reply *reply);
	void *context;
	struct metrics *metrics; /* lent; NULL: nobody counts */
	/* Is a caller that was let in before still one that would be?  Asked
	 * of replies that go on, with NULL of who was not known.  NULL: yes. */
	bool (*stays)(void *context, const struct caller *caller);
};

struct http_settings {
	struct http_handler handler;
	/* "127.0.0.1:7413", "[::1]:7413" or "unix:PATH" */
	char *const *addresses;
	size_t count;
	/* Lent.  Each listener but a unix socket has TLS, if any has. */
	struct http_tls_files tls;
	struct http_limits limits;
	bool tokens; /* nobody is let in without */
};

struct http;

MUST_USE enum status http_start(const struct http_settings *settings,
    struct http **out, char error[static HTTP_ERROR_SIZE]);

/* Reads certificate and key again, for the connections that come from now on.
 * Those of before stay in use if they are wrong. */
MUST_USE enum status http_reload(
    struct http *h, char error[static HTTP_ERROR_SIZE]);

/* Cuts off requests that take too long; call every few seconds. */
void http_sweep(struct http *h, int64_t now_ms);

/* Takes no connection and no request from now on; those that are there go on.
 * Whoever owes replies gives them after this, before http_stop. */
void http_close(struct http *h);

/* Lets the replies that were given go out, then closes all. */
void http_stop(struct http *h);

#endif
