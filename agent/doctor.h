/*
 * doctor.h - the command `demarc-agent doctor`: why a NIC hears nothing.
 *
 *	survey, control -> judge -> [doctor] -> text on the standard output
 *
 * Looks and says what to type; changes nothing.
 *
 * Memory:  its own.
 * Errors:  one line on the standard error; the exit status.
 */
#ifndef AGENT_DOCTOR_H
#define AGENT_DOCTOR_H

#include "agent/options.h"

enum {
	DOCTOR_OK = 0, /* nothing is wrong, though some may be unknown */
	DOCTOR_PROBLEM = 1,
	DOCTOR_WRONG = 2 /* no such NIC, too many arguments */
};

/* argv[1] is the NIC, if one is named. */
int doctor_command(const struct options *options, int argc, char **argv);

#endif
