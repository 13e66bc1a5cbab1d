#include "collector/http_daemon.h"

#include <sys/socket.h>
#include <unistd.h>

#include "base/clock.h"
#include "collector/http_caller.h"
#include "collector/http_library.h"

enum {
	/* 100 MB, when all are there. */
	CONNECTIONS_USUAL = 10000,
	/* More threads than processors only cost. */
	THREADS_USUAL_MOST = 4,
	/* Longer than two heartbeats, so that who keeps a connection has it. */
	IDLE_USUAL_S = 150,
	/* Then it makes room for another, and comes back when it has to: a
	 * fleet may have more agents than there is room for. */
	IDLE_LEAST_MS = 5000,
	/* From the first octet of a request to the last of its reply. */
	REQUEST_USUAL_S = 60,
	/* The headers must fit in; the library's 32 KB cost 3.5 times more. */
	POOL_SIZE = 8192,
	/* For who comes by a unix socket when all others are taken. */
	RESERVED = 64,
	/* Of the descriptors: them, the database, what listens. */
	FILES_RESERVED = 256
};

void
http_limits_complete(struct http_limits *l)
{
	long processors = sysconf(_SC_NPROCESSORS_ONLN);
	long files = sysconf(_SC_OPEN_MAX);

	if (l->connections == 0)
		l->connections = CONNECTIONS_USUAL;
	if (files > 2 * FILES_RESERVED &&
	    l->connections > (unsigned long)(files - FILES_RESERVED)) {
		l->connections = (unsigned)(files - FILES_RESERVED);
		log_warning("as %ld files may be open, there is room for %u "
			    "connections only",
		    files, l->connections);
	}
	/* One address alone does not shut the others out. */
	if (l->connections_per_address == 0)
		l->connections_per_address = (l->connections + 1) / 2;
	if (l->threads == 0)
		l->threads = processors < 1 ? 1
			     : processors > THREADS_USUAL_MOST
				 ? THREADS_USUAL_MOST
				 : (unsigned)processors;
	if (l->request_s == 0)
		l->request_s = REQUEST_USUAL_S;
	if (l->idle_s == 0)
		l->idle_s = IDLE_USUAL_S;
}

struct client *
http_daemon_client(struct MHD_Connection *connection)
{
	const union MHD_ConnectionInfo *info = MHD_get_connection_info(
	    connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);

	return info ? info->socket_context : NULL;
}

/* Is there room for one more? */
static enum MHD_Result
admit(void *context, const struct sockaddr *address, socklen_t size)
{
	struct http_door *door = context;
	size_t most = door->limits->connections;
	uint32_t held;

	if (size > 0 && address->sa_family == AF_UNIX)
		most += RESERVED;
	if (clients_count(door->clients) < most ||
	    clients_cut_idle(door->clients, IDLE_LEAST_MS, clock_now().ms))
		return MHD_YES;
	if (log_gate(&door->full, clock_now().ms, &held))
		log_warning("%u connections are open, as many as may be "
			    "(connections); others are turned away",
		    door->limits->connections);
	return MHD_NO;
}

static void
note_connection(void *context, struct MHD_Connection *connection,
    void **socket_context, enum MHD_ConnectionNotificationCode code)
{
	struct http_door *door = context;
	const union MHD_ConnectionInfo *info;
	struct http_tls_pair *pair;
	char peer[PEER_SIZE];

	metrics_connection(
	    door->metrics, code == MHD_CONNECTION_NOTIFY_STARTED);
	if (code == MHD_CONNECTION_NOTIFY_CLOSED) {
		http_tls_end(door->tls, clients_held(*socket_context));
		clients_remove(door->clients, *socket_context);
		*socket_context = NULL;
		return;
	}
	pair = http_tls_begin(door->tls, connection);
	info = MHD_get_connection_info(
	    connection, MHD_CONNECTION_INFO_CONNECTION_FD);
	http_caller_peer(connection, peer);
	if (info)
		*socket_context = clients_add(
		    door->clients, info->connect_fd, peer, clock_now().ms);
	clients_hold(*socket_context, pair);
}

struct MHD_Daemon *
http_daemon_start(struct http_door *door, int fd)
{
	const struct http_limits *l = door->limits;
	struct MHD_OptionItem tls[HTTP_TLS_OPTIONS];
	unsigned flags = MHD_USE_EPOLL_INTERNAL_THREAD |
			 MHD_ALLOW_SUSPEND_RESUME | MHD_USE_ERROR_LOG |
			 http_tls_options(door->tls, tls);
	struct MHD_Daemon *daemon;

	/* A pool of one is none. */
	daemon = MHD_start_daemon(flags, 0, admit, door, door->handle,
	    door->context, MHD_OPTION_EXTERNAL_LOGGER, http_library_log, NULL,
	    MHD_OPTION_LISTEN_SOCKET, fd, MHD_OPTION_THREAD_POOL_SIZE,
	    l->threads > 1 ? l->threads : 0, MHD_OPTION_CONNECTION_LIMIT,
	    (l->connections + 2 * RESERVED) * l->threads,
	    MHD_OPTION_PER_IP_CONNECTION_LIMIT, l->connections_per_address,
	    MHD_OPTION_CONNECTION_TIMEOUT, l->idle_s,
	    MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)POOL_SIZE,
	    MHD_OPTION_NOTIFY_COMPLETED, door->completed, door->context,
	    MHD_OPTION_NOTIFY_CONNECTION, note_connection, door,
	    MHD_OPTION_URI_LOG_CALLBACK, door->begun, door->context,
	    MHD_OPTION_UNESCAPE_CALLBACK, http_library_unescape, NULL,
	    MHD_OPTION_ARRAY, tls, MHD_OPTION_END);
	if (!daemon)
		(void)close(fd);
	return daemon;
}
