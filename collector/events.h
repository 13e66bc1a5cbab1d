/*
 * events.h - the last changes, numbered, for those who listen; pure.
 *
 *	changes -> [events] -> feed -> listeners
 *
 * A ring that forgets the oldest when it is full.  An event is kept as it goes
 * over the wire (text/event-stream).  Its id is "START-NUMBER": START is drawn
 * when the collector starts, so that a number of another life is recognised.
 *
 * Memory:  events_init/events_done; an event is lent until the next call that
 *          is not const.
 * Errors:  what there is no memory for is lost, and those who listen learn
 *          that they must read anew.
 * Units:   octets.
 * Source:  HTML Living Standard, 9.2 (server-sent events).
 */
#ifndef COLLECTOR_EVENTS_H
#define COLLECTOR_EVENTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { EVENTS_ID_SIZE = 48 };

/* Of what an event tells; texts are copied. */
struct event_about {
	const char *host, *host_id; /* name and machine id */
	const char *kind;           /* "nic" */
};

struct event {
	struct event_about about;
	const char *frame; /* as it is sent */
	size_t frame_size;
	size_t size; /* of all that it takes */
	char *octets;
};

struct events {
	int64_t start;
	uint64_t first, next; /* numbers: of the oldest, of the next to come */
	struct event *ring;
	size_t capacity;
	size_t size, size_most;
};

/* What somebody wants to hear of; "": all. */
struct event_filter {
	const char *host; /* name or machine id */
	const char *kind;
};

enum events_found {
	EVENTS_NONE, /* nothing more by now */
	EVENTS_FOUND,
	EVENTS_LOST /* what came next is forgotten */
};

void events_init(struct events *e, int64_t start, size_t size_most);
void events_done(struct events *e);

/* Adds one; 'data' is a JSON value in one line. */
void events_add(struct events *e, const struct event_about *about,
    const char *type, const char *data);

/* Forgets all, and that something was missed. */
void events_forget(struct events *e);

/* The next event at '*position' or beyond that is wanted; moves the position
 * to it, or to the end. */
enum events_found events_find(const struct events *e,
    const struct event_filter *filter, uint64_t *position,
    const struct event **out);

/* Where to go on behind the event of this id; false: it is forgotten, or was
 * never ours. */
bool events_resume(
    const struct events *e, const char *id, uint64_t *out_position);

/* The id of the event before 'position'. */
void events_id(
    const struct events *e, uint64_t position, char out[static EVENTS_ID_SIZE]);

#endif
