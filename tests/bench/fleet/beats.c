#include "tests/bench/fleet/beats.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "tests/bench/fleet/model.h"
#include "tests/bench/fleet/talk.h"

enum {
	EVENTS_MOST = 512,
	FILES_KEPT = 64, /* of ours that are no connections */
	REPLY_MOST = 512,
	CONNECT_MOST_S = 20, /* a collector that wants no more lets wait */
	BEAT_MOST = 65536
};

struct line {
	int fd;
	bool busy;
};

struct run {
	const struct beats *settings;
	struct fleet_state *fleet;
	struct line *lines;
	unsigned count, next;
	uint32_t host;
	int epoll;
	struct buffer body, request;
	struct beats_result *out;
};

static unsigned
most_connections(void)
{
	struct rlimit files;

	if (getrlimit(RLIMIT_NOFILE, &files) != 0)
		return 0;
	files.rlim_cur = files.rlim_max;
	(void)setrlimit(RLIMIT_NOFILE, &files);
	return files.rlim_cur > 2 * FILES_KEPT
		   ? (unsigned)files.rlim_cur - 2 * FILES_KEPT
		   : 0;
}

static void
connect_all(struct run *r, unsigned wanted)
{
	unsigned most = most_connections();
	double begun = talk_now_s();

	if (wanted > most)
		wanted = most;
	r->lines = calloc(wanted + 1, sizeof(*r->lines));
	r->epoll = epoll_create1(EPOLL_CLOEXEC);
	while (r->lines && r->count < wanted &&
	       talk_now_s() - begun < CONNECT_MOST_S) {
		struct epoll_event event = { .events = EPOLLIN,
			.data.u32 = r->count };
		int fd = talk_connect(&r->settings->collector);

		if (fd < 0 ||
		    epoll_ctl(r->epoll, EPOLL_CTL_ADD, fd, &event) != 0)
			break;
		(void)fcntl(fd, F_SETFL, O_NONBLOCK);
		r->lines[r->count++].fd = fd;
	}
	if (r->count == 0) {
		perror("fleet: no connection");
		exit(1);
	}
}

/* A reply to a heartbeat has a few lines and no body: it comes whole. */
static void
take_reply(struct run *r, struct line *l)
{
	char reply[REPLY_MOST];
	ssize_t n = recv(l->fd, reply, sizeof(reply), 0);

	if (n <= 0) { /* the collector wants no more of them */
		(void)close(l->fd);
		l->fd = -1;
		r->out->closed++;
		return;
	}
	if (n > 12 && memcmp(reply + 9, "204", 3) == 0)
		r->out->answered++;
	else
		r->out->refused++;
	l->busy = false;
}

static void
take_replies(struct run *r, int wait_ms)
{
	struct epoll_event events[EVENTS_MOST];
	int count = epoll_wait(r->epoll, events, EVENTS_MOST, wait_ms);

	for (int i = 0; i < count; i++)
		take_reply(r, &r->lines[events[i].data.u32]);
}

/* NULL: the collector has closed them all. */
static struct line *
next_line(struct run *r)
{
	for (unsigned i = 0; i < r->count; i++) {
		struct line *l = &r->lines[r->next++ % r->count];

		if (l->fd >= 0)
			return l;
	}
	return NULL;
}

static void
send_one(struct run *r)
{
	struct fleet_state *f = r->fleet;
	struct line *l = next_line(r);
	struct fleet_host h = { .host = r->host,
		.revision = f->revisions[r->host],
		.now = time(NULL) };

	if (!l || l->busy) {
		r->out->late++;
		return;
	}
	buffer_clear(&r->body);
	fleet_heartbeat(&r->body, &h, ++f->numbers[r->host]);
	talk_write_post(&r->request, &r->body);
	l->busy = send(l->fd, r->request.octets, r->request.size,
		      MSG_NOSIGNAL) == (ssize_t)r->request.size;
	if (!l->busy)
		r->out->refused++;
	r->host = (r->host + 1) % f->hosts;
}

static void
beat(struct run *r)
{
	double begun = talk_now_s(), now = begun;
	double end = begun + r->settings->seconds;
	uint64_t sent = 0;

	for (; now < end; now = talk_now_s()) {
		uint64_t due =
		    (uint64_t)((now - begun) * r->settings->each_second);

		for (; sent < due; sent++)
			send_one(r);
		take_replies(r, 1);
	}
	r->out->seconds = now - begun;
}

void
beats_run(const struct beats *b, struct fleet_state *fleet,
    void (*before)(void *context), void *context, struct beats_result *out)
{
	struct run r = { .settings = b, .fleet = fleet, .out = out };

	*out = (struct beats_result){ .connections = 0 };
	buffer_init(&r.body, BEAT_MOST);
	buffer_init(&r.request, BEAT_MOST);
	connect_all(&r, b->connections);
	out->connections = r.count;
	before(context);
	beat(&r);
	for (unsigned i = 0; i < r.count; i++) {
		if (r.lines[i].fd >= 0)
			(void)close(r.lines[i].fd);
	}
	(void)close(r.epoll);
	free(r.lines);
	buffer_done(&r.body);
	buffer_done(&r.request);
}
