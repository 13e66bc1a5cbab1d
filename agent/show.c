#include "agent/show.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "agent/control.h"

enum { ANSWER_SIZE_MOST = 8 << 20, WIDTH_OF_PIPES = 132 };

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

int
show_command(const struct options *options, int argc, char **argv)
{
	CLEANUP(buffer_done) struct buffer answer = { 0 };
	char question[CONTROL_QUESTION_SIZE], what[32];
	const char *nic = argc > 1 ? argv[1] : "";
	enum status status;
	bool ok = false;

	buffer_init(&answer, ANSWER_SIZE_MOST);
	if (argc > 2 || strlen(nic) > 64 || strpbrk(nic, " \n")) {
		fprintf(stderr, "demarc-agent: show takes one NIC, or none for "
				"all of them\n");
		return SHOW_WRONG;
	}
	snprintf(what, sizeof(what), options->json ? "json" : "table %u",
	    terminal_width());
	snprintf(
	    question, sizeof(question), "%s%s%s", what, *nic ? " " : "", nic);
	status = control_ask(options->control_socket, question, &answer, &ok);
	if (status != STATUS_OK)
		return explain(options->control_socket, status);
	if (!ok) {
		fprintf(stderr, "demarc-agent: %s", buffer_string(&answer));
		return SHOW_WRONG;
	}
	fwrite(buffer_string(&answer), 1, answer.size, stdout);
	return SHOW_OK;
}
