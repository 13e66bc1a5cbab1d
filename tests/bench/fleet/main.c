/*
 * fleet - posts the reports of a fleet to a collector that runs, and prints
 * what they cost it, beside what their rows cost SQLite at the least.
 *
 *	fleet PORT PID HOSTS POSTERS SECONDS SCRATCH-FILE
 *
 * Processor time is the collector's own, all threads; wall time is that of a
 * machine which the posters share with it.
 */
#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "tests/bench/fleet/bound.h"
#include "tests/bench/fleet/model.h"
#include "tests/bench/fleet/post.h"

enum { ARGUMENTS = 7 };

struct bench {
	struct post_settings settings;
	struct fleet_state fleet;
	pid_t collector;
	double bound_us;
};

static double
spent_us(pid_t process)
{
	clockid_t clock;
	struct timespec t;

	if (clock_getcpuclockid(process, &clock) != 0 ||
	    clock_gettime(clock, &t) != 0) {
		fprintf(stderr, "fleet: process %d is gone\n", (int)process);
		exit(1);
	}
	return (double)t.tv_sec * 1e6 + (double)t.tv_nsec / 1e3;
}

/* -1: the kernel does not tell. */
static long long
written_octets(pid_t process)
{
	static const char name[] = "write_bytes: ";
	char path[64], line[128];
	long long octets = -1;
	FILE *f;

	(void)snprintf(path, sizeof(path), "/proc/%d/io", (int)process);
	f = fopen(path, "r");
	while (f && fgets(line, sizeof(line), f)) {
		if (strncmp(line, name, sizeof(name) - 1) == 0)
			octets = strtoll(line + sizeof(name) - 1, NULL, 10);
	}
	if (f)
		(void)fclose(f);
	return octets;
}

static void
run(struct bench *b, enum post_kind kind, const char *name)
{
	double before = spent_us(b->collector), each;
	long long octets = written_octets(b->collector);
	struct post_result r;

	b->settings.kind = kind;
	post_run(&b->settings, &b->fleet, &r);
	each = (spent_us(b->collector) - before) /
	       (double)(r.acknowledged ? r.acknowledged : 1);
	octets = written_octets(b->collector) - octets;
	printf("  %-22s %7.0f/s  %7.1f us cpu  %5.2f of the bound  "
	       "p50 %6.2f ms  p99 %7.2f ms  %6.1f KB to disk\n",
	    name, (double)r.acknowledged / r.seconds, each, each / b->bound_us,
	    r.p50_us / 1e3, r.p99_us / 1e3,
	    (double)octets / 1024 /
		(double)(r.acknowledged ? r.acknowledged : 1));
	if (r.refused + r.broken > 0)
		printf("  %-22s refused %llu, broken %llu\n", "",
		    (unsigned long long)r.refused,
		    (unsigned long long)r.broken);
	(void)fflush(stdout);
}

int
main(int argc, char **argv)
{
	struct bench b = { .settings.collector.sin_family = AF_INET };
	unsigned posters;

	if (argc != ARGUMENTS) {
		fprintf(stderr, "usage: fleet PORT PID HOSTS POSTERS SECONDS "
				"SCRATCH-FILE\n");
		return 2;
	}
	b.settings.collector.sin_port =
	    htons((uint16_t)strtoul(argv[1], NULL, 10));
	b.settings.collector.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	b.collector = (pid_t)strtol(argv[2], NULL, 10);
	b.fleet.hosts = (uint32_t)strtoul(argv[3], NULL, 10);
	posters = (unsigned)strtoul(argv[4], NULL, 10);
	b.settings.posters = posters;
	b.settings.seconds = strtod(argv[5], NULL);
	b.fleet.revisions = calloc(b.fleet.hosts, sizeof(uint32_t));
	b.fleet.numbers = calloc(b.fleet.hosts, sizeof(int64_t));
	if (!b.fleet.revisions || !b.fleet.numbers)
		return 1;
	b.bound_us = bound_bulk_insert_us(argv[6], b.fleet.hosts);
	printf("bound: %.1f us cpu for %d rows inserted in bulk, no journal\n",
	    b.bound_us, FLEET_ROWS);
	run(&b, POST_FIRST, "first report");
	run(&b, POST_CHANGED, "changed report");
	run(&b, POST_SAME, "unchanged report");
	run(&b, POST_HEARTBEAT, "heartbeat");
	b.settings.posters = 1;
	run(&b, POST_CHANGED, "changed, one poster");
	free(b.fleet.revisions);
	free(b.fleet.numbers);
	return 0;
}
