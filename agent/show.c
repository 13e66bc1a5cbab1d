#include "agent/show.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

#include "agent/control.h"

enum {
	ANSWER_SIZE_MOST = 8 << 20,
	WIDTH_OF_PIPES = 132,
	NAME_MOST = 64,
	GRACE_MS = 500,
	MS_PER_S = 1000,
	NS_PER_MS = 1000000
};

static unsigned
terminal_width(void)
{
	struct winsize size;

	if (isatty(STDOUT_FILENO) &&
	    ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
		return size.ws_col;
	return WIDTH_OF_PIPES;
}

static int
explain(const char *path, enum status status)
{
	if (status == STATUS_NOT_FOUND)
		fprintf(stderr,
		    "demarc-agent: no agent runs at %s; start it "
		    "(systemctl start demarc-agent, or demarc-agent run), or "
		    "hear one NIC now: demarc-agent listen NIC\n",
		    path);
	else if (status == STATUS_NOT_ALLOWED)
		fprintf(stderr,
		    "demarc-agent: this user may not ask the agent at %s; "
		    "ask as root: sudo demarc-agent show\n",
		    path);
	else
		fprintf(stderr,
		    "demarc-agent: the agent at %s gives no answer: %s\n", path,
		    status == STATUS_SYSTEM ? strerror(errno)
					    : status_text(status));
	return SHOW_NOT_REACHED;
}

/* Asks "WHAT" or "WHAT NIC"; the answer is in '*answer' when it is SHOW_OK. */
static int
ask(const struct options *options, const char *what, const char *nic,
    struct buffer *answer)
{
	char question[CONTROL_QUESTION_SIZE];
	enum status status;
	bool ok = false;

	buffer_init(answer, ANSWER_SIZE_MOST);
	snprintf(
	    question, sizeof(question), "%s%s%s", what, *nic ? " " : "", nic);
	status = control_ask(options->control_socket, question, answer, &ok);
	if (status != STATUS_OK)
		return explain(options->control_socket, status);
	if (!ok) {
		fprintf(stderr, "demarc-agent: %s", buffer_string(answer));
		return SHOW_WRONG;
	}
	return SHOW_OK;
}

static int
ask_and_print(const struct options *options, const char *kind, const char *nic)
{
	CLEANUP(buffer_done) struct buffer answer = { 0 };
	char what[32];
	int result;

	if (options->json)
		snprintf(what, sizeof(what), "json");
	else
		snprintf(what, sizeof(what), "%s %u", kind, terminal_width());
	result = ask(options, what, nic, &answer);
	if (result == SHOW_OK)
		fwrite(buffer_string(&answer), 1, answer.size, stdout);
	return result;
}

static bool
takes_nic(int argc, char **argv, const char **out_nic)
{
	*out_nic = argc > 1 ? argv[1] : "";
	if (argc <= 2 && strlen(*out_nic) <= NAME_MOST &&
	    !strpbrk(*out_nic, " \n"))
		return true;
	fprintf(stderr,
	    "demarc-agent: %s takes one NIC, or none for all of them\n",
	    argv[0]);
	return false;
}

int
show_command(const struct options *options, int argc, char **argv)
{
	const char *nic;

	if (!takes_nic(argc, argv, &nic))
		return SHOW_WRONG;
	return ask_and_print(options, "table", nic);
}

/* The agent ends its windows one after another. */
static void
wait_for_windows(const struct buffer *answer)
{
	long ms = strtol(buffer_string(answer), NULL, 10) + GRACE_MS;
	struct timespec wait = { .tv_sec = ms / MS_PER_S,
		.tv_nsec = ms % MS_PER_S * NS_PER_MS };

	while (nanosleep(&wait, &wait) < 0 && errno == EINTR)
		;
}

int
vlans_command(const struct options *options, int argc, char **argv)
{
	CLEANUP(buffer_done) struct buffer answer = { 0 };
	const char *nic;
	int result = SHOW_OK;

	if (!takes_nic(argc, argv, &nic))
		return SHOW_WRONG;
	if (options->now) {
		result = ask(options, "vlans-now", nic, &answer);
		if (result != SHOW_OK)
			return result;
		wait_for_windows(&answer);
	}
	return ask_and_print(options, "vlans", nic);
}
