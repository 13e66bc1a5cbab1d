#include <check.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "collector/picture.h"
#include "tests/support/suite.h"

static struct sheet sheet;
static struct buffer out;
static char program[] = "/tmp/demarc-picture-XXXXXX";

/* What stands in for demarc-picture: a script of one line. */
static enum status
paint_with(
    struct pictures *pictures, const char *script, enum picture_kind kind)
{
	char path[] = "/tmp/demarc-picture-XXXXXX";
	int file = mkstemp(path);
	enum status status;

	ck_assert_int_ge(file, 0);
	ck_assert_int_gt(dprintf(file, "#!/bin/sh\n%s\n", script), 0);
	ck_assert_int_eq(fchmod(file, 0700), 0);
	close(file);
	memcpy(program, path, sizeof(path));
	pictures->program = program;
	(void)signal(SIGPIPE, SIG_IGN);
	sheet_init(&sheet);
	sheet.title = "Rack C07";
	sheet.width = sheet.height = 100;
	buffer_done(&out);
	buffer_init(&out, 1 << 20);
	buffer_text(&out, "before");
	ck_assert(pictures_can(pictures));
	status = pictures_make(pictures, &out, &sheet, kind, SVG_LIGHT);
	ck_assert_uint_eq(pictures->running, 0);
	unlink(path);
	ck_assert(!pictures_can(pictures));
	sheet_done(&sheet);
	return status;
}

static enum status
paint(const char *script, enum picture_kind kind)
{
	struct pictures pictures = { .program = NULL };

	return paint_with(&pictures, script, kind);
}

START_TEST(what_the_program_says_is_the_picture)
{
	ck_assert_int_eq(
	    paint("echo $1; grep -c Rack", PICTURE_PDF), STATUS_OK);
	ck_assert_str_eq(buffer_string(&out), "beforepdf\n1\n");
	ck_assert_uint_eq(out.size, strlen(buffer_string(&out)));
}
END_TEST

START_TEST(it_is_told_nothing_else)
{
	ck_assert_int_eq(
	    paint("cat > /dev/null; ls /proc/self/fd | wc -l; echo $HOME $#",
		PICTURE_PDF),
	    STATUS_OK);
	/* Input, output, errors, and the folder that is listed. */
	ck_assert_str_eq(buffer_string(&out), "before4\n1\n");
}
END_TEST

START_TEST(a_program_that_fails_leaves_no_picture)
{
	ck_assert_int_eq(
	    paint("cat > /dev/null; echo half; exit 1", PICTURE_PDF),
	    STATUS_TOO_LARGE);
	ck_assert_str_eq(buffer_string(&out), "before");
	ck_assert_int_eq(paint("kill -9 $$", PICTURE_PDF), STATUS_TOO_LARGE);
	ck_assert_str_eq(buffer_string(&out), "before");
}
END_TEST

START_TEST(a_program_that_says_too_much_is_ended)
{
	ck_assert_int_eq(paint("exec yes", PICTURE_PDF), STATUS_TOO_LARGE);
	ck_assert_str_eq(buffer_string(&out), "before");
}
END_TEST

START_TEST(a_program_that_does_not_listen_is_no_harm)
{
	ck_assert_int_eq(
	    paint("exec < /dev/null; echo done", PICTURE_PDF), STATUS_OK);
	ck_assert_str_eq(buffer_string(&out), "beforedone\n");
}
END_TEST

START_TEST(a_program_that_stays_when_all_is_said_is_ended)
{
	ck_assert_int_eq(
	    paint("cat > /dev/null; exec sleep 60 > /dev/null", PICTURE_PDF),
	    STATUS_TOO_LARGE);
	ck_assert_str_eq(buffer_string(&out), "before");
}
END_TEST

static void *
end_once_it_runs(void *context)
{
	struct pictures *pictures = context;

	while (atomic_load(&pictures->running) == 0)
		(void)sched_yield();
	pictures_end(pictures);
	return NULL;
}

START_TEST(at_the_end_nobody_waits_for_a_picture)
{
	struct pictures pictures = { .program = NULL };
	const struct instant start = clock_now();
	pthread_t other;

	ck_assert_int_eq(
	    pthread_create(&other, NULL, end_once_it_runs, &pictures), 0);
	ck_assert_int_eq(
	    paint_with(&pictures, "exec sleep 60", PICTURE_PDF), STATUS_BUSY);
	(void)pthread_join(other, NULL);
	ck_assert_int_lt(instant_ms_between(start, clock_now()), 5000);
	ck_assert_int_eq(
	    paint_with(&pictures, "echo more", PICTURE_PDF), STATUS_BUSY);
	ck_assert_str_eq(buffer_string(&out), "before");
}
END_TEST

START_TEST(without_the_program_there_is_no_picture)
{
	struct pictures pictures = { .program = "/nonexistent" };

	sheet_init(&sheet);
	ck_assert(!pictures_can(&pictures));
	buffer_init(&out, 1 << 20);
	ck_assert_int_eq(
	    pictures_make(&pictures, &out, &sheet, PICTURE_PDF, SVG_LIGHT),
	    STATUS_NOT_FOUND);
	ck_assert_uint_eq(out.size, 0);
	buffer_done(&out);
}
END_TEST

START_TEST(two_are_made_at_once_and_no_more)
{
	struct pictures pictures = { .program = "/nonexistent", .running = 2 };

	sheet_init(&sheet);
	buffer_init(&out, 1 << 20);
	ck_assert_int_eq(
	    pictures_make(&pictures, &out, &sheet, PICTURE_PDF, SVG_LIGHT),
	    STATUS_BUSY);
	ck_assert_uint_eq(pictures.running, 2);
	buffer_done(&out);
}
END_TEST

SUITE("picture", what_the_program_says_is_the_picture, it_is_told_nothing_else,
    a_program_that_fails_leaves_no_picture,
    a_program_that_says_too_much_is_ended,
    a_program_that_does_not_listen_is_no_harm,
    a_program_that_stays_when_all_is_said_is_ended,
    at_the_end_nobody_waits_for_a_picture,
    without_the_program_there_is_no_picture, two_are_made_at_once_and_no_more)
