#include "collector/pg_values.h"

#include <endian.h>
#include <libpq-fe.h>
#include <stdint.h>
#include <string.h>

enum {
	TYPE_BYTEA = 17,
	TYPE_BIGINT = 20,
	TYPE_SMALLINT = 21,
	TYPE_INT = 23,
	TYPE_TEXT = 25,
	TYPE_BYTEAS = 1001,
	TYPE_TEXTS = 1009,
	TYPE_BIGINTS = 1016,
	NUMBER_SIZE = 8,
	/* Dimensions, NULLs, type, count, first index; 4 octets each. */
	COUNT_AT = 12,
	NO_VALUE = -1, /* the size of a NULL */
	ARRAY_MOST = 256 * 1024 * 1024
};

unsigned
pg_type_of(char letter, bool many)
{
	switch (letter) {
	case 'n':
		return many ? TYPE_BIGINTS : TYPE_BIGINT;
	case 't':
		return many ? TYPE_TEXTS : TYPE_TEXT;
	case 'a':
		return TYPE_BIGINTS;
	default:
		return many ? TYPE_BYTEAS : TYPE_BYTEA;
	}
}

/* ---- arrays ---------------------------------------------------------------
 */

static void
add_four(struct buffer *array, uint32_t number)
{
	uint32_t wire = htobe32(number);

	buffer_append(array, &wire, sizeof(wire));
}

void
pg_array_begin(struct buffer *array, char letter)
{
	buffer_init(array, ARRAY_MOST);
	add_four(array, 1);
	add_four(array, 1);
	add_four(array, pg_type_of(letter, false));
	add_four(array, 0);
	add_four(array, 1);
}

void
pg_array_add(struct buffer *array, const struct value *v)
{
	uint64_t wire = htobe64((uint64_t)v->number);

	switch (v->kind) {
	case VALUE_NUMBER:
		add_four(array, NUMBER_SIZE);
		buffer_append(array, &wire, sizeof(wire));
		break;
	case VALUE_TEXT:
	case VALUE_OCTETS:
		add_four(array, (uint32_t)v->size);
		buffer_append(array, v->octets, v->size);
		break;
	case VALUE_NUMBERS:
	case VALUE_NONE:
	default:
		add_four(array, (uint32_t)NO_VALUE);
	}
}

void
pg_array_end(struct buffer *array, size_t count)
{
	uint32_t wire = htobe32((uint32_t)count);

	if (buffer_ok(array))
		memcpy(array->octets + COUNT_AT, &wire, sizeof(wire));
}

/* ---- binding --------------------------------------------------------------
 */

static void
bind_numbers(struct pg_bound *b, int at, const struct value *v)
{
	const int64_t *numbers = v->octets;
	struct buffer *array = &b->arrays[b->array_count++];

	pg_array_begin(array, 'n');
	for (size_t i = 0; i < v->size; i++) {
		struct value number = value_number(numbers[i]);

		pg_array_add(array, &number);
	}
	pg_array_end(array, v->size);
	pg_bind_array(b, at, array);
}

void
pg_bind_array(struct pg_bound *b, int at, const struct buffer *lent_array)
{
	b->binary[at] = 1;
	b->values[at] = buffer_ok(lent_array) ? lent_array->octets : NULL;
	b->sizes[at] = (int)lent_array->size;
}

void
pg_bind(struct pg_bound *b, int at, const struct value *v)
{
	b->binary[at] = 1;
	b->values[at] = NULL;
	b->sizes[at] = (int)v->size;
	if (v->kind == VALUE_NUMBER) {
		b->numbers[at] = (int64_t)htobe64((uint64_t)v->number);
		b->values[at] = (const char *)&b->numbers[at];
		b->sizes[at] = NUMBER_SIZE;
	} else if (v->kind == VALUE_NUMBERS) {
		bind_numbers(b, at, v);
	} else if (v->kind != VALUE_NONE) {
		b->values[at] = v->octets ? v->octets : "";
	}
}

void
pg_bound_done(struct pg_bound *b)
{
	for (size_t i = 0; i < b->array_count; i++)
		buffer_done(&b->arrays[i]);
}

/* ---- reading --------------------------------------------------------------
 */

struct value
pg_column(const struct pg_result *result, int row, int at)
{
	const char *octets = PQgetvalue(result, row, at);
	struct value v = { .kind = VALUE_TEXT,
		.octets = octets,
		.size = (size_t)PQgetlength(result, row, at) };
	uint64_t eight;
	uint32_t four;
	uint16_t two;

	if (PQgetisnull(result, row, at))
		return (struct value){ .kind = VALUE_NONE };
	switch (PQftype(result, at)) {
	case TYPE_BIGINT:
		memcpy(&eight, octets, sizeof(eight));
		return value_number((int64_t)be64toh(eight));
	case TYPE_INT:
		memcpy(&four, octets, sizeof(four));
		return value_number((int32_t)be32toh(four));
	case TYPE_SMALLINT:
		memcpy(&two, octets, sizeof(two));
		return value_number((int16_t)be16toh(two));
	case TYPE_BYTEA:
		v.kind = VALUE_OCTETS;
		break;
	default:
		break;
	}
	return v;
}
