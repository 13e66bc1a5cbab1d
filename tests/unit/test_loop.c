#include "base/loop.h"

#include <check.h>
#include <sys/epoll.h>
#include <unistd.h>

#include "tests/support/suite.h"

static struct loop *loop;
static char order[8];
static int fired;

static void
note(void *owner, struct instant now)
{
	(void)now;
	order[fired++] = *(char *)owner;
	if (fired == 3)
		loop_stop(loop);
}

START_TEST(timers_fire_in_the_order_of_their_times)
{
	struct instant now = clock_now();
	char names[] = "abcd";
	struct loop_timer timers[4];

	ck_assert_int_eq(loop_new(&loop), STATUS_OK);
	for (int i = 0; i < 4; i++)
		timers[i] =
		    (struct loop_timer){ .fire = note, .owner = &names[i] };
	loop_timer_set(loop, &timers[0], instant_after(now, 3));
	loop_timer_set(loop, &timers[1], instant_after(now, 1));
	loop_timer_set(loop, &timers[2], instant_after(now, 2));
	loop_timer_set(loop, &timers[3], instant_after(now, 1));
	loop_timer_stop(loop, &timers[3]);
	loop_timer_set(loop, &timers[0], instant_after(now, 4)); /* moved */
	ck_assert_int_eq(loop_run(loop), STATUS_OK);
	ck_assert_str_eq(order, "bca");
	loop_free(loop);
}
END_TEST

static struct loop_watch watches[2] = { { .fd = -1 }, { .fd = -1 } };

static void
unwatch_the_other(void *owner, uint32_t events, struct instant now)
{
	int other = owner == &watches[0] ? 1 : 0;

	(void)events;
	(void)now;
	fired++;
	loop_unwatch(loop, &watches[other]);
	loop_stop(loop);
}

/* Both are ready in one batch; the first takes the second away. */
START_TEST(a_watch_taken_away_in_its_batch_is_not_called)
{
	int pipes[2];

	ck_assert_int_eq(pipe(pipes), 0);
	ck_assert_int_eq(loop_new(&loop), STATUS_OK);
	for (int i = 0; i < 2; i++) {
		watches[i].ready = unwatch_the_other;
		watches[i].owner = &watches[i];
		ck_assert_int_eq(loop_watch(loop, &watches[i],
				     i ? dup(pipes[0]) : pipes[0], EPOLLIN),
		    STATUS_OK);
	}
	ck_assert_int_eq(write(pipes[1], "x", 1), 1);
	ck_assert_int_eq(loop_run(loop), STATUS_OK);
	ck_assert_int_eq(fired, 1);
	loop_free(loop);
}
END_TEST

SUITE("loop", timers_fire_in_the_order_of_their_times,
    a_watch_taken_away_in_its_batch_is_not_called)
