#include "base/json_read.h"

#include <cjson/cJSON.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/json_check.h"
#include "base/text.h"

enum {
	/* Up to this many members a comparison of each with each is faster
	 * than sorting; ours have about 45. */
	MEMBERS_COMPARED = 48,
};

/* Beyond it a double no longer holds every whole number. */
static const double WHOLE_MOST = 9007199254740992.0;

/* cJSON's struct is the value; nobody else sees it. */
static const cJSON *
item_of(const struct json_value *v)
{
	return (const cJSON *)(const void *)v;
}

static const struct json_value *
value_of(const cJSON *item)
{
	return (const struct json_value *)(const void *)item;
}

static int
compare_names(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static const char *
twice_sorted(const cJSON *object, size_t count)
{
	const char **names = calloc(count, sizeof(*names));
	const char *twice = NULL;
	size_t n = 0;

	if (!names)
		return object->child->string; /* refuse rather than believe */
	for (const cJSON *m = object->child; m; m = m->next)
		names[n++] = m->string;
	qsort(names, n, sizeof(*names), compare_names);
	for (size_t i = 1; i < n && !twice; i++) {
		if (strcmp(names[i - 1], names[i]) == 0)
			twice = names[i];
	}
	free(names);
	return twice;
}

/* A name that stands twice in this object; NULL when there is none. */
static const char *
name_twice(const cJSON *object)
{
	size_t count = 0;

	for (const cJSON *m = object->child; m; m = m->next)
		count++;
	if (count > MEMBERS_COMPARED)
		return twice_sorted(object, count);
	for (const cJSON *m = object->child; m; m = m->next) {
		for (const cJSON *n = m->next; n; n = n->next) {
			if (m->string[0] == n->string[0] &&
			    strcmp(m->string, n->string) == 0)
				return n->string;
		}
	}
	return NULL;
}

/* Depth is bounded by json_check. */
static const char *
find_name_twice(const cJSON *item)
{
	const char *name = cJSON_IsObject(item) ? name_twice(item) : NULL;

	for (const cJSON *m = item->child; m && !name; m = m->next)
		name = find_name_twice(m);
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
	const char *twice;
	cJSON *item;

	if (status != STATUS_OK)
		return status;
	item = cJSON_ParseWithLength(text, size);
	if (!item) {
		text_copy(error, JSON_ERROR_SIZE, "out of memory");
		return STATUS_NO_MEMORY;
	}
	twice = find_name_twice(item);
	if (twice) {
		char name[64];

		text_copy(name, sizeof(name), twice);
		(void)snprintf(error, JSON_ERROR_SIZE,
		    "the member \"%s\" stands twice in one object", name);
		cJSON_Delete(item);
		return STATUS_MALFORMED;
	}
	*out_document = (struct json_value *)(void *)item;
	return STATUS_OK;
}

void
json_free(struct json_value *document)
{
	cJSON_Delete((cJSON *)(void *)document);
}

void
json_cleanup(struct json_value **document)
{
	json_free(*document);
}

bool
json_is_object(const struct json_value *v)
{
	return cJSON_IsObject(item_of(v));
}

bool
json_is_array(const struct json_value *v)
{
	return cJSON_IsArray(item_of(v));
}

bool
json_is_string(const struct json_value *v)
{
	return cJSON_IsString(item_of(v));
}

bool
json_is_number(const struct json_value *v)
{
	return cJSON_IsNumber(item_of(v));
}

bool
json_is_boolean(const struct json_value *v)
{
	return cJSON_IsBool(item_of(v));
}

const struct json_value *
json_get(const struct json_value *v, const char *name)
{
	return json_get_after(v, NULL, name);
}

/* The member of that name from 'from' on, up to and without 'end'. */
static const cJSON *
find_member(const cJSON *from, const cJSON *end, const char *name)
{
	while (from && from != end && strcmp(from->string, name) != 0)
		from = from->next;
	return from != end ? from : NULL;
}

const struct json_value *
json_get_after(const struct json_value *v, const struct json_value *after,
    const char *name)
{
	const cJSON *first = json_is_object(v) ? item_of(v)->child : NULL;
	const cJSON *next = after ? item_of(after)->next : NULL;
	const cJSON *m = find_member(next, NULL, name);

	return value_of(m ? m : find_member(first, next, name));
}

const struct json_value *
json_first(const struct json_value *v)
{
	if (!json_is_object(v) && !json_is_array(v))
		return NULL;
	return value_of(item_of(v)->child);
}

const struct json_value *
json_next(const struct json_value *v)
{
	return v ? value_of(item_of(v)->next) : NULL;
}

size_t
json_count(const struct json_value *v)
{
	size_t count = 0;

	for (v = json_first(v); v; v = json_next(v))
		count++;
	return count;
}

const char *
json_name_of(const struct json_value *v)
{
	return v ? item_of(v)->string : NULL;
}

const char *
json_string_of(const struct json_value *v)
{
	return json_is_string(v) ? item_of(v)->valuestring : NULL;
}

int64_t
json_number_of(const struct json_value *v, int64_t absent)
{
	double number;

	if (!json_is_number(v))
		return absent;
	number = item_of(v)->valuedouble;
	if (!(number >= -WHOLE_MOST && number <= WHOLE_MOST))
		return absent;
	if ((double)(int64_t)number < number ||
	    (double)(int64_t)number > number)
		return absent;
	return (int64_t)number;
}

bool
json_boolean_of(const struct json_value *v, bool absent)
{
	return json_is_boolean(v) ? cJSON_IsTrue(item_of(v)) : absent;
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

char *
json_write_copy(const struct json_value *v)
{
	return cJSON_PrintUnformatted(item_of(v));
}
