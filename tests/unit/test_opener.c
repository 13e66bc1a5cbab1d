#include "agent/opener.h"

#include <check.h>
#include <errno.h>
#include <linux/capability.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "tests/support/suite.h"

static char directory[64], path[96];
static struct loop *loop;
static struct opener *opener;
static int got_fd, got_why;

static void
take(void *owner, int taken_fd, int why)
{
	(void)owner;
	got_fd = taken_fd;
	got_why = why;
	loop_stop(loop);
}

/* False: this test was started without the right that an opener keeps. */
static bool
set_up(void)
{
	struct account account = { .user = geteuid(), .group = getegid() };
	struct opener_settings settings = { .take = take };
	enum status status;

	snprintf(directory, sizeof(directory), "/tmp/demarc-opener-XXXXXX");
	ck_assert_ptr_nonnull(mkdtemp(directory));
	snprintf(path, sizeof(path), "%s/db.sock", directory);
	ck_assert_int_eq(loop_new(&loop), STATUS_OK);
	status = opener_new(path, &account, &opener);
	if (status == STATUS_NOT_ALLOWED) {
		ck_assert(!privilege_has(CAP_DAC_OVERRIDE));
		return false;
	}
	ck_assert_int_eq(status, STATUS_OK);
	settings.loop = loop;
	ck_assert_int_eq(opener_begin(opener, &settings), STATUS_OK);
	return true;
}

static void
tear_down(void)
{
	opener_free(opener);
	opener = NULL;
	loop_free(loop);
	unlink(path);
	ck_assert_int_eq(rmdir(directory), 0);
}

static void
ask(void)
{
	got_fd = got_why = -1;
	ck_assert(opener_ask(opener));
	ck_assert_int_eq(loop_run(loop), STATUS_OK);
}

static int
listen_there(void)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

	snprintf(address.sun_path, sizeof(address.sun_path), "%s", path);
	ck_assert_int_eq(
	    bind(fd, (struct sockaddr *)&address, sizeof(address)), 0);
	ck_assert_int_eq(listen(fd, 1), 0);
	return fd;
}

START_TEST(a_connection_comes_over_and_the_reason_when_there_is_none)
{
	char text[4] = "";
	int listener, session;

	if (set_up()) {
		ask();
		ck_assert_int_eq(got_fd, -1);
		ck_assert_int_eq(got_why, ENOENT);
		listener = listen_there();
		ask();
		ck_assert_int_eq(got_why, 0);
		session = accept(listener, NULL, NULL);
		ck_assert_int_ge(session, 0);
		ck_assert_int_eq(write(session, "abc", 3), 3);
		ck_assert_int_eq(read(got_fd, text, 3), 3);
		ck_assert_str_eq(text, "abc");
		close(got_fd);
		/* Nobody else holds it. */
		ck_assert_int_eq(read(session, text, 1), 0);
		close(session);
		close(listener);
		ask();
		ck_assert_int_eq(got_why, ECONNREFUSED);
	}
	tear_down();
}
END_TEST

/* Our only child. */
static pid_t
process_of_opener(void)
{
	char name[64], text[32] = "";
	FILE *file;

	snprintf(name, sizeof(name), "/proc/self/task/%d/children", getpid());
	file = fopen(name, "r");
	ck_assert_ptr_nonnull(file);
	ck_assert_ptr_nonnull(fgets(text, sizeof(text), file));
	fclose(file);
	return (pid_t)strtol(text, NULL, 10);
}

START_TEST(its_end_is_told_and_nobody_is_asked_then)
{
	pid_t process;

	if (set_up()) {
		ask();
		process = process_of_opener();
		ck_assert_int_eq(kill(process, SIGKILL), 0);
		ck_assert_int_eq(loop_run(loop), STATUS_OK);
		ck_assert_int_eq(got_fd, -1);
		ck_assert_int_eq(got_why, EPIPE);
		ck_assert(!opener_ask(opener));
		ck_assert_int_eq(kill(process, 0), -1);
	}
	tear_down();
}
END_TEST

SUITE("opener", a_connection_comes_over_and_the_reason_when_there_is_none,
    its_end_is_told_and_nobody_is_asked_then)
