/*
 * http_stream.h - the part of http.h for replies that go on.
 *
 *	stream -> [http_stream] -> libmicrohttpd
 *
 * A reader that gives nothing without suspending its connection would be asked
 * again at once, for ever.  A suspended connection has no timeout and does not
 * see that its client is gone: the stream must write something now and then.
 * A client that takes nothing of what was written is cut off by the time limit
 * of requests; one that has taken all is idle.  One whose token is revoked, or
 * that had none when they came into use, is let go when something is to be
 * written, a comment at the latest.
 *
 * Memory:  the stream is done when the connection ends.
 * Errors:  NULL: no memory; the stream is the caller's still.
 * Source:  libmicrohttpd 0.9.75.
 */
#ifndef COLLECTOR_HTTP_STREAM_H
#define COLLECTOR_HTTP_STREAM_H

#include <microhttpd.h>

#include "collector/exchange.h"

/* Who listens: a token may be revoked while a stream goes on. */
struct http_stream_listener {
	bool (*stays)(void *context, const struct caller *caller);
	void *context;
	struct caller caller;
	bool known; /* else it was let in without a token */
};

/* Connects the two; without memory for that the stream has no connection. */
void http_stream_begin(struct stream *stream, struct MHD_Connection *connection,
    const struct http_stream_listener *listener);

/* The reply's body; the stream is taken over. */
struct MHD_Response *http_stream_response(struct stream *taken);

#endif
