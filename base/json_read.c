#include "base/json_read.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/json_check.h"
#include "base/json_tape.h"
#include "base/text.h"

enum {
	/* Up to this many members a comparison of each with each is faster
	 * than sorting; ours have about 45. */
	MEMBERS_COMPARED = 48,
	/* What was read had a limit; escapes make it six times as long at the
	 * most. */
	COPY_SIZE_MOST = 1 << 30
};

/* Beyond it a double no longer holds every whole number. */
#define WHOLE_MOST INT64_C(9007199254740992)

static int
compare_names(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static const char *
twice_sorted(const struct json_value *object)
{
	const char **names = calloc(object->count, sizeof(*names));
	const char *twice = NULL;
	size_t n = 0;

	if (!names)
		return json_first(object)->name; /* refuse, do not believe */
	for (const struct json_value *m = json_first(object); m;
	     m = json_next(m))
		names[n++] = m->name;
	qsort(names, n, sizeof(*names), compare_names);
	for (size_t i = 1; i < n && !twice; i++) {
		if (strcmp(names[i - 1], names[i]) == 0)
			twice = names[i];
	}
	free(names);
	return twice;
}

static bool
is_same_name(const char *a, const char *b)
{
	return a[0] == b[0] && strcmp(a, b) == 0;
}

/* A name that stands twice in this object; NULL when there is none. */
static const char *
name_twice(const struct json_value *object)
{
	const struct json_value *m, *n;

	if (object->count > MEMBERS_COMPARED)
		return twice_sorted(object);
	for (m = json_first(object); m; m = json_next(m)) {
		for (n = json_next(m); n; n = json_next(n)) {
			if (is_same_name(m->name, n->name))
				return n->name;
		}
	}
	return NULL;
}

/* Depth is bounded by json_check. */
static const char *
find_name_twice(const struct json_value *v)
{
	const char *name = json_is_object(v) ? name_twice(v) : NULL;

	for (v = json_first(v); v && !name; v = json_next(v))
		name = find_name_twice(v);
	return name;
}

enum status
json_parse(const char *text, size_t size, struct json_value **out_document,
    char error[static JSON_ERROR_SIZE])
{
	return json_parse_within(text, size, 0, out_document, error);
}

enum status
json_parse_within(const char *text, size_t size, int depth,
    struct json_value **out_document, char error[static JSON_ERROR_SIZE])
{
	enum status status = json_check(text, size, depth, error);
	struct json_value *document;
	const char *twice;

	if (status != STATUS_OK)
		return status;
	status = json_tape(text, size, &document);
	if (status != STATUS_OK) {
		text_copy(error, JSON_ERROR_SIZE, status_text(status));
		return status;
	}
	twice = find_name_twice(document);
	if (twice) {
		char name[64];

		text_copy(name, sizeof(name), twice);
		(void)snprintf(error, JSON_ERROR_SIZE,
		    "the member \"%s\" stands twice in one object", name);
		json_free(document);
		return STATUS_MALFORMED;
	}
	*out_document = document;
	return STATUS_OK;
}

struct json_value *
json_parse_own(const char *text)
{
	struct json_value *document;

	return json_tape(text, strlen(text), &document) == STATUS_OK ? document
								     : NULL;
}

void
json_free(struct json_value *document)
{
	json_tape_free(document);
}

void
json_cleanup(struct json_value **document)
{
	json_free(*document);
}

static bool
is_of(const struct json_value *v, enum json_kind kind)
{
	return v && v->kind == kind;
}

bool
json_is_object(const struct json_value *v)
{
	return is_of(v, JSON_OBJECT);
}

bool
json_is_array(const struct json_value *v)
{
	return is_of(v, JSON_ARRAY);
}

bool
json_is_string(const struct json_value *v)
{
	return is_of(v, JSON_STRING);
}

bool
json_is_number(const struct json_value *v)
{
	return is_of(v, JSON_NUMBER);
}

bool
json_is_boolean(const struct json_value *v)
{
	return is_of(v, JSON_TRUE) || is_of(v, JSON_FALSE);
}

const struct json_value *
json_get(const struct json_value *v, const char *name)
{
	return json_get_after(v, NULL, name);
}

/* The member of that name from 'from' on, up to and without 'end'. */
static const struct json_value *
find_member(const struct json_value *from, const struct json_value *end,
    const char *name)
{
	while (from && from != end && !is_same_name(from->name, name))
		from = json_next(from);
	return from != end ? from : NULL;
}

const struct json_value *
json_get_after(const struct json_value *v, const struct json_value *after,
    const char *name)
{
	const struct json_value *next = json_next(after), *m;

	if (!json_is_object(v))
		return NULL;
	m = find_member(next, NULL, name);
	return m ? m : find_member(json_first(v), next, name);
}

const struct json_value *
json_first(const struct json_value *v)
{
	return v && v->count > 0 ? v + 1 : NULL;
}

const struct json_value *
json_next(const struct json_value *v)
{
	return v && v->next > 0 ? v + v->next : NULL;
}

size_t
json_count(const struct json_value *v)
{
	return v ? v->count : 0;
}

const char *
json_name_of(const struct json_value *v)
{
	return v ? v->name : NULL;
}

const char *
json_string_of(const struct json_value *v)
{
	return json_is_string(v) ? v->text : NULL;
}

/* 1.5e1 is whole, too. */
static int64_t
whole_of(double number, int64_t absent)
{
	if (!(number >= -(double)WHOLE_MOST && number <= (double)WHOLE_MOST))
		return absent;
	if ((double)(int64_t)number < number ||
	    (double)(int64_t)number > number)
		return absent;
	return (int64_t)number;
}

int64_t
json_number_of(const struct json_value *v, int64_t absent)
{
	const char *at;
	int64_t number = 0;
	bool negative;

	if (!json_is_number(v))
		return absent;
	negative = v->text[0] == '-';
	for (at = v->text + negative; *at >= '0' && *at <= '9'; at++) {
		number = number * 10 + (*at - '0');
		if (number > WHOLE_MOST)
			return absent;
	}
	if (*at != '\0')
		return whole_of(strtod(v->text, NULL), absent);
	return negative ? -number : number;
}

bool
json_boolean_of(const struct json_value *v, bool absent)
{
	return json_is_boolean(v) ? v->kind == JSON_TRUE : absent;
}

const char *
json_get_string(const struct json_value *v, const char *name)
{
	return json_string_of(json_get(v, name));
}

int64_t
json_get_number(const struct json_value *v, const char *name, int64_t absent)
{
	return json_number_of(json_get(v, name), absent);
}

bool
json_get_boolean(const struct json_value *v, const char *name, bool absent)
{
	return json_boolean_of(json_get(v, name), absent);
}

/* The name may be anybody's. */
static void
write_name(struct json *j, const char *name)
{
	json_string(j, name);
	buffer_char(j->out, ':');
	j->comma = false;
}

static void
write_plain(struct json *j, const struct json_value *v)
{
	if (v->kind == JSON_STRING)
		json_string(j, v->text);
	else if (v->kind == JSON_NUMBER)
		json_raw(j, v->text, strlen(v->text));
	else if (v->kind == JSON_NULL)
		json_null(j);
	else
		json_boolean(j, v->kind == JSON_TRUE);
}

static void
write_value(struct json *j, const struct json_value *v)
{
	bool object = json_is_object(v);

	if (!object && !json_is_array(v)) {
		write_plain(j, v);
		return;
	}
	if (object)
		json_object_begin(j);
	else
		json_array_begin(j);
	for (v = json_first(v); v; v = json_next(v)) {
		if (object)
			write_name(j, v->name);
		write_value(j, v);
	}
	if (object)
		json_object_end(j);
	else
		json_array_end(j);
}

char *
json_write_copy(const struct json_value *v)
{
	struct buffer text;
	struct json j = json_over(&text);
	char *copy;

	if (!v)
		return NULL;
	buffer_init(&text, COPY_SIZE_MOST);
	write_value(&j, v);
	copy = buffer_ok(&text) ? buffer_take(&text) : NULL;
	buffer_done(&text);
	return copy;
}
