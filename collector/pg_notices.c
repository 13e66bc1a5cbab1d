#include "collector/pg_notices.h"

#include <libpq-fe.h>
#include <poll.h>
#include <pthread.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "collector/pg_session.h"

enum {
	TRY_AGAIN_MS = 1000,
	/* Nobody follows faster (sharing.c): many come at once. */
	LINGER_MS = 20
};

struct pg_notices {
	void (*heard)(void *context, const char *text);
	void *context;
	struct pg_session session;
	pthread_t thread;
	int stop; /* an eventfd */
};

static const struct statements nothing = { NULL, 0 };

/* Gives false when it is to end. */
static bool
wait_for(struct pg_notices *n, int other, int timeout_ms)
{
	struct pollfd wait[] = { { .fd = n->stop, .events = POLLIN },
		{ .fd = other, .events = POLLIN } };

	(void)poll(wait, 2, timeout_ms);
	return (wait[0].revents & POLLIN) == 0;
}

static bool
listen_there(struct pg_notices *n)
{
	PGresult *result;
	bool listens;

	if (pg_session_ready(&n->session) != STATUS_OK)
		return false;
	result = PQexec(n->session.connection, "LISTEN demarc");
	listens = PQresultStatus(result) == PGRES_COMMAND_OK;
	PQclear(result);
	if (listens)
		n->heard(n->context, NULL);
	else
		pg_session_drop(&n->session);
	return listens;
}

static void
take_notices(struct pg_notices *n)
{
	PGconn *connection = n->session.connection;
	PGnotify *notice;

	if (PQconsumeInput(connection) == 0) {
		pg_session_drop(&n->session);
		return;
	}
	while ((notice = PQnotifies(connection)) != NULL) {
		n->heard(n->context, notice->extra);
		PQfreemem(notice);
	}
}

static bool
wait_for_notices(struct pg_notices *n)
{
	return wait_for(n, PQsocket(n->session.connection), -1) &&
	       wait_for(n, -1, LINGER_MS);
}

static void *
run(void *context)
{
	struct pg_notices *n = context;
	bool goes_on = true, listens = false;

	while (goes_on) {
		listens = n->session.connection && listens;
		if (!listens)
			listens = listen_there(n);
		if (listens)
			goes_on = wait_for_notices(n);
		else
			goes_on = wait_for(n, -1, TRY_AGAIN_MS);
		if (goes_on && n->session.connection)
			take_notices(n);
	}
	return NULL;
}

static void
free_notices(struct pg_notices *n)
{
	pg_session_close(&n->session);
	if (n->stop >= 0)
		(void)close(n->stop);
	free(n);
}

enum status
pg_notices_open(const char *database,
    void (*heard)(void *context, const char *text), void *context,
    struct pg_notices **out)
{
	struct pg_notices *n = calloc(1, sizeof(*n));
	enum status status;

	if (!n)
		return STATUS_NO_MEMORY;
	n->heard = heard;
	n->context = context;
	n->stop = eventfd(0, EFD_CLOEXEC);
	status = pg_session_open(&n->session, database, &nothing, true);
	n->session.quiet = true;
	if (n->session.conninfo && n->stop >= 0 &&
	    pthread_create(&n->thread, NULL, run, n) == 0) {
		*out = n;
		return STATUS_OK;
	}
	free_notices(n);
	return status == STATUS_OK ? STATUS_SYSTEM : status;
}

void
pg_notices_close(struct pg_notices *n)
{
	uint64_t one = 1;

	if (!n)
		return;
	(void)!write(n->stop, &one, sizeof(one));
	(void)pthread_join(n->thread, NULL);
	free_notices(n);
}
