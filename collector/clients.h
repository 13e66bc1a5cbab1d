/*
 * clients.h - who is connected, and how long each may take for what it does.
 *
 * The library's timeout is one of inactivity: a client that sends an octet now
 * and then is never cut off by it.  This list knows when a request began, and
 * since when none has.
 *
 *	new -> busy -> idle -> busy ...        asleep: waits for us
 *
 * Memory:  clients_init/clients_done; the list owns its clients.
 * Errors:  NULL when there is no memory: that client is then not watched.
 * Units:   milliseconds of the monotonic clock.
 */
#ifndef COLLECTOR_CLIENTS_H
#define COLLECTOR_CLIENTS_H

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "collector/exchange.h"

struct client;

struct clients {
	pthread_mutex_t lock; /* several listeners share the list */
	struct client *first;
	size_t count;
};

/* The longest that each may last. */
struct clients_limits {
	int64_t head_ms;    /* from the first octet to the end of the headers */
	int64_t request_ms; /* and to the last octet of the reply */
	int64_t idle_ms;    /* from there to the next first line, whole */
};

bool clients_init(struct clients *list);
void clients_done(struct clients *list);

/* A new connection of 'peer' counts as a request of which nothing has come
 * yet. */
struct client *clients_add(
    struct clients *list, int fd, const char *peer, int64_t now_ms);

/* All that follow accept NULL for a client that is not watched, and are called
 * by the thread of its connection. */
void clients_remove(struct clients *list, struct client *client);

/* The first line of a request is there, or a reply goes on.  'since_ms' 0: it
 * waits for us, for as long as that takes. */
void clients_set_busy(struct client *client, int64_t since_ms);

/* The headers of its request are there. */
void clients_set_headed(struct client *client);

/* Its reply is sent. */
void clients_set_idle(struct client *client, int64_t now_ms);

/* What whoever began its connection lets go at its end; NULL: nothing. */
void clients_hold(struct client *client, void *held);
void *clients_held(const struct client *client);

/* Who it is. */
const char *clients_peer(const struct client *client);

size_t clients_count(struct clients *list);

/* Shuts the sockets down of those who take longer. */
void clients_cut_off(
    struct clients *list, const struct clients_limits *limits, int64_t now_ms);

/* The same for the one who has been idle the longest, so that there is room for
 * another.  False: nobody has been for 'least_ms'. */
bool clients_cut_idle(struct clients *list, int64_t least_ms, int64_t now_ms);

#endif
