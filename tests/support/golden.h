/*
 * golden.h - compares what a program says with what a file expects.
 *
 * GOLDEN=1 in the environment (make golden) writes the file instead; the
 * difference is then read before it is committed.
 *
 * Memory:  the caller's.
 * Errors:  false, and the first line that differs on the standard output.
 */
#ifndef TESTS_SUPPORT_GOLDEN_H
#define TESTS_SUPPORT_GOLDEN_H

#include <stdbool.h>

#include "base/buffer.h"

/* Appends 'json', which is valid, with a line for each value, so that a
 * difference is one line too. */
void golden_spread(struct buffer *out, const char *json);

/* Is 'text' what the file at 'path' holds? */
bool golden_matches(const char *path, const char *text);

#endif
