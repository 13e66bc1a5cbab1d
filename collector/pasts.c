#include "collector/pasts.h"

#include <errno.h>
#include <pthread.h>
#include <stddef.h>
#include <stdlib.h>
#include <time.h>

#include "base/clock.h"
#include "base/log.h"

enum { LOOK_EVERY_S = 60, PAUSE_S = 1 };

/* A moment that was made, or could not be. */
struct moment {
	struct past past; /* first: it is cast to its moment */
	enum status status;
	pthread_mutex_t lock; /* of the past, whose verdicts are made late */
	unsigned users;       /* who has it */
	unsigned owed;        /* who waited for it and has not had it */
	bool stale;           /* something else is known by now */
	int64_t used_ms;
	struct moment *next; /* used before this one */
};

struct wish {
	int64_t at;
	struct later *later;
};

struct pasts {
	struct pasts_settings settings;
	pthread_mutex_t making; /* of the reader */
	struct store *reader;   /* NULL: nobody has asked yet */
	pthread_t thread;
	pthread_cond_t wished;
	pthread_mutex_t lock; /* of all that follows */
	bool running, stopping;
	int64_t loaded; /* which moment is, or was the last */
	bool overtaken; /* something else was known while it was loaded */
	struct moment *moments; /* the last one used is the first */
	struct wish wishes[PASTS_WISHES_MOST];
	size_t wish_count;
};

/* ---- what is kept ----------------------------------------------------------
 */

static void
free_moment(struct moment *m)
{
	past_done(&m->past);
	(void)pthread_mutex_destroy(&m->lock);
	free(m);
}

/* Who waited for a moment takes it as it became, though a report may have come
 * meanwhile: where one comes each second nobody would be answered else. */
static bool
is_good(const struct moment *m, int64_t at)
{
	return m->past.at == at && (!m->stale || m->owed > 0);
}

/* Takes it out of the list; NULL: it is not there. */
static struct moment *
unlink_moment(struct pasts *p, int64_t at)
{
	struct moment **place = &p->moments;
	struct moment *m;

	while (*place && !is_good(*place, at))
		place = &(*place)->next;
	m = *place;
	if (m)
		*place = m->next;
	return m;
}

static void
put_first(struct pasts *p, struct moment *m)
{
	m->used_ms = clock_now().ms;
	m->next = p->moments;
	p->moments = m;
}

/* Forgets what is beyond the bounds, or was not used for long. */
static void
forget(struct pasts *p)
{
	struct moment **place = &p->moments;
	int64_t now_ms = clock_now().ms;
	size_t count = 0, size = 0;

	while (*place) {
		struct moment *m = *place;
		bool idle = now_ms - m->used_ms > PASTS_IDLE_MS ||
			    !is_good(m, m->past.at);

		size += m->past.size;
		count++;
		if (m->users > 0 ||
		    (!idle && (count == 1 || (count <= PASTS_MOST &&
						 size <= PASTS_SIZE_MOST)))) {
			place = &m->next;
			continue;
		}
		*place = m->next;
		size -= m->past.size;
		count--;
		free_moment(m);
	}
}

enum status
pasts_take(struct pasts *p, int64_t at, struct past **out)
{
	enum status status = STATUS_NOT_FOUND;
	struct moment *m;

	(void)pthread_mutex_lock(&p->lock);
	m = unlink_moment(p, at);
	if (m)
		status = m->status;
	if (m && m->owed > 0)
		m->owed--;
	if (m && status != STATUS_OK && m->owed == 0) {
		free_moment(m); /* said to all who waited, and tried anew */
	} else if (m && status != STATUS_OK) {
		put_first(p, m);
	} else if (m) {
		put_first(p, m);
		m->users++;
	}
	(void)pthread_mutex_unlock(&p->lock);
	if (status == STATUS_OK) {
		(void)pthread_mutex_lock(&m->lock);
		*out = &m->past;
	}
	return status;
}

void
pasts_release(struct pasts *p, struct past *past)
{
	struct moment *m = (struct moment *)(void *)past;

	(void)pthread_mutex_unlock(&m->lock);
	(void)pthread_mutex_lock(&p->lock);
	m->users--;
	(void)pthread_mutex_unlock(&p->lock);
}

/* ---- making ----------------------------------------------------------------
 */

static bool
is_made(struct pasts *p, int64_t at)
{
	const struct moment *m;

	(void)pthread_mutex_lock(&p->lock);
	for (m = p->moments; m && !is_good(m, at); m = m->next)
		;
	(void)pthread_mutex_unlock(&p->lock);
	return m;
}

/* With the lock of 'making'. */
static enum status
load(struct pasts *p, int64_t at, struct past *out)
{
	char error[STORE_ERROR_SIZE] = "";
	enum status status = STATUS_OK;

	(void)pthread_mutex_lock(&p->lock);
	p->loaded = at;
	p->overtaken = false;
	(void)pthread_mutex_unlock(&p->lock);
	if (!p->reader)
		status = store_reader(p->settings.store, &p->reader, error);
	if (status == STATUS_OK)
		status = past_load(p->reader, at, out);
	if (status != STATUS_OK)
		log_error("cannot look into the past: %s: %s",
		    status_text(status), p->reader ? p->reader->error : error);
	return status;
}

/* What was made, or could not be; with the lock of 'making'. */
static void
keep(struct pasts *p, struct moment *m)
{
	(void)pthread_mutex_lock(&p->lock);
	for (size_t i = 0; i < p->wish_count; i++)
		m->owed += p->wishes[i].at == m->past.at;
	if (m->owed == 0)
		m->owed = 1;
	m->stale = p->overtaken;
	put_first(p, m);
	forget(p);
	(void)pthread_mutex_unlock(&p->lock);
}

void
pasts_note(struct pasts *p, int64_t since)
{
	(void)pthread_mutex_lock(&p->lock);
	for (struct moment *m = p->moments; m; m = m->next)
		m->stale = m->stale || m->past.at >= since;
	p->overtaken = p->overtaken || p->loaded >= since;
	(void)pthread_mutex_unlock(&p->lock);
}

enum status
pasts_make(struct pasts *p, int64_t at)
{
	struct moment *m;

	if (is_made(p, at))
		return STATUS_OK;
	m = calloc(1, sizeof(*m));
	if (!m)
		return STATUS_NO_MEMORY;
	if (pthread_mutex_init(&m->lock, NULL) != 0) {
		free(m);
		return STATUS_NO_MEMORY;
	}
	m->status = p->settings.fresh(p->settings.context, at);
	(void)pthread_mutex_lock(&p->making);
	if (m->status == STATUS_OK)
		m->status = load(p, at, &m->past);
	m->past.at = at;
	keep(p, m);
	(void)pthread_mutex_unlock(&p->making);
	return STATUS_OK;
}

enum status
pasts_wish(struct pasts *p, int64_t at, struct later *later)
{
	enum status status = STATUS_BUSY;

	(void)pthread_mutex_lock(&p->lock);
	if (!p->stopping && p->wish_count < PASTS_WISHES_MOST) {
		p->wishes[p->wish_count++] = (struct wish){ at, later };
		(void)pthread_cond_signal(&p->wished);
		status = STATUS_OK;
	}
	(void)pthread_mutex_unlock(&p->lock);
	return status;
}

/* Whoever wished this moment asks again; all do at the end. */
static void
wake(struct pasts *p, int64_t at)
{
	struct later *woken[PASTS_WISHES_MOST];
	size_t count = 0, kept = 0;

	(void)pthread_mutex_lock(&p->lock);
	for (size_t i = 0; i < p->wish_count; i++) {
		if (p->wishes[i].at == at || p->stopping)
			woken[count++] = p->wishes[i].later;
		else
			p->wishes[kept++] = p->wishes[i];
	}
	p->wish_count = kept;
	(void)pthread_mutex_unlock(&p->lock);
	for (size_t i = 0; i < count; i++)
		woken[i]->again(woken[i]);
}

/* The next moment to make; false: there is none now. */
static bool
wait_wish(struct pasts *p, int64_t *out_at, bool *out_stopping)
{
	struct timespec end;
	bool found;

	(void)clock_gettime(CLOCK_REALTIME, &end);
	end.tv_sec += LOOK_EVERY_S;
	(void)pthread_mutex_lock(&p->lock);
	if (p->wish_count == 0 && !p->stopping)
		(void)pthread_cond_timedwait(&p->wished, &p->lock, &end);
	found = p->wish_count > 0;
	if (found)
		*out_at = p->wishes[0].at;
	*out_stopping = p->stopping;
	forget(p);
	(void)pthread_mutex_unlock(&p->lock);
	return found;
}

static void
pause_making(struct pasts *p)
{
	struct timespec end;

	(void)clock_gettime(CLOCK_REALTIME, &end);
	end.tv_sec += PAUSE_S;
	(void)pthread_mutex_lock(&p->lock);
	while (!p->stopping &&
	       pthread_cond_timedwait(&p->wished, &p->lock, &end) != ETIMEDOUT)
		;
	(void)pthread_mutex_unlock(&p->lock);
}

static void *
run(void *context)
{
	struct pasts *p = context;
	bool stopping = false;
	int64_t at = 0;

	while (!stopping) {
		if (!wait_wish(p, &at, &stopping))
			continue;
		if (!stopping && pasts_make(p, at) != STATUS_OK) {
			log_error("there is no memory for the past");
			pause_making(p); /* who is woken wishes it again */
		}
		wake(p, at);
	}
	return NULL;
}

/* ---- life ------------------------------------------------------------------
 */

enum status
pasts_new(const struct pasts_settings *settings, struct pasts **out)
{
	struct pasts *p = calloc(1, sizeof(*p));

	if (!p)
		return STATUS_NO_MEMORY;
	p->settings = *settings;
	if (pthread_mutex_init(&p->making, NULL) != 0 ||
	    pthread_mutex_init(&p->lock, NULL) != 0 ||
	    pthread_cond_init(&p->wished, NULL) != 0) {
		free(p);
		return STATUS_SYSTEM;
	}
	p->running = pthread_create(&p->thread, NULL, run, p) == 0;
	if (!p->running) {
		pasts_free(p);
		return STATUS_SYSTEM;
	}
	*out = p;
	return STATUS_OK;
}

void
pasts_stop(struct pasts *p)
{
	if (!p || !p->running)
		return;
	(void)pthread_mutex_lock(&p->lock);
	p->stopping = true;
	(void)pthread_cond_signal(&p->wished);
	(void)pthread_mutex_unlock(&p->lock);
	(void)pthread_join(p->thread, NULL);
	p->running = false;
}

void
pasts_free(struct pasts *p)
{
	if (!p)
		return;
	pasts_stop(p);
	while (p->moments) {
		struct moment *m = p->moments;

		p->moments = m->next;
		free_moment(m);
	}
	store_close(p->reader);
	(void)pthread_cond_destroy(&p->wished);
	(void)pthread_mutex_destroy(&p->lock);
	(void)pthread_mutex_destroy(&p->making);
	free(p);
}
