#include "collector/writer.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/text.h"

struct writer {
	struct writer_settings settings;
	pthread_t thread;
	pthread_mutex_t lock; /* of all that follows */
	pthread_cond_t filled;
	bool running, stopping;
	size_t first, count; /* a ring */
	size_t size;
	struct writer_item ring[WRITER_QUEUE_MOST];
	/* The thread's own. */
	struct writer_item batch[WRITER_BATCH_MOST];
	struct timespec save_at;
};

/* ---- storing --------------------------------------------------------------
 */

static void
note_failure(
    struct writer_item *item, enum status status, const struct store *store)
{
	item->status = status;
	text_copy(item->error, sizeof(item->error), store->error);
}

/* What is wrong with a report itself shows before it has written anything;
 * any other failure spoils the transaction. */
static bool
is_own_fault(enum status status)
{
	return status == STATUS_OK || status == STATUS_CONFLICT ||
	       status == STATUS_MALFORMED;
}

static enum status
store_one(const struct writer_settings *s, struct writer_item *item)
{
	const struct model_host *known =
	    s->known(s->context, ingest_host_id(item->report.machine_id));

	ingest_result_done(&item->result);
	item->error[0] = '\0';
	return ingest_within(
	    s->store, known, &item->report, s->unix_now(), &item->result);
}

static enum status
store_together(
    const struct writer_settings *s, struct writer_item *items, size_t count)
{
	enum status status = s->store->begin(s->store);

	for (size_t i = 0; i < count && status == STATUS_OK; i++) {
		items[i].status = store_one(s, &items[i]);
		if (!is_own_fault(items[i].status))
			status = items[i].status;
	}
	if (status == STATUS_OK)
		status = s->store->commit(s->store);
	if (status != STATUS_OK)
		s->store->rollback(s->store);
	return status;
}

void
writer_write(const struct writer_settings *settings, struct writer_item *items,
    size_t count)
{
	enum status status = store_together(settings, items, count);

	if (status != STATUS_OK && count == 1)
		note_failure(items, status, settings->store);
	for (size_t i = 0; status != STATUS_OK && count > 1 && i < count; i++) {
		enum status alone = store_together(settings, &items[i], 1);

		if (alone != STATUS_OK)
			note_failure(&items[i], alone, settings->store);
	}
	settings->written(settings->context, items, count);
}

/* ---- the queue ------------------------------------------------------------
 */

static bool
holds_host(const struct writer *w, size_t count, const struct incoming *r)
{
	for (size_t i = 0; i < count; i++) {
		if (strcmp(w->batch[i].report.machine_id, r->machine_id) == 0)
			return true;
	}
	return false;
}

/* Waits for something, or until it is time to save. */
static void
wait_filled(struct writer *w)
{
	while (w->count == 0 && !w->stopping) {
		if (pthread_cond_timedwait(&w->filled, &w->lock, &w->save_at) ==
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
	while (w->count > 0 && count < WRITER_BATCH_MOST &&
	       !holds_host(w, count, &w->ring[w->first].report)) {
		w->batch[count++] = w->ring[w->first];
		w->first = (w->first + 1) % WRITER_QUEUE_MOST;
		w->count--;
	}
	(void)pthread_mutex_unlock(&w->lock);
	return count;
}

static void
give_back_room(struct writer *w, size_t size)
{
	(void)pthread_mutex_lock(&w->lock);
	w->size -= size;
	(void)pthread_mutex_unlock(&w->lock);
}

static void
plan_save(struct writer *w)
{
	unsigned every_ms = w->settings.save_every_ms;

	(void)clock_gettime(CLOCK_MONOTONIC, &w->save_at);
	w->save_at.tv_sec += every_ms / 1000;
	w->save_at.tv_nsec += every_ms % 1000 * 1000000L;
	if (w->save_at.tv_nsec >= 1000000000L) {
		w->save_at.tv_nsec -= 1000000000L;
		w->save_at.tv_sec++;
	}
}

static void
save_if_due(struct writer *w, bool last)
{
	struct timespec now;

	(void)clock_gettime(CLOCK_MONOTONIC, &now);
	if (!last && (now.tv_sec < w->save_at.tv_sec ||
			 (now.tv_sec == w->save_at.tv_sec &&
			     now.tv_nsec < w->save_at.tv_nsec)))
		return;
	w->settings.save(w->settings.context);
	plan_save(w);
}

static void *
run(void *context)
{
	struct writer *w = context;
	bool stopping = false;
	size_t count;

	plan_save(w);
	do {
		size_t size = 0;

		count = take(w, &stopping);
		for (size_t i = 0; i < count; i++)
			size += w->batch[i].size;
		if (count > 0)
			writer_write(&w->settings, w->batch, count);
		give_back_room(w, size);
		save_if_due(w, stopping && count == 0);
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

		w->ring[at] = (struct writer_item){
			.report = *report, .size = size, .later = later
		};
		w->count++;
		w->size += size;
		incoming_init(report);
		(void)pthread_cond_signal(&w->filled);
		status = STATUS_OK;
	}
	(void)pthread_mutex_unlock(&w->lock);
	return status;
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
	if (pthread_mutex_init(&w->lock, NULL) != 0) {
		free(w);
		return STATUS_SYSTEM;
	}
	/* The clock of 'save_at'. */
	(void)pthread_condattr_init(&monotonic);
	(void)pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
	if (pthread_cond_init(&w->filled, &monotonic) != 0) {
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
	(void)pthread_mutex_destroy(&w->lock);
	free(w);
}
