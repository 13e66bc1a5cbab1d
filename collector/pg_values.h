/*
 * pg_values.h - values as PostgreSQL's protocol has them in binary.
 *
 *	struct value <-> [pg_values] <-> libpq
 *
 * Memory:  a value that is read is lent; so is one that is bound, but for an
 *          array, which is the binding's: it is zeroed, then pg_bound_done.
 * Errors:  an array that fails is bound as NULL.
 * Source:  array_recv() of PostgreSQL 15; pg_type.dat for the types.
 */
#ifndef COLLECTOR_PG_VALUES_H
#define COLLECTOR_PG_VALUES_H

#include "base/buffer.h"
#include "collector/engine.h"

struct pg_result; /* libpq's PGresult */

/* By its letter in a statement; one of many rows is an array of it. */
unsigned pg_type_of(char letter, bool many);

/* An array, one value after the other. */
void pg_array_begin(struct buffer *array, char letter);
void pg_array_add(struct buffer *array, const struct value *v);
void pg_array_end(struct buffer *array, size_t count);

enum { PG_ARRAYS_MOST = 3 };

struct pg_bound {
	const char *values[ENGINE_COLUMNS_MOST];
	int sizes[ENGINE_COLUMNS_MOST], binary[ENGINE_COLUMNS_MOST];
	int64_t numbers[ENGINE_COLUMNS_MOST]; /* as the wire has them */
	struct buffer arrays[PG_ARRAYS_MOST];
	size_t array_count;
};

void pg_bind(struct pg_bound *b, int at, const struct value *v);
void pg_bind_array(struct pg_bound *b, int at, const struct buffer *lent_array);
void pg_bound_done(struct pg_bound *b);

struct value pg_column(const struct pg_result *result, int row, int at);

#endif
