/*
 * http_caller.h - the part of http.h that says who calls.
 *
 *	connection -> [http_caller] -> peer, token -> request
 *
 * Memory:  the caller's.
 * Errors:  none: what is not known or not right is not there.
 * Source:  RFC 6750 (Bearer), RFC 7617 (Basic, which browsers ask for: any
 *          user name, the token is the password), unix(7).
 */
#ifndef COLLECTOR_HTTP_CALLER_H
#define COLLECTOR_HTTP_CALLER_H

#include <microhttpd.h>

#include "collector/exchange.h"

enum { HTTP_TOKEN_SIZE = 256 };

/* "192.0.2.7", "2001:db8::7", "uid 0" of a unix socket. */
void http_caller_peer(
    struct MHD_Connection *connection, char out[static PEER_SIZE]);

/* What the Authorization header shows, in 'out'; NULL: none. */
const char *http_caller_token(
    struct MHD_Connection *connection, char out[static HTTP_TOKEN_SIZE]);

/* The Host header, where it leads here from other machines as well; NULL: it
 * does not, as "localhost" (also what a proxy on this machine may say). */
const char *http_caller_host(struct MHD_Connection *connection);

/* Does the Host header name somebody else?  Then 'reply' says so.  By TLS any
 * name will do: the certificate says whose it is. */
bool http_caller_is_lost(struct MHD_Connection *connection,
    const struct request *request, struct reply *reply);

#endif
