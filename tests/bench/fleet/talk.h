/*
 * talk.h - one kept HTTP connection to a collector, a request at a time.
 *
 * Memory:  talk_init/talk_done.
 * Errors:  status 0: the connection broke; the next request opens another.
 */
#ifndef TESTS_BENCH_FLEET_TALK_H
#define TESTS_BENCH_FLEET_TALK_H

#include <netinet/in.h>

#include "base/buffer.h"

struct talk {
	struct sockaddr_in collector;
	int fd;
	struct buffer request;
};

void talk_init(struct talk *t, const struct sockaddr_in *collector);
void talk_done(struct talk *t);

/* Both give the status; what the answer says is dropped. */
unsigned talk_post(struct talk *t, const struct buffer *body);
unsigned talk_get(struct talk *t, const char *path);

/* Makes the octets of a POST. */
void talk_write_post(struct buffer *out, const struct buffer *body);

/* -1: not to be had. */
int talk_connect(const struct sockaddr_in *collector);

/* Seconds of a clock that only goes forward. */
double talk_now_s(void);

#endif
