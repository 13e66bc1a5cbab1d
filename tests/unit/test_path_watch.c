#include "agent/path_watch.h"

#include <check.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/support/suite.h"

enum { PATIENCE_MS = 2000 };

static char above[64], directory[80], path[96], other[96];
static struct loop *loop;
static struct path_watch w;
static struct loop_timer patience;
static unsigned appeared;

static void
note(void *owner)
{
	(void)owner;
	appeared++;
	loop_stop(loop);
}

static void
give_up(void *owner, struct instant now)
{
	(void)owner;
	(void)now;
	loop_stop(loop);
}

static void
set_up(void)
{
	snprintf(above, sizeof(above), "/tmp/demarc-watch-XXXXXX");
	ck_assert_ptr_nonnull(mkdtemp(above));
	snprintf(directory, sizeof(directory), "%s/dir", above);
	snprintf(path, sizeof(path), "%s/db.sock", directory);
	snprintf(other, sizeof(other), "%s/db.sock2", directory);
	ck_assert_int_eq(loop_new(&loop), STATUS_OK);
	w = (struct path_watch){ .loop = loop, .path = path, .appeared = note };
	patience = (struct loop_timer){ .fire = give_up };
	appeared = 0;
}

static void
tear_down(void)
{
	path_watch_stop(&w);
	loop_free(loop);
	unlink(path);
	unlink(other);
	rmdir(directory);
	ck_assert_int_eq(rmdir(above), 0);
}

static void
make_file(const char *name)
{
	int fd = open(name, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);

	ck_assert_int_ge(fd, 0);
	close(fd);
}

/* Runs until something appears; gives how much has so far. */
static unsigned
wait_until_something_appears(int64_t most_ms)
{
	loop_timer_set(loop, &patience, instant_after(clock_now(), most_ms));
	ck_assert_int_eq(loop_run(loop), STATUS_OK);
	loop_timer_stop(loop, &patience);
	return appeared;
}

START_TEST(a_file_that_comes_is_told)
{
	set_up();
	ck_assert_int_eq(mkdir(directory, 0700), 0);
	ck_assert(path_watch_start(&w));
	make_file(other);
	ck_assert_uint_eq(wait_until_something_appears(50), 0);
	make_file(path);
	ck_assert_uint_eq(wait_until_something_appears(PATIENCE_MS), 1);
	ck_assert_int_eq(chmod(path, 0640), 0);
	ck_assert_uint_eq(wait_until_something_appears(PATIENCE_MS), 2);
	tear_down();
}
END_TEST

START_TEST(its_directory_may_come_and_go)
{
	set_up();
	ck_assert(path_watch_start(&w));
	ck_assert_int_eq(mkdir(directory, 0700), 0);
	ck_assert_uint_eq(wait_until_something_appears(PATIENCE_MS), 1);
	ck_assert_int_eq(rmdir(directory), 0);
	ck_assert_uint_eq(wait_until_something_appears(PATIENCE_MS), 2);
	ck_assert_int_eq(mkdir(directory, 0700), 0);
	ck_assert_uint_ge(wait_until_something_appears(PATIENCE_MS), 3);
	make_file(path);
	ck_assert_uint_ge(wait_until_something_appears(PATIENCE_MS), 4);
	tear_down();
}
END_TEST

START_TEST(a_file_that_is_moved_there_is_told)
{
	set_up();
	ck_assert_int_eq(mkdir(directory, 0700), 0);
	make_file(other);
	ck_assert(path_watch_start(&w));
	ck_assert_int_eq(rename(other, path), 0);
	ck_assert_uint_eq(wait_until_something_appears(PATIENCE_MS), 1);
	tear_down();
}
END_TEST

START_TEST(what_is_no_path_from_the_root_is_refused)
{
	set_up();
	w.path = "db.sock";
	ck_assert(!path_watch_start(&w));
	tear_down();
}
END_TEST

SUITE("path_watch", a_file_that_comes_is_told, its_directory_may_come_and_go,
    a_file_that_is_moved_there_is_told,
    what_is_no_path_from_the_root_is_refused)
