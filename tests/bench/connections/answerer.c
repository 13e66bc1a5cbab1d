/*
 * answerer.c - the least that can answer: the bound of what a request costs.
 *
 * One thread, epoll; finds the end of each request and says 204.  It reads no
 * header but the length and keeps nothing.
 *
 * Usage: answerer PORT
 */
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

enum { EVENTS_MOST = 64, REQUEST_MOST = 64 * 1024, BACKLOG = 512 };

struct talk {
	int fd;
	size_t size;
	char octets[REQUEST_MOST + 1];
};

static const char reply[] = "HTTP/1.1 204 No Content\r\n\r\n";

static void
fail(const char *what)
{
	perror(what);
	exit(1);
}

static int
listen_on(uint16_t port)
{
	struct sockaddr_in to = { .sin_family = AF_INET,
		.sin_port = htons(port),
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	int one = 1, fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);

	if (fd < 0 ||
	    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof(one)) != 0 ||
	    bind(fd, (const void *)&to, sizeof(to)) != 0 ||
	    listen(fd, BACKLOG) != 0)
		fail("answerer");
	return fd;
}

static void
take_in(int epoll, int listener)
{
	int one = 1, fd = accept4(listener, NULL, NULL, SOCK_NONBLOCK);
	struct talk *t = fd < 0 ? NULL : malloc(sizeof(*t));
	struct epoll_event event = { .events = EPOLLIN, .data.ptr = t };

	if (!t)
		return;
	t->fd = fd;
	t->size = 0;
	(void)setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof(one));
	if (epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &event) != 0)
		fail("answerer");
}

/* Is the request there as a whole? */
static bool
is_whole(struct talk *t)
{
	const char *end, *length;

	t->octets[t->size] = '\0';
	end = strstr(t->octets, "\r\n\r\n");
	length = end ? strstr(t->octets, "Content-Length: ") : NULL;
	return end && t->size >= (size_t)(end - t->octets) + 4 +
				     (length && length < end
					     ? strtoul(length + 16, NULL, 10)
					     : 0);
}

static void
answer(struct talk *t)
{
	ssize_t size =
	    recv(t->fd, t->octets + t->size, REQUEST_MOST - t->size, 0);

	if (size <= 0) {
		(void)close(t->fd);
		free(t);
		return;
	}
	t->size += (size_t)size;
	if (!is_whole(t))
		return;
	t->size = 0;
	if (send(t->fd, reply, sizeof(reply) - 1, MSG_NOSIGNAL) < 0)
		(void)shutdown(t->fd, SHUT_RDWR);
}

int
main(int argc, char **argv)
{
	int listener =
	    listen_on((uint16_t)(argc > 1 ? strtoul(argv[1], NULL, 10) : 0));
	int epoll = epoll_create1(EPOLL_CLOEXEC);
	struct epoll_event events[EVENTS_MOST] = { { .events = EPOLLIN } };

	if (epoll < 0 ||
	    epoll_ctl(epoll, EPOLL_CTL_ADD, listener, &events[0]) != 0)
		fail("answerer");
	for (;;) {
		int count = epoll_wait(epoll, events, EVENTS_MOST, -1);

		for (int i = 0; i < count; i++) {
			if (events[i].data.ptr)
				answer(events[i].data.ptr);
			else
				take_in(epoll, listener);
		}
	}
}
