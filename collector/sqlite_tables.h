/*
 * sqlite_tables.h - the tables of a SQLite database as this version knows them.
 *
 *	file of any version -> [sqlite_tables] -> file of this version
 *
 * Runs the numbered files that the database has not seen, each in one
 * transaction with its number.  What they need beyond SQL are the functions
 * shorthand(text, key) and base64_octets(text).
 *
 * Memory:  the database is lent.
 * Errors:  STATUS_NEWER and 'error'; else those of SQLite, by sqlite_status.
 * Source:  schema/sqlite/NNNN_name.sql, embedded; user_version is the number
 *          of the last file that was run.
 */
#ifndef COLLECTOR_SQLITE_TABLES_H
#define COLLECTOR_SQLITE_TABLES_H

#include <sqlite3.h>

#include "base/attributes.h"
#include "base/status.h"
#include "collector/engine.h"

MUST_USE enum status sqlite_tables_make(
    sqlite3 *database, const char *path, char error[static ENGINE_ERROR_SIZE]);

/* A result of SQLite as a status. */
enum status sqlite_status(int result);

#endif
