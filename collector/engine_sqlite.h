/*
 * engine_sqlite.h - the engine that everyone uses: one SQLite file.
 *
 * Write-ahead log, synchronous=FULL: a commit that has returned survives a
 * power cut.  A database of an older version is brought up to date when it is
 * opened.
 *
 * Memory:  engine_sqlite_open gives an engine; its close() frees it.
 * Errors:  STATUS_SYSTEM, STATUS_NOT_ALLOWED, STATUS_NEWER, STATUS_BUSY
 * (another collector has it), STATUS_NO_MEMORY; 'error' then says what and what
 * to do. Source:  schema/sqlite/NNNN_name.sql, embedded; user_version is the
 * number of the last file that was run.
 */
#ifndef COLLECTOR_ENGINE_SQLITE_H
#define COLLECTOR_ENGINE_SQLITE_H

#include "collector/engine.h"

/* ":memory:" is a database that is gone when its last connection is. */
MUST_USE enum status engine_sqlite_open(const char *path,
    const struct statements *lent_statements, struct engine **out,
    char error[static ENGINE_ERROR_SIZE]);

#endif
