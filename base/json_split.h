/*
 * json_split.h - finds where one JSON text ends and the next begins, in a
 * stream that has no other marks.
 *
 *	octets -> [json_split] -> one text -> json_read
 *
 * Counts brackets outside of strings; whether the text is right is for the
 * reader to say.
 *
 * Memory:  json_split_init/json_split_done.
 * Errors:  STATUS_TOO_LARGE: a text beyond a limit; STATUS_MALFORMED: what
 *          begins is no object; STATUS_NO_MEMORY.  Nothing can be read
 *          afterwards.
 * Source:  RFC 7047, 4 (JSON-RPC over a stream).
 */
#ifndef BASE_JSON_SPLIT_H
#define BASE_JSON_SPLIT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/attributes.h"
#include "base/buffer.h"
#include "base/status.h"

struct json_split {
	struct buffer text; /* of the text that is not whole yet */
	uint32_t depth;
	size_t values, values_most;
	bool in_string, escaped, whole;
};

/* 'limit' octets is the longest text.  Two octets may be a value, which takes
 * some 80 when it is read: so there is a limit to their number, too. */
void json_split_init(struct json_split *s, size_t limit, size_t values_most);
void json_split_done(struct json_split *s);

/* Takes of 'size' octets as many as belong to the text that is being read and
 * gives their number; then asks json_split_whole whether it is complete.  The
 * next call begins the next text. */
MUST_USE enum status json_split_take(
    struct json_split *s, const char *octets, size_t size, size_t *out_taken);

static inline bool
json_split_whole(const struct json_split *s)
{
	return s->whole;
}

#endif
