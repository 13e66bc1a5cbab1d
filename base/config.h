/*
 * config.h - options from `key = value` files and from the command line.
 *
 * Every key is also a long option: `listen = X` is `--listen X` or
 * `--listen=X`; a flag key takes yes or no in a file and stands alone on the
 * command line.  A line of a file that is wrong is named with file and line,
 * and so is one whose value begins with a quote: it would be a part of the
 * value.
 *
 * Memory:  texts and lists are heap copies; config_done frees them.
 * config_done. Errors:  STATUS_MALFORMED with 'error' filled; STATUS_NOT_FOUND
 * when the file does not exist.
 */
#ifndef BASE_CONFIG_H
#define BASE_CONFIG_H

#include <stdbool.h>
#include <stddef.h>

#include "base/attributes.h"
#include "base/status.h"

enum { CONFIG_ERROR_SIZE = 256 };

enum config_kind {
	CONFIG_TEXT,   /* *(char **)  : heap copy, the last one wins */
	CONFIG_LIST,   /* struct config_list : heap copies, repeated keys add up
			*/
	CONFIG_NUMBER, /* *(long *) : whole, least..most */
	CONFIG_FLAG    /* *(bool *)  */
};

struct config_list {
	char **items;
	size_t count;
};

struct config_key {
	const char *name; /* as in the file; '-' and '_' are the same */
	enum config_kind kind;
	void *value;
	long least, most; /* CONFIG_NUMBER */
	const char *help; /* one line for --help */
};

/* Reads one file.  'keys' ends with a NULL name. */
MUST_USE enum status config_read_file(const struct config_key *keys,
    const char *path, char error[static CONFIG_ERROR_SIZE]);

/* Takes the long options of 'keys' from argv[1..] and leaves the other
 * arguments, in order, in argv[1..*argc-1].  "--" ends the options. */
MUST_USE enum status config_read_arguments(const struct config_key *keys,
    int *argc, char **argv, char error[static CONFIG_ERROR_SIZE]);

/* Prints a line of help for each key. */
void config_print_help(const struct config_key *keys);

/* Frees the texts and lists. */
void config_done(const struct config_key *keys);

#endif
