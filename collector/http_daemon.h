/*
 * http_daemon.h - the part of http.h that listens: libmicrohttpd's threads,
 * and how much anybody may take of them.
 *
 *	socket -> [http_daemon] -> connection -> http
 *
 * What the library leaves open is closed here.  It divides its limit of
 * connections among its threads, and a thread that has its share stops to
 * accept while others stand by; so its own limit is wide, and one over all is
 * kept by us, which turns away instead of leaving somebody in the queue.
 *
 * Memory:  a struct http_door is the caller's and stands until its daemon has
 *          been stopped.
 * Errors:  NULL: the library refuses.
 * Source:  libmicrohttpd 0.9.75: daemon.c, MHD_OPTION_THREAD_POOL_SIZE.
 */
#ifndef COLLECTOR_HTTP_DAEMON_H
#define COLLECTOR_HTTP_DAEMON_H

#include <microhttpd.h>
#include <stdbool.h>

#include "base/log.h"
#include "collector/clients.h"
#include "collector/http_tls.h"
#include "collector/metrics.h"

/* What all may take together; 0: as much as is usual. */
struct http_limits {
	unsigned connections; /* an idle one costs about 9 KB */
	unsigned connections_per_address;
	unsigned threads; /* of each listener */
	unsigned request_s;
	unsigned idle_s;
};

/* Puts numbers in the place of what is usual. */
void http_limits_complete(struct http_limits *limits);

struct http_door {
	const struct http_limits *limits; /* complete */
	struct http_tls *tls;             /* NULL: none */
	struct clients *clients;
	struct metrics *metrics;
	struct log_gate full;
	MHD_AccessHandlerCallback handle;
	MHD_RequestCompletedCallback completed;
	void *(*begun)(
	    void *context, const char *uri, struct MHD_Connection *connection);
	void *context; /* of the three */
};

/* Takes 'fd'. */
struct MHD_Daemon *http_daemon_start(struct http_door *door, int fd);

/* What clients.h knows the connection by. */
struct client *http_daemon_client(struct MHD_Connection *connection);

#endif
