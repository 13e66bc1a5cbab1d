#include "collector/http_reply.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "collector/coding.h"
#include "collector/http_stream.h"

static const char security_policy[] =
    "default-src 'none'; script-src 'self'; style-src 'self'; "
    "img-src 'self' data:; font-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

static void
add_header(struct MHD_Response *response, const char *name, const char *value)
{
	(void)MHD_add_response_header(response, name, value);
}

static void
add_headers(struct MHD_Response *response, const struct reply *reply)
{
	char number[16], link[NEXT_SIZE_MOST + 16];

	if (reply->content_type)
		add_header(response, "Content-Type", reply->content_type);
	add_header(response, "Cache-Control",
	    reply->cache_control ? reply->cache_control : "no-store");
	add_header(response, "Content-Security-Policy",
	    reply->security ? reply->security : security_policy);
	add_header(response, "X-Content-Type-Options", "nosniff");
	add_header(response, "Referrer-Policy", "no-referrer");
	add_header(response, "Cross-Origin-Opener-Policy", "same-origin");
	add_header(response, "Cross-Origin-Resource-Policy", "same-origin");
	if (reply->allow)
		add_header(response, "Allow", reply->allow);
	if (reply->accept_encoding)
		add_header(response, "Accept-Encoding", reply->accept_encoding);
	if (reply->content_encoding)
		add_header(
		    response, "Content-Encoding", reply->content_encoding);
	if (reply->vary)
		add_header(response, "Vary", reply->vary);
	if (reply->next.size > 0) {
		(void)snprintf(link, sizeof(link), "<%s>; rel=\"next\"",
		    buffer_string(&reply->next));
		add_header(response, "Link", link);
	}
	if (reply->authenticate)
		add_header(response, "WWW-Authenticate", reply->authenticate);
	if (reply->stream) /* nginx would collect it */
		add_header(response, "X-Accel-Buffering", "no");
	if (reply->etag[0] != '\0')
		add_header(response, "ETag", reply->etag);
	if (reply->pages > 0) {
		(void)snprintf(number, sizeof(number), "%u", reply->pages);
		add_header(response, "Demarc-Pages", number);
	}
	if (reply->retry_after_s > 0) {
		(void)snprintf(
		    number, sizeof(number), "%u", reply->retry_after_s);
		add_header(response, "Retry-After", number);
	}
}

static enum MHD_Result
queue(struct MHD_Connection *connection, struct reply *reply)
{
	struct MHD_Response *response;
	enum MHD_Result result;

	if (reply->stream) {
		response = http_stream_response(reply->stream);
	} else if (reply->octets) {
		/* The library wants a pointer that is not const, and does not
		 * write through it. */
		union {
			const void *in;
			void *out;
		} octets = { .in = reply->octets };

		response = MHD_create_response_from_buffer(
		    reply->size, octets.out, MHD_RESPMEM_PERSISTENT);
	} else {
		size_t size = reply->body.size;
		char *body = size > 0 ? buffer_take(&reply->body) : NULL;

		response = MHD_create_response_from_buffer(
		    body ? size : 0, body, MHD_RESPMEM_MUST_FREE);
		if (!response)
			free(body);
	}
	if (!response)
		return MHD_NO;
	add_headers(response, reply);
	reply->stream = NULL; /* the library's now */
	result = MHD_queue_response(connection, reply->status, response);
	MHD_destroy_response(response);
	return result;
}

size_t
http_reply_size(const struct reply *reply, const char *method)
{
	if (strcmp(method, "HEAD") == 0)
		return 0;
	return reply->octets ? reply->size : reply->body.size;
}

struct MHD_Response *
http_reply_taken_new(void)
{
	struct MHD_Response *response =
	    MHD_create_response_from_buffer(0, NULL, MHD_RESPMEM_PERSISTENT);

	if (response)
		add_header(response, "Accept-Encoding", coding_names);
	return response;
}

enum MHD_Result
http_reply_send(struct MHD_Connection *connection, struct reply *reply,
    struct MHD_Response *shared)
{
	enum MHD_Result result =
	    reply->status == 204
		? MHD_queue_response(connection, reply->status, shared)
		: queue(connection, reply);

	reply_done(reply);
	return result;
}
