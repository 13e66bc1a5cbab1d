#include "agent/delivery.h"

#include <check.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/support/suite.h"

/* A time of the test's own, long before that of the clock. */
static const struct instant NOW = { .ms = 1000 };
enum { LONGEST_FIRST_MS = 2000 };

static char directory[64], program[96];
static struct loop *loop;
static struct spool spool;
static struct options options;
static struct delivery delivery;
static bool report_is_wanted;

static void
note_wish(void *owner)
{
	(void)owner;
	report_is_wanted = true;
}

/* A delivery by a program that does what the line of shell says. */
static void
set_up(const char *line)
{
	FILE *file;

	snprintf(directory, sizeof(directory), "/tmp/demarc-delivery-XXXXXX");
	ck_assert_ptr_nonnull(mkdtemp(directory));
	snprintf(program, sizeof(program), "%s/deliver", directory);
	if (line) {
		file = fopen(program, "we");
		ck_assert_ptr_nonnull(file);
		fprintf(file, "#!/bin/sh\n%s\n", line);
		fclose(file);
		ck_assert_int_eq(chmod(program, 0700), 0);
	}
	ck_assert_int_eq(loop_new(&loop), STATUS_OK);
	ck_assert_int_eq(spool_open(&spool, directory), STATUS_OK);
	options = (struct options){ .deliver = program };
	delivery_init(&delivery, loop, &options, &spool);
	delivery.wants_report = note_wish;
}

static void
tear_down(void)
{
	delivery_done(&delivery);
	spool_close(&spool);
	loop_free(loop);
	unlink(program);
	ck_assert_int_eq(rmdir(directory), 0);
}

/* Gives whether the whole report is wanted. */
static bool
wait_for_end(void)
{
	report_is_wanted = false;
	while (delivery.state == DELIVERY_RUNNING) {
		siginfo_t ended;

		ck_assert_int_eq(waitid(P_PID, (id_t)delivery.process, &ended,
				     WEXITED | WNOWAIT),
		    0);
		delivery_child_ended(&delivery, NOW);
	}
	return report_is_wanted;
}

static bool
kick_and_wait(void)
{
	delivery_kick(&delivery, NOW);
	return wait_for_end();
}

START_TEST(what_was_delivered_has_a_time)
{
	set_up("exit 0");
	ck_assert(!delivery.reached && !delivery.not_reached);
	ck_assert(!kick_and_wait());
	ck_assert_int_eq(delivery.state, DELIVERY_IDLE);
	ck_assert(delivery.reached);
	ck_assert_int_gt(delivery.delivered_at, 0);
	ck_assert_str_eq(delivery.why, "");
	tear_down();
}
END_TEST

START_TEST(what_was_refused_was_not_delivered)
{
	set_up("echo 'demarc-deliver: refused (400)' >&2");
	ck_assert(!kick_and_wait());
	ck_assert_int_eq(delivery.state, DELIVERY_IDLE);
	ck_assert(delivery.reached && !delivery.not_reached);
	ck_assert_int_eq(delivery.delivered_at, 0);
	ck_assert_str_eq(delivery.why, "refused (400)");
	tear_down();
}
END_TEST

START_TEST(a_failure_waits_from_the_time_it_was_told)
{
	set_up("echo first >&2; echo 'demarc-deliver: not now' >&2; exit 75");
	ck_assert(!kick_and_wait());
	ck_assert_int_eq(delivery.state, DELIVERY_WAITING);
	ck_assert(delivery.not_reached && !delivery.reached);
	ck_assert_str_eq(delivery.why, "not now");
	ck_assert(delivery.timer.set);
	ck_assert_int_gt(delivery.timer.at.ms, NOW.ms);
	ck_assert_int_le(delivery.timer.at.ms, NOW.ms + LONGEST_FIRST_MS);
	delivery_kick(&delivery, NOW);
	ck_assert_int_eq(delivery.state, DELIVERY_WAITING);
	tear_down();
}
END_TEST

START_TEST(a_program_that_is_not_there_is_named)
{
	set_up(NULL);
	delivery_kick(&delivery, NOW);
	ck_assert_int_eq(delivery.state, DELIVERY_WAITING);
	ck_assert_ptr_nonnull(strstr(delivery.why, program));
	ck_assert_int_le(delivery.timer.at.ms, NOW.ms + LONGEST_FIRST_MS);
	tear_down();
}
END_TEST

START_TEST(a_conflict_wants_the_whole_report)
{
	set_up("exit 3");
	ck_assert(kick_and_wait());
	ck_assert_int_eq(delivery.state, DELIVERY_IDLE);
	ck_assert(delivery.reached);
	ck_assert_int_eq(delivery.delivered_at, 0);
	tear_down();
}
END_TEST

START_TEST(another_end_is_a_failure_with_its_status)
{
	set_up("exit 9");
	ck_assert(!kick_and_wait());
	ck_assert_int_eq(delivery.state, DELIVERY_WAITING);
	ck_assert_str_eq(delivery.why, "demarc-deliver ended with status 9");
	tear_down();
}
END_TEST

START_TEST(what_came_while_it_ran_is_delivered_next)
{
	struct spool_document document = {
		.number = 1, .kind = SPOOL_REPORT, .octets = "{}", .size = 2
	};
	unsigned dropped = 0;

	/* The first leaves the document to the second. */
	set_up("[ -e seen ] && exec rm seen *.report.json; : > seen");
	delivery_kick(&delivery, NOW);
	ck_assert_int_eq(spool_put(&spool, &document, &dropped), STATUS_OK);
	delivery_kick(&delivery, NOW);
	ck_assert(delivery.again);
	(void)wait_for_end();
	ck_assert_int_eq(spool_has_report(&spool), false);
	ck_assert_int_eq(delivery.state, DELIVERY_IDLE);
	tear_down();
}
END_TEST

/* By https; the program says on its input how it went, and reads there. */
static void
set_up_staying(const char *line)
{
	static char address[] = "https://c", *addresses[] = { address };

	set_up(line);
	options.collectors = (struct config_list){ addresses, 1 };
}

/* Until it has said how a delivery went. */
static void
wait_for_word(void)
{
	struct pollfd word = { .fd = delivery.talk.fd, .events = POLLIN };

	ck_assert_int_eq(poll(&word, 1, 5000), 1);
	delivery.talk.ready(&delivery, EPOLLIN, NOW);
}

START_TEST(who_stays_is_told_and_not_started_again)
{
	pid_t first;

	set_up_staying("while printf '0 ' >&0; do read more || exit 0; done");
	delivery_kick(&delivery, NOW);
	first = delivery.process;
	wait_for_word();
	ck_assert_int_eq(delivery.state, DELIVERY_STAYING);
	ck_assert_int_gt(delivery.delivered_at, 0);
	delivery_kick(&delivery, NOW);
	ck_assert_int_eq(delivery.state, DELIVERY_RUNNING);
	wait_for_word();
	ck_assert_int_eq(delivery.state, DELIVERY_STAYING);
	ck_assert_int_eq(delivery.process, first);
	tear_down();
}
END_TEST

START_TEST(who_stays_waits_after_a_failure_too)
{
	set_up_staying("while printf '75 not now' >&0; do read more; done");
	delivery_kick(&delivery, NOW);
	wait_for_word();
	ck_assert_int_eq(delivery.state, DELIVERY_WAITING);
	ck_assert_str_eq(delivery.why, "not now");
	ck_assert(delivery.not_reached && delivery.timer.set);
	delivery.timer.fire(&delivery, NOW);
	ck_assert_int_eq(delivery.state, DELIVERY_RUNNING);
	wait_for_word();
	ck_assert_int_eq(delivery.state, DELIVERY_WAITING);
	tear_down();
}
END_TEST

START_TEST(who_stays_tells_of_a_conflict)
{
	set_up_staying("printf '3 ' >&0; read more");
	delivery_kick(&delivery, NOW);
	report_is_wanted = false;
	wait_for_word();
	ck_assert(report_is_wanted);
	ck_assert_int_eq(delivery.state, DELIVERY_STAYING);
	tear_down();
}
END_TEST

/* The first ends at the very moment when it is told. */
START_TEST(who_did_not_hear_it_is_followed_by_another)
{
	struct spool_document document = {
		.number = 1, .kind = SPOOL_REPORT, .octets = "{}", .size = 2
	};
	unsigned dropped = 0;

	set_up_staying("[ -e seen ] && exec rm seen *.report.json\n"
		       ": > seen; printf '0 ' >&0; read more; exit 0");
	delivery_kick(&delivery, NOW);
	wait_for_word();
	ck_assert_int_eq(spool_put(&spool, &document, &dropped), STATUS_OK);
	delivery_kick(&delivery, NOW);
	(void)wait_for_end();
	ck_assert_int_eq(spool_has_report(&spool), false);
	ck_assert_int_eq(delivery.state, DELIVERY_IDLE);
	tear_down();
}
END_TEST

SUITE("delivery", what_was_delivered_has_a_time,
    what_was_refused_was_not_delivered,
    a_failure_waits_from_the_time_it_was_told,
    a_program_that_is_not_there_is_named, a_conflict_wants_the_whole_report,
    another_end_is_a_failure_with_its_status,
    what_came_while_it_ran_is_delivered_next,
    who_stays_is_told_and_not_started_again,
    who_stays_waits_after_a_failure_too, who_stays_tells_of_a_conflict,
    who_did_not_hear_it_is_followed_by_another)
