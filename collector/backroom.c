#include "collector/backroom.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>

struct backroom {
	pthread_t thread;
	bool running;
	pthread_mutex_t lock; /* of all that follows */
	pthread_cond_t changed;
	struct job *first, **end;
	unsigned count, most;
	bool stopping;
};

static struct job *
take(struct backroom *b)
{
	struct job *job;

	(void)pthread_mutex_lock(&b->lock);
	while (!b->first && !b->stopping)
		(void)pthread_cond_wait(&b->changed, &b->lock);
	job = b->first;
	if (job) {
		b->first = job->next;
		b->count--;
	}
	if (!b->first)
		b->end = &b->first;
	(void)pthread_mutex_unlock(&b->lock);
	return job;
}

static void *
run(void *context)
{
	struct backroom *b = context;

	for (struct job *job = take(b); job; job = take(b))
		job->run(job);
	return NULL;
}

enum status
backroom_put(struct backroom *b, struct job *job)
{
	enum status status = STATUS_BUSY;

	(void)pthread_mutex_lock(&b->lock);
	if (!b->stopping && b->count < b->most) {
		job->next = NULL;
		*b->end = job;
		b->end = &job->next;
		b->count++;
		(void)pthread_cond_signal(&b->changed);
		status = STATUS_OK;
	}
	(void)pthread_mutex_unlock(&b->lock);
	return status;
}

enum status
backroom_new(unsigned jobs_most, struct backroom **out)
{
	struct backroom *b = calloc(1, sizeof(*b));

	if (!b)
		return STATUS_NO_MEMORY;
	b->end = &b->first;
	b->most = jobs_most;
	if (pthread_mutex_init(&b->lock, NULL) != 0) {
		free(b);
		return STATUS_SYSTEM;
	}
	if (pthread_cond_init(&b->changed, NULL) != 0) {
		(void)pthread_mutex_destroy(&b->lock);
		free(b);
		return STATUS_SYSTEM;
	}
	b->running = pthread_create(&b->thread, NULL, run, b) == 0;
	if (!b->running) {
		backroom_free(b);
		return STATUS_SYSTEM;
	}
	*out = b;
	return STATUS_OK;
}

void
backroom_stop(struct backroom *b)
{
	if (!b || !b->running)
		return;
	(void)pthread_mutex_lock(&b->lock);
	b->stopping = true;
	(void)pthread_cond_signal(&b->changed);
	(void)pthread_mutex_unlock(&b->lock);
	(void)pthread_join(b->thread, NULL);
	b->running = false;
}

void
backroom_free(struct backroom *b)
{
	if (!b)
		return;
	backroom_stop(b);
	(void)pthread_cond_destroy(&b->changed);
	(void)pthread_mutex_destroy(&b->lock);
	free(b);
}
