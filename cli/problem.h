/*
 * problem.h - why there is no answer, in words of the command line.
 *
 *	status and problem document -> [problem] -> stderr, exit status
 *
 * Memory:  keeps nothing.
 * Errors:  a document without a reason is a shorter sentence.
 */
#ifndef CLI_PROBLEM_H
#define CLI_PROBLEM_H

#include "base/json_read.h"
#include "cli/client.h"
#include "cli/commands.h"
#include "cli/span.h"

/* How demarc ends; what those below give. */
enum {
	FOUND = 0,
	NOTHING = 1,
	WRONG_QUESTION = 2,
	NOT_REACHED = 3,
	NOT_WRITTEN = 4
};

/* What was typed. */
struct question {
	const struct command *command;
	char **words;
	const struct span_options *span;
};

/* The collector answered, and says why it cannot. */
int problem_show(
    const struct question *q, const struct json_value *document, long status);

/* It wants another token, or one at all; 'file' is where one may be named. */
int problem_token(const struct client *client, const char *file);

#endif
