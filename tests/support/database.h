/*
 * database.h - an empty database for a test, of the engine that is asked for.
 *
 * DEMARC_POSTGRESQL names a PostgreSQL ("postgresql:host=..."): each test gets
 * a schema of its own there.  Without it, SQLite in memory.
 *
 * Memory:  constant or static.
 * Errors:  a test that cannot get one fails.
 */
#ifndef TESTS_SUPPORT_DATABASE_H
#define TESTS_SUPPORT_DATABASE_H

#include <check.h>
#include <libpq-fe.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static inline const char *
database_of_test(void)
{
	static char name[512];
	const char *server = getenv("DEMARC_POSTGRESQL");
	static unsigned number;
	char text[128];
	PGconn *connection;

	if (!server)
		return ":memory:";
	connection = PQconnectdb(strchr(server, ':') + 1);
	(void)snprintf(text, sizeof(text), "CREATE SCHEMA t%d_%u",
	    (int)getpid(), ++number);
	ck_assert_msg(PQstatus(connection) == CONNECTION_OK, "%s",
	    PQerrorMessage(connection));
	PQclear(PQexec(connection, text));
	PQfinish(connection);
	(void)snprintf(name, sizeof(name), "%s options='-c search_path=t%d_%u'",
	    server, (int)getpid(), number);
	return name;
}

#endif
