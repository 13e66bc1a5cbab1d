#include "collector/events.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"

void
events_init(struct events *e, int64_t start, size_t size_most)
{
	*e = (struct events){
		.start = start, .first = 1, .next = 1, .size_most = size_most
	};
}

static struct event *
place_of(const struct events *e, uint64_t number)
{
	return &e->ring[number % e->capacity];
}

static void
drop_first(struct events *e)
{
	struct event *event = place_of(e, e->first++);

	e->size -= event->size;
	free(event->octets);
	*event = (struct event){ .octets = NULL };
}

void
events_done(struct events *e)
{
	while (e->first < e->next)
		drop_first(e);
	free(e->ring);
	e->ring = NULL;
	e->capacity = 0;
}

void
events_forget(struct events *e)
{
	while (e->first < e->next)
		drop_first(e);
	/* A number that nobody gets: who waits for it has missed something. */
	e->first = ++e->next;
}

static bool
make_room(struct events *e)
{
	size_t capacity = e->capacity ? e->capacity * 2 : 64;
	struct event *ring;

	if (e->next - e->first < e->capacity)
		return true;
	ring = calloc(capacity, sizeof(*ring));
	if (!ring)
		return false;
	for (uint64_t i = e->first; i < e->next; i++)
		ring[i % capacity] = *place_of(e, i);
	free(e->ring);
	e->ring = ring;
	e->capacity = capacity;
	return true;
}

/* Puts the text behind the others; gives where. */
static const char *
put(char **at, const char *text)
{
	char *begin = *at;
	size_t size = strlen(text) + 1;

	memcpy(begin, text, size);
	*at += size;
	return begin;
}

static bool
fill(const struct event_about *about, const char *head, const char *data,
    struct event *out)
{
	size_t texts = strlen(about->host) + strlen(about->host_id) +
		       strlen(about->kind) + 3;
	size_t frame = strlen(head) + strlen(data) + 2;
	char *at = malloc(texts + frame + 1);

	if (!at)
		return false;
	*out = (struct event){ .octets = at, .frame_size = frame };
	out->size = texts + frame + 1 + sizeof(*out);
	out->about.host = put(&at, about->host);
	out->about.host_id = put(&at, about->host_id);
	out->about.kind = put(&at, about->kind);
	out->frame = at;
	(void)snprintf(at, frame + 1, "%s%s\n\n", head, data);
	return true;
}

void
events_add(struct events *e, const struct event_about *about, const char *type,
    const char *data)
{
	char id[EVENTS_ID_SIZE], head[EVENTS_ID_SIZE + 64];
	struct event event;

	events_id(e, e->next + 1, id);
	(void)snprintf(
	    head, sizeof(head), "id: %s\nevent: %.24s\ndata: ", id, type);
	if (!make_room(e) || !fill(about, head, data, &event)) {
		events_forget(e);
		return;
	}
	*place_of(e, e->next++) = event;
	e->size += event.size;
	while (e->size > e->size_most)
		drop_first(e);
}

static bool
is_wanted(const struct event *event, const struct event_filter *f)
{
	return (f->host[0] == '\0' || text_same(f->host, event->about.host) ||
		   text_same(f->host, event->about.host_id)) &&
	       (f->kind[0] == '\0' || strcmp(f->kind, event->about.kind) == 0);
}

enum events_found
events_find(const struct events *e, const struct event_filter *filter,
    uint64_t *position, const struct event **out)
{
	if (*position < e->first)
		return EVENTS_LOST;
	for (; *position < e->next; (*position)++) {
		const struct event *event = place_of(e, *position);

		if (!is_wanted(event, filter))
			continue;
		*out = event;
		return EVENTS_FOUND;
	}
	return EVENTS_NONE;
}

bool
events_resume(const struct events *e, const char *id, uint64_t *out_position)
{
	char prefix[EVENTS_ID_SIZE];
	uint64_t number;
	size_t length;
	char *end;

	(void)snprintf(prefix, sizeof(prefix), "%" PRId64 "-", e->start);
	length = strlen(prefix);
	if (strncmp(id, prefix, length) != 0 || id[length] < '0' ||
	    id[length] > '9')
		return false;
	errno = 0;
	number = strtoull(id + length, &end, 10);
	if (errno != 0 || *end != '\0' || number >= e->next ||
	    number + 1 < e->first)
		return false;
	*out_position = number + 1;
	return true;
}

void
events_id(
    const struct events *e, uint64_t position, char out[static EVENTS_ID_SIZE])
{
	(void)snprintf(out, EVENTS_ID_SIZE, "%" PRId64 "-%" PRIu64, e->start,
	    position - 1);
}
