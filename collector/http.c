#include "collector/http.h"

#include <microhttpd.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/text.h"
#include "collector/clients.h"
#include "collector/http_arguments.h"
#include "collector/http_body.h"
#include "collector/http_caller.h"
#include "collector/http_daemon.h"
#include "collector/http_headers.h"
#include "collector/http_reply.h"
#include "collector/http_stream.h"
#include "collector/http_tls.h"
#include "collector/inflight.h"
#include "collector/listener.h"
#include "collector/problem.h"
#include "collector/request_log.h"

enum {
	MS_PER_S = 1000,
	/* At the end, for answers on their way to clients that read slowly. */
	STOP_TIME_MOST_MS = 2000,
	/* Of one that is thrown away before a refusal: a usual report. */
	REFUSED_SIZE_MOST = 256 * 1024
};

/* A request, from its headers to the end of its reply. */
struct call {
	struct later later; /* first: whoever answers later has this */
	struct http *http;
	struct MHD_Connection *connection;
	struct reply reply; /* when 'answered' */
	bool postponed, answered, again;
	bool whole;     /* counted as in flight */
	unsigned route; /* what it is counted as */
	int64_t begun_us;
	size_t received;        /* octets */
	struct request request; /* all but its body, which is 'body' */
	struct caller caller;   /* when 'known' */
	bool known;
	struct http_body body;
};

struct http {
	struct http_handler handler;
	struct http_limits limits;
	struct http_door doors[HTTP_LISTENERS_MOST];
	struct MHD_Daemon *daemons[HTTP_LISTENERS_MOST];
	char *unix_paths[HTTP_LISTENERS_MOST];
	size_t count;
	struct http_tls *tls;       /* NULL: none */
	struct MHD_Response *taken; /* of each 204 */
	struct clients clients;
	struct inflight inflight;
	int closed_fds[HTTP_LISTENERS_MOST];
	atomic_size_t bodies_size;
};

void
http_sweep(struct http *h, int64_t now_ms)
{
	int64_t request_ms = h->limits.request_s * MS_PER_S;
	/* Who is idle for longer was cut off by the library, unless it drips
	 * the first line of its next request. */
	const struct clients_limits limits = { request_ms / 2, request_ms,
		h->limits.idle_s * MS_PER_S + request_ms / 2 };

	clients_cut_off(&h->clients, &limits, now_ms);
}

/* ---- requests ---------------------------------------------------------- */

static const char *
argument(const struct request *r, const char *name)
{
	const struct call *call = r->context;

	return http_argument(call->connection, name);
}

static const char *
other_argument(const struct request *r, const char *const *known)
{
	const struct call *call = r->context;

	return http_argument_beside(call->connection, known);
}

/* From the thread that answers, while the connection sleeps. */
static void
answer_later(struct later *later, struct reply *taken)
{
	struct call *call = (struct call *)later;

	call->reply = *taken;
	call->answered = true;
	MHD_resume_connection(call->connection);
}

/* The same: the connection wakes up and finds the request as it was. */
static void
ask_again(struct later *later)
{
	struct call *call = (struct call *)later;

	call->again = true;
	MHD_resume_connection(call->connection);
}

static struct later *
postpone(const struct request *r)
{
	struct call *call = r->context;

	call->postponed = true;
	call->later.answer = answer_later;
	call->later.again = ask_again;
	http_body_forget(&call->body, &call->http->bodies_size);
	MHD_suspend_connection(call->connection);
	return &call->later;
}

/* What is said of it before its body comes. */
static void
note_request(struct call *call, const char *url, const char *method,
    const struct http_headers *headers)
{
	struct MHD_Connection *connection = call->connection;
	const char *const *said = headers->values;
	const char *length = said[HEADER_CONTENT_LENGTH];

	call->body.announced = length ? strtoull(length, NULL, 10) : 0;
	call->request = (struct request){
		.method = method,
		.path = url,
		.content_type = said[HEADER_CONTENT_TYPE],
		.content_encoding = said[HEADER_CONTENT_ENCODING],
		.accept_encoding = said[HEADER_ACCEPT_ENCODING],
		.if_none_match = said[HEADER_IF_NONE_MATCH],
		.sent_at = said[HEADER_DEMARC_SENT_AT],
		.last_event_id = said[HEADER_LAST_EVENT_ID],
		.peer = clients_peer(http_daemon_client(connection)),
		.host = http_caller_host(connection),
		.secure = http_tls_is(connection),
		.body = "",
		.accept = said[HEADER_ACCEPT],
		.argument = argument,
		.other_argument = other_argument,
		.postpone = postpone,
		.context = call,
	};
}

static void
refuse_size(struct reply *reply, const struct request *request)
{
	problem_reply(reply, &(struct problem){ 413, request->path, NULL },
	    "the body is larger than %d MiB, the most that is taken",
	    BODY_SIZE_MOST / 1024 / 1024);
}

/* The first call of a request: its headers are there.  What can be refused
 * now is refused before its body is sent. */
static bool
refuse_early(const struct http *h, const struct request *request,
    const char *length, struct reply *reply)
{
	bool sends = length || strcmp(request->method, "POST") == 0;

	/* A client that does not read before it has sent would not see a
	 * refusal now, so what is only somewhat too large is let in, thrown
	 * away, and refused at its end. */
	if (length && strtoull(length, NULL, 10) > HTTP_BODY_DRAINED_MOST) {
		refuse_size(reply, request);
		return true;
	}
	if (sends && strcmp(length ? length : "", "0") != 0 &&
	    strcmp(request->method, "GET") != 0 &&
	    strcmp(request->method, "HEAD") != 0)
		return !h->handler.wants_body(request, reply);
	return false;
}

static void
answer(struct http *h, const struct request *request, const struct call *call,
    struct reply *reply)
{
	if (call->body.too_large) {
		refuse_size(reply, request);
	} else if (call->body.no_memory) {
		problem_reply(reply,
		    &(struct problem){ 503, request->path, NULL },
		    "too many reports are being received; try again");
		reply->retry_after_s = 1;
	} else if (strcmp(request->method, "GET") != 0 &&
		   strcmp(request->method, "HEAD") != 0 &&
		   !h->handler.wants_body(request, reply)) {
		return;
	} else {
		h->handler.answer(h->handler.context, request, reply);
	}
}

static enum MHD_Result
send_reply(struct call *call, struct reply *reply)
{
	struct metrics_served served = { call->route, reply->status,
		call->received, http_reply_size(reply, call->request.method),
		clock_us() - call->begun_us };

	metrics_request(call->http->handler.metrics, &served);
	request_log(&call->request, &served);
	return http_reply_send(call->connection, reply, call->http->taken);
}

/* Who is not let in is told so now, or, since many read nothing before they
 * have sent, after a small body, of which nothing is kept. */
static enum MHD_Result
refuse(struct call *call, struct reply *taken)
{
	size_t size = call->body.announced;

	if (size == 0 || size > REFUSED_SIZE_MOST)
		return send_reply(call, taken);
	call->reply = *taken;
	call->answered = true;
	return MHD_YES;
}

/* The headers are there. */
static enum MHD_Result
begin(struct http *h, struct MHD_Connection *connection, const char *url,
    const char *method, void **call_context)
{
	struct call *call = NULL;
	char token[HTTP_TOKEN_SIZE];
	struct reply reply;
	struct http_headers headers;
	const char *length;
	bool admitted;

	if (!atomic_load(&h->inflight.closed))
		call = calloc(1, sizeof(*call));
	if (!call)
		return MHD_NO;
	*call_context = call;
	clients_set_headed(http_daemon_client(connection));
	call->http = h;
	call->connection = connection;
	call->begun_us = clock_us();
	http_headers_read(connection, &headers);
	note_request(call, url, method, &headers);
	reply_init(&reply);
	if (http_caller_is_lost(connection, &call->request, &reply))
		return send_reply(call, &reply);
	length = headers.values[HEADER_CONTENT_LENGTH];
	call->request.token = http_caller_token(connection, token);
	admitted = h->handler.admit(h->handler.context, &call->request,
	    &call->caller, &call->known, &reply);
	call->request.token = NULL; /* nobody else needs it */
	if (!admitted)
		return refuse(call, &reply);
	call->request.caller = call->known ? &call->caller : NULL;
	if (refuse_early(h, &call->request, length, &reply))
		return send_reply(call, &reply);
	reply_done(&reply);
	return MHD_YES;
}

static void
begin_stream(struct http *h, const struct call *call, struct stream *stream)
{
	const struct http_stream_listener listener = { h->handler.stays,
		h->handler.context, call->caller, call->known };

	http_stream_begin(stream, call->connection, &listener);
}

/* The request is there as a whole, or its answer is. */
static enum MHD_Result
finish(struct http *h, struct call *call)
{
	struct request *request = &call->request;
	struct reply reply;

	if (call->answered) {
		call->answered = false;
		return send_reply(call, &call->reply);
	}
	if (!call->whole)
		inflight_begin(&h->inflight);
	call->whole = true;
	call->again = call->postponed = false;
	request->body = call->body.octets ? call->body.octets : "";
	request->body_size = call->body.size;
	reply_init(&reply);
	answer(h, request, call, &reply);
	call->route = reply.route;
	if (reply.stream)
		begin_stream(h, call, reply.stream);
	if (!call->postponed)
		return send_reply(call, &reply);
	reply_done(&reply);
	return MHD_YES;
}

/* The library calls this at the headers, at each piece of the body, at its
 * end, and when a connection wakes up. */
static enum MHD_Result
handle(void *context, struct MHD_Connection *connection, const char *url,
    const char *method, const char *version, const char *upload,
    size_t *upload_size, void **call_context)
{
	struct http *h = context;
	struct call *call = *call_context;
	size_t size = *upload_size;

	(void)version;
	if (!call)
		return begin(h, connection, url, method, call_context);
	if (size == 0)
		return finish(h, call);
	*upload_size = 0;
	call->received += size;
	if (call->answered)
		return MHD_YES;
	return http_body_take(&call->body, &h->bodies_size, upload, size)
		   ? MHD_YES
		   : MHD_NO;
}

static void
note_completed(void *context, struct MHD_Connection *connection,
    void **call_context, enum MHD_RequestTerminationCode code)
{
	struct http *h = context;
	struct call *call = *call_context;

	(void)code;
	clients_set_idle(http_daemon_client(connection), clock_now().ms);
	if (!call)
		return;
	if (call->answered)
		reply_done(&call->reply);
	if (call->whole)
		inflight_end(&h->inflight);
	http_body_forget(&call->body, &call->http->bodies_size);
	free(call);
	*call_context = NULL;
}

/* The first line of a request has come. */
static void *
note_begun(void *context, const char *uri, struct MHD_Connection *connection)
{
	(void)context;
	(void)uri;
	clients_set_busy(http_daemon_client(connection), clock_now().ms);
	return NULL;
}

/* ---- life -------------------------------------------------------------- */

static enum status
listen_on(struct http *h, const char *address,
    const struct listener_trust *trust, char *error)
{
	const char *path = listener_unix_path(address);
	int fd = listener_open(address, trust, error);
	struct MHD_Daemon *daemon;

	if (fd < 0)
		return STATUS_NOT_ALLOWED;
	h->doors[h->count] = (struct http_door){ .limits = &h->limits,
		.tls = path ? NULL : h->tls,
		.clients = &h->clients,
		.metrics = h->handler.metrics,
		.handle = handle,
		.completed = note_completed,
		.begun = note_begun,
		.context = h };
	daemon = http_daemon_start(&h->doors[h->count], fd);
	if (!daemon) {
		(void)snprintf(error, HTTP_ERROR_SIZE,
		    "cannot serve on %s: libmicrohttpd refuses", address);
		return STATUS_SYSTEM;
	}
	h->daemons[h->count] = daemon;
	h->unix_paths[h->count++] = path ? strdup(path) : NULL;
	return STATUS_OK;
}

static enum status
start_all(struct http *h, const struct http_settings *settings, char *error)
{
	struct listener_trust trust = { .tokens = settings->tokens };
	enum status status = STATUS_OK;

	if (settings->count > HTTP_LISTENERS_MOST) {
		(void)snprintf(error, HTTP_ERROR_SIZE,
		    "%zu listeners are named; at most %d are possible",
		    settings->count, HTTP_LISTENERS_MOST);
		return STATUS_TOO_LARGE;
	}
	if (settings->tls.certificate)
		status = http_tls_new(&settings->tls, &h->tls, error);
	trust.tls = h->tls != NULL;
	for (size_t i = 0; i < settings->count && status == STATUS_OK; i++)
		status = listen_on(h, settings->addresses[i], &trust, error);
	return status;
}

enum status
http_start(const struct http_settings *settings, struct http **out,
    char error[static HTTP_ERROR_SIZE])
{
	struct http *h = calloc(1, sizeof(*h));
	enum status status;

	text_copy(error, HTTP_ERROR_SIZE, "there is no memory left");
	if (!h)
		return STATUS_NO_MEMORY;
	h->handler = settings->handler;
	h->limits = settings->limits;
	http_limits_complete(&h->limits);
	if (!clients_init(&h->clients)) {
		free(h);
		return STATUS_NO_MEMORY;
	}
	h->taken = http_reply_taken_new();
	status = h->taken ? start_all(h, settings, error) : STATUS_NO_MEMORY;
	if (status == STATUS_OK)
		*out = h;
	else
		http_stop(h);
	return status;
}

enum status
http_reload(struct http *h, char error[static HTTP_ERROR_SIZE])
{
	return h->tls ? http_tls_reload(h->tls, error) : STATUS_OK;
}

void
http_close(struct http *h)
{
	if (!h)
		return;
	atomic_store(&h->inflight.closed, true);
	for (size_t i = 0; i < h->count; i++)
		h->closed_fds[i] = MHD_quiesce_daemon(h->daemons[i]);
}

void
http_stop(struct http *h)
{
	if (!h)
		return;
	inflight_wait(&h->inflight, STOP_TIME_MOST_MS);
	for (size_t i = 0; i < h->count; i++) {
		MHD_stop_daemon(h->daemons[i]);
		if (atomic_load(&h->inflight.closed) && h->closed_fds[i] >= 0)
			(void)close(h->closed_fds[i]);
		if (h->unix_paths[i])
			(void)unlink(h->unix_paths[i]);
		free(h->unix_paths[i]);
	}
	clients_done(&h->clients);
	if (h->taken)
		MHD_destroy_response(h->taken);
	http_tls_free(h->tls);
	free(h);
}
