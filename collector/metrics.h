/*
 * metrics.h - counts and times of what the collector does, for Prometheus.
 *
 *	http, reports, writer -> [metrics] -> metrics_text -> /metrics
 *
 * Whoever does something counts it here, without a lock; all functions may be
 * called by any thread, and accept NULL: nobody counts then.
 *
 * Memory:  metrics_new/metrics_free.
 * Units:   microseconds of the monotonic clock.
 */
#ifndef COLLECTOR_METRICS_H
#define COLLECTOR_METRICS_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
	METRICS_BOUNDS_MOST = 14,
	METRICS_ROUTES_MOST = 64,
	METRICS_STATUSES = 16
};

/* What a request is counted as: none of ours, a file of the page, or a place in
 * the table of routes. */
enum { METRICS_ROUTE_OTHER, METRICS_ROUTE_PAGE, METRICS_ROUTE_FIRST };

/* How a report or heartbeat ended. */
enum metrics_result {
	RESULT_STORED,
	RESULT_KNOWN,     /* taken before, or older than what we have */
	RESULT_MALFORMED, /* 400 */
	RESULT_CONFLICT,  /* 409 */
	RESULT_BUSY,      /* 503: the queue is full */
	RESULT_FAILED,    /* 503: the store does not take it */
	RESULT_COUNT
};

struct histogram {
	atomic_uint_least64_t counts[METRICS_BOUNDS_MOST + 1];
	atomic_uint_least64_t sum;
};

struct metrics {
	atomic_uint_least64_t reports[RESULT_COUNT], heartbeats[RESULT_COUNT];
	atomic_uint_least64_t report_octets;
	struct histogram waits, commits; /* us */
	struct histogram batches;        /* reports */
	atomic_uint_least64_t connected, disconnected;
	atomic_uint_least64_t received, sent; /* octets of bodies */
	/* By what a request is counted as. */
	atomic_uint_least64_t requests[METRICS_ROUTES_MOST][METRICS_STATUSES];
	struct histogram times[METRICS_ROUTES_MOST]; /* us */
};

/* A request whose answer is on its way. */
struct metrics_served {
	unsigned route, status;
	size_t received, sent; /* octets of the bodies */
	int64_t took_us;       /* since its headers were there */
};

/* Bounds of times (us) and of batches (reports). */
extern const uint32_t metrics_times[METRICS_BOUNDS_MOST];
extern const uint32_t metrics_batches[METRICS_BOUNDS_MOST];
/* The HTTP statuses that are told apart; the last is 0: any other. */
extern const unsigned metrics_statuses[METRICS_STATUSES];

struct metrics *metrics_new(void);
void metrics_free(struct metrics *m);

void metrics_report(
    struct metrics *m, bool heartbeat, enum metrics_result result);
/* A report's body, unpacked. */
void metrics_unpacked(struct metrics *m, size_t octets);
/* In the queue. */
void metrics_waited(struct metrics *m, int64_t us);
void metrics_committed(struct metrics *m, int64_t us, size_t reports);
/* A connection came, or went. */
void metrics_connection(struct metrics *m, bool came);
void metrics_request(struct metrics *m, const struct metrics_served *served);

#endif
