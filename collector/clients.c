#include "collector/clients.h"

#include <stdlib.h>
#include <sys/socket.h>

struct client {
	struct client *next, *previous;
	int fd;
	int64_t busy_since_ms; /* 0: idle */
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
	client->busy_since_ms = now_ms;
	(void)pthread_mutex_lock(&list->lock);
	client->next = list->first;
	if (client->next)
		client->next->previous = client;
	list->first = client;
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
	(void)pthread_mutex_unlock(&list->lock);
	free(client);
}

void
clients_set_busy(struct clients *list, struct client *client, int64_t since_ms)
{
	if (!client)
		return;
	(void)pthread_mutex_lock(&list->lock);
	/* A request that dripped in began with its first octet. */
	if (since_ms == 0 || client->busy_since_ms == 0)
		client->busy_since_ms = since_ms;
	(void)pthread_mutex_unlock(&list->lock);
}

void
clients_cut_off(struct clients *list, int64_t limit_ms)
{
	(void)pthread_mutex_lock(&list->lock);
	for (struct client *c = list->first; c; c = c->next) {
		if (c->busy_since_ms > 0 && c->busy_since_ms < limit_ms)
			(void)shutdown(c->fd, SHUT_RDWR);
	}
	(void)pthread_mutex_unlock(&list->lock);
}
