/*
 * engine_pg.h - the engine over PostgreSQL, by libpq.
 *
 * The writes of a transaction are sent without waiting for their answers,
 * which commit reads (libpq's pipeline): a transaction costs two ways to the
 * server, however many rows it writes.  A connection that is lost is made
 * anew by whatever comes next.
 *
 * Memory:  engine_pg_open gives an engine; its close() frees it.
 * Errors:  those of engine.h and STATUS_NEWER.  STATUS_BUSY: the server is not
 *          there, or another collector was faster; 'again' tells the latter.
 * Source:  PostgreSQL 15 manual, 34.5 (pipeline mode); schema/postgresql/.
 */
#ifndef COLLECTOR_ENGINE_PG_H
#define COLLECTOR_ENGINE_PG_H

#include "collector/engine.h"

/* "postgresql://...", "postgres://..." or "postgresql:host=..." */
MUST_USE enum status engine_pg_open(const char *database,
    const struct statements *lent_statements, struct engine **out,
    char error[static ENGINE_ERROR_SIZE]);

#endif
