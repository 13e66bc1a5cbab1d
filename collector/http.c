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
#include "collector/http_library.h"
#include "collector/http_reply.h"
#include "collector/inflight.h"
#include "collector/listener.h"
#include "collector/problem.h"

enum {
	/* Per listener; an idle connection costs about 9 KB. */
	CONNECTIONS_MOST = 2000,
	/* Longer than two heartbeats, so that agents keep their connection. */
	IDLE_TIMEOUT_S = 150,
	/* From the first octet of a request to the last of its reply. */
	REQUEST_TIME_MOST_MS = 60000,
	/* At the end, for answers on their way to clients that read slowly. */
	STOP_TIME_MOST_MS = 2000,
	/* The headers must fit in; the library's 32 KB cost 3.5 times more. */
	POOL_SIZE = 8192,
	/* Of a body without a length that goes on and on. */
	DRAINED_MOST = 4 * BODY_SIZE_MOST,
	BODY_FIRST_SIZE = 16384,
	/* All bodies that are being received, together. */
	BODIES_SIZE_MOST = 64 * 1024 * 1024
};

/* A request, from its headers to the end of its reply. */
struct call {
	struct later later; /* first: whoever answers later has this */
	struct http *http;
	struct MHD_Connection *connection;
	struct reply reply; /* when 'answered' */
	bool postponed, answered;
	bool whole; /* counted as in flight */
	char *body;
	size_t size, capacity, drained;
	bool too_large;
	bool no_memory;
};

struct http {
	struct http_handler handler;
	struct MHD_Daemon *daemons[HTTP_LISTENERS_MOST];
	char *unix_paths[HTTP_LISTENERS_MOST];
	size_t count;
	struct clients clients;
	struct inflight inflight;
	int closed_fds[HTTP_LISTENERS_MOST];
	atomic_size_t bodies_size;
};

/* ---- connections and their time ------------------------------------------ */

static void
note_connection(void *context, struct MHD_Connection *connection,
    void **socket_context, enum MHD_ConnectionNotificationCode code)
{
	struct http *h = context;
	const union MHD_ConnectionInfo *info;

	if (code == MHD_CONNECTION_NOTIFY_CLOSED) {
		clients_remove(&h->clients, *socket_context);
		*socket_context = NULL;
		return;
	}
	info = MHD_get_connection_info(
	    connection, MHD_CONNECTION_INFO_CONNECTION_FD);
	if (info)
		*socket_context =
		    clients_add(&h->clients, info->connect_fd, clock_now().ms);
}

static void
set_busy(struct http *h, struct MHD_Connection *connection, int64_t since_ms)
{
	const union MHD_ConnectionInfo *info = MHD_get_connection_info(
	    connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);

	if (info)
		clients_set_busy(&h->clients, info->socket_context, since_ms);
}

void
http_sweep(struct http *h, int64_t now_ms)
{
	clients_cut_off(&h->clients, now_ms - REQUEST_TIME_MOST_MS);
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

static const char *
header(struct MHD_Connection *connection, const char *name)
{
	return MHD_lookup_connection_value(connection, MHD_HEADER_KIND, name);
}

/* A page of somebody else may make a browser call us by a name of its own
 * that it lets point here (DNS rebinding): we answer to addresses and to
 * "localhost" only. */
static bool
is_our_name(const char *host)
{
	char name[64];
	size_t length;

	if (!host)
		return true;
	if (host[0] == '[')
		return true;
	length = strcspn(host, ":");
	if (length >= sizeof(name))
		return false;
	text_copy(name, length + 1, host);
	return text_same(name, "localhost") ||
	       name[strspn(name, "0123456789.")] == '\0';
}

static void
forget_body(struct call *call)
{
	(void)atomic_fetch_sub(&call->http->bodies_size, call->capacity);
	free(call->body);
	call->body = NULL;
	call->size = call->capacity = 0;
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

static struct later *
postpone(const struct request *r)
{
	struct call *call = r->context;

	call->postponed = true;
	call->later.answer = answer_later;
	forget_body(call);
	MHD_suspend_connection(call->connection);
	return &call->later;
}

static struct request
request_of(struct call *call, const char *url, const char *method)
{
	struct MHD_Connection *connection = call->connection;

	return (struct request){
		.method = method,
		.path = url,
		.content_type = header(connection, "Content-Type"),
		.content_encoding = header(connection, "Content-Encoding"),
		.accept_encoding = header(connection, "Accept-Encoding"),
		.if_none_match = header(connection, "If-None-Match"),
		.sent_at = header(connection, "Demarc-Sent-At"),
		.body = call->body ? call->body : "",
		.body_size = call->size,
		.accept = header(connection, "Accept"),
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
    const char *length, const char *host, struct reply *reply)
{
	bool sends = length || strcmp(request->method, "POST") == 0;

	if (!is_our_name(host)) {
		problem_reply(reply,
		    &(struct problem){ 421, request->path, NULL },
		    "this collector answers to localhost and to addresses, "
		    "not to the name in the Host header");
		return true;
	}
	/* A client that does not read before it has sent would not see a
	 * refusal now, so what is only somewhat too large is let in, thrown
	 * away, and refused at its end. */
	if (length && strtoull(length, NULL, 10) > DRAINED_MOST) {
		refuse_size(reply, request);
		return true;
	}
	if (sends && strcmp(length ? length : "", "0") != 0 &&
	    strcmp(request->method, "GET") != 0 &&
	    strcmp(request->method, "HEAD") != 0)
		return !h->handler.wants_body(request, reply);
	return false;
}

static bool
make_room(struct http *h, struct call *call, size_t size)
{
	size_t capacity = call->capacity ? call->capacity : BODY_FIRST_SIZE;
	char *more;

	if (call->size + size <= call->capacity)
		return true;
	while (capacity < call->size + size)
		capacity *= 2;
	if (atomic_load(&h->bodies_size) + capacity - call->capacity >
	    BODIES_SIZE_MOST)
		return false;
	more = realloc(call->body, capacity);
	if (!more)
		return false;
	(void)atomic_fetch_add(&h->bodies_size, capacity - call->capacity);
	call->body = more;
	call->capacity = capacity;
	return true;
}

/* Keeps a piece of the body, or counts what is thrown away. */
static enum MHD_Result
receive(struct http *h, struct call *call, const char *octets, size_t size)
{
	if (call->size + size > BODY_SIZE_MOST)
		call->too_large = true;
	if (!call->too_large && !make_room(h, call, size))
		call->no_memory = true;
	if (call->too_large || call->no_memory) {
		call->drained += size;
		return call->drained <= DRAINED_MOST ? MHD_YES : MHD_NO;
	}
	memcpy(call->body + call->size, octets, size);
	call->size += size;
	return MHD_YES;
}

static void
answer(struct http *h, const struct request *request, const struct call *call,
    struct reply *reply)
{
	if (call->too_large) {
		refuse_size(reply, request);
	} else if (call->no_memory) {
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

/* The headers are there. */
static enum MHD_Result
begin(struct http *h, struct MHD_Connection *connection, const char *url,
    const char *method, void **call_context)
{
	struct call *call = NULL;
	struct request request;
	struct reply reply;

	if (!atomic_load(&h->inflight.closed))
		call = calloc(1, sizeof(*call));
	if (!call)
		return MHD_NO;
	*call_context = call;
	call->http = h;
	call->connection = connection;
	request = request_of(call, url, method);
	reply_init(&reply);
	if (refuse_early(h, &request, header(connection, "Content-Length"),
		header(connection, "Host"), &reply))
		return http_reply_send(connection, &reply);
	reply_done(&reply);
	return MHD_YES;
}

/* The request is there as a whole, or its answer is. */
static enum MHD_Result
finish(struct http *h, struct call *call, const char *url, const char *method)
{
	struct request request = request_of(call, url, method);
	struct reply reply;

	if (call->answered) {
		call->answered = false;
		return http_reply_send(call->connection, &call->reply);
	}
	call->whole = true;
	inflight_begin(&h->inflight);
	reply_init(&reply);
	answer(h, &request, call, &reply);
	if (!call->postponed)
		return http_reply_send(call->connection, &reply);
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
		return finish(h, call, url, method);
	*upload_size = 0;
	return receive(h, call, upload, size);
}

static void
note_completed(void *context, struct MHD_Connection *connection,
    void **call_context, enum MHD_RequestTerminationCode code)
{
	struct http *h = context;
	struct call *call = *call_context;

	(void)code;
	set_busy(h, connection, 0);
	if (!call)
		return;
	if (call->answered)
		reply_done(&call->reply);
	if (call->whole)
		inflight_end(&h->inflight);
	forget_body(call);
	free(call);
	*call_context = NULL;
}

/* The first line of a request has come. */
static void *
note_begun(void *context, const char *uri, struct MHD_Connection *connection)
{
	(void)uri;
	set_busy(context, connection, clock_now().ms);
	return NULL;
}

/* ---- life -------------------------------------------------------------- */

static enum status
listen_on(struct http *h, const char *address, char *error)
{
	const char *path = listener_unix_path(address);
	int fd = listener_open(address, error);
	struct MHD_Daemon *daemon;

	if (fd < 0)
		return STATUS_NOT_ALLOWED;
	daemon =
	    MHD_start_daemon(MHD_USE_EPOLL_INTERNAL_THREAD |
				 MHD_ALLOW_SUSPEND_RESUME | MHD_USE_ERROR_LOG,
		0, NULL, NULL, handle, h, MHD_OPTION_EXTERNAL_LOGGER,
		http_library_log, NULL, MHD_OPTION_LISTEN_SOCKET, fd,
		MHD_OPTION_CONNECTION_LIMIT, (unsigned)CONNECTIONS_MOST,
		MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)IDLE_TIMEOUT_S,
		MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)POOL_SIZE,
		MHD_OPTION_NOTIFY_COMPLETED, note_completed, h,
		MHD_OPTION_NOTIFY_CONNECTION, note_connection, h,
		MHD_OPTION_URI_LOG_CALLBACK, note_begun, h,
		MHD_OPTION_UNESCAPE_CALLBACK, http_library_unescape, NULL,
		MHD_OPTION_END);
	if (!daemon) {
		(void)snprintf(error, HTTP_ERROR_SIZE,
		    "cannot serve on %s: libmicrohttpd refuses", address);
		(void)close(fd);
		return STATUS_SYSTEM;
	}
	h->daemons[h->count] = daemon;
	h->unix_paths[h->count++] = path ? strdup(path) : NULL;
	return STATUS_OK;
}

enum status
http_start(const struct http_handler *handler, char *const *addresses,
    size_t count, struct http **out, char error[static HTTP_ERROR_SIZE])
{
	struct http *h = calloc(1, sizeof(*h));
	enum status status = STATUS_OK;

	text_copy(error, HTTP_ERROR_SIZE, "there is no memory left");
	if (!h)
		return STATUS_NO_MEMORY;
	h->handler = *handler;
	if (!clients_init(&h->clients)) {
		free(h);
		return STATUS_NO_MEMORY;
	}
	if (count > HTTP_LISTENERS_MOST) {
		(void)snprintf(error, HTTP_ERROR_SIZE,
		    "%zu listeners are named; at most %d are possible", count,
		    HTTP_LISTENERS_MOST);
		status = STATUS_TOO_LARGE;
	}
	for (size_t i = 0; i < count && status == STATUS_OK; i++)
		status = listen_on(h, addresses[i], error);
	if (status == STATUS_OK)
		*out = h;
	else
		http_stop(h);
	return status;
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
	free(h);
}
