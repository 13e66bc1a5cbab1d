#include "tests/bench/fleet/post.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "tests/bench/fleet/model.h"
#include "tests/bench/fleet/talk.h"

enum {
	REPORT_MOST = 1 << 20,
	TIMES_MOST = 1 << 20 /* of each poster; later ones are not kept */
};

struct poster {
	const struct post_settings *settings;
	struct fleet_state *fleet;
	uint32_t first; /* and each 'posters'-th after it */
	double until;
	struct talk talk;
	uint64_t acknowledged, refused, broken;
	uint32_t *times_us;
	size_t time_count;
	pthread_t thread;
};

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
post_host(struct poster *p, uint32_t host, struct buffer *body)
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
	begun = talk_now_s();
	status = talk_post(&p->talk, body);
	note(p, status, talk_now_s() - begun);
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
	struct buffer body;

	buffer_init(&body, REPORT_MOST);
	talk_init(&p->talk, p->settings->second && p->first % 2 != 0
				? p->settings->second
				: &p->settings->collector);
	do {
		for (uint32_t i = p->first; i < p->fleet->hosts;
		     i += p->settings->posters) {
			if (!once && talk_now_s() >= p->until)
				break;
			post_host(p, i, &body);
		}
	} while (!once && talk_now_s() < p->until);
	buffer_done(&body);
	talk_done(&p->talk);
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
	double begun = talk_now_s();

	*out = (struct post_result){ .acknowledged = 0 };
	if (!posters)
		return;
	for (unsigned i = 0; i < settings->posters; i++) {
		posters[i] = (struct poster){ .settings = settings,
			.fleet = fleet,
			.first = i,
			.until = begun + settings->seconds,
			.times_us = malloc(TIMES_MOST * sizeof(uint32_t)) };
		if (!posters[i].times_us || pthread_create(&posters[i].thread,
						NULL, run, &posters[i]) != 0) {
			perror("fleet");
			exit(1);
		}
	}
	for (unsigned i = 0; i < settings->posters; i++)
		(void)pthread_join(posters[i].thread, NULL);
	out->seconds = talk_now_s() - begun;
	sum_up(posters, settings->posters, out);
	for (unsigned i = 0; i < settings->posters; i++)
		free(posters[i].times_us);
	free(posters);
}
