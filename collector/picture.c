#include "collector/picture.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"

enum {
	RUNNING_MOST = 2,        /* of up to 300 MB each */
	TIME_MS_MOST = 15000,    /* a page of 24 hosts takes 0.4 s */
	END_MS_MOST = 1000,      /* once it has said all, or was killed */
	LOOK_MS = 250,           /* whether no more are made */
	SVG_SIZE_MOST = 31 << 20 /* demarc-picture takes a little more */
};

bool
pictures_can(const struct pictures *p)
{
	return access(p->program, X_OK) == 0;
}

/* A running demarc-picture, and our ends of its pipes; -1: closed. */
struct painter {
	struct pictures *of;
	pid_t pid;
	int in, out;
};

static void
close_end(int *end)
{
	if (*end >= 0)
		close(*end);
	*end = -1;
}

/* Starts it with the two pipes and nothing else of ours. */
static bool
spawn(const char *program, enum picture_kind kind, int in, int out, pid_t *pid)
{
	char *const arguments[] = { "demarc-picture",
		kind == PICTURE_PNG ? "png" : "pdf", NULL };
	char *const nothing[] = { NULL };
	posix_spawn_file_actions_t actions;
	posix_spawnattr_t attributes;
	sigset_t none, ignored;
	int failed;

	sigemptyset(&none);
	sigemptyset(&ignored);
	sigaddset(&ignored, SIGPIPE);
	posix_spawnattr_init(&attributes);
	posix_spawnattr_setsigmask(&attributes, &none);
	posix_spawnattr_setsigdefault(&attributes, &ignored);
	posix_spawnattr_setflags(
	    &attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_adddup2(&actions, in, STDIN_FILENO);
	posix_spawn_file_actions_adddup2(&actions, out, STDOUT_FILENO);
	posix_spawn_file_actions_addclosefrom_np(&actions, 3);
	failed = posix_spawn(
	    pid, program, &actions, &attributes, arguments, nothing);
	posix_spawn_file_actions_destroy(&actions);
	posix_spawnattr_destroy(&attributes);
	errno = failed;
	return !failed;
}

static enum status
start(struct painter *out, enum picture_kind kind)
{
	int to[2] = { -1, -1 }, from[2] = { -1, -1 };
	enum status status = STATUS_SYSTEM;

	if (pipe2(to, O_CLOEXEC) == 0 && pipe2(from, O_CLOEXEC) == 0) {
		if (spawn(out->of->program, kind, to[0], from[1], &out->pid))
			status = STATUS_OK;
		else if (errno == ENOENT)
			status = STATUS_NOT_FOUND;
	}
	close_end(&to[0]);
	close_end(&from[1]);
	out->in = to[1];
	out->out = from[0];
	if (status != STATUS_OK) {
		close_end(&out->in);
		close_end(&out->out);
		return status;
	}
	fcntl(out->in, F_SETFL, O_NONBLOCK);
	return STATUS_OK;
}

/* Gives it more of the SVG; closes the pipe when there is no more. */
static void
feed(struct painter *p, const struct buffer *svg, size_t *done)
{
	ssize_t size = write(p->in, svg->octets + *done, svg->size - *done);

	if (size > 0)
		*done += (size_t)size;
	else if (errno == EAGAIN || errno == EINTR)
		return;
	if (size < 0 || *done == svg->size)
		close_end(&p->in);
}

/* Takes what it has made so far; false: that was all. */
static bool
take(struct painter *p, struct buffer *out)
{
	enum { AT_ONCE = 1 << 16 };
	ssize_t size;

	if (!buffer_reserve(out, AT_ONCE))
		return false;
	size = read(p->out, out->octets + out->size, AT_ONCE);
	if (size < 0)
		return errno == EINTR;
	out->size += (size_t)size;
	out->octets[out->size] = '\0';
	return size > 0;
}

/* Feeds and takes until it has said all, or its time or ours is over. */
static enum status
converse(struct painter *p, const struct buffer *svg, struct buffer *out)
{
	const struct instant start = clock_now();
	size_t done = 0;

	for (;;) {
		struct pollfd ends[] = { { p->out, POLLIN, 0 },
			{ p->in, POLLOUT, 0 } };
		int64_t left =
		    TIME_MS_MOST - instant_ms_between(start, clock_now());

		if (left <= 0)
			return STATUS_TOO_LARGE;
		if (atomic_load(&p->of->ended))
			return STATUS_BUSY;
		if (left > LOOK_MS)
			left = LOOK_MS;
		if (poll(ends, 2, (int)left) < 0 && errno != EINTR)
			return STATUS_SYSTEM;
		if (ends[1].revents)
			feed(p, svg, &done);
		if (ends[0].revents && !take(p, out))
			return buffer_ok(out) ? STATUS_OK : STATUS_TOO_LARGE;
	}
}

/* Is it gone?  Waits for it, but not for long. */
static bool
bury(pid_t pid, int *ended)
{
	const struct timespec pause = { .tv_nsec = 1000000 };
	const struct instant start = clock_now();

	for (;;) {
		pid_t gone = waitpid(pid, ended, WNOHANG);

		if (gone > 0 || (gone < 0 && errno != EINTR))
			return true;
		if (instant_ms_between(start, clock_now()) >= END_MS_MOST)
			return false;
		(void)nanosleep(&pause, NULL);
	}
}

/* Ends it, if it has not ended; did it do what it was asked for? */
static enum status
finish(struct painter *p, enum status so_far)
{
	int ended = -1; /* no exit */

	close_end(&p->in);
	close_end(&p->out);
	if (so_far != STATUS_OK || !bury(p->pid, &ended)) {
		kill(p->pid, SIGKILL);
		if (!bury(p->pid, &ended)) {
			log_error("demarc-picture does not end, process %d",
			    (int)p->pid);
			atomic_fetch_add(&p->of->running, 1);
		}
	}
	if (so_far != STATUS_OK)
		return so_far;
	return WIFEXITED(ended) && WEXITSTATUS(ended) == 0 ? STATUS_OK
							   : STATUS_TOO_LARGE;
}

static enum status
paint(struct pictures *p, struct buffer *out, const struct buffer *svg,
    enum picture_kind kind)
{
	struct painter painter = { .of = p, .in = -1, .out = -1 };
	size_t before = out->size;
	enum status status = start(&painter, kind);

	if (status != STATUS_OK)
		return status;
	status = finish(&painter, converse(&painter, svg, out));
	if (status != STATUS_OK && out->octets) {
		out->size = before;
		out->octets[before] = '\0';
	}
	return status;
}

enum status
pictures_make(struct pictures *p, struct buffer *out, const struct sheet *s,
    enum picture_kind kind, enum svg_theme theme)
{
	const struct svg_style style = {
		kind == PICTURE_PNG ? SVG_OUTLINES : SVG_EMBED, theme
	};
	struct buffer svg CLEANUP(buffer_done) = { 0 };
	enum status status = STATUS_BUSY;

	if (atomic_load(&p->ended))
		return STATUS_BUSY;
	if (kind == PICTURE_PNG && !svg_has_outlines())
		return STATUS_NOT_FOUND;
	buffer_init(&svg, SVG_SIZE_MOST);
	svg_write(&svg, s, &style);
	if (!buffer_ok(&svg))
		return STATUS_TOO_LARGE;
	if (atomic_fetch_add(&p->running, 1) < RUNNING_MOST)
		status = paint(p, out, &svg, kind);
	atomic_fetch_sub(&p->running, 1);
	return status;
}

void
pictures_end(struct pictures *p)
{
	atomic_store(&p->ended, true);
}
