#include "agent/delivery.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/random.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/program.h"
#include "base/text.h"

enum {
	LEAST_MS = 1000,
	MOST_MS = 60000,
	/* The statuses of demarc-deliver(8). */
	EXIT_DELIVERED = 0,
	EXIT_CONFLICT = 3,
	/* Two for each collector and what else there is. */
	ARGUMENTS_MOST = 2 * 256 + 16
};

/* A little less than a collector keeps who is idle (idle_timeout), and longer
 * than two heartbeats. */
static const char STAY_S[] = "140";

extern char **environ;

static void
set_state(struct delivery *d, enum delivery_state state)
{
	static const char *const names[] = { [DELIVERY_IDLE] = "idle",
		[DELIVERY_RUNNING] = "running",
		[DELIVERY_STAYING] = "staying",
		[DELIVERY_WAITING] = "waiting" };

	log_debug("delivery: %s -> %s", names[d->state], names[state]);
	d->state = state;
}

static void
wait_for_next(struct delivery *d, struct instant now)
{
	uint64_t dice = 0;

	if (getrandom(&dice, sizeof(dice), GRND_NONBLOCK) < 0)
		dice = (uint64_t)now.ms;
	set_state(d, DELIVERY_WAITING);
	loop_timer_set(d->loop, &d->timer,
	    instant_after(now, backoff_fail(&d->backoff, dice)));
}

static void
fail(struct delivery *d, struct instant now)
{
	if (!d->not_reached)
		log_warning("reports are not delivered, but kept: %s", d->why);
	d->not_reached = true;
	d->reached = false;
	wait_for_next(d, now);
}

/* Is a connection worth what a process costs that keeps it? */
static bool
stays(const struct delivery *d)
{
	const struct config_list *collectors = &d->options->collectors;

	for (size_t i = 0; i < collectors->count; i++) {
		if (strncmp(collectors->items[i], "https:", 6) == 0)
			return true;
	}
	return false;
}

static void
fill_arguments(struct delivery *d, char **arguments)
{
	/* posix_spawn wants them writable, as main gets them. */
	static char spool_option[] = "--spool", here[] = ".", ca[] = "--ca",
		    collector[] = "--collector", token[] = "--token-file",
		    back[] = "--return-after", stay[] = "--stay",
		    stay_s[sizeof(STAY_S)];
	size_t count = 0;

	arguments[count++] = d->program;
	arguments[count++] = spool_option;
	arguments[count++] = here;
	if (d->options->ca) {
		arguments[count++] = ca;
		arguments[count++] = d->options->ca;
	}
	if (d->options->token_file) {
		arguments[count++] = token;
		arguments[count++] = d->options->token_file;
	}
	(void)snprintf(d->return_after, sizeof(d->return_after), "%ld",
	    d->options->return_after_s);
	arguments[count++] = back;
	arguments[count++] = d->return_after;
	if (stays(d)) {
		memcpy(stay_s, STAY_S, sizeof(stay_s));
		arguments[count++] = stay;
		arguments[count++] = stay_s;
	}
	for (size_t i = 0; i < d->options->collectors.count; i++) {
		arguments[count++] = collector;
		arguments[count++] = d->options->collectors.items[i];
	}
	arguments[count] = NULL;
}

/* Its directory is the spool, so it needs no way there by name, which its
 * user might not have. */
static int
spawn(struct delivery *d, int said_fd, int talk_fd)
{
	posix_spawn_file_actions_t actions;
	posix_spawnattr_t attributes;
	char *arguments[ARGUMENTS_MOST];
	sigset_t none;
	int error;

	fill_arguments(d, arguments);
	sigemptyset(&none);
	posix_spawn_file_actions_init(&actions);
	posix_spawnattr_init(&attributes);
	posix_spawnattr_setsigmask(&attributes, &none);
	posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK);
	if (talk_fd >= 0)
		posix_spawn_file_actions_adddup2(
		    &actions, talk_fd, STDIN_FILENO);
	else
		posix_spawn_file_actions_addopen(
		    &actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
	posix_spawn_file_actions_addopen(
	    &actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
	posix_spawn_file_actions_adddup2(&actions, said_fd, STDERR_FILENO);
	posix_spawn_file_actions_addfchdir_np(&actions, d->spool->directory);
	error = posix_spawn(
	    &d->process, d->program, &actions, &attributes, arguments, environ);
	posix_spawn_file_actions_destroy(&actions);
	posix_spawnattr_destroy(&attributes);
	return error;
}

/* The ends of it are for us, and for who stays; -1: nobody does. */
static bool
open_talk(struct delivery *d, int *out_theirs)
{
	int ends[2];

	*out_theirs = -1;
	if (!stays(d))
		return true;
	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) < 0)
		return false;
	if (loop_watch(d->loop, &d->talk, ends[0], EPOLLIN) != STATUS_OK) {
		close(ends[0]);
		close(ends[1]);
		return false;
	}
	*out_theirs = ends[1];
	return true;
}

static void
close_talk(struct delivery *d)
{
	int fd = d->talk.fd;

	if (fd < 0)
		return;
	loop_unwatch(d->loop, &d->talk);
	close(fd);
}

/* Without a process; 'why' then tells. */
static bool
start_process(struct delivery *d)
{
	int ends[2], theirs, error;

	if (pipe2(ends, O_CLOEXEC | O_NONBLOCK) < 0) {
		snprintf(d->why, sizeof(d->why), "pipe: %s", strerror(errno));
		return false;
	}
	error = open_talk(d, &theirs) ? spawn(d, ends[1], theirs) : errno;
	close(ends[1]);
	if (theirs >= 0)
		close(theirs);
	if (error != 0) {
		d->process = 0;
		close(ends[0]);
		close_talk(d);
		snprintf(d->why, sizeof(d->why), "cannot start %.160s: %s",
		    d->program, strerror(error));
		return false;
	}
	d->said_fd = ends[0];
	return true;
}

/* It may end at this very moment: its end then shows that it was not heard. */
static void
start(struct delivery *d, struct instant now)
{
	static const char more[] = "\n";

	d->again = false;
	d->told = d->process != 0;
	if (d->told)
		(void)!send(d->talk.fd, more, sizeof(more) - 1,
		    MSG_NOSIGNAL | MSG_DONTWAIT);
	else if (!start_process(d)) {
		fail(d, now);
		return;
	}
	set_state(d, DELIVERY_RUNNING);
}

/* What somebody else wrote. */
static void
set_why(struct delivery *d, const char *said)
{
	bool cut;

	d->why[text_clean(
	    d->why, sizeof(d->why) - 1, said, strlen(said), &cut)] = '\0';
}

static void
succeed(struct delivery *d, struct instant now)
{
	int64_t largest;

	if (d->not_reached)
		log_info("reports are delivered again");
	d->not_reached = false;
	d->reached = true;
	backoff_succeed(&d->backoff);
	set_state(d, d->process != 0 ? DELIVERY_STAYING : DELIVERY_IDLE);
	if (d->why[0] != '\0')
		log_warning("%s", d->why);
	if (d->again && spool_count(d->spool, &largest) > 0)
		start(d, now);
}

/* A delivery has ended so; 'why' is set. */
static void
settle(struct delivery *d, int code, struct instant now)
{
	switch (code) {
	case EXIT_DELIVERED:
		/* What was refused was not delivered. */
		if (d->why[0] == '\0')
			d->delivered_at = clock_unix_s();
		succeed(d, now);
		break;
	case EXIT_CONFLICT:
		d->why[0] = '\0';
		succeed(d, now);
		if (d->wants_report)
			d->wants_report(d->owner);
		break;
	default:
		fail(d, now);
	}
}

/* What one that stays says of how a delivery ended: "75 why". */
static void
take_word(void *owner, uint32_t events, struct instant now)
{
	struct delivery *d = owner;
	char said[DELIVERY_WHY_SIZE + 16], *why;
	ssize_t size = recv(d->talk.fd, said, sizeof(said) - 1, MSG_DONTWAIT);
	long code;

	(void)events;
	if (size < 0 && errno == EAGAIN)
		return;
	if (size <= 0) { /* it has ended, or is about to */
		close_talk(d);
		return;
	}
	said[size] = '\0';
	code = strtol(said, &why, 10);
	set_why(d, why + strspn(why, " "));
	d->told = false;
	settle(d, (int)code, now);
}

static void
try_again(void *owner, struct instant now)
{
	start(owner, now);
}

void
delivery_init(struct delivery *delivery, struct loop *loop,
    const struct options *options, const struct spool *spool)
{
	*delivery = (struct delivery){ .loop = loop,
		.options = options,
		.spool = spool,
		.said_fd = -1,
		.talk = { .fd = -1, .ready = take_word, .owner = delivery },
		.backoff = { .least_ms = LEAST_MS, .most_ms = MOST_MS },
		.timer = { .fire = try_again, .owner = delivery } };
	if (options->deliver)
		text_copy(delivery->program, sizeof(delivery->program),
		    options->deliver);
	else
		program_find("demarc-deliver", delivery->program);
}

void
delivery_done(struct delivery *delivery)
{
	if (delivery->process != 0) {
		kill(delivery->process, SIGTERM);
		(void)waitpid(delivery->process, NULL, 0);
		close(delivery->said_fd);
		close_talk(delivery);
	}
	delivery->process = 0;
	if (delivery->loop)
		loop_timer_stop(delivery->loop, &delivery->timer);
	delivery->state = DELIVERY_IDLE;
}

void
delivery_kick(struct delivery *delivery, struct instant now)
{
	switch (delivery->state) {
	case DELIVERY_IDLE:
	case DELIVERY_STAYING:
		start(delivery, now);
		break;
	case DELIVERY_RUNNING:
		delivery->again = true;
		break;
	case DELIVERY_WAITING:
		break; /* the timer will */
	}
}

/* Its last line, without what makes the line a log line. */
static void
read_why(struct delivery *d)
{
	char text[4 * DELIVERY_WHY_SIZE];
	ssize_t size = read(d->said_fd, text, sizeof(text) - 1);
	char *line, *end;

	close(d->said_fd);
	d->said_fd = -1;
	text[size > 0 ? size : 0] = '\0';
	end = strrchr(text, '\n');
	if (end)
		*end = '\0';
	line = strrchr(text, '\n');
	line = line ? line + 1 : text;
	if (strncmp(line, "demarc-deliver: ", 16) == 0)
		line += 16;
	set_why(d, line);
}

static void
note_end(struct delivery *d, int status, struct instant now)
{
	int code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;

	read_why(d);
	if (d->told && code == EXIT_DELIVERED)
		d->again = true;
	if (d->why[0] == '\0' && code != EXIT_DELIVERED)
		snprintf(d->why, sizeof(d->why),
		    WIFEXITED(status) ? "demarc-deliver ended with status %d"
				      : "demarc-deliver ended by signal %d",
		    WIFEXITED(status) ? WEXITSTATUS(status) : WTERMSIG(status));
	settle(d, code, now);
}

void
delivery_child_ended(struct delivery *delivery, struct instant now)
{
	struct delivery *d = delivery;
	int status;

	if (d->process == 0 ||
	    waitpid(d->process, &status, WNOHANG) != d->process)
		return;
	d->process = 0;
	close_talk(d);
	if (d->state == DELIVERY_RUNNING) {
		note_end(d, status, now);
		return;
	}
	/* How it went was said before. */
	close(d->said_fd);
	d->said_fd = -1;
	if (d->state == DELIVERY_STAYING)
		set_state(d, DELIVERY_IDLE);
}
