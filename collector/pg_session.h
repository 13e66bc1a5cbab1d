/*
 * pg_session.h - one connection to PostgreSQL, made anew when it is lost.
 *
 *	engine_pg -> [pg_session] -> libpq
 *
 * A new connection has its statements prepared and commits to the disk
 * (synchronous_commit is on, or stronger).  When it is lost, the log says so
 * once, and once that there is one again.
 *
 * Memory:  pg_session_open/pg_session_close.
 * Errors:  STATUS_BUSY (no server, or it starts, or is a standby),
 *          STATUS_NOT_ALLOWED, STATUS_NEWER, STATUS_SYSTEM; 'error' says it.
 * Source:  libpq, PostgreSQL 15 manual, chapter 34; SQLSTATE: appendix A.
 */
#ifndef COLLECTOR_PG_SESSION_H
#define COLLECTOR_PG_SESSION_H

#include <stdbool.h>
#include <stdint.h>

#include "base/attributes.h"
#include "base/status.h"
#include "collector/engine.h"

struct pg_conn;   /* libpq's PGconn */
struct pg_result; /* and PGresult */

struct pg_session {
	struct pg_conn *connection; /* NULL: there is none */
	char *conninfo;
	const struct statements *statements; /* lent */
	bool reads;                          /* and nothing else */
	bool lost;                           /* the log has said so */
	bool quiet;                          /* another one says it */
	int64_t try_at_ms;                   /* not before */
	enum status failed;                  /* why there is none */
	char error[ENGINE_ERROR_SIZE];       /* of the last that failed */
};

/* Connects and, unless it only reads, brings the tables up to date. */
MUST_USE enum status pg_session_open(struct pg_session *s, const char *database,
    const struct statements *lent_statements, bool reads);
void pg_session_close(struct pg_session *s);

/* What a statement is prepared as; and as what for many rows. */
enum { PG_SESSION_NAME_SIZE = 16 };
void pg_session_name(
    unsigned which, bool many, char out[static PG_SESSION_NAME_SIZE]);

/* Is there a connection, or one again? */
MUST_USE enum status pg_session_ready(struct pg_session *s);

/* Notes what a result says that is none (NULL: the connection itself). */
MUST_USE enum status pg_session_fail(
    struct pg_session *s, const struct pg_result *result);
/* Drops the connection: it is to be made anew. */
void pg_session_drop(struct pg_session *s);
/* The same, if it is broken. */
void pg_session_check(struct pg_session *s);

#endif
