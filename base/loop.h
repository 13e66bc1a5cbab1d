/*
 * loop.h - the event loop: descriptors and timers, one thread.
 *
 * Memory:  loop_new/loop_free.  Watches and timers are the caller's structs,
 *          embedded where they belong; they must outlive their registration.
 * Errors:  STATUS_SYSTEM, STATUS_NO_MEMORY.
 * Units:   milliseconds (struct instant).
 * Source:  epoll(7).
 */
#ifndef BASE_LOOP_H
#define BASE_LOOP_H

#include <stdbool.h>
#include <stdint.h>

#include "base/attributes.h"
#include "base/clock.h"
#include "base/status.h"

struct loop;

/* 'events' are EPOLLIN, EPOLLOUT ... as epoll gave them. */
struct loop_watch {
	int fd; /* -1: not registered */
	void (*ready)(void *owner, uint32_t events, struct instant now);
	void *owner;
};

struct loop_timer {
	struct instant at;
	bool set;
	void (*fire)(void *owner, struct instant now);
	void *owner;
	struct loop_timer *next; /* the loop's list, ordered by 'at' */
};

MUST_USE enum status loop_new(struct loop **out_loop);
void loop_free(struct loop *loop);

MUST_USE enum status loop_watch(
    struct loop *loop, struct loop_watch *watch, int fd, uint32_t events);
/* Changes the events waited for; 0 mutes the descriptor. */
MUST_USE enum status loop_rewatch(
    struct loop *loop, struct loop_watch *watch, uint32_t events);
void loop_unwatch(struct loop *loop, struct loop_watch *watch);

/* Sets or moves a timer; it fires once. */
void loop_timer_set(
    struct loop *loop, struct loop_timer *timer, struct instant at);
void loop_timer_stop(struct loop *loop, struct loop_timer *timer);

/* Runs until loop_stop; a callback may add and remove anything. */
MUST_USE enum status loop_run(struct loop *loop);
void loop_stop(struct loop *loop);

#endif
