/*
 * commands.h - what the demarc command can be asked, as a table.
 *
 *	word of the command line -> [commands] -> path of the API, answer
 *
 * Memory:  constant.
 * Errors:  NULL where there is none.
 */
#ifndef CLI_COMMANDS_H
#define CLI_COMMANDS_H

#include <stdio.h>

#include "cli/answer.h"

struct command {
	const char *name;
	const char *arguments; /* as in the usage line */
	const char *path;      /* of the API; the argument is appended */
	bool argument;         /* one is needed */
	/* NULL: the answer is no document, but a drawing. */
	bool (*answer)(struct page *page, const struct json_value *answer);
	const char *summary; /* one line */
	const char *help;
};

static inline bool
commands_is_drawing(const struct command *command)
{
	return !command->answer;
}

/* NULL: there is no such command. */
const struct command *commands_find(const char *name);

/* "findings ID" is "finding ID", and "findings ack ID NOTE" is "ack ID NOTE":
 * then 'words' goes on behind. */
const struct command *commands_meant(
    const struct command *command, char ***words);

/* Does it say something, and asks nothing? */
bool commands_is_ack(const struct command *command);

/* Is it of what changed in time, not of one moment? */
bool commands_is_of_time(const struct command *command);

/* The VLAN that words mean, "140" or "vlan 140"; 0: none that there is. */
long commands_vlan(char **words);

/* The command that lists what 'command' shows one of; NULL: none. */
const struct command *commands_list_of(const struct command *command);

/* A line for each with its summary; their names, each with a comma. */
void commands_print(FILE *out);
void commands_print_names(FILE *out);

#endif
