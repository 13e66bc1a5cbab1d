#include "agent/control.h"

#include <check.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "tests/support/suite.h"

static char directory[64], path[96];
static struct loop *loop;

static bool
say_it(void *owner, const char *question, struct buffer *out)
{
	(void)owner;
	buffer_text(out, question);
	return true;
}

static enum status
begin(struct control **out)
{
	struct control_settings settings = {
		.loop = loop, .path = path, .answer = say_it
	};

	return control_new(&settings, out);
}

static void
set_up(void)
{
	snprintf(directory, sizeof(directory), "/tmp/demarc-control-XXXXXX");
	ck_assert_ptr_nonnull(mkdtemp(directory));
	snprintf(path, sizeof(path), "%s/control.sock", directory);
	ck_assert_int_eq(loop_new(&loop), STATUS_OK);
}

static void
tear_down(void)
{
	loop_free(loop);
	unlink(path);
	ck_assert_int_eq(rmdir(directory), 0);
}

/* A socket that nobody reads, at the path. */
static int
bind_there(void)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

	snprintf(address.sun_path, sizeof(address.sun_path), "%s", path);
	ck_assert_int_eq(
	    bind(fd, (struct sockaddr *)&address, sizeof(address)), 0);
	return fd;
}

START_TEST(a_file_at_its_path_stays)
{
	struct control *control = NULL;
	struct stat about;
	int fd;

	set_up();
	fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
	ck_assert_int_ge(fd, 0);
	close(fd);
	ck_assert_int_eq(begin(&control), STATUS_SYSTEM);
	ck_assert_int_eq(errno, EEXIST);
	ck_assert_int_eq(lstat(path, &about), 0);
	ck_assert(S_ISREG(about.st_mode));
	tear_down();
}
END_TEST

START_TEST(a_link_at_its_path_stays)
{
	struct control *control = NULL;
	struct stat about;

	set_up();
	ck_assert_int_eq(symlink("/dev/null", path), 0);
	ck_assert_int_eq(begin(&control), STATUS_SYSTEM);
	ck_assert_int_eq(errno, EEXIST);
	ck_assert_int_eq(lstat(path, &about), 0);
	ck_assert(S_ISLNK(about.st_mode));
	tear_down();
}
END_TEST

START_TEST(a_socket_that_nobody_reads_is_replaced)
{
	struct control *control = NULL;

	set_up();
	close(bind_there());
	ck_assert_int_eq(begin(&control), STATUS_OK);
	control_free(control);
	tear_down();
}
END_TEST

START_TEST(a_socket_with_a_full_queue_is_in_use)
{
	struct control *control = NULL;
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	int fd, waiting;

	set_up();
	fd = bind_there();
	ck_assert_int_eq(listen(fd, 0), 0);
	snprintf(address.sun_path, sizeof(address.sun_path), "%s", path);
	waiting = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	ck_assert_int_eq(
	    connect(waiting, (struct sockaddr *)&address, sizeof(address)), 0);
	ck_assert_int_eq(begin(&control), STATUS_CONFLICT);
	close(waiting);
	close(fd);
	tear_down();
}
END_TEST

START_TEST(its_mode_is_the_same_under_every_umask)
{
	static const mode_t masks[] = { 0, 0022, 0777 };

	set_up();
	for (size_t i = 0; i < sizeof(masks) / sizeof(masks[0]); i++) {
		struct control *control = NULL;
		struct stat about;

		(void)umask(masks[i]);
		ck_assert_int_eq(begin(&control), STATUS_OK);
		ck_assert_int_eq(lstat(path, &about), 0);
		ck_assert_uint_eq(about.st_mode & 0777, 0660);
		ck_assert_uint_eq(umask(0022), masks[i]);
		control_free(control);
	}
	tear_down();
}
END_TEST

SUITE("control", its_mode_is_the_same_under_every_umask,
    a_file_at_its_path_stays, a_link_at_its_path_stays,
    a_socket_that_nobody_reads_is_replaced,
    a_socket_with_a_full_queue_is_in_use)
