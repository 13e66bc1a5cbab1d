/*
 * pg_notices.h - hears what other collectors on the same PostgreSQL tell.
 *
 *	NOTIFY demarc -> [pg_notices], a thread -> 'heard'
 *
 * After each new connection 'heard' is called with NULL: something may have
 * been missed until then.
 *
 * Memory:  pg_notices_open/pg_notices_close; the text is lent.
 * Errors:  STATUS_SYSTEM, STATUS_NO_MEMORY.  While there is no server, it is
 *          tried again; the session that writes says so in the log.
 * Source:  PostgreSQL 15 manual, 34.9 and NOTIFY.
 */
#ifndef COLLECTOR_PG_NOTICES_H
#define COLLECTOR_PG_NOTICES_H

#include "base/attributes.h"
#include "base/status.h"

struct pg_notices;

MUST_USE enum status pg_notices_open(const char *database,
    void (*heard)(void *context, const char *text), void *context,
    struct pg_notices **out);
void pg_notices_close(struct pg_notices *n);

#endif
