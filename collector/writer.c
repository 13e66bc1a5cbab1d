#include "collector/writer.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <time.h>

#include "base/clock.h"
#include "base/text.h"

enum { TEND_SOON_MS = 50 }; /* so that reports have most of the time */

struct writer {
	struct writer_settings settings;
	pthread_t thread;
	pthread_mutex_t storing; /* of the store; taken before the lock */
	pthread_mutex_t lock;    /* of all that follows */
	pthread_cond_t filled, saved;
	bool running, stopping, woken;
	uint64_t saves_wanted, saves_done; /* by number */
	enum status save_status;           /* of the last one wanted */
	size_t first, count;               /* a ring */
	size_t size;
	int64_t busy_since_ms; /* in the store; 0: not */
	enum status failed;    /* not cleared until the store writes again */
	char error[STORE_ERROR_SIZE];
	struct writer_item ring[WRITER_QUEUE_MOST];
	int64_t busy[WRITER_BATCH_MOST]; /* hosts of what is being stored */
	size_t busy_count;
	/* The thread's own. */
	struct writer_item batch[WRITER_BATCH_MOST];
	struct timespec save_at, probe_at, tend_at, attend_at;
	bool attends_later; /* at 'attend_at', and not before */
};

/* ---- how it goes ----------------------------------------------------------
 */

static bool
is_before(const struct timespec *one, const struct timespec *other)
{
	if (one->tv_sec != other->tv_sec)
		return one->tv_sec < other->tv_sec;
	return one->tv_nsec < other->tv_nsec;
}

static struct timespec
after_ms(unsigned ms)
{
	struct timespec at;

	(void)clock_gettime(CLOCK_MONOTONIC, &at);
	at.tv_sec += ms / 1000;
	at.tv_nsec += ms % 1000 * 1000000L;
	if (at.tv_nsec >= 1000000000L) {
		at.tv_nsec -= 1000000000L;
		at.tv_sec++;
	}
	return at;
}

static bool
is_due(const struct timespec *at)
{
	struct timespec now = after_ms(0);

	return !is_before(&now, at);
}

static void
enter_store(struct writer *w)
{
	(void)pthread_mutex_lock(&w->storing);
	(void)pthread_mutex_lock(&w->lock);
	w->busy_since_ms = clock_now().ms;
	(void)pthread_mutex_unlock(&w->lock);
}

/* Only a probe clears a failure: a commit may have had nothing to write. */
static void
leave_store(struct writer *w, enum status status, bool probed)
{
	(void)pthread_mutex_lock(&w->lock);
	w->busy_since_ms = 0;
	if (status != STATUS_OK && w->failed == STATUS_OK)
		w->probe_at = after_ms(w->settings.probe_every_ms);
	if (status != STATUS_OK || probed)
		w->failed = status;
	if (status != STATUS_OK)
		text_copy(w->error, sizeof(w->error), w->settings.store->error);
	(void)pthread_mutex_unlock(&w->lock);
	(void)pthread_mutex_unlock(&w->storing);
}

bool
writer_is_well(
    struct writer *w, int64_t now_ms, char error[static STORE_ERROR_SIZE])
{
	bool stuck, failed;

	(void)pthread_mutex_lock(&w->lock);
	failed = w->failed != STATUS_OK || w->stopping;
	stuck = w->busy_since_ms != 0 &&
		now_ms - w->busy_since_ms > WRITER_STUCK_MS;
	text_copy(error, STORE_ERROR_SIZE,
	    w->stopping   ? "the collector is stopping"
	    : stuck       ? "the store does not answer"
	    : w->error[0] ? w->error
			  : status_text(w->failed));
	(void)pthread_mutex_unlock(&w->lock);
	return !failed && !stuck;
}

/* ---- the queue ------------------------------------------------------------
 */

static bool
holds_host(const struct writer *w, size_t count, int64_t host_id)
{
	for (size_t i = 0; i < count; i++) {
		if (w->batch[i].host_id == host_id)
			return true;
	}
	return false;
}

/* Waits for something, or until it is time to save or to probe. */
static void
wait_filled(struct writer *w)
{
	const struct timespec *end = &w->save_at;

	if (w->failed != STATUS_OK && is_before(&w->probe_at, end))
		end = &w->probe_at;
	/* Nothing is tended as long as nothing can be stored. */
	if (w->settings.tend && w->failed == STATUS_OK &&
	    is_before(&w->tend_at, end))
		end = &w->tend_at;
	if (w->attends_later && w->failed == STATUS_OK &&
	    is_before(&w->attend_at, end))
		end = &w->attend_at;
	while (w->count == 0 && !w->stopping && !w->woken &&
	       w->saves_done == w->saves_wanted) {
		if (pthread_cond_timedwait(&w->filled, &w->lock, end) ==
		    ETIMEDOUT)
			return;
	}
}

/* Takes all that one transaction may hold; 0: there is nothing. */
static size_t
take(struct writer *w, bool *out_stopping)
{
	size_t count = 0;

	(void)pthread_mutex_lock(&w->lock);
	wait_filled(w);
	*out_stopping = w->stopping;
	w->woken = false;
	while (w->count > 0 && count < WRITER_BATCH_MOST &&
	       !holds_host(w, count, w->ring[w->first].host_id)) {
		w->busy[count] = w->ring[w->first].host_id;
		w->batch[count++] = w->ring[w->first];
		w->first = (w->first + 1) % WRITER_QUEUE_MOST;
		w->count--;
	}
	w->busy_count = count;
	(void)pthread_mutex_unlock(&w->lock);
	return count;
}

static void
give_back_room(struct writer *w, size_t size)
{
	(void)pthread_mutex_lock(&w->lock);
	w->size -= size;
	w->busy_count = 0;
	(void)pthread_mutex_unlock(&w->lock);
}

static void
store_batch(struct writer *w, size_t count)
{
	enum status status;
	size_t size = 0;
	int64_t now_us = clock_us();

	for (size_t i = 0; i < count; i++) {
		size += w->batch[i].size;
		metrics_waited(
		    w->settings.metrics, now_us - w->batch[i].put_us);
	}
	enter_store(w);
	status = writer_write(&w->settings, w->batch, count);
	leave_store(w, status, false);
	give_back_room(w, size);
}

/* Which save somebody waits for; 0: nobody does. */
static uint64_t
wanted_save(struct writer *w)
{
	uint64_t wanted;

	(void)pthread_mutex_lock(&w->lock);
	wanted = w->saves_wanted > w->saves_done ? w->saves_wanted : 0;
	(void)pthread_mutex_unlock(&w->lock);
	return wanted;
}

void
writer_write_now(struct writer *w, struct writer_item *item)
{
	enter_store(w);
	leave_store(w, writer_write(&w->settings, item, 1), false);
}

static void
save_if_due(struct writer *w, bool last)
{
	uint64_t wanted = wanted_save(w);
	enum status status;

	if (!last && wanted == 0 && !is_due(&w->save_at))
		return;
	enter_store(w);
	status = w->settings.save(w->settings.context);
	leave_store(w, status, false);
	w->save_at = after_ms(w->settings.save_every_ms);
	if (wanted == 0)
		return;
	(void)pthread_mutex_lock(&w->lock);
	w->saves_done = wanted;
	w->save_status = status;
	(void)pthread_cond_broadcast(&w->saved);
	(void)pthread_mutex_unlock(&w->lock);
}

enum status
writer_save(struct writer *w)
{
	enum status status;
	uint64_t wanted;

	(void)pthread_mutex_lock(&w->lock);
	wanted = ++w->saves_wanted;
	(void)pthread_cond_signal(&w->filled);
	while (w->saves_done < wanted && !w->stopping)
		(void)pthread_cond_wait(&w->saved, &w->lock);
	status = w->saves_done < wanted ? STATUS_BUSY : w->save_status;
	(void)pthread_mutex_unlock(&w->lock);
	return status;
}

static void
probe_if_due(struct writer *w)
{
	enum status status;

	if (w->failed == STATUS_OK || !is_due(&w->probe_at))
		return;
	enter_store(w);
	status = w->settings.probe(w->settings.context);
	leave_store(w, status, true);
	w->probe_at = after_ms(w->settings.probe_every_ms);
}

static void
tend_if_due(struct writer *w)
{
	enum status status;
	bool more = false;

	if (!w->settings.tend || w->failed != STATUS_OK || !is_due(&w->tend_at))
		return;
	enter_store(w);
	status = w->settings.tend(w->settings.context, &more);
	leave_store(w, status, false);
	w->tend_at = after_ms(more ? TEND_SOON_MS : w->settings.tend_every_ms);
}

/* At once: until then, what is heard is compared with what may be wrong. */
static void
agree_if_doubtful(struct writer *w)
{
	const struct writer_agreement *a = &w->settings.agreement;
	enum status status;

	if (!a->agree || !w->settings.store->doubtful)
		return;
	enter_store(w);
	status = a->agree(a->context);
	leave_store(w, status, false);
}

void
writer_wake(struct writer *w)
{
	(void)pthread_mutex_lock(&w->lock);
	w->woken = true;
	(void)pthread_cond_signal(&w->filled);
	(void)pthread_mutex_unlock(&w->lock);
}

/* Not while nothing can be stored: a probe finds out when. */
static void
attend(struct writer *w)
{
	const struct writer_agreement *a = &w->settings.agreement;
	int64_t next_ms;

	if (!a->attend || w->failed != STATUS_OK ||
	    (w->attends_later && !is_due(&w->attend_at)))
		return;
	enter_store(w);
	next_ms = a->attend(a->context);
	leave_store(w, STATUS_OK, false);
	w->attends_later = next_ms >= 0;
	w->attend_at = after_ms(next_ms > 0 ? (unsigned)next_ms : 0);
}

/* What a failure leaves is written after the probe that ends it; of the 'last'
 * time nothing is left for later. */
static void
keep(struct writer *w, bool last)
{
	enum status status;
	bool more = true;

	while (more && w->settings.keep && w->failed == STATUS_OK) {
		enter_store(w);
		status = w->settings.keep(w->settings.context, &more);
		leave_store(w, status, false);
		if (more && !last) {
			writer_wake(w);
			return;
		}
	}
}

static void *
run(void *context)
{
	struct writer *w = context;
	bool stopping = false;
	size_t count;

	w->save_at = after_ms(w->settings.save_every_ms);
	w->tend_at = after_ms(TEND_SOON_MS);
	do {
		count = take(w, &stopping);
		if (count > 0)
			store_batch(w, count);
		attend(w);
		keep(w, stopping);
		save_if_due(w, stopping && count == 0);
		probe_if_due(w);
		tend_if_due(w);
		agree_if_doubtful(w);
	} while (!stopping || count > 0);
	return NULL;
}

static bool
has_room(const struct writer *w, size_t size)
{
	return !w->stopping && w->count < WRITER_QUEUE_MOST &&
	       w->size + size <= WRITER_SIZE_MOST;
}

enum status
writer_put(
    struct writer *w, struct incoming *report, size_t size, struct later *later)
{
	enum status status = STATUS_BUSY;

	(void)pthread_mutex_lock(&w->lock);
	if (has_room(w, size)) {
		size_t at = (w->first + w->count) % WRITER_QUEUE_MOST;

		w->ring[at] = (struct writer_item){ .report = *report,
			.size = size,
			.later = later,
			.put_us = clock_us(),
			.host_id = ingest_host_id(report->machine_id) };
		w->count++;
		w->size += size;
		incoming_init(report);
		(void)pthread_cond_signal(&w->filled);
		status = STATUS_OK;
	}
	(void)pthread_mutex_unlock(&w->lock);
	return status;
}

static bool
waits(const struct writer *w, int64_t host_id)
{
	for (size_t i = 0; i < w->busy_count; i++) {
		if (w->busy[i] == host_id)
			return true;
	}
	for (size_t i = 0; i < w->count; i++) {
		size_t at = (w->first + i) % WRITER_QUEUE_MOST;

		if (w->ring[at].host_id == host_id)
			return true;
	}
	return false;
}

enum status
writer_between(struct writer *w, int64_t host_id,
    enum status (*now)(void *context), void *context)
{
	enum status status = STATUS_BUSY;

	(void)pthread_mutex_lock(&w->lock);
	if (!w->stopping && w->failed == STATUS_OK && !waits(w, host_id))
		status = now(context);
	(void)pthread_mutex_unlock(&w->lock);
	return status;
}

void
writer_waiting(struct writer *w, size_t *out_count, size_t *out_octets)
{
	(void)pthread_mutex_lock(&w->lock);
	*out_count = w->count;
	*out_octets = w->size;
	(void)pthread_mutex_unlock(&w->lock);
}

/* ---- life -----------------------------------------------------------------
 */

enum status
writer_new(const struct writer_settings *settings, struct writer **out)
{
	struct writer *w = calloc(1, sizeof(*w));
	pthread_condattr_t monotonic;

	if (!w)
		return STATUS_NO_MEMORY;
	w->settings = *settings;
	if (pthread_mutex_init(&w->storing, NULL) != 0) {
		free(w);
		return STATUS_SYSTEM;
	}
	/* It is held for a microsecond or two (writer_between): to wait for
	 * that asleep costs more. */
	w->lock = (pthread_mutex_t)PTHREAD_ADAPTIVE_MUTEX_INITIALIZER_NP;
	/* The clock of 'save_at'. */
	(void)pthread_condattr_init(&monotonic);
	(void)pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
	if (pthread_cond_init(&w->filled, &monotonic) != 0 ||
	    pthread_cond_init(&w->saved, NULL) != 0) {
		(void)pthread_mutex_destroy(&w->lock);
		free(w);
		return STATUS_SYSTEM;
	}
	w->running = pthread_create(&w->thread, NULL, run, w) == 0;
	if (!w->running) {
		writer_free(w);
		return STATUS_SYSTEM;
	}
	*out = w;
	return STATUS_OK;
}

void
writer_stop(struct writer *w)
{
	if (!w || !w->running)
		return;
	(void)pthread_mutex_lock(&w->lock);
	w->stopping = true;
	(void)pthread_cond_signal(&w->filled);
	(void)pthread_cond_broadcast(&w->saved);
	(void)pthread_mutex_unlock(&w->lock);
	(void)pthread_join(w->thread, NULL);
	w->running = false;
}

void
writer_free(struct writer *w)
{
	if (!w)
		return;
	writer_stop(w);
	(void)pthread_cond_destroy(&w->filled);
	(void)pthread_cond_destroy(&w->saved);
	(void)pthread_mutex_destroy(&w->storing);
	(void)pthread_mutex_destroy(&w->lock);
	free(w);
}
