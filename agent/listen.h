/*
 * listen.h - the command `demarc-agent listen`: one NIC, one answer.
 *
 *	capture -> decode -> wording -> [listen] -> the standard output
 *
 * Needs no running agent.  Says at once what it heard, waits a moment for the
 * other protocol, and ends; when the time is over, says why nothing may have
 * been heard.
 *
 * Memory:  its own.
 * Errors:  one line on the standard error; the exit status.
 */
#ifndef AGENT_LISTEN_H
#define AGENT_LISTEN_H

#include "agent/options.h"

enum {
	LISTEN_HEARD = 0,
	LISTEN_NOTHING = 1,
	LISTEN_WRONG = 2 /* no such NIC, no right to listen */
};

/* argv[1] is the NIC. */
int listen_command(const struct options *options, int argc, char **argv);

#endif
