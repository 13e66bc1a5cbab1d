/*
 * clients.h - who is connected, and since when each request lasts.
 *
 * The library's timeout is one of inactivity: a client that sends an octet now
 * and then is never cut off by it.  This list knows when a request began.
 *
 * Memory:  clients_init/clients_done; the list owns its clients.
 * Errors:  NULL when there is no memory: that client is then not watched.
 * Units:   milliseconds of the monotonic clock.
 */
#ifndef COLLECTOR_CLIENTS_H
#define COLLECTOR_CLIENTS_H

#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>

struct client;

struct clients {
	pthread_mutex_t lock; /* several listeners share the list */
	struct client *first;
};

bool clients_init(struct clients *list);
void clients_done(struct clients *list);

/* A new connection counts as busy: its first request is on the way. */
struct client *clients_add(struct clients *list, int fd, int64_t now_ms);

/* All accept NULL for a client that is not watched. */
void clients_remove(struct clients *list, struct client *client);

/* 'since_ms' 0: idle between two requests. */
void clients_set_busy(
    struct clients *list, struct client *client, int64_t since_ms);

/* Shuts the sockets down whose request began before 'limit_ms'. */
void clients_cut_off(struct clients *list, int64_t limit_ms);

#endif
