#include "collector/pg_tables.h"

#include <libpq-fe.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "collector/embedded.h"

/* "demarc" as a number: whoever changes the tables holds it. */
#define LOCK "(110386840101475)"

struct renewing {
	PGconn *connection;
	char *error;
	enum status status;
};

/* Runs a text; the first number of its answer, or -1. */
static int
run(struct renewing *r, const char *text)
{
	const char *state;
	PGresult *result;
	int number = -1;

	if (r->status != STATUS_OK)
		return -1;
	result = PQexec(r->connection, text);
	state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
	switch (PQresultStatus(result)) {
	case PGRES_COMMAND_OK:
		break;
	case PGRES_TUPLES_OK:
		if (PQntuples(result) > 0 && PQnfields(result) > 0)
			number =
			    (int)strtol(PQgetvalue(result, 0, 0), NULL, 10);
		break;
	default:
		r->status = state && strcmp(state, "42501") == 0
				? STATUS_NOT_ALLOWED
				: STATUS_SYSTEM;
		(void)snprintf(r->error, ENGINE_ERROR_SIZE,
		    "cannot make the tables in PostgreSQL: %.180s",
		    PQresultErrorMessage(result));
		r->error[strcspn(r->error, "\n")] = '\0';
	}
	PQclear(result);
	return number;
}

/* Runs one numbered file and notes its number, both or neither. */
static void
run_file(struct renewing *r, const struct embedded_file *file, int number)
{
	char note[80];

	(void)snprintf(note, sizeof(note),
	    "UPDATE demarc_schema SET version = %d", number);
	(void)run(r, "BEGIN");
	(void)run(r, (const char *)file->octets);
	(void)run(r, note);
	(void)run(r, "COMMIT");
	/* What remains open goes with the connection. */
}

static int
read_version(struct renewing *r)
{
	int is_there = run(r, "SELECT count(*) FROM pg_class WHERE oid ="
			      " to_regclass('demarc_schema')");

	if (is_there == 0) {
		(void)run(r, "BEGIN");
		(void)run(
		    r, "CREATE TABLE demarc_schema (version int NOT NULL)");
		(void)run(r, "INSERT INTO demarc_schema VALUES (0)");
		(void)run(r, "COMMIT");
	}
	return run(r, "SELECT version FROM demarc_schema");
}

enum status
pg_tables_renew(
    struct pg_conn *connection, char error[static ENGINE_ERROR_SIZE])
{
	struct renewing r = { connection, error, STATUS_OK };
	int version, newest = 0;

	(void)run(&r, "SET lock_timeout = 0");
	(void)run(&r, "SELECT pg_advisory_lock" LOCK);
	version = read_version(&r);
	for (size_t i = 0; embedded_postgresql[i].name; i++) {
		newest = (int)strtol(embedded_postgresql[i].name, NULL, 10);
		if (newest > version)
			run_file(&r, &embedded_postgresql[i], newest);
	}
	(void)run(&r, "SELECT pg_advisory_unlock" LOCK);
	(void)run(&r, "SET lock_timeout = '10s'");
	if (r.status == STATUS_OK && version > newest) {
		(void)snprintf(error, ENGINE_ERROR_SIZE,
		    "the tables in PostgreSQL were made by a newer demarc "
		    "(schema %d, this one knows %d); install that version or "
		    "name another database",
		    version, newest);
		return STATUS_NEWER;
	}
	return r.status;
}
