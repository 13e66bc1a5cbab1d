/*
 * client.h - asks a collector one question over HTTP.
 *
 *	path -> [client] -> reply
 *
 * Memory:  reply_done frees the body.
 * Errors:  STATUS_MALFORMED: the address is none; STATUS_NOT_ALLOWED: the
 *          token or the file of authorities cannot be used; STATUS_TOO_LARGE:
 *          the reply is no answer of a collector; STATUS_NOT_FOUND: not
 *          reached; STATUS_UNKNOWN: one that speaks otherwise, or is not
 *          trusted; STATUS_NO_MEMORY.  'error' says it in a sentence.
 * Units:   octets.
 * Source:  libcurl-easy(3).
 */
#ifndef CLI_CLIENT_H
#define CLI_CLIENT_H

#include "base/attributes.h"
#include "base/buffer.h"
#include "base/status.h"

enum {
	CLIENT_ERROR_SIZE = 512,
	CLIENT_REPLY_MOST = 64 << 20, /* all hosts of 10,000, generously */
	CLIENT_CONNECT_S = 3,
	CLIENT_TOTAL_S = 15
};

struct reply {
	long status; /* of HTTP */
	long pages;  /* that a drawing has; 0: not said */
	struct buffer body;
};

struct client {
	const char *collector;
	const char *ca;         /* file; NULL: the system's */
	const char *token_file; /* NULL: none */
};

/* GETs 'path' ("/api/v1/hosts") from the collector: an http:// or https://
 * address, or unix:PATH of a socket. */
MUST_USE enum status client_get(const struct client *client, const char *path,
    struct reply *out_reply, char error[static CLIENT_ERROR_SIZE]);

/* POSTs a document of JSON. */
MUST_USE enum status client_post(const struct client *client, const char *path,
    const char *document, struct reply *out_reply,
    char error[static CLIENT_ERROR_SIZE]);

void reply_done(struct reply *reply);

/* Adds 'text' as one segment of a path or query, percent-encoded. */
void client_escape(struct buffer *out, const char *text);

#endif
