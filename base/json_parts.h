/*
 * json_parts.h - cuts a JSON text into the parts that a table names, and tells
 * of each part whether it is one that was seen before.
 *
 *	octets -> [json_parts] -> parts: where, fingerprint, numbers
 *
 * This is no check.  It looks at the marks that a cut needs and at what the
 * table names; whoever uses a part has it parsed, or knows by its fingerprint
 * that the same octets were parsed once.  What is not in the plain form that
 * programs write (a name with an escape, a number with a point, a member that
 * stands twice) is not cut at all.
 *
 * Memory:  json_parts_done; the text is lent and must outlive the parts.
 * Errors:  STATUS_UNKNOWN: not in plain form, or no JSON; STATUS_NO_MEMORY.
 * Units:   octets from the begin of the text.
 */
#ifndef BASE_JSON_PARTS_H
#define BASE_JSON_PARTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/attributes.h"
#include "base/cursor.h"
#include "base/status.h"

enum {
	JSON_PART_NUMBERS = 6,
	JSON_PART_TEXTS = 3,
	JSON_PART_HOLES = 2,
	JSON_SHAPES_MOST = 32
};

enum json_shape_kind {
	JSON_NUMBER, /* 1 to 15 digits, left out of the fingerprint */
	JSON_TEXT,   /* a string without an escape; its place is noted */
	JSON_TRUE,   /* the word, and nothing else */
	JSON_COUNT,  /* an array whose items are counted */
	JSON_OBJECT, /* whose members have shapes, too */
	JSON_PART,   /* an object that is a part of its own, left out */
	JSON_PARTS   /* an array of such; what stands in it is left out */
};

/* A member of an object that is looked at. */
struct json_shape {
	const char *name; /* NULL ends a table */
	enum json_shape_kind kind;
	int number; /* place of the number (-1: none), or of the text */
	int part;   /* what the user calls such a part */
	const struct json_shape *members; /* of the object or the part */
};

struct json_span {
	size_t begin, size;
};

struct json_part {
	int part;        /* of its shape; the document is 0 */
	uint32_t parent; /* place among the parts */
	struct json_span span;
	uint64_t fingerprint;
	int64_t numbers[JSON_PART_NUMBERS];      /* -1: not there */
	struct json_span texts[JSON_PART_TEXTS]; /* without their quotes */
	uint32_t count;
	uint32_t seen; /* a bit for each shape of its table that is there */
	bool others;   /* there are members that the table does not name */
	/* What stands between the brackets of JSON_PARTS; those beyond the
	 * most are only counted. */
	struct json_span holes[JSON_PART_HOLES];
	unsigned hole_count;
};

/* Where a number stands. */
struct json_number {
	struct json_span span;
	uint32_t part; /* place among the parts */
	int number;    /* as its shape calls it */
};

struct json_parts {
	struct json_part *items; /* in the order in which they begin */
	size_t count, capacity;
	struct json_number *numbers; /* in the order of the text */
	size_t number_count, number_capacity;
};

/* 'out' is zeroed.  The first part is the document. */
MUST_USE enum status json_parts_cut(struct json_parts *out, const char *text,
    size_t size, const struct json_shape *document);
void json_parts_done(struct json_parts *parts);

/* Takes such a number as JSON_NUMBER is: 1 to 15 digits. */
bool json_parts_number(struct cursor *c, int64_t *out);

#endif
