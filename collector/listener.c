#include "collector/listener.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/text.h"

enum {
	BACKLOG = 512,  /* agents that come at once after a restart */
	HOST_SIZE = 64, /* an IPv6 address with its scope */
	/* As open as the loopback port; the folder's mode narrows it. */
	SOCKET_MODE = 0666
};

union any_address {
	struct sockaddr any;
	struct sockaddr_in in;
	struct sockaddr_in6 in6;
	struct sockaddr_un un;
};

const char *
listener_unix_path(const char *address)
{
	return strncmp(address, "unix:", 5) == 0 ? address + 5 : NULL;
}

static int
fail(int fd, char *error, const char *address, const char *what)
{
	(void)snprintf(error, LISTENER_ERROR_SIZE, "cannot listen on %s: %s",
	    address, what);
	if (fd >= 0)
		(void)close(fd);
	return -1;
}

/* Binds and listens; takes 'fd'. */
static int
start(int fd, const union any_address *to, socklen_t size, const char *address,
    char *error)
{
	if (fd < 0 || bind(fd, &to->any, size) != 0)
		return fail(fd, error, address,
		    errno == EADDRINUSE
			? "it is in use, perhaps by another collector"
			: strerror(errno));
	if (listen(fd, BACKLOG) != 0)
		return fail(fd, error, address, strerror(errno));
	return fd;
}

/* A socket file that nobody answers on was left behind by a crash. */
static bool
is_left_behind(const union any_address *to)
{
	struct stat file;
	int fd, result;

	if (stat(to->un.sun_path, &file) != 0 || !S_ISSOCK(file.st_mode))
		return false;
	fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (fd < 0)
		return false;
	result = connect(fd, &to->any, sizeof(to->un));
	(void)close(fd);
	return result != 0 && errno == ECONNREFUSED;
}

static int
open_unix(const char *path, const char *address, char *error)
{
	union any_address to = { .un = { .sun_family = AF_UNIX } };
	int fd;

	if (path[0] == '\0' || strlen(path) >= sizeof(to.un.sun_path))
		return fail(-1, error, address,
		    "the path is empty or longer than 107 octets");
	text_copy(to.un.sun_path, sizeof(to.un.sun_path), path);
	if (is_left_behind(&to))
		(void)unlink(path);
	fd = start(
	    socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0), &to,
	    sizeof(to.un), address, error);
	if (fd >= 0)
		(void)chmod(path, SOCKET_MODE);
	return fd;
}

/* Splits 127.0.0.1:7413 and [::1]:7413. */
static bool
split(const char *address, char host[static HOST_SIZE], uint16_t *out_port)
{
	const char *colon = strrchr(address, ':');
	char *end;
	long port;
	size_t length;

	if (!colon || colon == address)
		return false;
	port = strtol(colon + 1, &end, 10);
	if (*end != '\0' || colon[1] == '\0' || port < 0 || port > 65535)
		return false;
	length = (size_t)(colon - address);
	if (address[0] == '[' && address[length - 1] == ']') {
		address++;
		length -= 2;
	}
	if (length >= HOST_SIZE)
		return false;
	memcpy(host, address, length);
	host[length] = '\0';
	*out_port = (uint16_t)port;
	return true;
}

/* Others could read and write there. */
static const char *
missing(const struct listener_trust *trust)
{
	if (trust->tls)
		return "others may come in there with a token only, and there "
		       "is none; make one by demarc-collector token add";
	if (trust->tokens)
		return "others may come in there by TLS only; name "
		       "tls_certificate and tls_key";
	return "others may come in there by TLS and with a token only; name "
	       "tls_certificate and tls_key, make a token by "
	       "demarc-collector token add, or use 127.0.0.1, [::1] or "
	       "unix:PATH";
}

static int
open_tcp(const char *address, const struct listener_trust *trust, char *error)
{
	union any_address to = { .any = { 0 } };
	char host[HOST_SIZE];
	uint16_t port;
	bool loopback = false;
	int fd, on = 1;

	if (!split(address, host, &port))
		return fail(-1, error, address,
		    "write it as 127.0.0.1:7413, [::1]:7413 or unix:PATH");
	if (strcmp(host, "localhost") == 0)
		text_copy(host, sizeof(host), "127.0.0.1");
	if (inet_pton(AF_INET, host, &to.in.sin_addr) == 1) {
		to.in.sin_family = AF_INET;
		to.in.sin_port = htons(port);
		loopback = ntohl(to.in.sin_addr.s_addr) >> 24 == 127;
	} else if (inet_pton(AF_INET6, host, &to.in6.sin6_addr) == 1) {
		to.in6.sin6_family = AF_INET6;
		to.in6.sin6_port = htons(port);
		loopback = IN6_IS_ADDR_LOOPBACK(&to.in6.sin6_addr);
	} else {
		return fail(-1, error, address,
		    "this is no address; write it as 127.0.0.1:7413, "
		    "[::1]:7413 or unix:PATH");
	}
	if (!loopback && !(trust->tls && trust->tokens))
		return fail(-1, error, address, missing(trust));
	fd = socket(
	    to.any.sa_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (fd >= 0)
		(void)setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
	return start(fd, &to,
	    to.any.sa_family == AF_INET ? sizeof(to.in) : sizeof(to.in6),
	    address, error);
}

int
listener_open(const char *address, const struct listener_trust *trust,
    char error[static LISTENER_ERROR_SIZE])
{
	const char *path = listener_unix_path(address);

	return path ? open_unix(path, address, error)
		    : open_tcp(address, trust, error);
}
