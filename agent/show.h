/*
 * show.h - the commands `demarc-agent show` and `demarc-agent vlans`: what the
 * running agent knows.
 *
 *	control -> [show] -> text or JSON on the standard output
 *
 * Memory:  its own.
 * Errors:  one line on the standard error; the exit status.
 */
#ifndef AGENT_SHOW_H
#define AGENT_SHOW_H

#include "agent/options.h"

enum {
	SHOW_OK = 0,
	SHOW_WRONG = 2,      /* no such NIC, too many arguments */
	SHOW_NOT_REACHED = 3 /* no agent answers */
};

/* argv[0] is the command, argv[1] the NIC, if one is named. */
int show_command(const struct options *options, int argc, char **argv);

/* The VLANs that arrive; with --now after a window that it asks for. */
int vlans_command(const struct options *options, int argc, char **argv);

#endif
