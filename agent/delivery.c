#include "agent/delivery.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
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
	EXIT_LATER = 75,
	/* Two for each collector and what else there is. */
	ARGUMENTS_MOST = 2 * 256 + 12
};

extern char **environ;

static void
set_state(struct delivery *d, enum delivery_state state)
{
	static const char *const names[] = { [DELIVERY_IDLE] = "idle",
		[DELIVERY_RUNNING] = "running",
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

static void
fill_arguments(struct delivery *d, char **arguments)
{
	/* posix_spawn wants them writable, as main gets them. */
	static char spool_option[] = "--spool", here[] = ".", ca[] = "--ca",
		    collector[] = "--collector", token[] = "--token-file",
		    back[] = "--return-after";
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
	for (size_t i = 0; i < d->options->collectors.count; i++) {
		arguments[count++] = collector;
		arguments[count++] = d->options->collectors.items[i];
	}
	arguments[count] = NULL;
}

/* Its directory is the spool, so it needs no way there by name, which its
 * user might not have. */
static int
spawn(struct delivery *d, int said_fd)
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

static void
start(struct delivery *d, struct instant now)
{
	int ends[2], error;

	if (pipe2(ends, O_CLOEXEC | O_NONBLOCK) < 0) {
		snprintf(d->why, sizeof(d->why), "pipe: %s", strerror(errno));
		fail(d, now);
		return;
	}
	error = spawn(d, ends[1]);
	close(ends[1]);
	if (error != 0) {
		close(ends[0]);
		snprintf(d->why, sizeof(d->why), "cannot start %.160s: %s",
		    d->program, strerror(error));
		fail(d, now);
		return;
	}
	d->said_fd = ends[0];
	d->again = false;
	set_state(d, DELIVERY_RUNNING);
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
	if (delivery->state == DELIVERY_RUNNING) {
		kill(delivery->process, SIGTERM);
		(void)waitpid(delivery->process, NULL, 0);
		close(delivery->said_fd);
	}
	if (delivery->loop)
		loop_timer_stop(delivery->loop, &delivery->timer);
	delivery->state = DELIVERY_IDLE;
}

void
delivery_kick(struct delivery *delivery, struct instant now)
{
	switch (delivery->state) {
	case DELIVERY_IDLE:
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
	bool cut;

	close(d->said_fd);
	d->said_fd = -1;
	d->why[0] = '\0';
	if (size <= 0)
		return;
	text[size] = '\0';
	end = strrchr(text, '\n');
	if (end)
		*end = '\0';
	line = strrchr(text, '\n');
	line = line ? line + 1 : text;
	if (strncmp(line, "demarc-deliver: ", 16) == 0)
		line += 16;
	d->why[text_clean(
	    d->why, sizeof(d->why) - 1, line, strlen(line), &cut)] = '\0';
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
	set_state(d, DELIVERY_IDLE);
	if (d->why[0] != '\0')
		log_warning("%s", d->why);
	if (d->again && spool_count(d->spool, &largest) > 0)
		start(d, now);
}

enum delivery_wish
delivery_child_ended(struct delivery *delivery, struct instant now)
{
	int status, code;

	if (delivery->state != DELIVERY_RUNNING ||
	    waitpid(delivery->process, &status, WNOHANG) != delivery->process)
		return DELIVERY_NOTHING;
	read_why(delivery);
	code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
	if (code == EXIT_DELIVERED) {
		/* What was refused was not delivered. */
		if (delivery->why[0] == '\0')
			delivery->delivered_at = clock_unix_s();
		succeed(delivery, now);
		return DELIVERY_NOTHING;
	}
	if (code == EXIT_CONFLICT) {
		delivery->why[0] = '\0';
		succeed(delivery, now);
		return DELIVERY_WANTS_REPORT;
	}
	if (delivery->why[0] == '\0')
		snprintf(delivery->why, sizeof(delivery->why),
		    WIFEXITED(status) ? "demarc-deliver ended with status %d"
				      : "demarc-deliver ended by signal %d",
		    WIFEXITED(status) ? WEXITSTATUS(status) : WTERMSIG(status));
	fail(delivery, now);
	return DELIVERY_NOTHING;
}
