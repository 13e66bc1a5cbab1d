#include "agent/libvirt.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/random.h>
#include <sys/wait.h>
#include <unistd.h>

#include "agent/path_watch.h"
#include "base/program.h"
#include "base/backoff.h"
#include "base/buffer.h"
#include "base/log.h"
#include "base/text.h"

enum {
	READ_SIZE = 16 * 1024,
	/* Others have their turn after so many. */
	READS_AT_ONCE = 16,
	/* A machine with 64 NICs on long trunks; what is more is no machine. */
	LINE_MOST = 256 * 1024,
	RETRY_LEAST_MS = 1000,
	RETRY_MOST_MS = 60 * 1000,
	/* A socket is made a moment before somebody listens at it. */
	APPEARED_MS = 100,
	/* Where the kernel has no more room for a watch. */
	UNWATCHED_MS = 10 * 1000,
	/* A session that lasted so long was a good one. */
	SOUND_MS = 30 * 1000,
	WHY_SIZE = 200,
	URI_SIZE = 256,
	SOCKETS_MOST = 3
};

extern char **environ;

struct libvirt {
	struct libvirt_settings to;
	char program[PROGRAM_PATH_SIZE];
	char uri[URI_SIZE]; /* "": the program's own choice */
	/* Without one of these libvirt is not here; none: that is not known. */
	struct path_watch sockets[SOCKETS_MOST];
	size_t socket_count;
	struct loop_watch out; /* its lines */
	struct loop_timer retry;
	struct backoff backoff;
	struct buffer line;
	pid_t process; /* 0: none */
	struct instant complete_at;
	bool complete, told_open, told_lost;
	char why[WHY_SIZE]; /* "": nobody said */
};

static void
try_later(struct libvirt *v)
{
	uint64_t dice = 0;

	(void)!getrandom(&dice, sizeof(dice), GRND_NONBLOCK);
	loop_timer_set(v->to.loop, &v->retry,
	    instant_after(clock_now(), backoff_fail(&v->backoff, dice)));
}

/* ---- is libvirt here?
 * --------------------------------------------------------
 */

static bool
is_there(const struct libvirt *v)
{
	for (size_t i = 0; i < v->socket_count; i++) {
		if (access(v->sockets[i].path, F_OK) == 0)
			return true;
	}
	return v->socket_count == 0;
}

/* False: the kernel does not watch for us. */
static bool
watch_sockets(struct libvirt *v)
{
	bool watched = true;

	for (size_t i = 0; i < v->socket_count; i++)
		watched = path_watch_start(&v->sockets[i]) && watched;
	return watched;
}

static void
socket_appeared(void *owner)
{
	struct libvirt *v = owner;

	if (v->process > 0 || !is_there(v))
		return;
	/* Whatever kept us away, this is new. */
	backoff_succeed(&v->backoff);
	loop_timer_set(
	    v->to.loop, &v->retry, instant_after(clock_now(), APPEARED_MS));
}

/* ---- the end of the process
 * ----------------------------------------------------
 */

static void
tell_lost(struct libvirt *v)
{
	if (!v->told_lost)
		log_warning("libvirt: %s; its machines are unknown until it "
			    "answers again",
		    v->why[0] ? v->why : "demarc-libvirt ended");
	v->told_lost = true;
	v->told_open = false;
	v->to.forget(v->to.owner);
}

/* Its lines hold no more; the process itself is waited for by SIGCHLD. */
static void
close_lines(struct libvirt *v)
{
	int fd = v->out.fd;

	if (fd < 0)
		return;
	loop_unwatch(v->to.loop, &v->out);
	close(fd);
	buffer_done(&v->line);
	if (v->process > 0)
		kill(v->process, SIGKILL); /* it holds nothing */
	if (v->complete &&
	    instant_ms_between(v->complete_at, clock_now()) >= SOUND_MS)
		backoff_succeed(&v->backoff);
	v->complete = false;
	v->to.forget(v->to.owner);
}

static void
give_up_on(struct libvirt *v, const char *why)
{
	text_copy(v->why, sizeof(v->why), why);
	close_lines(v);
}

/* ---- what it says
 * ---------------------------------------------------------------
 */

static void
note_why(struct libvirt *v, const struct json_value *line)
{
	const char *why = json_get_string(line, "lost");
	bool cut;

	if (why)
		v->why[text_clean(
		    v->why, sizeof(v->why) - 1, why, strlen(why), &cut)] = '\0';
}

static bool
take_line(struct libvirt *v)
{
	char error[JSON_ERROR_SIZE];
	CLEANUP(json_cleanup) struct json_value *line = NULL;

	if (!buffer_ok(&v->line) ||
	    json_parse(buffer_string(&v->line), v->line.size, &line, error) !=
		STATUS_OK)
		return false;
	switch (v->to.take(v->to.owner, line)) {
	case LIBVIRT_MORE:
		return true;
	case LIBVIRT_COMPLETE:
		if (!v->told_open)
			log_info("libvirt: following its machines");
		v->told_open = v->complete = true;
		v->told_lost = false;
		v->complete_at = clock_now();
		return true;
	case LIBVIRT_LOST:
		note_why(v, line);
		return true;
	case LIBVIRT_NONSENSE:
		break;
	}
	return false;
}

static bool
take_octets(struct libvirt *v, const char *octets, size_t size)
{
	while (size > 0) {
		const char *end = memchr(octets, '\n', size);
		size_t part = end ? (size_t)(end - octets) : size;

		buffer_append(&v->line, octets, part);
		if (!buffer_ok(&v->line) || (end && !take_line(v)))
			return false;
		if (end)
			buffer_clear(&v->line);
		part += end ? 1 : 0;
		octets += part;
		size -= part;
	}
	return true;
}

/* False: there is nothing to read until it says more. */
static bool
hear_some(struct libvirt *v)
{
	char octets[READ_SIZE];
	ssize_t size = read(v->out.fd, octets, sizeof(octets));

	if (size < 0 && (errno == EAGAIN || errno == EINTR))
		return false;
	if (size <= 0)
		close_lines(v);
	else if (!take_octets(v, octets, (size_t)size))
		give_up_on(v, "demarc-libvirt says what makes no sense");
	return v->out.fd >= 0;
}

static void
hear(void *owner, uint32_t events, struct instant now)
{
	struct libvirt *v = owner;

	(void)events;
	(void)now;
	for (int i = 0; i < READS_AT_ONCE; i++) {
		if (!hear_some(v))
			return;
	}
}

/* ---- the beginning of the process
 * -------------------------------------------------
 */

static int
spawn(struct libvirt *v, int out)
{
	/* posix_spawn wants them writable, as main gets them. */
	static char connect[] = "--connect";
	char *arguments[] = { v->program, connect, v->uri, NULL };
	posix_spawn_file_actions_t actions;
	posix_spawnattr_t attributes;
	sigset_t none, pipe;
	int error;

	if (v->uri[0] == '\0')
		arguments[1] = NULL;
	sigemptyset(&none);
	sigemptyset(&pipe);
	sigaddset(&pipe, SIGPIPE);
	posix_spawn_file_actions_init(&actions);
	posix_spawnattr_init(&attributes);
	posix_spawnattr_setsigmask(&attributes, &none);
	posix_spawnattr_setsigdefault(&attributes, &pipe);
	posix_spawnattr_setflags(
	    &attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
	posix_spawn_file_actions_addopen(
	    &actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
	posix_spawn_file_actions_adddup2(&actions, out, STDOUT_FILENO);
	error = posix_spawn(
	    &v->process, v->program, &actions, &attributes, arguments, environ);
	posix_spawn_file_actions_destroy(&actions);
	posix_spawnattr_destroy(&attributes);
	if (error != 0)
		v->process = 0;
	return error;
}

static bool
start(struct libvirt *v)
{
	int ends[2], error;

	v->why[0] = '\0';
	if (pipe2(ends, O_CLOEXEC) < 0) {
		snprintf(v->why, sizeof(v->why), "pipe: %s", strerror(errno));
		return false;
	}
	error = spawn(v, ends[1]);
	close(ends[1]);
	if (error != 0) {
		close(ends[0]);
		snprintf(v->why, sizeof(v->why), "cannot start %.120s: %s",
		    v->program, strerror(error));
		return false;
	}
	buffer_init(&v->line, LINE_MOST);
	if (fcntl(ends[0], F_SETFL, O_NONBLOCK) < 0 ||
	    loop_watch(v->to.loop, &v->out, ends[0], EPOLLIN) != STATUS_OK) {
		close(ends[0]);
		kill(v->process, SIGKILL);
		text_copy(v->why, sizeof(v->why), "no room to listen to it");
	}
	return true;
}

static void
begin(void *owner, struct instant now)
{
	struct libvirt *v = owner;
	bool watched = watch_sockets(v);

	if (v->process > 0)
		return;
	if (is_there(v) && !start(v)) {
		tell_lost(v);
		try_later(v);
	} else if (v->process == 0 && !watched) {
		loop_timer_set(
		    v->to.loop, &v->retry, instant_after(now, UNWATCHED_MS));
	}
}

bool
libvirt_is_missed(const struct libvirt *libvirt)
{
	return libvirt && libvirt->told_lost && !libvirt->complete;
}

void
libvirt_child_ended(struct libvirt *libvirt)
{
	struct libvirt *v = libvirt;
	int status;

	if (!v || v->process == 0 ||
	    waitpid(v->process, &status, WNOHANG) != v->process)
		return;
	v->process = 0;
	while (v->out.fd >= 0 && hear_some(v))
		;
	close_lines(v);
	if (v->why[0] == '\0' && WIFSIGNALED(status))
		snprintf(v->why, sizeof(v->why),
		    "demarc-libvirt ended by signal %d", WTERMSIG(status));
	tell_lost(v);
	try_later(v);
}

/* ---- beginning and end
 * ------------------------------------------------------------
 */

static void
wait_for(struct libvirt *v, const char *path)
{
	v->sockets[v->socket_count++] = (struct path_watch){ .loop = v->to.loop,
		.path = path,
		.appeared = socket_appeared,
		.owner = v };
}

static void
settle(struct libvirt *v)
{
	const char *where = v->to.where;

	if (strcmp(where, "auto") == 0) {
		wait_for(v, "/run/libvirt/libvirt-sock-ro");
		wait_for(v, "/run/libvirt/virtqemud-sock-ro");
		wait_for(v, "/run/libvirt/virtxend-sock-ro");
	} else if (where[0] == '/') {
		wait_for(v, where);
		snprintf(v->uri, sizeof(v->uri), "qemu:///system?socket=%.200s",
		    where);
	} else {
		text_copy(v->uri, sizeof(v->uri), where);
	}
}

enum status
libvirt_new(
    const struct libvirt_settings *settings, struct libvirt **out_libvirt)
{
	struct libvirt *v = calloc(1, sizeof(*v));

	if (!v)
		return STATUS_NO_MEMORY;
	v->to = *settings;
	v->out = (struct loop_watch){ .fd = -1, .ready = hear, .owner = v };
	v->retry = (struct loop_timer){ .fire = begin, .owner = v };
	v->backoff.least_ms = RETRY_LEAST_MS;
	v->backoff.most_ms = RETRY_MOST_MS;
	program_find("demarc-libvirt", v->program);
	settle(v);
	loop_timer_set(v->to.loop, &v->retry, clock_now());
	*out_libvirt = v;
	return STATUS_OK;
}

void
libvirt_free(struct libvirt *libvirt)
{
	struct libvirt *v = libvirt;

	if (!v)
		return;
	loop_timer_stop(v->to.loop, &v->retry);
	for (size_t i = 0; i < v->socket_count; i++)
		path_watch_stop(&v->sockets[i]);
	close_lines(v);
	if (v->process > 0) {
		kill(v->process, SIGKILL);
		(void)waitpid(v->process, NULL, 0);
	}
	free(v);
}
