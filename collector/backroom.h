/*
 * backroom.h - one thread for questions that take long, one after another.
 *
 *	api -> job -> [backroom] -> later -> http
 *
 * The threads that answer requests serve all connections: none of them may
 * read through a store.
 *
 * Memory:  backroom_new/backroom_free; a job that was put frees itself when it
 *          has run.
 * Errors:  STATUS_BUSY: too many wait, or the thread has been stopped.
 */
#ifndef COLLECTOR_BACKROOM_H
#define COLLECTOR_BACKROOM_H

#include "base/attributes.h"
#include "base/status.h"

enum { BACKROOM_JOBS_MOST = 32 };

struct job {
	struct job *next;
	void (*run)(struct job *taken);
};

struct backroom;

MUST_USE enum status backroom_new(struct backroom **out);
/* Runs what was put; nothing is taken after it. */
void backroom_stop(struct backroom *b);
void backroom_free(struct backroom *b);

MUST_USE enum status backroom_put(struct backroom *b, struct job *job);

#endif
