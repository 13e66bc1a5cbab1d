/*
 * findings.h - what can be asked of findings, and said to them.
 *
 *	options, words -> [findings] -> path of the API; body of a POST
 *
 * Memory:  texts are the caller's.
 * Errors:  false: the question is too long.
 */
#ifndef CLI_FINDINGS_H
#define CLI_FINDINGS_H

#include <stdbool.h>

#include "base/buffer.h"
#include "cli/span.h"

/* As they were typed; NULL: not said. */
struct findings_options {
	char *owner, *severity, *rule, *verdict;
};

bool findings_are_said(const struct findings_options *o);

/* "?owner=network&..." behind the path of the list; 'span' has the rest. */
bool findings_path(const struct findings_options *o,
    const struct span_options *span, struct buffer *path);

/* The path of the acknowledgement of words[0], and as its body the others with
 * blanks between; false: there are none. */
bool findings_ack(char **words, struct buffer *path, struct buffer *body);

#endif
