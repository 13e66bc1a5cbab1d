/*
 * json_tape.h - the values of a JSON document in one row, in their order.
 *
 *	text -> [json_tape] -> json_read
 *
 * The members of an object and the elements of an array stand behind it, each
 * with all that is in it: who walks through a document walks through memory.
 * Of a text that json_check would refuse it makes less, or something else, but
 * reads and writes nothing that is not its own.
 *
 * Memory:  json_tape gives the first value, json_tape_free frees all of them
 *          and their texts.
 * Errors:  STATUS_MALFORMED, STATUS_TOO_LARGE, STATUS_NO_MEMORY.
 * Source:  RFC 8259; docs/decisions/0020-a-reader-of-our-own.md.
 */
#ifndef BASE_JSON_TAPE_H
#define BASE_JSON_TAPE_H

#include <stddef.h>
#include <stdint.h>

#include "base/attributes.h"
#include "base/status.h"

enum json_kind {
	JSON_NULL,
	JSON_FALSE,
	JSON_TRUE,
	JSON_NUMBER,
	JSON_STRING,
	JSON_ARRAY,
	JSON_OBJECT
};

struct json_value {
	const char *name; /* of a member; NULL */
	const char *text; /* of a string; a number as it stands; NULL */
	uint32_t next;    /* how far on its sibling stands; 0: there is none */
	uint32_t count;   /* of members or elements */
	enum json_kind kind;
};

MUST_USE enum status json_tape(
    const char *text, size_t size, struct json_value **out_first);

/* Accepts NULL. */
void json_tape_free(struct json_value *first);

#endif
