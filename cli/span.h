/*
 * span.h - which time a question is about.
 *
 *	options, words of the command line -> [span] -> path of the API
 *
 * Memory:  writes to the path.
 * Errors:  false, with a sentence.
 * Units:   unix seconds.
 */
#ifndef CLI_SPAN_H
#define CLI_SPAN_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buffer.h"

enum { SPAN_ERROR_SIZE = 320 };

/* As they were typed; NULL: not said. */
struct span_options {
	char *since, *until, *host, *kind, *limit;
	char *at; /* of all other questions */
};

/* What a question is about. */
enum span_kind {
	SPAN_MOMENT,
	SPAN_CHANGES,
	SPAN_DIFF,
	SPAN_FINDINGS,
	SPAN_ACK
};

/* Does the command 'name', of this kind, take all options that are said? */
bool span_fits(const struct span_options *o, enum span_kind kind,
    const char *name, char error[static SPAN_ERROR_SIZE]);

/* "?at=..&" behind the path, or '&' for its first octet: of the moment that is
 * asked about; nothing when that is now. */
bool span_of_question(const struct span_options *o, char first, int64_t now,
    struct buffer *path, char error[static SPAN_ERROR_SIZE]);

/* "since=..&until=..": of changes, which takes no words. */
bool span_of_changes(const struct span_options *o, char **words, int64_t now,
    struct buffer *path, char error[static SPAN_ERROR_SIZE]);

/* "from=..&to=..": of FROM and, if it is not now, TO. */
bool span_of_diff(const struct span_options *o, char **words, int64_t now,
    struct buffer *path, char error[static SPAN_ERROR_SIZE]);

#endif
