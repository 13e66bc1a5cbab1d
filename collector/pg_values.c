#include "collector/pg_values.h"

#include <endian.h>
#include <libpq-fe.h>
#include <string.h>

enum { NUMBER_SIZE = 8 };

static char *
write_four(char *to, uint32_t number)
{
	uint32_t wire = htobe32(number);

	memcpy(to, &wire, sizeof(wire));
	return to + sizeof(wire);
}

/* As array_recv() takes it; what is too much is left out. */
static int
write_array(char *to, const int64_t *numbers, size_t count)
{
	char *at = to;

	if (count > ENGINE_NUMBERS_MOST)
		count = ENGINE_NUMBERS_MOST;
	at = write_four(at, 1);
	at = write_four(at, 0);
	at = write_four(at, PG_BIGINT);
	at = write_four(at, (uint32_t)count);
	at = write_four(at, 1);
	for (size_t i = 0; i < count; i++) {
		uint64_t wire = htobe64((uint64_t)numbers[i]);

		at = write_four(at, NUMBER_SIZE);
		memcpy(at, &wire, sizeof(wire));
		at += sizeof(wire);
	}
	return (int)(at - to);
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
		b->values[at] = b->array;
		b->sizes[at] = write_array(b->array, v->octets, v->size);
	} else if (v->kind != VALUE_NONE) {
		b->values[at] = v->octets ? v->octets : "";
	}
}

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
	case PG_BIGINT:
		memcpy(&eight, octets, sizeof(eight));
		return value_number((int64_t)be64toh(eight));
	case PG_INT:
		memcpy(&four, octets, sizeof(four));
		return value_number((int32_t)be32toh(four));
	case PG_SMALLINT:
		memcpy(&two, octets, sizeof(two));
		return value_number((int16_t)be16toh(two));
	case PG_BYTEA:
		v.kind = VALUE_OCTETS;
		break;
	default:
		break;
	}
	return v;
}
