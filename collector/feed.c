#include "collector/feed.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/text.h"
#include "collector/events.h"

enum {
	/* Collected at once; a wake costs more than some copies. */
	BATCH_SIZE = 4096,
	FRAMES_SIZE_MOST = 64 * 1024,
	DATA_SIZE_MOST = 16 * 1024
};

struct listener {
	struct stream stream; /* first: a stream is cast to its owner */
	struct feed *feed;
	struct listener *next, **here;
	uint64_t position;
	char host[FEED_HOST_SIZE], kind[FEED_KIND_SIZE];
	bool asleep, ending, comment_due;
	int64_t wrote_ms;
	struct buffer frames; /* collected, and not yet taken from 'taken' on */
	size_t taken;
};

struct feed {
	pthread_mutex_t lock; /* of all that follows */
	struct events events;
	struct listener *first;
	size_t count;
	int64_t now_ms;    /* of the last sweep */
	int64_t wanted_ms; /* somebody listened; -1: nobody ever has */
	bool stopped;
};

static struct event_filter
filter_of(const struct listener *l)
{
	return (struct event_filter){ l->host, l->kind };
}

/* ---- what one listener gets ----------------------------------------------
 */

static void
add_note(struct listener *l, const char *type, const char *data)
{
	char id[EVENTS_ID_SIZE];

	events_id(&l->feed->events, l->position, id);
	buffer_printf(
	    &l->frames, "id: %s\nevent: %s\ndata: %s\n\n", id, type, data);
}

static void
reset(struct listener *l, const char *reason)
{
	l->position = l->feed->events.next;
	add_note(l, "reset", reason);
}

/* Collects what is to be sent next; leaves 'frames' empty when there is
 * nothing. */
static void
collect(struct listener *l)
{
	const struct events *e = &l->feed->events;
	struct event_filter filter = filter_of(l);
	const struct event *event;
	enum events_found found = EVENTS_FOUND;

	while (l->frames.size < BATCH_SIZE && found == EVENTS_FOUND) {
		found = events_find(e, &filter, &l->position, &event);
		if (found == EVENTS_FOUND) {
			buffer_append(
			    &l->frames, event->frame, event->frame_size);
			l->position++;
		}
	}
	if (found == EVENTS_LOST && !l->ending) {
		reset(l, "{\"reason\":\"more happened than is kept; read "
			 "anew\"}");
		l->ending = true;
	}
	if (l->frames.size == 0 && l->comment_due)
		buffer_text(&l->frames, ":\n\n");
	if (!buffer_ok(&l->frames))
		l->ending = true;
}

static size_t
take(struct listener *l, char *out, size_t room)
{
	size_t left = l->frames.size - l->taken;
	size_t size = left < room ? left : room;

	memcpy(out, l->frames.octets + l->taken, size);
	l->taken += size;
	l->comment_due = false;
	l->wrote_ms = l->feed->now_ms;
	return size;
}

static size_t
read_stream(struct stream *stream, char *out, size_t room)
{
	struct listener *l = (struct listener *)(void *)stream;
	size_t size = 0;

	(void)pthread_mutex_lock(&l->feed->lock);
	if (l->taken == l->frames.size) {
		/* A thousand listeners need not keep what they do not use. */
		buffer_done(&l->frames);
		l->taken = 0;
		collect(l);
	}
	if (l->taken < l->frames.size) {
		size = take(l, out, room);
	} else if (l->ending) {
		size = STREAM_END;
	} else {
		l->asleep = true;
		stream->sleep(stream->connection);
	}
	(void)pthread_mutex_unlock(&l->feed->lock);
	return size;
}

static void
done_stream(struct stream *stream)
{
	struct listener *l = (struct listener *)(void *)stream;
	struct feed *f = l->feed;

	(void)pthread_mutex_lock(&f->lock);
	*l->here = l->next;
	if (l->next)
		l->next->here = l->here;
	f->count--;
	(void)pthread_mutex_unlock(&f->lock);
	buffer_done(&l->frames);
	free(l);
}

/* ---- all listeners; the lock is held ---------------------------------------
 */

static void
wake(struct listener *l)
{
	if (!l->asleep)
		return;
	l->asleep = false;
	l->stream.wake(l->stream.connection);
}

static void
wake_those_concerned(struct feed *f)
{
	for (struct listener *l = f->first; l; l = l->next) {
		struct event_filter filter = filter_of(l);
		const struct event *event;

		if (l->asleep && events_find(&f->events, &filter, &l->position,
				     &event) != EVENTS_NONE)
			wake(l);
	}
}

/* ---- listening -------------------------------------------------------------
 */

static void
begin(struct listener *l, const char *last_event_id)
{
	const struct events *e = &l->feed->events;

	l->position = e->next;
	buffer_init(&l->frames, FRAMES_SIZE_MOST);
	buffer_text(&l->frames, "retry: 2000\n");
	if (last_event_id[0] == '\0')
		add_note(l, "ready", "{}");
	else if (!events_resume(e, last_event_id, &l->position))
		reset(l, "{\"reason\":\"what came after your last event is "
			 "not kept; read anew\"}");
	else
		buffer_text(&l->frames, "\n");
}

struct stream *
feed_listen(struct feed *f, const struct feed_wish *wish)
{
	struct listener *l = NULL;

	(void)pthread_mutex_lock(&f->lock);
	if (!f->stopped && f->count < FEED_LISTENERS_MOST)
		l = calloc(1, sizeof(*l));
	if (l) {
		l->stream.read = read_stream;
		l->stream.done = done_stream;
		l->feed = f;
		text_copy(l->host, sizeof(l->host), wish->host);
		text_copy(l->kind, sizeof(l->kind), wish->kind);
		l->wrote_ms = f->wanted_ms = f->now_ms;
		begin(l, wish->last_event_id);
		l->next = f->first;
		l->here = &f->first;
		if (l->next)
			l->next->here = &l->next;
		f->first = l;
		f->count++;
	}
	(void)pthread_mutex_unlock(&f->lock);
	return l ? &l->stream : NULL;
}

size_t
feed_count(struct feed *f)
{
	size_t count;

	(void)pthread_mutex_lock(&f->lock);
	count = f->count;
	(void)pthread_mutex_unlock(&f->lock);
	return count;
}

/* ---- telling ---------------------------------------------------------------
 */

bool
feed_is_wanted(struct feed *f)
{
	bool wanted;

	(void)pthread_mutex_lock(&f->lock);
	wanted = f->wanted_ms >= 0 && !f->stopped;
	(void)pthread_mutex_unlock(&f->lock);
	return wanted;
}

/* Keeps one event; 'data' is its object, and is freed. */
static void
add_event(struct feed *f, const struct event_about *about, const char *type,
    struct buffer *taken_data)
{
	if (buffer_ok(taken_data))
		events_add(&f->events, about, type, buffer_string(taken_data));
	else
		events_forget(&f->events);
	buffer_done(taken_data);
}

static void
add_change(struct feed *f, const struct feed_host *host, const struct change *c)
{
	struct event_about about = { host->name, host->machine_id, c->kind };
	struct buffer data;
	struct json j = json_over(&data);

	buffer_init(&data, DATA_SIZE_MOST);
	json_object_begin(&j);
	json_add_number(&j, "at", host->at);
	json_add_string(&j, "host", host->name);
	json_add_string(&j, "host_id", host->machine_id);
	change_write(&j, c);
	json_object_end(&j);
	add_event(f, &about, "change", &data);
}

void
feed_tell_finding(struct feed *f, const struct feed_host *host,
    const struct finding_news *news)
{
	struct event_about about = { host->name, host->machine_id, "finding" };
	struct finding_host of = { host->name, host->machine_id };
	struct buffer data;
	struct json j = json_over(&data);

	buffer_init(&data, FINDING_TEXT_MOST + DATA_SIZE_MOST);
	json_object_begin(&j);
	json_add_number(&j, "at", host->at);
	json_add_string(&j, "what", finding_event_word(news->event));
	finding_write(&j, &news->finding, &of, host->at);
	json_object_end(&j);
	(void)pthread_mutex_lock(&f->lock);
	add_event(f, &about, "finding", &data);
	wake_those_concerned(f);
	(void)pthread_mutex_unlock(&f->lock);
}

void
feed_tell(struct feed *f, const struct feed_host *host,
    const struct change_list *changes)
{
	char text[FEED_HOST_SIZE + 64];
	const struct change left_out = { .what = CHANGE_CHANGED,
		.kind = "host",
		.thing = "",
		.member = "",
		.text = text };

	(void)snprintf(text, sizeof(text), "%zu more changes of %s",
	    changes->left_out, host->name);
	(void)pthread_mutex_lock(&f->lock);
	for (size_t i = 0; i < changes->count; i++)
		add_change(f, host, &changes->items[i]);
	if (changes->left_out > 0)
		add_change(f, host, &left_out);
	if (changes->arena.failed)
		events_forget(&f->events);
	wake_those_concerned(f);
	(void)pthread_mutex_unlock(&f->lock);
}

void
feed_lose(struct feed *f)
{
	(void)pthread_mutex_lock(&f->lock);
	events_forget(&f->events);
	wake_those_concerned(f);
	(void)pthread_mutex_unlock(&f->lock);
}

void
feed_sweep(struct feed *f, int64_t now_ms)
{
	(void)pthread_mutex_lock(&f->lock);
	f->now_ms = now_ms;
	if (f->count > 0)
		f->wanted_ms = now_ms;
	if (f->wanted_ms >= 0 && now_ms - f->wanted_ms > FEED_AWAY_MS) {
		/* From here on nothing is told: it will be missed. */
		events_forget(&f->events);
		f->wanted_ms = -1;
	}
	for (struct listener *l = f->first; l; l = l->next) {
		if (!l->asleep || now_ms - l->wrote_ms < FEED_COMMENT_MS)
			continue;
		l->comment_due = true;
		wake(l);
	}
	(void)pthread_mutex_unlock(&f->lock);
}

void
feed_stop(struct feed *f)
{
	if (!f)
		return;
	(void)pthread_mutex_lock(&f->lock);
	f->stopped = true;
	for (struct listener *l = f->first; l; l = l->next) {
		l->ending = true;
		wake(l);
	}
	(void)pthread_mutex_unlock(&f->lock);
}

/* ---- life ------------------------------------------------------------------
 */

enum status
feed_new(int64_t start, struct feed **out)
{
	struct feed *f = calloc(1, sizeof(*f));

	if (!f)
		return STATUS_NO_MEMORY;
	if (pthread_mutex_init(&f->lock, NULL) != 0) {
		free(f);
		return STATUS_SYSTEM;
	}
	events_init(&f->events, start, FEED_SIZE_MOST);
	f->wanted_ms = -1;
	*out = f;
	return STATUS_OK;
}

void
feed_free(struct feed *f)
{
	if (!f)
		return;
	events_done(&f->events);
	(void)pthread_mutex_destroy(&f->lock);
	free(f);
}
