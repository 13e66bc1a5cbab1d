/*
 * store_sqlite.h - the store that everyone uses: one SQLite file.
 *
 * Write-ahead log, synchronous=FULL: a commit that has returned survives a
 * power cut.  Statements are constant and prepared once, values are bound.  A
 * database of an older version is brought up to date when it is opened.
 *
 * Memory:  store_sqlite_open gives a store; its close() frees it.
 * Errors:  STATUS_SYSTEM, STATUS_NOT_ALLOWED, STATUS_NEWER, STATUS_NO_MEMORY;
 *          'error' then says what and what to do.
 * Source:  schema/sqlite/NNNN_name.sql, embedded; user_version is the number
 *          of the last file that was run.
 */
#ifndef COLLECTOR_STORE_SQLITE_H
#define COLLECTOR_STORE_SQLITE_H

#include "collector/store.h"

MUST_USE enum status store_sqlite_open(const char *path,
    struct store **out_store, char error[static STORE_ERROR_SIZE]);

#endif
