/*
 * findings.c - how long it takes to judge a fleet, and a host that changed.
 *
 * All hosts of a fleet are in the collector's API, without its server, with a
 * database in memory.  The whole fleet is judged, then one host after another
 * reports a change: the first figure of each is the time until its findings are
 * there, the second until all that it touches is judged again.  Prints time on
 * the clock, and of the judging thread alone: nothing else runs.
 *
 * Usage: findings HOSTS...
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "collector/api_inside.h"
#include "collector/store.h"
#include "tests/bench/fleet/model.h"

enum { NOW = 1000000, CHANGES = 200, HOSTS_MOST = 1000000, MICRO = 1000000 };

static int64_t now = NOW;

static int64_t
processor_us(void)
{
	struct timespec t = { 0 };

	(void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (int64_t)t.tv_sec * MICRO + t.tv_nsec / 1000;
}

static int64_t
told_time(void)
{
	return now;
}

static const char *
no_argument(const struct request *r, const char *name)
{
	(void)r;
	(void)name;
	return NULL;
}

static bool
post(struct api *a, uint32_t host, uint32_t revision, int64_t number)
{
	struct fleet_host of = { host, revision, now };
	struct buffer body;
	struct request request = { .method = "POST",
		.path = "/api/v1/reports",
		.content_type = "application/json",
		.argument = no_argument };
	struct reply reply;
	bool taken;

	buffer_init(&body, 1 << 20);
	fleet_report(&body, &of, number);
	request.body = buffer_string(&body);
	request.body_size = body.size;
	reply_init(&reply);
	api_answer(a, &request, &reply);
	taken = reply.status == 204;
	if (!taken)
		fprintf(stderr, "findings: %s\n", buffer_string(&reply.body));
	reply_done(&reply);
	buffer_done(&body);
	return taken;
}

static void
count(void *context, const struct finding *f)
{
	(void)f;
	++*(unsigned long *)context;
}

/* Everybody at once, as after a start. */
static double
judge_all(struct api *a)
{
	int64_t begun = processor_us();

	for (size_t i = 0; i < a->model.count; i++)
		docket_put(
		    a->docket, a->model.hosts[i]->host_id, DOCKET_TOUCHED);
	docket_settle(a->docket);
	return (double)(processor_us() - begun) / MICRO;
}

/* Milliseconds from a changed report until all is judged, the mean. */
static double
judge_changes(struct api *a, uint32_t hosts)
{
	int64_t begun = processor_us();

	for (uint32_t i = 0; i < CHANGES; i++) {
		if (!post(a, i * 37 % hosts, 1 + i / hosts, 2 + i))
			exit(1);
		docket_settle(a->docket);
	}
	return (double)(processor_us() - begun) / 1000 / CHANGES;
}

/* The same of the changed host alone. */
static double
judge_one(struct api *a)
{
	int64_t begun = processor_us();

	for (uint32_t i = 0; i < CHANGES; i++) {
		docket_put(a->docket,
		    a->model.hosts[i * 37 % a->model.count]->host_id,
		    DOCKET_TOUCHED);
		docket_settle(a->docket);
	}
	return (double)(processor_us() - begun) / 1000 / CHANGES;
}

static int
measure(uint32_t hosts)
{
	char error[STORE_ERROR_SIZE];
	unsigned long found = 0;
	struct store *store;
	struct api *a;
	double whole, one, change;

	if (store_open(":memory:", &store, error) != STATUS_OK ||
	    api_new(store, NULL, told_time, &a) != STATUS_OK)
		return 1;
	for (uint32_t i = 0; i < hosts; i++) {
		if (!post(a, i, 0, 1))
			return 1;
	}
	docket_settle(a->docket);
	whole = judge_all(a);
	one = judge_one(a);
	change = judge_changes(a, hosts);
	/* When all holds are over. */
	now += 60;
	(void)judge_all(a);
	findings_visit(&a->findings, count, &found);
	printf("%7u hosts: all judged in %.2f s (%.0f us each), one in %.2f "
	       "ms, a changed report and all it touches in %.1f ms; %lu "
	       "findings\n",
	    hosts, whole, whole / hosts * MICRO, one, change, found);
	if (hosts == 10000) {
		printf("FIGURE\tjudging the whole fleet\t%.2f\t-\ts\t<= 60\n",
		    whole);
		printf("FIGURE\tfindings after a changed report\t%.1f\t-\tms\t"
		       "<= 50\n",
		    change);
	}
	api_stop(a);
	api_free(a);
	store_close(store);
	return 0;
}

int
main(int argc, char **argv)
{
	for (int i = 1; i < argc; i++) {
		long hosts = strtol(argv[i], NULL, 10);

		if (hosts < 1 || hosts > HOSTS_MOST ||
		    measure((uint32_t)hosts) != 0)
			return 1;
	}
	return 0;
}
