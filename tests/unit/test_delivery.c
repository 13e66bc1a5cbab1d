#include "agent/delivery.h"

#include <check.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
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

static enum delivery_wish
wait_for_end(void)
{
	enum delivery_wish wish = DELIVERY_NOTHING;

	while (delivery.state == DELIVERY_RUNNING) {
		siginfo_t ended;

		ck_assert_int_eq(waitid(P_PID, (id_t)delivery.process, &ended,
				     WEXITED | WNOWAIT),
		    0);
		wish = delivery_child_ended(&delivery, NOW);
	}
	return wish;
}

static enum delivery_wish
kick_and_wait(void)
{
	delivery_kick(&delivery, NOW);
	return wait_for_end();
}

START_TEST(what_was_delivered_has_a_time)
{
	set_up("exit 0");
	ck_assert(!delivery.reached && !delivery.not_reached);
	ck_assert_int_eq(kick_and_wait(), DELIVERY_NOTHING);
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
	ck_assert_int_eq(kick_and_wait(), DELIVERY_NOTHING);
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
	ck_assert_int_eq(kick_and_wait(), DELIVERY_NOTHING);
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
	ck_assert_int_eq(kick_and_wait(), DELIVERY_WANTS_REPORT);
	ck_assert_int_eq(delivery.state, DELIVERY_IDLE);
	ck_assert(delivery.reached);
	ck_assert_int_eq(delivery.delivered_at, 0);
	tear_down();
}
END_TEST

START_TEST(another_end_is_a_failure_with_its_status)
{
	set_up("exit 9");
	ck_assert_int_eq(kick_and_wait(), DELIVERY_NOTHING);
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

SUITE("delivery", what_was_delivered_has_a_time,
    what_was_refused_was_not_delivered,
    a_failure_waits_from_the_time_it_was_told,
    a_program_that_is_not_there_is_named, a_conflict_wants_the_whole_report,
    another_end_is_a_failure_with_its_status,
    what_came_while_it_ran_is_delivered_next)
