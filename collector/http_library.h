/*
 * http_library.h - what libmicrohttpd asks of us that is not a request.
 *
 * Memory:  none kept.
 * Source:  libmicrohttpd 0.9.75: MHD_OPTION_EXTERNAL_LOGGER,
 *          MHD_OPTION_UNESCAPE_CALLBACK.
 */
#ifndef COLLECTOR_HTTP_LIBRARY_H
#define COLLECTOR_HTTP_LIBRARY_H

#include <microhttpd.h>
#include <stdarg.h>

/* The library has no more to tell than that a client went away. */
void http_library_log(void *context, const char *format, va_list arguments);

/* Decodes %-escapes in place.  A path is a C text, which %00 would cut:
 * /healthz%00x is not /healthz.  It becomes an octet that no text has, so that
 * whatever holds it is refused. */
size_t http_library_unescape(
    void *context, struct MHD_Connection *connection, char *text);

#endif
