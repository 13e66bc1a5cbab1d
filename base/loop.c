#include "base/loop.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <unistd.h>

enum { EVENTS_AT_ONCE = 32, WAIT_MOST_MS = 3600 * 1000 };

struct loop {
	int epoll_fd;
	bool stopped;
	struct loop_timer *timers; /* soonest first */
	/* The batch at hand: a callback may unwatch what is still in it. */
	struct epoll_event events[EVENTS_AT_ONCE];
	int event_count;
};

enum status
loop_new(struct loop **out_loop)
{
	struct loop *loop = calloc(1, sizeof(*loop));

	if (!loop)
		return STATUS_NO_MEMORY;
	loop->epoll_fd = epoll_create1(EPOLL_CLOEXEC);
	if (loop->epoll_fd < 0) {
		free(loop);
		return STATUS_SYSTEM;
	}
	*out_loop = loop;
	return STATUS_OK;
}

void
loop_free(struct loop *loop)
{
	if (!loop)
		return;
	close(loop->epoll_fd);
	free(loop);
}

enum status
loop_watch(struct loop *loop, struct loop_watch *watch, int fd, uint32_t events)
{
	struct epoll_event event = { .events = events, .data.ptr = watch };

	if (epoll_ctl(loop->epoll_fd, EPOLL_CTL_ADD, fd, &event) < 0)
		return STATUS_SYSTEM;
	watch->fd = fd;
	return STATUS_OK;
}

enum status
loop_rewatch(struct loop *loop, struct loop_watch *watch, uint32_t events)
{
	struct epoll_event event = { .events = events, .data.ptr = watch };

	if (epoll_ctl(loop->epoll_fd, EPOLL_CTL_MOD, watch->fd, &event) < 0)
		return STATUS_SYSTEM;
	return STATUS_OK;
}

void
loop_unwatch(struct loop *loop, struct loop_watch *watch)
{
	if (watch->fd < 0)
		return;
	epoll_ctl(loop->epoll_fd, EPOLL_CTL_DEL, watch->fd, NULL);
	watch->fd = -1;
	for (int i = 0; i < loop->event_count; i++) {
		if (loop->events[i].data.ptr == watch)
			loop->events[i].data.ptr = NULL;
	}
}

void
loop_timer_stop(struct loop *loop, struct loop_timer *timer)
{
	struct loop_timer **at = &loop->timers;

	if (!timer->set)
		return;
	while (*at != timer)
		at = &(*at)->next;
	*at = timer->next;
	timer->next = NULL;
	timer->set = false;
}

void
loop_timer_set(struct loop *loop, struct loop_timer *timer, struct instant at)
{
	struct loop_timer **place = &loop->timers;

	loop_timer_stop(loop, timer);
	timer->at = at;
	timer->set = true;
	while (*place && (*place)->at.ms <= at.ms)
		place = &(*place)->next;
	timer->next = *place;
	*place = timer;
}

/* Fires what is due at 'now'; a timer set meanwhile for now waits its turn. */
static void
fire_timers(struct loop *loop, struct instant now)
{
	while (
	    loop->timers && loop->timers->at.ms <= now.ms && !loop->stopped) {
		struct loop_timer *timer = loop->timers;

		loop->timers = timer->next;
		timer->next = NULL;
		timer->set = false;
		timer->fire(timer->owner, now);
	}
}

static int
wait_ms(const struct loop *loop, struct instant now)
{
	int64_t ms;

	if (!loop->timers)
		return -1;
	ms = instant_ms_between(now, loop->timers->at);
	if (ms < 0)
		return 0;
	return ms < WAIT_MOST_MS ? (int)ms : WAIT_MOST_MS;
}

static void
dispatch(struct loop *loop, struct instant now)
{
	for (int i = 0; i < loop->event_count && !loop->stopped; i++) {
		struct loop_watch *watch = loop->events[i].data.ptr;

		if (watch)
			watch->ready(watch->owner, loop->events[i].events, now);
	}
	loop->event_count = 0;
}

enum status
loop_run(struct loop *loop)
{
	loop->stopped = false;
	while (!loop->stopped) {
		int count = epoll_wait(loop->epoll_fd, loop->events,
		    EVENTS_AT_ONCE, wait_ms(loop, clock_now()));

		if (count < 0 && errno != EINTR)
			return STATUS_SYSTEM;
		loop->event_count = count < 0 ? 0 : count;
		dispatch(loop, clock_now());
		fire_timers(loop, clock_now());
	}
	return STATUS_OK;
}

void
loop_stop(struct loop *loop)
{
	loop->stopped = true;
}
