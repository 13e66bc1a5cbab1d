#include "tests/bench/fleet/post.h"

#include <netinet/tcp.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "tests/bench/fleet/model.h"

enum {
	REQUEST_MOST = 1 << 20,
	REPLY_MOST = 4096,
	TIMES_MOST = 1 << 20 /* of each poster; later ones are not kept */
};

struct poster {
	const struct post_settings *settings;
	struct fleet_state *fleet;
	uint32_t first; /* and each 'posters'-th after it */
	double until;
	int fd;
	uint64_t acknowledged, refused, broken;
	uint32_t *times_us;
	size_t time_count;
	pthread_t thread;
};

static double
now_s(void)
{
	struct timespec t;

	(void)clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static bool
connect_once(struct poster *p)
{
	int one = 1;

	if (p->fd >= 0)
		return true;
	p->fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (p->fd >= 0 && connect(p->fd, (const void *)&p->settings->collector,
			      sizeof(p->settings->collector)) == 0) {
		(void)setsockopt(
		    p->fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof(one));
		return true;
	}
	if (p->fd >= 0)
		(void)close(p->fd);
	p->fd = -1;
	return false;
}

/* Reads one reply without a body, or with one that fits; 0: broken. */
static unsigned
read_status(int fd)
{
	char reply[REPLY_MOST + 1];
	size_t size = 0;

	while (size < REPLY_MOST) {
		ssize_t n = recv(fd, reply + size, REPLY_MOST - size, 0);
		const char *end, *length;
		size_t body;

		if (n <= 0)
			return 0;
		size += (size_t)n;
		reply[size] = '\0';
		end = strstr(reply, "\r\n\r\n");
		if (!end)
			continue;
		length = strstr(reply, "Content-Length: ");
		body =
		    length && length < end ? strtoul(length + 16, NULL, 10) : 0;
		if (size >= (size_t)(end + 4 - reply) + body)
			return (unsigned)strtoul(reply + 9, NULL, 10);
	}
	return 0;
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

/* 0: the connection broke. */
static unsigned
post(struct poster *p, const struct buffer *body, struct buffer *request)
{
	unsigned status = 0;

	buffer_clear(request);
	buffer_printf(request,
	    "POST /api/v1/reports HTTP/1.1\r\nHost: localhost\r\n"
	    "Content-Type: application/json\r\nDemarc-Sent-At: %lld\r\n"
	    "Content-Length: %zu\r\n\r\n",
	    (long long)time(NULL), body->size);
	buffer_append(request, body->octets, body->size);
	if (!buffer_ok(request))
		return 0;
	if (connect_once(p) && send_all(p->fd, request->octets, request->size))
		status = read_status(p->fd);
	if (status == 0 && p->fd >= 0) {
		(void)close(p->fd);
		p->fd = -1;
	}
	return status;
}

static void
note(struct poster *p, unsigned status, double seconds)
{
	if (status == 204)
		p->acknowledged++;
	else if (status == 0)
		p->broken++;
	else
		p->refused++;
	if (p->time_count < TIMES_MOST)
		p->times_us[p->time_count++] = (uint32_t)(seconds * 1e6);
}

static void
post_host(struct poster *p, uint32_t host, struct buffer *body,
    struct buffer *request)
{
	enum post_kind kind = p->settings->kind;
	struct fleet_state *f = p->fleet;
	struct fleet_host h = { .host = host,
		.revision = f->revisions[host] + (kind == POST_CHANGED),
		.now = time(NULL) };
	double begun;
	unsigned status;

	buffer_clear(body);
	if (kind == POST_HEARTBEAT)
		fleet_heartbeat(body, &h, f->numbers[host] + 1);
	else
		fleet_report(body, &h, f->numbers[host] + 1);
	begun = now_s();
	status = post(p, body, request);
	note(p, status, now_s() - begun);
	if (status == 204) {
		f->revisions[host] = h.revision;
		f->numbers[host]++;
	}
}

static void *
run(void *context)
{
	struct poster *p = context;
	bool once = p->settings->kind == POST_FIRST;
	struct buffer body, request;

	buffer_init(&body, REQUEST_MOST);
	buffer_init(&request, REQUEST_MOST);
	do {
		for (uint32_t i = p->first; i < p->fleet->hosts;
		     i += p->settings->posters) {
			if (!once && now_s() >= p->until)
				break;
			post_host(p, i, &body, &request);
		}
	} while (!once && now_s() < p->until);
	buffer_done(&body);
	buffer_done(&request);
	if (p->fd >= 0)
		(void)close(p->fd);
	return NULL;
}

static int
compare(const void *a, const void *b)
{
	const uint32_t *x = a, *y = b;

	return *x < *y ? -1 : *x > *y;
}

static void
sum_up(const struct poster *posters, unsigned count, struct post_result *out)
{
	size_t total = 0, at = 0;
	uint32_t *all;

	for (unsigned i = 0; i < count; i++) {
		out->acknowledged += posters[i].acknowledged;
		out->refused += posters[i].refused;
		out->broken += posters[i].broken;
		total += posters[i].time_count;
	}
	all = malloc((total + 1) * sizeof(*all));
	for (unsigned i = 0; i < count && all; i++) {
		memcpy(all + at, posters[i].times_us,
		    posters[i].time_count * sizeof(*all));
		at += posters[i].time_count;
	}
	if (at > 0) {
		qsort(all, at, sizeof(*all), compare);
		out->p50_us = all[at / 2];
		out->p99_us = all[at * 99 / 100];
	}
	free(all);
}

void
post_run(const struct post_settings *settings, struct fleet_state *fleet,
    struct post_result *out)
{
	struct poster *posters = calloc(settings->posters, sizeof(*posters));
	double begun = now_s();

	*out = (struct post_result){ .acknowledged = 0 };
	if (!posters)
		return;
	for (unsigned i = 0; i < settings->posters; i++) {
		posters[i] = (struct poster){ .settings = settings,
			.fleet = fleet,
			.first = i,
			.until = begun + settings->seconds,
			.fd = -1,
			.times_us = malloc(TIMES_MOST * sizeof(uint32_t)) };
		if (!posters[i].times_us || pthread_create(&posters[i].thread,
						NULL, run, &posters[i]) != 0) {
			perror("fleet");
			exit(1);
		}
	}
	for (unsigned i = 0; i < settings->posters; i++)
		(void)pthread_join(posters[i].thread, NULL);
	out->seconds = now_s() - begun;
	sum_up(posters, settings->posters, out);
	for (unsigned i = 0; i < settings->posters; i++)
		free(posters[i].times_us);
	free(posters);
}
