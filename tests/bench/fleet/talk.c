#include "tests/bench/fleet/talk.h"

#include <netinet/tcp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { REQUEST_MOST = 1 << 20, REPLY_SIZE = 65536 };

double
talk_now_s(void)
{
	struct timespec t;

	(void)clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

int
talk_connect(const struct sockaddr_in *collector)
{
	int one = 1, fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	if (fd < 0)
		return -1;
	if (connect(fd, (const void *)collector, sizeof(*collector)) != 0) {
		(void)close(fd);
		return -1;
	}
	(void)setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof(one));
	return fd;
}

void
talk_init(struct talk *t, const struct sockaddr_in *collector)
{
	*t = (struct talk){ .collector = *collector, .fd = -1 };
	buffer_init(&t->request, REQUEST_MOST);
}

static void
hang_up(struct talk *t)
{
	if (t->fd >= 0)
		(void)close(t->fd);
	t->fd = -1;
}

void
talk_done(struct talk *t)
{
	hang_up(t);
	buffer_done(&t->request);
}

static bool
send_all(int fd, const char *octets, size_t size)
{
	while (size > 0) {
		ssize_t n = send(fd, octets, size, MSG_NOSIGNAL);

		if (n <= 0)
			return false;
		octets += n;
		size -= (size_t)n;
	}
	return true;
}

/* What is still to come of a reply that begins like this; -1: not known. */
static long long
missing(const char *reply, size_t size)
{
	const char *end = strstr(reply, "\r\n\r\n");
	const char *length = strcasestr(reply, "\r\nContent-Length: ");

	if (!end)
		return -1;
	return (end - reply) + 4 - (long long)size +
	       (length && length < end ? strtoll(length + 18, NULL, 10) : 0);
}

static unsigned
read_status(int fd)
{
	char reply[REPLY_SIZE + 1];
	long long left = -1;
	size_t size = 0;
	unsigned status;

	while (left < 0) {
		ssize_t n = recv(fd, reply + size, REPLY_SIZE - size, 0);

		if (n <= 0)
			return 0;
		size += (size_t)n;
		reply[size] = '\0';
		left = missing(reply, size);
	}
	status = (unsigned)strtoul(reply + 9, NULL, 10);
	while (left > 0) {
		ssize_t n = recv(fd, reply, REPLY_SIZE, 0);

		if (n <= 0)
			return 0;
		left -= n;
	}
	return status;
}

/* Sends what is in t->request. */
static unsigned
exchange(struct talk *t)
{
	unsigned status = 0;

	if (!buffer_ok(&t->request))
		return 0;
	if (t->fd < 0)
		t->fd = talk_connect(&t->collector);
	if (t->fd >= 0 && send_all(t->fd, t->request.octets, t->request.size))
		status = read_status(t->fd);
	if (status == 0)
		hang_up(t);
	return status;
}

void
talk_write_post(struct buffer *out, const struct buffer *body)
{
	buffer_clear(out);
	buffer_printf(out,
	    "POST /api/v1/reports HTTP/1.1\r\nHost: localhost\r\n"
	    "Content-Type: application/json\r\nDemarc-Sent-At: %lld\r\n"
	    "Content-Length: %zu\r\n\r\n",
	    (long long)time(NULL), body->size);
	buffer_append(out, body->octets, body->size);
}

unsigned
talk_post(struct talk *t, const struct buffer *body)
{
	talk_write_post(&t->request, body);
	return exchange(t);
}

unsigned
talk_get(struct talk *t, const char *path)
{
	buffer_clear(&t->request);
	buffer_printf(
	    &t->request, "GET %s HTTP/1.1\r\nHost: localhost\r\n\r\n", path);
	return exchange(t);
}
