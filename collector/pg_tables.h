/*
 * pg_tables.h - makes the tables in PostgreSQL, or brings them up to date.
 *
 * Several collectors may start at once: one of them does it, the others wait
 * for it (an advisory lock).
 *
 * Memory:  none kept.
 * Errors:  STATUS_NEWER, STATUS_NOT_ALLOWED, STATUS_SYSTEM; 'error' says it.
 * Source:  schema/postgresql/NNNN_name.sql, embedded; demarc_schema holds the
 *          number of the last file that was run.
 */
#ifndef COLLECTOR_PG_TABLES_H
#define COLLECTOR_PG_TABLES_H

#include "base/attributes.h"
#include "base/status.h"
#include "collector/engine.h"

struct pg_conn;

MUST_USE enum status pg_tables_renew(
    struct pg_conn *connection, char error[static ENGINE_ERROR_SIZE]);

#endif
