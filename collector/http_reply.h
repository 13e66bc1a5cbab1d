/*
 * http_reply.h - the part of http.h that makes a reply the library's.
 *
 *	reply -> [http_reply] -> libmicrohttpd
 *
 * Memory:  the reply is taken over.
 * Errors:  MHD_NO: the connection is to be closed.
 */
#ifndef COLLECTOR_HTTP_REPLY_H
#define COLLECTOR_HTTP_REPLY_H

#include <microhttpd.h>

#include "collector/exchange.h"

/* Octets of the body that go; a request by HEAD gets none. */
size_t http_reply_size(const struct reply *reply, const char *method);

enum MHD_Result http_reply_send(
    struct MHD_Connection *connection, struct reply *reply);

#endif
