#include "collector/clients.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <sys/socket.h>

#include "base/text.h"

enum doing { SENDS_HEAD, BUSY, IDLE, ASLEEP, DOINGS };

struct client {
	struct client *next, *previous;
	int fd;
	void *held;
	/* What it does and since when, as one number: only its own thread
	 * writes it, three times a request, and needs no lock for that. */
	atomic_int_least64_t state;
	char peer[PEER_SIZE];
};

static int64_t
state_of(enum doing doing, int64_t since_ms)
{
	return since_ms * DOINGS + doing;
}

static enum doing
doing_of(int64_t state)
{
	return (enum doing)(state % DOINGS);
}

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
clients_add(struct clients *list, int fd, const char *peer, int64_t now_ms)
{
	struct client *client = calloc(1, sizeof(*client));

	if (!client)
		return NULL;
	client->fd = fd;
	atomic_init(&client->state, state_of(SENDS_HEAD, now_ms));
	text_copy(client->peer, sizeof(client->peer), peer);
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

void
clients_hold(struct client *client, void *held)
{
	if (client)
		client->held = held;
}

void *
clients_held(const struct client *client)
{
	return client ? client->held : NULL;
}

const char *
clients_peer(const struct client *client)
{
	return client ? client->peer : "somebody";
}

static void
set(struct client *client, enum doing doing, int64_t since_ms)
{
	atomic_store(&client->state, state_of(doing, since_ms));
}

void
clients_set_busy(struct client *client, int64_t since_ms)
{
	enum doing doing;

	if (!client)
		return;
	doing = doing_of(atomic_load(&client->state));
	if (since_ms == 0)
		set(client, ASLEEP, 0);
	else if (doing == IDLE)
		set(client, SENDS_HEAD, since_ms);
	else if (doing == ASLEEP)
		set(client, BUSY, since_ms);
	/* Else it goes on: what drips in began with its first octet. */
}

void
clients_set_headed(struct client *client)
{
	int64_t state = client ? atomic_load(&client->state) : 0;

	if (client && doing_of(state) == SENDS_HEAD)
		set(client, BUSY, state / DOINGS);
}

void
clients_set_idle(struct client *client, int64_t now_ms)
{
	if (client)
		set(client, IDLE, now_ms);
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
	const int64_t most_ms[DOINGS] = { [SENDS_HEAD] = limits->head_ms,
		[BUSY] = limits->request_ms,
		[IDLE] = limits->idle_ms,
		[ASLEEP] = INT64_MAX };

	(void)pthread_mutex_lock(&list->lock);
	for (struct client *c = list->first; c; c = c->next) {
		int64_t state = atomic_load(&c->state);

		if (now_ms - state / DOINGS > most_ms[doing_of(state)])
			(void)shutdown(c->fd, SHUT_RDWR);
	}
	(void)pthread_mutex_unlock(&list->lock);
}

bool
clients_cut_idle(struct clients *list, int64_t least_ms, int64_t now_ms)
{
	int64_t longest = state_of(IDLE, now_ms - least_ms);
	struct client *found = NULL;

	(void)pthread_mutex_lock(&list->lock);
	for (struct client *c = list->first; c; c = c->next) {
		int64_t state = atomic_load(&c->state);

		if (doing_of(state) == IDLE && state <= longest) {
			longest = state;
			found = c;
		}
	}
	/* Not the same one again before its end is noticed; and not one that
	 * is asked for something at this moment. */
	if (found && !atomic_compare_exchange_strong(
			 &found->state, &longest, state_of(IDLE, now_ms)))
		found = NULL;
	if (found)
		(void)shutdown(found->fd, SHUT_RDWR);
	(void)pthread_mutex_unlock(&list->lock);
	return found != NULL;
}
