/*
 * counted.h - a writer's surroundings: a store that counts its commits and
 * fails those that it is told to, and what was answered.
 *
 *	settings = settings_over_memory(); counted.failing = 1;
 *	writer_write(&settings, items, 1); ... told.statuses[0]; end();
 *
 * Memory:  end() gives back what settings_over_memory() took.
 * Errors:  a test that cannot get a store fails.
 */
#ifndef TESTS_SUPPORT_COUNTED_H
#define TESTS_SUPPORT_COUNTED_H

#include <check.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>

#include "collector/writer.h"
#include "tests/support/database.h"

/* A store that counts its commits, and fails those that it is told to. */
struct counted {
	struct store *real;
	enum status (*real_commit)(struct engine *e);
	unsigned commits;
	unsigned failing; /* so many commits from now on */
	bool lost;        /* with the answer to the next commit */
};
static struct counted counted;

static inline enum status
commit(struct engine *e)
{
	counted.commits++;
	if (counted.failing > 0) {
		counted.failing--;
		(void)snprintf(e->error, sizeof(e->error), "disk full");
		return STATUS_TOO_LARGE;
	}
	if (counted.lost) {
		counted.lost = false;
		ck_assert_int_eq(counted.real_commit(e), STATUS_OK);
		e->anew = true; /* as the engine finds out */
		return STATUS_BUSY;
	}
	return counted.real_commit(e);
}

static inline int64_t
told_time(void)
{
	return 1000;
}

/* What was answered, in order, and what a collector would show of it. */
struct told {
	pthread_mutex_t lock;
	struct model model;
	unsigned saves;
	enum status saved_as; /* what a save gives */
	enum status statuses[WRITER_QUEUE_MOST];
	size_t count;
	char error[STORE_ERROR_SIZE];
};
static struct told told = { .lock = PTHREAD_MUTEX_INITIALIZER };

static inline void
written(void *context, struct writer_item *items, size_t count)
{
	struct told *t = context;

	(void)pthread_mutex_lock(&t->lock);
	for (size_t i = 0; i < count; i++) {
		t->statuses[t->count++] = items[i].status;
		if (items[i].status != STATUS_OK)
			(void)snprintf(
			    t->error, sizeof(t->error), "%s", items[i].error);
		else if (!items[i].result.ignored)
			ck_assert_int_eq(
			    model_take(&t->model, &items[i].result.change),
			    STATUS_OK);
		ingest_result_done(&items[i].result);
		incoming_done(&items[i].report);
	}
	(void)pthread_mutex_unlock(&t->lock);
}

static inline const struct model_host *
known(void *context, int64_t host_id)
{
	const struct told *t = context;

	return model_find(&t->model, host_id);
}

static inline enum status
agree(void *context)
{
	struct told *t = context;

	if (!counted.real->doubtful)
		return STATUS_OK;
	counted.real->doubtful = false;
	return model_load(&t->model, counted.real);
}

static inline enum status
save(void *context)
{
	struct told *t = context;

	t->saves++;
	return t->saved_as;
}

static inline enum status
probe(void *context)
{
	struct store *s = counted.real;
	enum status status = store_begin(s);

	(void)context;
	if (status == STATUS_OK)
		status = store_commit(s);
	store_rollback(s);
	return status;
}

static inline void
end(void)
{
	model_done(&told.model);
	store_close(counted.real);
}

static inline struct writer_settings
settings_over_memory(void)
{
	char error[STORE_ERROR_SIZE];

	told.count = told.saves = 0;
	told.error[0] = '\0';
	ck_assert_int_eq(
	    store_open(database_of_test(), &counted.real, error), STATUS_OK);
	counted.real_commit = counted.real->engine->commit;
	counted.real->engine->commit = commit;
	counted.commits = counted.failing = 0;
	return (struct writer_settings){ .store = counted.real,
		.unix_now = told_time,
		.known = known,
		.agreement = { .agree = agree, .context = &told },
		.written = written,
		.save = save,
		.save_every_ms = 60000,
		.probe = probe,
		.probe_every_ms = 1,
		.context = &told };
}

static inline void
read_report(struct incoming *out, unsigned host, unsigned number, bool beat)
{
	static const char format[] =
	    "{\"version\":1,\"number\":%u,\"sent_at\":1000,"
	    "\"digest\":\"%016x\",%s\"host\":{\"id\":\"%016x%016x\","
	    "\"name\":\"hv1\"},\"nics\":[],\"links\":[]}";
	struct mistake mistake;
	char text[512];

	(void)snprintf(text, sizeof(text), format, number, number,
	    beat ? "\"heartbeat\":true," : "", host * 2 + 2, host);
	incoming_init(out);
	ck_assert_int_eq(
	    incoming_read(out, text, strlen(text), &mistake), STATUS_OK);
}

#endif
