/*
 * http_arguments.h - the query of a request.
 *
 *	libmicrohttpd -> [http_arguments] -> http
 *
 * Memory:  lent by the connection until its request is answered.
 * Errors:  NULL: there is none.
 */
#ifndef COLLECTOR_HTTP_ARGUMENTS_H
#define COLLECTOR_HTTP_ARGUMENTS_H

#include <microhttpd.h>

/* NULL when it is not there, or holds U+0000. */
const char *http_argument(struct MHD_Connection *connection, const char *name);

/* The name of one that is none of 'known', which ends with NULL. */
const char *http_argument_beside(
    struct MHD_Connection *connection, const char *const *known);

#endif
