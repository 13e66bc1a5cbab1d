/*
 * as_of.h - the line above an answer that is of the past.
 *
 * Memory:  writes to the buffer.
 * Errors:  those of the buffer.
 */
#ifndef CLI_AS_OF_H
#define CLI_AS_OF_H

#include "base/buffer.h"
#include "base/json_read.h"

/* Nothing of an answer that is of now. */
void as_of_show(struct buffer *out, const struct json_value *document);

#endif
