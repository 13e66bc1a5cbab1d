#include "collector/docket.h"

#include <pthread.h>
#include <stdlib.h>
#include <time.h>

#include "collector/numbers.h"

#define NOWHERE UINT32_MAX

enum {
	/* What one report touches is judged at once: a rack and its pair. */
	EAGER_MOST = 64,
	/* Where more wait, after a start or under a flood of reports, who
	 * reports and who asks goes first: a quarter of one processor judges.
	 */
	PAUSES = 3,
	PAUSE_MOST_US = 100 * 1000
};

/* Who changed stands in a line of their own, and may still stand in the other
 * one: who is called and waits no more is passed over. */
enum { URGENT, OTHERS, LINES };

struct entry {
	int64_t host_id;
	int64_t due; /* -1: only when it changes */
	bool waits;
	enum docket_cause cause;
	bool stands[LINES];
	uint32_t next[LINES];
};

struct line {
	uint32_t first, last; /* places among the entries */
};

struct docket {
	struct docket_settings settings;
	pthread_t thread;
	bool running;
	pthread_mutex_t lock; /* of all that follows */
	pthread_cond_t filled, settled;
	struct entry *entries;
	size_t count, capacity;
	struct numbers by_host; /* host_id -> place */
	struct line lines[LINES];
	size_t waiting;
	bool judging, stopping;
};

/* ---- lines; the lock is held ---------------------------------------------
 */

static void
stand(struct docket *d, unsigned which, uint32_t at)
{
	struct line *line = &d->lines[which];

	if (d->entries[at].stands[which])
		return;
	d->entries[at].stands[which] = true;
	d->entries[at].next[which] = NOWHERE;
	if (line->last != NOWHERE)
		d->entries[line->last].next[which] = at;
	else
		line->first = at;
	line->last = at;
}

/* The first that waits; NULL: nobody does. */
static struct entry *
call(struct docket *d)
{
	for (unsigned which = 0; which < LINES; which++) {
		struct line *line = &d->lines[which];

		while (line->first != NOWHERE) {
			struct entry *e = &d->entries[line->first];

			line->first = e->next[which];
			if (line->first == NOWHERE)
				line->last = NOWHERE;
			e->stands[which] = false;
			if (e->waits)
				return e;
		}
	}
	return NULL;
}

static uint32_t
entry_of(struct docket *d, int64_t host_id)
{
	uint32_t at = numbers_find(&d->by_host, (uint64_t)host_id);

	if (at != NUMBERS_NONE)
		return at;
	if (d->count == d->capacity) {
		size_t capacity = d->capacity * 2 + 64;
		struct entry *more =
		    realloc(d->entries, capacity * sizeof(*more));

		if (!more)
			return NOWHERE;
		d->entries = more;
		d->capacity = capacity;
	}
	at = (uint32_t)d->count;
	if (!numbers_set(&d->by_host, (uint64_t)host_id, at))
		return NOWHERE;
	d->entries[d->count++] =
	    (struct entry){ .host_id = host_id, .due = -1 };
	return at;
}

static void
put(struct docket *d, uint32_t at, enum docket_cause cause)
{
	struct entry *e = &d->entries[at];

	d->waiting += !e->waits;
	if (!e->waits || cause > e->cause)
		e->cause = cause;
	e->waits = true;
	stand(d, cause == DOCKET_CHANGED ? URGENT : OTHERS, at);
	(void)pthread_cond_signal(&d->filled);
}

/* ---- the thread ------------------------------------------------------------
 */

/* Waits for a host; false: there is none any more. */
static bool
take(struct docket *d, struct entry *out)
{
	struct entry *e = d->stopping ? NULL : call(d);

	while (!e && !d->stopping) {
		(void)pthread_cond_broadcast(&d->settled);
		(void)pthread_cond_wait(&d->filled, &d->lock);
		e = d->stopping ? NULL : call(d);
	}
	if (!e)
		return false;
	e->waits = false;
	e->due = -1;
	d->waiting--;
	*out = *e;
	return true;
}

/* Processor time of this thread, in microseconds. */
static int64_t
worked_us(void)
{
	struct timespec t = { 0 };

	(void)clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
	return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

static void
rest(int64_t pause_us)
{
	struct timespec t = { .tv_nsec = (long)pause_us * 1000 };

	if (pause_us > 0)
		(void)nanosleep(&t, NULL);
}

/* How long to leave the processor to others after so much work. */
static int64_t
pause_after(int64_t work_us, bool many)
{
	int64_t pause = many ? work_us * PAUSES : 0;

	return pause < PAUSE_MOST_US ? pause : PAUSE_MOST_US;
}

static void *
run(void *context)
{
	struct docket *d = context;
	struct entry e;

	(void)pthread_mutex_lock(&d->lock);
	while (take(d, &e)) {
		bool many = d->waiting > EAGER_MOST;
		int64_t due, begun = worked_us();
		uint32_t at;

		d->judging = true;
		(void)pthread_mutex_unlock(&d->lock);
		due =
		    d->settings.judge(d->settings.context, e.host_id, e.cause);
		rest(pause_after(worked_us() - begun, many));
		(void)pthread_mutex_lock(&d->lock);
		d->judging = false;
		at = entry_of(d, e.host_id);
		if (at != NOWHERE)
			d->entries[at].due = due;
	}
	(void)pthread_mutex_unlock(&d->lock);
	return NULL;
}

/* ---- from any thread -------------------------------------------------------
 */

void
docket_put(struct docket *d, int64_t host_id, enum docket_cause cause)
{
	uint32_t at;

	(void)pthread_mutex_lock(&d->lock);
	at = entry_of(d, host_id);
	if (at != NOWHERE)
		put(d, at, cause);
	(void)pthread_mutex_unlock(&d->lock);
}

/* A look at one number of each host costs less than to keep them in order. */
void
docket_sweep(struct docket *d, int64_t now)
{
	(void)pthread_mutex_lock(&d->lock);
	for (uint32_t i = 0; i < d->count; i++) {
		if (d->entries[i].due >= 0 && d->entries[i].due <= now)
			put(d, i, DOCKET_DUE);
	}
	(void)pthread_mutex_unlock(&d->lock);
}

void
docket_settle(struct docket *d)
{
	(void)pthread_mutex_lock(&d->lock);
	while (!d->stopping && (d->waiting > 0 || d->judging))
		(void)pthread_cond_wait(&d->settled, &d->lock);
	(void)pthread_mutex_unlock(&d->lock);
}

/* ---- life ------------------------------------------------------------------
 */

enum status
docket_new(const struct docket_settings *settings, struct docket **out)
{
	struct docket *d = calloc(1, sizeof(*d));

	if (!d)
		return STATUS_NO_MEMORY;
	d->settings = *settings;
	for (unsigned i = 0; i < LINES; i++)
		d->lines[i] = (struct line){ NOWHERE, NOWHERE };
	if (pthread_mutex_init(&d->lock, NULL) != 0 ||
	    pthread_cond_init(&d->filled, NULL) != 0 ||
	    pthread_cond_init(&d->settled, NULL) != 0) {
		free(d);
		return STATUS_SYSTEM;
	}
	d->running = pthread_create(&d->thread, NULL, run, d) == 0;
	if (!d->running) {
		docket_free(d);
		return STATUS_SYSTEM;
	}
	*out = d;
	return STATUS_OK;
}

void
docket_stop(struct docket *d)
{
	if (!d || !d->running)
		return;
	(void)pthread_mutex_lock(&d->lock);
	d->stopping = true;
	(void)pthread_cond_broadcast(&d->filled);
	(void)pthread_cond_broadcast(&d->settled);
	(void)pthread_mutex_unlock(&d->lock);
	(void)pthread_join(d->thread, NULL);
	d->running = false;
}

void
docket_free(struct docket *d)
{
	if (!d)
		return;
	docket_stop(d);
	(void)pthread_mutex_destroy(&d->lock);
	(void)pthread_cond_destroy(&d->filled);
	(void)pthread_cond_destroy(&d->settled);
	numbers_done(&d->by_host);
	free(d->entries);
	free(d);
}
