/*
 * fleet - starts a collector, posts it the reports of fleets, and prints what
 * they cost it, beside what their rows cost SQLite at the least.
 *
 *	fleet PROGRAM DIRECTORY POSTERS SECONDS HOSTS...
 *
 * Of several sizes the first is measured against bounds, and the others
 * against the first: nothing may cost much more in a larger fleet.
 *
 * Processor time is the collector's own, all threads; wall time is that of a
 * machine which the posters share with it.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tests/bench/fleet/ask.h"
#include "tests/bench/fleet/beats.h"
#include "tests/bench/fleet/bound.h"
#include "tests/bench/fleet/collector.h"
#include "tests/bench/fleet/disk.h"
#include "tests/bench/fleet/model.h"
#include "tests/bench/fleet/post.h"
#include "tests/bench/fleet/talk.h"

enum {
	FIRST_SIZE = 5, /* argument */
	AGENTS = 100000,
	BEAT_EVERY_S = 30,
	BEAT_CONNECTIONS = 9000, /* more need more descriptors */
	PATH_SIZE = 512
};

/* What one fleet cost, microseconds of processor time each. */
struct costs {
	uint32_t hosts;
	double reports[POST_KINDS];
	double questions[ASK_KINDS];
	double restart_s;
};

struct bench {
	struct collector collector;
	struct post_settings settings;
	struct fleet_state fleet;
	double seconds, bound_us, before_us;
	unsigned posters;
};

static const char any_question[] = "/readyz";

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
}

/* ---- reports ----------------------------------------------------------- */

static double
post_all(struct bench *b, enum post_kind kind, const char *name,
    struct post_result *r)
{
	double before = collector_cpu_us(&b->collector), each;
	double octets = collector_written(&b->collector), done;

	b->settings.kind = kind;
	post_run(&b->settings, &b->fleet, r);
	done = (double)(r->acknowledged ? r->acknowledged : 1);
	each = (collector_cpu_us(&b->collector) - before) / done;
	octets = collector_written(&b->collector) - octets;
	printf("  %-22s %7.0f/s  %7.1f us cpu  %5.2f of the bound  "
	       "p50 %6.2f ms  p99 %7.2f ms  %6.1f KB to disk\n",
	    name, (double)r->acknowledged / r->seconds, each,
	    each / b->bound_us, r->p50_us / 1e3, r->p99_us / 1e3,
	    octets / 1024 / done);
	if (r->refused + r->broken > 0)
		printf("  %-22s refused %llu, broken %llu\n", "",
		    (unsigned long long)r->refused,
		    (unsigned long long)r->broken);
	(void)fflush(stdout);
	return each;
}

static void
post_kinds(struct bench *b, struct costs *out, struct post_result *changed)
{
	static const char *const names[POST_KINDS] = { "first report",
		"changed report", "unchanged report", "heartbeat" };

	for (enum post_kind k = POST_FIRST; k < POST_KINDS; k++) {
		struct post_result r;

		out->reports[k] = post_all(b, k, names[k], &r);
		if (k == POST_CHANGED)
			*changed = r;
	}
}

/* One poster waits for the disk alone: before and after, since it is shared. */
static void
post_alone(struct bench *b)
{
	double sync_us = disk_sync_us(b->collector.directory);
	struct post_result r;

	b->settings.posters = 1;
	(void)post_all(b, POST_CHANGED, "changed, one poster", &r);
	b->settings.posters = b->posters;
	sync_us = (sync_us + disk_sync_us(b->collector.directory)) / 2;
	printf("  one fdatasync of 4 KB: %.2f ms\n", sync_us / 1e3);
	figure("changed report alone, durable (bound: 2 fdatasync + 0.5 ms)",
	    r.p50_us, 2 * sync_us + 500, "us", "<= 1");
}

/* ---- heartbeats -------------------------------------------------------- */

static void
note_cpu(void *context)
{
	struct bench *b = context;

	b->before_us = collector_cpu_us(&b->collector);
}

static void
beat(struct bench *b)
{
	struct beats settings = { .collector = b->collector.address,
		.connections = BEAT_CONNECTIONS,
		.each_second = (double)AGENTS / BEAT_EVERY_S,
		.seconds = 2 * b->seconds };
	struct beats_result r;
	double share;

	beats_run(&settings, &b->fleet, note_cpu, b, &r);
	share =
	    (collector_cpu_us(&b->collector) - b->before_us) / r.seconds / 1e4;
	printf("  heartbeats at %.0f/s on %u connections: %.1f %% of a core, "
	       "%.1f us each; refused %llu, late %llu, closed %llu\n",
	    (double)r.answered / r.seconds, r.connections, share,
	    share * 1e4 * r.seconds / (double)(r.answered ? r.answered : 1),
	    (unsigned long long)r.refused, (unsigned long long)r.late,
	    (unsigned long long)r.closed);
	figure("heartbeats of 100,000 agents, each 30 s, of a core", share, 0,
	    "%", "<= 20");
}

/* ---- questions --------------------------------------------------------- */

static void
ask_all(struct bench *b, struct costs *out)
{
	for (enum ask_kind k = 0; k < ASK_KINDS; k++) {
		double before;
		struct ask_result r;

		/* What is derived is made by the first. */
		ask_run(&b->collector.address, &b->fleet, k, 0, &r);
		before = collector_cpu_us(&b->collector);
		ask_run(
		    &b->collector.address, &b->fleet, k, b->seconds / 2, &r);
		out->questions[k] = (collector_cpu_us(&b->collector) - before) /
				    (double)(r.answered ? r.answered : 1);
		printf("  %-22s %7.1f us cpu  p50 %6.2f ms  p99 %7.2f ms\n",
		    ask_name(k), out->questions[k], r.p50_us / 1e3,
		    r.p99_us / 1e3);
		if (r.wrong > 0)
			printf("  %-22s not answered: %llu\n", "",
			    (unsigned long long)r.wrong);
	}
}

/* ---- a fleet ----------------------------------------------------------- */

/* Killed, so that what was in its log alone is read again. */
static void
restart(struct bench *b, struct costs *out, double most_s)
{
	char name[PATH_SIZE], goal[32];
	double ready_s, begun;
	bool known;

	collector_kill(&b->collector);
	ready_s = collector_start(&b->collector, any_question);
	begun = talk_now_s();
	known = ask_known(&b->collector.address, &b->fleet);
	out->restart_s = ready_s + talk_now_s() - begun;
	printf("  killed and started: ready after %.2f s, first answer after "
	       "%.2f s%s\n",
	    ready_s, out->restart_s,
	    known ? "" : ", and a machine is not known");
	(void)snprintf(name, sizeof(name), "restart to first answer, %u hosts",
	    b->fleet.hosts);
	(void)snprintf(goal, sizeof(goal), "<= %.0f", most_s);
	figure(name, out->restart_s, 0, "s", goal);
}

static void
remove_files(const struct bench *b)
{
	static const char *const names[] = { "demarc.sqlite",
		"demarc.sqlite-wal", "demarc.sqlite-shm", "bound.sqlite" };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		char path[PATH_SIZE];

		(void)snprintf(path, sizeof(path), "%s/%s",
		    b->collector.directory, names[i]);
		(void)unlink(path);
	}
}

static void
measure(struct bench *b, struct costs *out, bool is_first)
{
	char bound[PATH_SIZE];
	struct post_result changed;

	b->fleet = (struct fleet_state){ .hosts = out->hosts };
	b->fleet.revisions = calloc(out->hosts, sizeof(uint32_t));
	b->fleet.numbers = calloc(out->hosts, sizeof(int64_t));
	if (!b->fleet.revisions || !b->fleet.numbers)
		exit(1);
	(void)snprintf(
	    bound, sizeof(bound), "%s/bound.sqlite", b->collector.directory);
	b->bound_us = bound_bulk_insert_us(bound, out->hosts);
	printf("%u hosts; bound: %.1f us cpu for %d rows inserted in bulk, no "
	       "journal\n",
	    out->hosts, b->bound_us, FLEET_ROWS);
	(void)collector_start(&b->collector, any_question);
	post_kinds(b, out, &changed);
	if (is_first) {
		figure("changed report, durable, cpu (bound: bulk insert)",
		    out->reports[POST_CHANGED], b->bound_us, "us", "<= 1");
		figure("changed reports, 64 posters, p99", changed.p99_us / 1e3,
		    0, "ms", "<= 100");
		post_alone(b);
		beat(b);
	}
	ask_all(b, out);
	printf("  memory: %.1f KB a host; database: %.1f KB a host, history "
	       "included\n",
	    collector_resident(&b->collector) / 1024 / out->hosts,
	    collector_database_size(&b->collector) / 1024 / out->hosts);
	restart(b, out, is_first ? 1 : 10);
	collector_stop(&b->collector);
	remove_files(b);
	free(b->fleet.revisions);
	free(b->fleet.numbers);
}

/* What a larger fleet makes of the costs of the first. */
static void
compare(const struct costs *first, const struct costs *more)
{
	static const char *const reports[POST_KINDS] = { "first report",
		"changed report", "unchanged report", "heartbeat" };
	char name[PATH_SIZE];

	for (int i = 0; i < POST_KINDS + ASK_KINDS; i++) {
		bool is_report = i < POST_KINDS;
		int k = is_report ? i : i - POST_KINDS;

		(void)snprintf(name, sizeof(name),
		    "%s, %u hosts (bound: %u hosts)",
		    is_report ? reports[k] : ask_name((enum ask_kind)k),
		    more->hosts, first->hosts);
		figure(name, is_report ? more->reports[k] : more->questions[k],
		    is_report ? first->reports[k] : first->questions[k], "us",
		    "<= 2");
	}
}

int
main(int argc, char **argv)
{
	struct bench b = { .before_us = 0 };
	struct costs first = { .hosts = 0 };

	if (argc <= FIRST_SIZE) {
		fprintf(stderr, "usage: fleet PROGRAM DIRECTORY POSTERS "
				"SECONDS HOSTS...\n");
		return 2;
	}
	b.collector.program = argv[1];
	b.collector.directory = argv[2];
	collector_choose_port(&b.collector);
	b.posters = (unsigned)strtoul(argv[3], NULL, 10);
	b.seconds = strtod(argv[4], NULL);
	b.settings.collector = b.collector.address;
	b.settings.posters = b.posters;
	b.settings.seconds = b.seconds;
	for (int i = FIRST_SIZE; i < argc; i++) {
		struct costs costs = { .hosts = (uint32_t)strtoul(
					   argv[i], NULL, 10) };

		measure(&b, &costs, i == FIRST_SIZE);
		if (i == FIRST_SIZE)
			first = costs;
		else
			compare(&first, &costs);
	}
	return 0;
}
