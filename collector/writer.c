#include "collector/writer.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

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
store_together(
    const struct writer_settings *s, struct writer_item *items, size_t count)
{
	int64_t now = s->unix_now();
	enum status status = s->store->begin(s->store);

	for (size_t i = 0; i < count && status == STATUS_OK; i++) {
		struct writer_item *item = &items[i];

		item->status =
		    ingest_within(s->store, &item->report, now, &item->result);
		item->error[0] = '\0';
		if (!is_own_fault(item->status))
			status = item->status;
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

/* Waits for something and takes all of it that one transaction may hold; 0:
 * the end. */
static size_t
take(struct writer *w)
{
	size_t count = 0;

	(void)pthread_mutex_lock(&w->lock);
	while (w->count == 0 && !w->stopping)
		(void)pthread_cond_wait(&w->filled, &w->lock);
	while (w->count > 0 && count < WRITER_BATCH_MOST) {
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

static void *
run(void *context)
{
	struct writer *w = context;
	size_t count;

	while ((count = take(w)) > 0) {
		size_t size = 0;

		for (size_t i = 0; i < count; i++)
			size += w->batch[i].size;
		writer_write(&w->settings, w->batch, count);
		give_back_room(w, size);
	}
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

	if (!w)
		return STATUS_NO_MEMORY;
	w->settings = *settings;
	if (pthread_mutex_init(&w->lock, NULL) != 0) {
		free(w);
		return STATUS_SYSTEM;
	}
	if (pthread_cond_init(&w->filled, NULL) != 0) {
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
