/*
 * http_reply.h - the part of http.h that makes a reply the library's.
 *
 *	reply -> [http_reply] -> libmicrohttpd
 *
 * Memory:  the reply is taken over; MHD_destroy_response frees what
 *          http_reply_taken_new gives.
 * Errors:  MHD_NO: the connection is to be closed.
 */
#ifndef COLLECTOR_HTTP_REPLY_H
#define COLLECTOR_HTTP_REPLY_H

#include <microhttpd.h>

#include "collector/exchange.h"

/* Octets of the body that go; a request by HEAD gets none. */
size_t http_reply_size(const struct reply *reply, const char *method);

/* What all replies of 204 share: they have no body that a browser might take
 * for something, and say nothing but that a report was taken.  NULL: no
 * memory. */
struct MHD_Response *http_reply_taken_new(void);

/* 'shared' is sent for a reply of 204. */
enum MHD_Result http_reply_send(struct MHD_Connection *connection,
    struct reply *reply, struct MHD_Response *shared);

#endif
