#include "collector/metrics.h"

#include <stdlib.h>

const uint32_t metrics_times[METRICS_BOUNDS_MOST] = { 100, 250, 500, 1000, 2500,
	5000, 10000, 25000, 50000, 100000, 250000, 1000000, 2500000, 10000000 };
const uint32_t metrics_batches[METRICS_BOUNDS_MOST] = { 1, 2, 3, 4, 6, 8, 12,
	16, 24, 32, 64, 128, 192, 256 };
const unsigned metrics_statuses[METRICS_STATUSES] = { 200, 204, 304, 400, 401,
	403, 404, 405, 406, 409, 413, 415, 421, 429, 503, 0 };

struct metrics *
metrics_new(void)
{
	return calloc(1, sizeof(struct metrics));
}

void
metrics_free(struct metrics *m)
{
	free(m);
}

static void
add(atomic_uint_least64_t *to, uint64_t what)
{
	(void)atomic_fetch_add_explicit(to, what, memory_order_relaxed);
}

static void
observe(struct histogram *h, const uint32_t bounds[METRICS_BOUNDS_MOST],
    int64_t value)
{
	unsigned i = 0;

	if (value < 0)
		value = 0;
	while (i < METRICS_BOUNDS_MOST && value > bounds[i])
		i++;
	add(&h->counts[i], 1);
	add(&h->sum, (uint64_t)value);
}

void
metrics_report(struct metrics *m, bool heartbeat, enum metrics_result result)
{
	if (m)
		add(heartbeat ? &m->heartbeats[result] : &m->reports[result],
		    1);
}

void
metrics_unpacked(struct metrics *m, size_t octets)
{
	if (m)
		add(&m->report_octets, octets);
}

void
metrics_waited(struct metrics *m, int64_t us)
{
	if (m)
		observe(&m->waits, metrics_times, us);
}

void
metrics_committed(struct metrics *m, int64_t us, size_t reports)
{
	if (!m)
		return;
	observe(&m->commits, metrics_times, us);
	observe(&m->batches, metrics_batches, (int64_t)reports);
}

void
metrics_connection(struct metrics *m, bool came)
{
	if (m)
		add(came ? &m->connected : &m->disconnected, 1);
}

void
metrics_request(struct metrics *m, const struct metrics_served *served)
{
	unsigned i = 0;

	if (!m || served->route >= METRICS_ROUTES_MOST)
		return;
	while (
	    i < METRICS_STATUSES - 1 && metrics_statuses[i] != served->status)
		i++;
	add(&m->received, served->received);
	add(&m->sent, served->sent);
	add(&m->requests[served->route][i], 1);
	observe(&m->times[served->route], metrics_times, served->took_us);
}
