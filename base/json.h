/*
 * json.h - writes JSON into a buffer, in order, without a tree.
 *
 *	values -> [json] -> buffer -> file, socket, reply
 *
 * Memory:  none of its own; everything goes to the buffer.
 * Errors:  those of the buffer; ask buffer_ok at the end.
 * Source:  RFC 8259.
 *
 * A writer knows where a comma is due.  Inside an object every value is
 * preceded by json_name; the json_add_... functions do both.
 */
#ifndef BASE_JSON_H
#define BASE_JSON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"

struct json {
	struct buffer *out;
	bool comma; /* a comma is due before the next value or name */
};

static inline struct json
json_over(struct buffer *out)
{
	return (struct json){ .out = out };
}

void json_object_begin(struct json *j);
void json_object_end(struct json *j);
void json_array_begin(struct json *j);
void json_array_end(struct json *j);

/* 'name' must need no escape: our own member names.  Inline, so that the
 * length of a constant name is a constant and its copy a few moves. */
static inline void
json_name(struct json *j, const char *name)
{
	size_t size = strlen(name);
	char *at;

	if (!buffer_reserve(j->out, size + 4))
		return;
	at = j->out->octets + j->out->size;
	*at = ',';
	at += j->comma;
	*at++ = '"';
	memcpy(at, name, size);
	memcpy(at + size, "\":", 3);
	j->out->size = (size_t)(at + size + 2 - j->out->octets);
	j->comma = false;
}

/* A word of ours that needs no escape: a constant, or digits and colons. */
void json_word(struct json *j, const char *word, size_t size);

/* Text of 'size' octets, escaped.  It should be valid UTF-8 (text_clean);
 * octets that are not are written as U+FFFD, so the document stays valid. */
void json_text(struct json *j, const char *text, size_t size);

static inline void
json_string(struct json *j, const char *string)
{
	json_text(j, string, strlen(string));
}

void json_number(struct json *j, int64_t number);
void json_boolean(struct json *j, bool value);
void json_null(struct json *j);

/* A value that is JSON already: 'size' octets that the caller vouches for. */
void json_raw(struct json *j, const char *json, size_t size);

/* Name and value. */
static inline void
json_add_text(struct json *j, const char *name, const char *text, size_t size)
{
	json_name(j, name);
	json_text(j, text, size);
}

static inline void
json_add_string(struct json *j, const char *name, const char *string)
{
	json_name(j, name);
	json_string(j, string);
}

static inline void
json_add_word(struct json *j, const char *name, const char *word)
{
	json_name(j, name);
	json_word(j, word, strlen(word));
}

static inline void
json_add_number(struct json *j, const char *name, int64_t number)
{
	json_name(j, name);
	json_number(j, number);
}

static inline void
json_add_boolean(struct json *j, const char *name, bool value)
{
	json_name(j, name);
	json_boolean(j, value);
}

#endif
