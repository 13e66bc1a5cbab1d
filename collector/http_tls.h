/*
 * http_tls.h - the part of http.h that knows GnuTLS.
 *
 *	certificate and key files -> [http_tls] -> each new connection
 *
 * A connection gets what the files held when it began; after http_tls_reload
 * new ones get what they hold then, and those that stand go on.  Each may be
 * resumed by a ticket, which costs less than a whole handshake, also after a
 * restart and at another collector that has the same key (ticket_file.h).
 *
 * Memory:  http_tls_new/http_tls_free; what was read before a reload is kept as
 *          long as a connection uses it.
 * Errors:  STATUS_NOT_ALLOWED, STATUS_MALFORMED with 'error'; STATUS_NO_MEMORY.
 * Source:  gnutls 3.7, libmicrohttpd 0.9.75, which offers no resumption of its
 *          own.
 */
#ifndef COLLECTOR_HTTP_TLS_H
#define COLLECTOR_HTTP_TLS_H

#include <microhttpd.h>
#include <stdbool.h>

#include "base/attributes.h"
#include "base/status.h"

enum { HTTP_TLS_ERROR_SIZE = 256 };

struct http_tls;

/* Paths. */
struct http_tls_files {
	const char *certificate, *key; /* NULL: no TLS */
	const char *tickets;           /* made when it is not there */
};

/* 'lent' texts stand until http_tls_free. */
MUST_USE enum status http_tls_new(const struct http_tls_files *lent,
    struct http_tls **out, char error[static HTTP_TLS_ERROR_SIZE]);
void http_tls_free(struct http_tls *t);

/* Reads the files again; what was read before stays if they are wrong. */
MUST_USE enum status http_tls_reload(
    struct http_tls *t, char error[static HTTP_TLS_ERROR_SIZE]);

/* A connection begins; gives what it uses, for http_tls_end when it has ended.
 * NULL, which that accepts: it is one without TLS. */
struct http_tls_pair;
struct http_tls_pair *http_tls_begin(
    struct http_tls *t, struct MHD_Connection *connection);
void http_tls_end(struct http_tls *t, struct http_tls_pair *pair);

bool http_tls_is(struct MHD_Connection *connection);

/* What a listener needs that speaks TLS, or, 't' NULL, does not; gives the
 * flag for it. */
enum { HTTP_TLS_OPTIONS = 4 };
unsigned http_tls_options(const struct http_tls *t,
    struct MHD_OptionItem out[static HTTP_TLS_OPTIONS]);

#endif
