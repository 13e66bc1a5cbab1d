/*
 * pg_rows.h - rows that wait to be written by one statement together.
 *
 *	engine_pg: one row after the other -> [pg_rows] -> an array a column
 *
 * A statement for each row costs PostgreSQL some 30 us, however little it
 * writes; a row of an array costs a tenth of it.
 *
 * Memory:  a zeroed struct is empty; pg_rows_done frees.
 * Errors:  false: there is no memory for them, or no connection.
 */
#ifndef COLLECTOR_PG_ROWS_H
#define COLLECTOR_PG_ROWS_H

#include "base/attributes.h"
#include "base/buffer.h"
#include "collector/engine.h"

struct pg_conn; /* libpq's PGconn */

struct pg_rows {
	size_t count;
	struct buffer columns[ENGINE_COLUMNS_MOST];
};

/* Another row, of values that 'takes' tells. */
MUST_USE bool pg_rows_add(
    struct pg_rows *r, const char *takes, const struct value *values);

/* Sends them to what was prepared by this name. */
MUST_USE bool pg_rows_send(struct pg_rows *r, const char *takes,
    struct pg_conn *connection, const char *name);

/* Forgets them. */
void pg_rows_done(struct pg_rows *r);

#endif
