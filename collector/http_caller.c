#include "collector/http_caller.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>

#include "base/text.h"
#include "collector/http_tls.h"
#include "collector/problem.h"

enum { HOST_SIZE_MOST = 262 }; /* a name of 255 and a port */

static const char bearer[] = "Bearer ";

static void
write_user(int fd, char out[static PEER_SIZE])
{
	struct ucred who;
	socklen_t size = sizeof(who);

	if (getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &who, &size) == 0)
		(void)snprintf(out, PEER_SIZE, "uid %u", (unsigned)who.uid);
}

void
http_caller_peer(struct MHD_Connection *connection, char out[static PEER_SIZE])
{
	const union MHD_ConnectionInfo *info = MHD_get_connection_info(
	    connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
	struct sockaddr_in in;
	struct sockaddr_in6 in6;

	text_copy(out, PEER_SIZE, "somebody");
	if (!info || !info->client_addr)
		return;
	switch (info->client_addr->sa_family) {
	case AF_INET:
		memcpy(&in, info->client_addr, sizeof(in));
		(void)inet_ntop(AF_INET, &in.sin_addr, out, PEER_SIZE);
		break;
	case AF_INET6:
		memcpy(&in6, info->client_addr, sizeof(in6));
		(void)inet_ntop(AF_INET6, &in6.sin6_addr, out, PEER_SIZE);
		break;
	case AF_UNIX:
		info = MHD_get_connection_info(
		    connection, MHD_CONNECTION_INFO_CONNECTION_FD);
		if (info)
			write_user(info->connect_fd, out);
		break;
	default:
		break;
	}
}

static bool
take_password(
    struct MHD_Connection *connection, char out[static HTTP_TOKEN_SIZE])
{
	char *password = NULL;
	char *user =
	    MHD_basic_auth_get_username_password(connection, &password);
	bool good = password && strlen(password) < HTTP_TOKEN_SIZE;

	if (good)
		text_copy(out, HTTP_TOKEN_SIZE, password);
	MHD_free(user);
	MHD_free(password);
	return good;
}

const char *
http_caller_token(
    struct MHD_Connection *connection, char out[static HTTP_TOKEN_SIZE])
{
	const char *said = MHD_lookup_connection_value(
	    connection, MHD_HEADER_KIND, "Authorization");
	size_t size = sizeof(bearer) - 1;

	if (!said)
		return NULL;
	if (strncasecmp(said, bearer, size) == 0) {
		said += size + strspn(said + size, " ");
		if (strlen(said) >= HTTP_TOKEN_SIZE)
			return NULL;
		text_copy(out, HTTP_TOKEN_SIZE, said);
		return out;
	}
	return take_password(connection, out) ? out : NULL;
}

static const char *
host_of(struct MHD_Connection *connection)
{
	return MHD_lookup_connection_value(connection, MHD_HEADER_KIND, "Host");
}

/* An address or a name, and its port. */
static bool
is_host(const char *host)
{
	size_t length =
	    strspn(host, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
			 "0123456789.-_:[]");

	return length > 0 && length < HOST_SIZE_MOST && host[length] == '\0';
}

const char *
http_caller_host(struct MHD_Connection *connection)
{
	static const char *const here[] = { "localhost", "127.", "[::1]" };
	const char *host = host_of(connection);

	if (!host || !is_host(host))
		return NULL;
	for (size_t i = 0; i < sizeof(here) / sizeof(here[0]); i++) {
		if (strncasecmp(host, here[i], strlen(here[i])) == 0)
			return NULL;
	}
	return host;
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

bool
http_caller_is_lost(struct MHD_Connection *connection,
    const struct request *request, struct reply *reply)
{
	if (http_tls_is(connection) || is_our_name(host_of(connection)))
		return false;
	problem_reply(reply, &(struct problem){ 421, request->path, NULL },
	    "this collector answers to localhost and to addresses, not to the "
	    "name in the Host header");
	return true;
}
