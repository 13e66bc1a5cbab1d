/*
 * json_read.h - reads a JSON document of somebody else.
 *
 *	octets -> [json_read] -> values lent from one document
 *
 * Refused before anything is believed: invalid UTF-8, nesting deeper than
 * JSON_DEPTH_LIMIT, U+0000 in a string, a name twice in one object, anything
 * after the document.
 *
 * Memory:  json_parse gives a document; json_free frees it and all values.
 *          Values, strings and names are lent from it.
 * Errors:  STATUS_MALFORMED, STATUS_TOO_LARGE, STATUS_NO_MEMORY; 'error' then
 *          says where and what in English.
 * Source:  RFC 8259, RFC 7493 (I-JSON);
 *          docs/decisions/0020-a-reader-of-our-own.md.
 */
#ifndef BASE_JSON_READ_H
#define BASE_JSON_READ_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/attributes.h"
#include "base/status.h"

/* Ours nest 8 deep at most; the stack of a recursive reader is not endless. */
enum { JSON_DEPTH_LIMIT = 32, JSON_ERROR_SIZE = 160 };

struct json_value; /* lent from a document; see only through what is below */

MUST_USE enum status json_parse(const char *text, size_t size,
    struct json_value **out_document, char error[static JSON_ERROR_SIZE]);
/* A text that stands in another one, so deep. */
MUST_USE enum status json_parse_within(const char *text, size_t size, int depth,
    struct json_value **out_document, char error[static JSON_ERROR_SIZE]);
/* A text that was accepted before, and was kept since: it is not checked once
 * more.  NULL: no memory, or somebody else has written it. */
struct json_value *json_parse_own(const char *text);
void json_free(struct json_value *document);
/* For CLEANUP(json_cleanup). */
void json_cleanup(struct json_value **document);

bool json_is_object(const struct json_value *v);
bool json_is_array(const struct json_value *v);
bool json_is_string(const struct json_value *v);
bool json_is_number(const struct json_value *v);
bool json_is_boolean(const struct json_value *v);

/* The member of that name; NULL when 'v' is no object or has none.  Every
 * function below accepts NULL and then gives its absent value. */
const struct json_value *json_get(const struct json_value *v, const char *name);

/* The same, looked for behind the member 'after' first (NULL: at the begin):
 * whoever asks in the order of the document finds at once. */
const struct json_value *json_get_after(const struct json_value *v,
    const struct json_value *after, const char *name);

/* First element of an array or member of an object, and the one after. */
const struct json_value *json_first(const struct json_value *v);
const struct json_value *json_next(const struct json_value *v);
size_t json_count(const struct json_value *v);

/* The name of a member met by json_first/json_next; NULL in an array. */
const char *json_name_of(const struct json_value *v);

/* NULL when 'v' is no string. */
const char *json_string_of(const struct json_value *v);

/* 'absent' when 'v' is no number, is not whole, or does not fit 53 bits. */
int64_t json_number_of(const struct json_value *v, int64_t absent);
bool json_boolean_of(const struct json_value *v, bool absent);

/* Member shorthands. */
const char *json_get_string(const struct json_value *v, const char *name);
int64_t json_get_number(
    const struct json_value *v, const char *name, int64_t absent);
bool json_get_boolean(
    const struct json_value *v, const char *name, bool absent);

/* The value written anew as compact JSON, members in their order; heap, free
 * with free().  NULL: no memory. */
char *json_write_copy(const struct json_value *v);

#endif
