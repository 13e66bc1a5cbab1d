/*
 * shared - starts one collector on a PostgreSQL and then a second one beside
 * it, posts them changed reports, and prints what these cost.
 *
 *	shared PROGRAM DIRECTORY POSTERS SECONDS HOSTS POSTGRESQL
 *
 * Each host speaks to one of the two; the other one follows.  The machine is
 * shared with the posters and the server, so it is the collectors' processor
 * time that counts: what two could do in a second of it each, over what one
 * can.
 */
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/bench/fleet/collector.h"
#include "tests/bench/fleet/post.h"

enum {
	ARGUMENTS = 7,
	PATH_SIZE = 512,
	FOLLOW_S = 3 /* until both know the same, and have nothing to do */
};

static const char question[] = "/readyz";

static void
prepare(struct collector *c, char **argv, const char *name,
    char path[static PATH_SIZE])
{
	(void)snprintf(path, PATH_SIZE, "%s/%s", argv[2], name);
	if (mkdir(path, 0777) != 0) {
		perror(path);
		exit(1);
	}
	*c = (struct collector){
		.program = argv[1], .directory = path, .database = argv[6]
	};
	collector_choose_port(c);
}

/* Changed reports in a second of the processor time of each collector. */
static double
post_changed(const char *name, const struct post_settings *settings,
    struct fleet_state *fleet, const struct collector *collectors,
    unsigned count)
{
	double cpu_us = 0, each_us;
	struct post_result r;

	for (unsigned i = 0; i < count; i++)
		cpu_us -= collector_cpu_us(&collectors[i]);
	post_run(settings, fleet, &r);
	(void)sleep(FOLLOW_S);
	for (unsigned i = 0; i < count; i++)
		cpu_us += collector_cpu_us(&collectors[i]);
	each_us = cpu_us / (double)(r.acknowledged ? r.acknowledged : 1);
	printf("%-14s %6.0f/s changed reports, %.1f us cpu of the collectors "
	       "each; p50 %.1f ms, p99 %.1f ms; refused %llu, broken %llu\n",
	    name, (double)r.acknowledged / r.seconds, each_us, r.p50_us / 1e3,
	    r.p99_us / 1e3, (unsigned long long)r.refused,
	    (unsigned long long)r.broken);
	return count * 1e6 / each_us;
}

int
main(int argc, char **argv)
{
	struct post_settings settings = { .kind = POST_FIRST };
	static char paths[2][PATH_SIZE];
	struct collector collectors[2];
	struct fleet_state fleet;
	struct post_result first;
	double one, two;

	if (argc != ARGUMENTS) {
		fprintf(stderr, "usage: shared PROGRAM DIRECTORY POSTERS "
				"SECONDS HOSTS POSTGRESQL\n");
		return 2;
	}
	prepare(&collectors[0], argv, "one", paths[0]);
	prepare(&collectors[1], argv, "two", paths[1]);
	settings.collector = collectors[0].address;
	settings.posters = (unsigned)strtoul(argv[3], NULL, 10);
	settings.seconds = strtod(argv[4], NULL);
	fleet = (struct fleet_state){ .hosts = (uint32_t)strtoul(
					  argv[5], NULL, 10) };
	fleet.revisions = calloc(fleet.hosts, sizeof(uint32_t));
	fleet.numbers = calloc(fleet.hosts, sizeof(int64_t));
	if (!fleet.revisions || !fleet.numbers)
		return 1;
	(void)collector_start(&collectors[0], question);
	post_run(&settings, &fleet, &first);
	settings.kind = POST_CHANGED;
	one = post_changed("one collector", &settings, &fleet, collectors, 1);
	(void)collector_start(&collectors[1], question);
	/* The first one saves all that was only heard, for the second. */
	(void)sleep(FOLLOW_S);
	settings.second = &collectors[1].address;
	settings.posters *= 2; /* as many for each */
	two = post_changed("two collectors", &settings, &fleet, collectors, 2);
	printf("FIGURE\ttwo collectors over one on PostgreSQL, of their "
	       "processor time\t%.0f\t%.0f\t/s\t>= 1.6\n",
	    two, one);
	collector_stop(&collectors[1]);
	collector_stop(&collectors[0]);
	free(fleet.revisions);
	free(fleet.numbers);
	return 0;
}
