/*
 * pg_values.h - values as PostgreSQL's protocol has them in binary.
 *
 *	struct value <-> [pg_values] <-> libpq
 *
 * Memory:  a value that is bound, and one that is read, are lent.
 * Errors:  none; of an array, what is more than ENGINE_NUMBERS_MOST is left
 *          out.
 * Source:  array_recv() of PostgreSQL 15; pg_type.dat for the types.
 */
#ifndef COLLECTOR_PG_VALUES_H
#define COLLECTOR_PG_VALUES_H

#include "collector/engine.h"

enum {
	PG_SMALLINT = 21,
	PG_INT = 23,
	PG_BIGINT = 20,
	PG_TEXT = 25,
	PG_BYTEA = 17,
	PG_BIGINTS = 1016,
	/* Dimensions, NULLs, type, count, first index; then size and value. */
	PG_ARRAY_HEAD_SIZE = 20,
	PG_ARRAY_ITEM_SIZE = 4 + 8
};

struct pg_result; /* libpq's PGresult */

struct pg_bound {
	int64_t numbers[ENGINE_COLUMNS_MOST]; /* as the wire has them */
	const char *values[ENGINE_COLUMNS_MOST];
	int sizes[ENGINE_COLUMNS_MOST], binary[ENGINE_COLUMNS_MOST];
	/* At most one array. */
	char array[PG_ARRAY_HEAD_SIZE +
		   ENGINE_NUMBERS_MOST * PG_ARRAY_ITEM_SIZE];
};

void pg_bind(struct pg_bound *b, int at, const struct value *v);

struct value pg_column(const struct pg_result *result, int row, int at);

#endif
