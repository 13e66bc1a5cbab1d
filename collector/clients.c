#include "collector/clients.h"

#include <stdlib.h>
#include <sys/socket.h>

enum doing { SENDS_HEAD, BUSY, IDLE, ASLEEP };

struct client {
	struct client *next, *previous;
	int fd;
	enum doing doing;
	int64_t since_ms;
};

bool
clients_init(struct clients *list)
{
	*list = (struct clients){ .first = NULL };
	return pthread_mutex_init(&list->lock, NULL) == 0;
}

void
clients_done(struct clients *list)
{
	while (list->first)
		clients_remove(list, list->first);
	(void)pthread_mutex_destroy(&list->lock);
}

struct client *
clients_add(struct clients *list, int fd, int64_t now_ms)
{
	struct client *client = calloc(1, sizeof(*client));

	if (!client)
		return NULL;
	client->fd = fd;
	client->doing = SENDS_HEAD;
	client->since_ms = now_ms;
	(void)pthread_mutex_lock(&list->lock);
	client->next = list->first;
	if (client->next)
		client->next->previous = client;
	list->first = client;
	list->count++;
	(void)pthread_mutex_unlock(&list->lock);
	return client;
}

void
clients_remove(struct clients *list, struct client *client)
{
	if (!client)
		return;
	(void)pthread_mutex_lock(&list->lock);
	if (client->next)
		client->next->previous = client->previous;
	if (client->previous)
		client->previous->next = client->next;
	else
		list->first = client->next;
	list->count--;
	(void)pthread_mutex_unlock(&list->lock);
	free(client);
}

static void
set(struct clients *list, struct client *client, enum doing doing,
    int64_t since_ms)
{
	(void)pthread_mutex_lock(&list->lock);
	client->doing = doing;
	client->since_ms = since_ms;
	(void)pthread_mutex_unlock(&list->lock);
}

void
clients_set_busy(struct clients *list, struct client *client, int64_t since_ms)
{
	if (!client)
		return;
	if (since_ms == 0)
		set(list, client, ASLEEP, 0);
	else if (client->doing == IDLE)
		set(list, client, SENDS_HEAD, since_ms);
	else if (client->doing == ASLEEP)
		set(list, client, BUSY, since_ms);
	/* Else it goes on: what drips in began with its first octet. */
}

void
clients_set_headed(struct clients *list, struct client *client)
{
	if (client && client->doing == SENDS_HEAD)
		set(list, client, BUSY, client->since_ms);
}

void
clients_set_idle(struct clients *list, struct client *client, int64_t now_ms)
{
	if (client)
		set(list, client, IDLE, now_ms);
}

size_t
clients_count(struct clients *list)
{
	size_t count;

	(void)pthread_mutex_lock(&list->lock);
	count = list->count;
	(void)pthread_mutex_unlock(&list->lock);
	return count;
}

void
clients_cut_off(
    struct clients *list, const struct clients_limits *limits, int64_t now_ms)
{
	const int64_t most_ms[] = { [SENDS_HEAD] = limits->head_ms,
		[BUSY] = limits->request_ms,
		[IDLE] = limits->idle_ms,
		[ASLEEP] = INT64_MAX };

	(void)pthread_mutex_lock(&list->lock);
	for (struct client *c = list->first; c; c = c->next) {
		if (now_ms - c->since_ms > most_ms[c->doing])
			(void)shutdown(c->fd, SHUT_RDWR);
	}
	(void)pthread_mutex_unlock(&list->lock);
}
