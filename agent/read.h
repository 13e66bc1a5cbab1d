/*
 * read.h - the command `demarc-agent read`: what capture files say.
 *
 *	savefile -> decode -> [read] -> text or JSON on the standard output
 *
 * Memory:  its own.
 * Errors:  one line each on the standard error; the exit status.
 */
#ifndef AGENT_READ_H
#define AGENT_READ_H

#include "agent/decode.h"
#include "base/json.h"

/* Exit statuses: a contract that scripts rely on. */
enum {
	READ_OK = 0,
	READ_MALFORMED = 1, /* at least one frame, or the end of a file */
	READ_NO_FILE = 2    /* a file that cannot be read, or no such option */
};

/* Runs the command; argv[0] is "read".  Gives the exit status. */
int read_command(int argc, char **argv);

/* What is known of one frame. */
struct read_frame {
	const char *file; /* NULL unless several are read */
	unsigned long number;
	enum decode_result result;
	const char *reason; /* NULL when the result is DECODE_OK */
	const struct neighbor *neighbor;
};

/* Writes the object that stands for one frame in `read --json`: {"frame":1,
 * "status":"ok","neighbor":{...}}. */
void read_write_frame(struct json *j, const struct read_frame *frame);

#endif
