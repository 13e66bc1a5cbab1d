/*
 * backroom.h - one thread for questions that take long, one after another.
 *
 *	api -> job -> [backroom] -> later -> http
 *
 * The threads that answer requests serve all connections: none of them may
 * read through a store, draw, or wait for another program.
 *
 * Memory:  backroom_new/backroom_free; a job that was put frees itself when it
 *          has run.
 * Errors:  STATUS_BUSY: too many wait, or the thread has been stopped.
 */
#ifndef COLLECTOR_BACKROOM_H
#define COLLECTOR_BACKROOM_H

#include "base/attributes.h"
#include "base/status.h"

struct job {
	struct job *next;
	void (*run)(struct job *taken);
};

struct backroom;

/* So many jobs may wait, beside the one that runs. */
MUST_USE enum status backroom_new(unsigned jobs_most, struct backroom **out);
/* Runs what was put; nothing is taken after it. */
void backroom_stop(struct backroom *b);
void backroom_free(struct backroom *b);

MUST_USE enum status backroom_put(struct backroom *b, struct job *job);

#endif
