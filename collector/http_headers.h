/*
 * http_headers.h - the headers of a request that anybody here asks for.
 *
 *	libmicrohttpd -> [http_headers] -> request
 *
 * One pass over them: the library's look-up goes through all of them for each
 * name, and each request asks for eight.
 *
 * Memory:  texts are lent until the request ends.
 * Errors:  none; of a header that stands twice the first counts.
 */
#ifndef COLLECTOR_HTTP_HEADERS_H
#define COLLECTOR_HTTP_HEADERS_H

#include <microhttpd.h>

enum http_header {
	HEADER_ACCEPT,
	HEADER_ACCEPT_ENCODING,
	HEADER_CONTENT_ENCODING,
	HEADER_CONTENT_LENGTH,
	HEADER_CONTENT_TYPE,
	HEADER_DEMARC_SENT_AT,
	HEADER_IF_NONE_MATCH,
	HEADER_LAST_EVENT_ID,
	HEADER_COUNT
};

struct http_headers {
	const char *values[HEADER_COUNT]; /* NULL: not said */
};

void http_headers_read(
    struct MHD_Connection *connection, struct http_headers *out);

#endif
