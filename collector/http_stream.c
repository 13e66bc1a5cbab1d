#include "collector/http_stream.h"

#include <stdlib.h>

#include "base/clock.h"
#include "collector/clients.h"

/* What the library collects for clients of HTTP/1.0; chunks of others are made
 * in the memory of the connection. */
enum { BLOCK_SIZE = 1024 };

struct going {
	struct stream *stream;
	struct MHD_Connection *connection;
	struct http_stream_listener listener;
};

static void
set_busy(const struct going *g, int64_t since_ms)
{
	const union MHD_ConnectionInfo *info = MHD_get_connection_info(
	    g->connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);

	if (info)
		clients_set_busy(info->socket_context, since_ms);
}

static void
fall_asleep(void *context)
{
	const struct going *g = context;

	/* All that was written before has been taken. */
	set_busy(g, 0);
	MHD_suspend_connection(g->connection);
}

static void
wake_up(void *context)
{
	const struct going *g = context;

	MHD_resume_connection(g->connection);
}

static ssize_t
read_some(void *context, uint64_t position, char *out, size_t room)
{
	struct going *g = context;
	const struct http_stream_listener *l = &g->listener;
	size_t size = STREAM_END;

	(void)position;
	if (!l->stays || l->stays(l->context, l->known ? &l->caller : NULL))
		size = g->stream->read(g->stream, out, room);
	if (size == STREAM_END)
		return MHD_CONTENT_READER_END_OF_STREAM;
	if (size > 0)
		set_busy(g, clock_now().ms);
	return (ssize_t)size;
}

static void
end(void *context)
{
	struct going *g = context;

	g->stream->done(g->stream);
	free(g);
}

void
http_stream_begin(struct stream *stream, struct MHD_Connection *connection,
    const struct http_stream_listener *listener)
{
	struct going *g = calloc(1, sizeof(*g));

	if (!g)
		return;
	*g = (struct going){ stream, connection, *listener };
	stream->sleep = fall_asleep;
	stream->wake = wake_up;
	stream->connection = g;
}

struct MHD_Response *
http_stream_response(struct stream *taken)
{
	struct MHD_Response *response;

	if (!taken->connection)
		return NULL;
	response = MHD_create_response_from_callback(
	    MHD_SIZE_UNKNOWN, BLOCK_SIZE, read_some, taken->connection, end);
	if (!response)
		free(taken->connection);
	return response;
}
