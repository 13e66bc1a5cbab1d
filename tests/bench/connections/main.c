/*
 * main.c - what connections cost a collector: requests on those that stand,
 * beside a bare answerer; handshakes of TLS; the memory of idle ones.
 *
 * Usage: connections ANSWERER-PID PORT PLAIN-PID PORT TLS-PID PORT
 *
 * Processor time is that of the server, all threads; the two of a comparison
 * take turns.
 */
#include <netinet/in.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "tests/bench/connections/shake.h"
#include "tests/bench/fleet/beats.h"
#include "tests/bench/fleet/post.h"
#include "tests/bench/fleet/talk.h"

enum {
	HOSTS = 50,
	POSTERS = 50,
	ROUNDS = 3,
	BEATS_EACH_S = 100000 / 30,
	BEATS_S = 3,
	BEATS_CONNECTIONS = 2000,
	SHAKES = 150,
	IDLE_FIRST = 200,
	IDLE = 2000
};

struct server {
	pid_t pid;
	double before_us;
	struct sockaddr_in address;
	struct fleet_state fleet;
};

static void
figure(const char *name, double measured, double bound, const char *unit,
    const char *goal)
{
	if (bound > 0)
		printf("FIGURE\t%s\t%.1f\t%.1f\t%s\t%s\n", name, measured,
		    bound, unit, goal);
	else
		printf("FIGURE\t%s\t%.1f\t-\t%s\t%s\n", name, measured, unit,
		    goal);
	(void)fflush(stdout);
}

static double
cpu_us(const struct server *s)
{
	clockid_t clock;
	struct timespec t;

	if (clock_getcpuclockid(s->pid, &clock) != 0 ||
	    clock_gettime(clock, &t) != 0) {
		fprintf(stderr, "connections: a server is gone\n");
		exit(1);
	}
	return (double)t.tv_sec * 1e6 + (double)t.tv_nsec / 1e3;
}

static double
resident_kb(const struct server *s)
{
	char path[64], line[256];
	double kb = 0;
	FILE *f;

	(void)snprintf(path, sizeof(path), "/proc/%d/status", (int)s->pid);
	f = fopen(path, "r");
	while (f && fgets(line, sizeof(line), f)) {
		if (strncmp(line, "VmRSS:", 6) == 0)
			kb = strtod(line + 6, NULL);
	}
	if (f)
		(void)fclose(f);
	return kb;
}

/* ---- requests ---------------------------------------------------------- */

/* Of one request. */
static double
post(struct server *s, enum post_kind kind, double seconds)
{
	struct post_settings settings = { .collector = s->address,
		.kind = kind,
		.posters = POSTERS,
		.seconds = seconds };
	struct post_result r;
	double before = cpu_us(s);

	post_run(&settings, &s->fleet, &r);
	if (r.refused + r.broken > 0)
		printf("  refused %llu, broken %llu\n",
		    (unsigned long long)r.refused,
		    (unsigned long long)r.broken);
	return (cpu_us(s) - before) /
	       (double)(r.acknowledged ? r.acknowledged : 1);
}

static void
compare(struct server *bare, struct server *collector, enum post_kind kind,
    const char *name, const char *goal)
{
	double bound = 0, cost = 0;

	for (int i = 0; i < ROUNDS; i++) {
		bound += post(bare, kind, 1) / ROUNDS;
		cost += post(collector, kind, 1) / ROUNDS;
	}
	figure(name, cost, bound, "us", goal);
}

static void
note_cpu(void *context)
{
	struct server *s = context;

	s->before_us = cpu_us(s);
}

/* Of one heartbeat, when they come as those of a fleet do. */
static double
beat(struct server *s)
{
	const struct beats settings = { .collector = s->address,
		.connections = BEATS_CONNECTIONS,
		.each_second = BEATS_EACH_S,
		.seconds = BEATS_S };
	struct beats_result r;

	beats_run(&settings, &s->fleet, note_cpu, s, &r);
	if (r.refused + r.closed > 0)
		printf("  refused %llu, closed %llu\n",
		    (unsigned long long)r.refused,
		    (unsigned long long)r.closed);
	return (cpu_us(s) - s->before_us) /
	       (double)(r.answered ? r.answered : 1);
}

static void
compare_beats(struct server *bare, struct server *collector)
{
	double bound = 0, cost = 0;

	for (int i = 0; i < ROUNDS; i++) {
		bound += beat(bare) / ROUNDS;
		cost += beat(collector) / ROUNDS;
	}
	figure("heartbeat at 3,333 a second, cpu (bound: a bare epoll answer)",
	    cost, bound, "us", "<= 1.5");
}

/* ---- TLS --------------------------------------------------------------- */

static void
shake_hands(struct server *s, bool newest)
{
	struct shaker *shaker = shaker_new(&s->address, newest);
	double before, full, resumed;
	unsigned reused = 0;

	before = cpu_us(s);
	for (int i = 0; i < SHAKES; i++)
		reused += shaker_connect(shaker, false);
	full = (cpu_us(s) - before) / SHAKES;
	if (reused > 0)
		printf("  %u of %d were resumed unasked\n", reused, SHAKES);
	reused = 0;
	before = cpu_us(s);
	for (int i = 0; i < SHAKES; i++)
		reused += shaker_connect(shaker, true);
	resumed = (cpu_us(s) - before) / SHAKES;
	if (reused < SHAKES)
		printf("  only %u of %d were resumed\n", reused, SHAKES);
	figure(newest ? "resumed connection, TLS 1.3 (bound: a full one)"
		      : "resumed connection, TLS 1.2 (bound: a full one)",
	    resumed, full, "us", "<= 0.5");
	shaker_free(shaker);
}

/* ---- memory ------------------------------------------------------------ */

static double
idle_kb(struct server *s, bool tls)
{
	struct shaker *shaker = shaker_new(&s->address, true);
	double before;

	for (int i = 0; i < IDLE_FIRST; i++)
		shaker_hold(shaker, tls);
	before = resident_kb(s);
	for (int i = 0; i < IDLE; i++)
		shaker_hold(shaker, tls);
	before = resident_kb(s) - before;
	shaker_free(shaker);
	return before / IDLE;
}

/* ---- all --------------------------------------------------------------- */

static struct server
server(char **argv)
{
	struct server s = { .pid = (pid_t)strtol(argv[0], NULL, 10),
		.address = { .sin_family = AF_INET,
		    .sin_port = htons((uint16_t)strtoul(argv[1], NULL, 10)),
		    .sin_addr.s_addr = htonl(INADDR_LOOPBACK) },
		.fleet = { .hosts = HOSTS } };

	s.fleet.revisions = calloc(HOSTS, sizeof(uint32_t));
	s.fleet.numbers = calloc(HOSTS, sizeof(int64_t));
	if (!s.fleet.revisions || !s.fleet.numbers)
		exit(1);
	return s;
}

int
main(int argc, char **argv)
{
	struct server bare, plain, tls;

	if (argc != 7) {
		fprintf(stderr, "usage: connections ANSWERER-PID PORT "
				"PLAIN-PID PORT TLS-PID PORT\n");
		return 2;
	}
	bare = server(argv + 1);
	plain = server(argv + 3);
	tls = server(argv + 5);
	(void)post(&bare, POST_FIRST, 0);
	(void)post(&plain, POST_FIRST, 0);
	compare_beats(&bare, &plain);
	compare(&bare, &plain, POST_HEARTBEAT,
	    "heartbeat, saturated, cpu (bound: a bare epoll answer)", "<= 1.5");
	compare(&bare, &plain, POST_SAME,
	    "unchanged full report, cpu (bound: a bare epoll answer)",
	    "<= 2.5");
	shake_hands(&tls, false);
	shake_hands(&tls, true);
	figure("idle connection", idle_kb(&plain, false), 0, "KB", "<= 10");
	figure(
	    "idle connection with TLS", idle_kb(&tls, true), 0, "KB", "<= 12");
	return 0;
}
