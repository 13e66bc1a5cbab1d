#include "collector/pg_session.h"

#include <libpq-fe.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/text.h"
#include "collector/pg_tables.h"
#include "collector/pg_values.h"

enum {
	/* After a failure, so that a queue is not held up by each of its
	 * reports. */
	TRY_AGAIN_MS = 1000
};

/* What a commit has answered is on the disk; a collector that is gone does not
 * keep hosts locked. */
static const char set_up[] =
    "SET tcp_keepalives_idle = 30; SET tcp_keepalives_interval = 10;"
    "SET tcp_keepalives_count = 3; SET client_min_messages = warning;"
    "SET idle_in_transaction_session_timeout = '30s';"
    "SET lock_timeout = '10s';"
    "SELECT set_config('synchronous_commit', 'on', false)"
    " WHERE current_setting('synchronous_commit')"
    " IN ('off', 'local', 'remote_write')";

static const char set_up_reader[] = "SET default_transaction_read_only = on";

/* Who writes looks up rows by their keys.  A plan is kept, perhaps one of when
 * the tables were empty: it is to be good for full ones, too. */
static const char set_up_writer[] =
    "SET enable_seqscan = off; SET enable_hashjoin = off;"
    "SET enable_mergejoin = off; SET enable_bitmapscan = off";

/* ---- what went wrong ------------------------------------------------------
 */

struct meaning {
	const char *begin; /* of the SQLSTATE */
	enum status status;
};

static const struct meaning meanings[] = {
	{ "23", STATUS_CONFLICT },
	{ "25006", STATUS_BUSY }, /* read-only: it has become a standby */
	{ "28", STATUS_NOT_ALLOWED },
	{ "3D", STATUS_NOT_FOUND },
	{ "40", STATUS_BUSY }, /* deadlock, serialization */
	{ "42501", STATUS_NOT_ALLOWED },
	{ "53100", STATUS_TOO_LARGE },
	{ "53200", STATUS_NO_MEMORY },
	{ "53", STATUS_BUSY },
	{ "54000", STATUS_TOO_LARGE },
	{ "55P03", STATUS_BUSY }, /* somebody else holds the host */
	{ "57P", STATUS_BUSY },   /* it stops, or starts */
	{ "08", STATUS_BUSY },
};

static enum status
status_of(const char *state)
{
	for (size_t i = 0; i < sizeof(meanings) / sizeof(meanings[0]); i++) {
		const struct meaning *m = &meanings[i];

		if (strncmp(state, m->begin, strlen(m->begin)) == 0)
			return m->status;
	}
	return STATUS_SYSTEM;
}

/* A message of libpq's, in one line. */
static void
keep_text(struct pg_session *s, const char *before, const char *text)
{
	size_t size;

	(void)snprintf(s->error, sizeof(s->error), "%s%s", before, text);
	size = strlen(s->error);
	while (size > 0 && s->error[size - 1] == '\n')
		s->error[--size] = '\0';
	for (size_t i = 0; i < size; i++) {
		if ((unsigned char)s->error[i] < ' ')
			s->error[i] = ' ';
	}
}

static bool
is_of_standby(const char *state)
{
	return strcmp(state, "25006") == 0;
}

void
pg_session_drop(struct pg_session *s)
{
	PQfinish(s->connection);
	s->connection = NULL;
	s->failed = STATUS_BUSY;
	s->try_at_ms = 0;
	if (!s->lost && !s->quiet)
		log_warning("%s; connecting anew", s->error);
	s->lost = true;
}

enum status
pg_session_fail(struct pg_session *s, const struct pg_result *result)
{
	const char *state =
	    result ? PQresultErrorField(result, PG_DIAG_SQLSTATE) : NULL;
	const char *text =
	    result ? PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY) : NULL;
	enum status status = STATUS_BUSY;

	if (state && text) {
		keep_text(s, "PostgreSQL: ", text);
		status = status_of(state);
		/* Another server is asked the next time. */
		if (is_of_standby(state))
			pg_session_drop(s);
	} else {
		keep_text(s, "PostgreSQL: ",
		    s->connection && PQerrorMessage(s->connection)[0]
			? PQerrorMessage(s->connection)
			: "the connection was lost");
	}
	return status;
}

void
pg_session_check(struct pg_session *s)
{
	if (s->connection && PQstatus(s->connection) != CONNECTION_OK)
		pg_session_drop(s);
}

/* ---- connecting -----------------------------------------------------------
 */

static PGconn *
connect(const char *conninfo)
{
	/* What the conninfo says stands over what is before it. */
	static const char *const names[] = { "connect_timeout",
		"tcp_user_timeout", "keepalives_idle",
		"fallback_application_name", "dbname", "client_encoding",
		NULL };
	const char *const values[] = { "10", "20000", "30", "demarc-collector",
		conninfo, "UTF8", NULL };

	return PQconnectdbParams(names, values, 1);
}

/* Nobody is there to read a server's remarks. */
static void
drop_remark(void *context, const PGresult *remark)
{
	(void)context;
	(void)remark;
}

void
pg_session_name(
    unsigned which, bool many, char out[static PG_SESSION_NAME_SIZE])
{
	(void)snprintf(
	    out, PG_SESSION_NAME_SIZE, "%s%u", many ? "many" : "one", which);
}

static enum status
prepare(struct pg_session *s, unsigned which, bool many)
{
	const struct statement *of = &s->statements->items[which];
	int count = (int)strlen(of->takes);
	char name[PG_SESSION_NAME_SIZE];
	Oid types[ENGINE_COLUMNS_MOST];
	enum status status = STATUS_OK;
	PGresult *result;

	for (int i = 0; i < count; i++)
		types[i] = pg_type_of(of->takes[i], many);
	pg_session_name(which, many, name);
	result = PQprepare(
	    s->connection, name, many ? of->many : of->text, count, types);
	if (PQresultStatus(result) != PGRES_COMMAND_OK)
		status = pg_session_fail(s, result);
	PQclear(result);
	return status;
}

static enum status
execute(struct pg_session *s, const char *text)
{
	PGresult *result = PQexec(s->connection, text);
	ExecStatusType said = PQresultStatus(result);
	enum status status = STATUS_OK;

	if (said != PGRES_COMMAND_OK && said != PGRES_TUPLES_OK)
		status = pg_session_fail(s, result);
	PQclear(result);
	return status;
}

static enum status
prepare_all(struct pg_session *s)
{
	enum status status = STATUS_OK;

	for (unsigned i = 0; status == STATUS_OK && i < s->statements->count;
	     i++) {
		status = prepare(s, i, false);
		if (status == STATUS_OK && !s->reads &&
		    s->statements->items[i].many)
			status = prepare(s, i, true);
	}
	return status;
}

static enum status
make_ready(struct pg_session *s)
{
	enum status status;

	s->connection = connect(s->conninfo);
	if (!s->connection)
		return STATUS_NO_MEMORY;
	if (PQstatus(s->connection) != CONNECTION_OK)
		return pg_session_fail(s, NULL);
	(void)PQsetNoticeReceiver(s->connection, drop_remark, NULL);
	status = execute(s, set_up);
	if (status == STATUS_OK && !s->reads)
		status = pg_tables_renew(s->connection, s->error);
	if (status == STATUS_OK)
		status = execute(s, s->reads ? set_up_reader : set_up_writer);
	if (status == STATUS_OK)
		status = prepare_all(s);
	if (status == STATUS_OK && PQsetnonblocking(s->connection, 1) != 0)
		status = pg_session_fail(s, NULL);
	return status;
}

enum status
pg_session_ready(struct pg_session *s)
{
	int64_t now_ms = clock_now().ms;

	if (s->connection)
		return STATUS_OK;
	if (now_ms < s->try_at_ms)
		return s->failed;
	s->failed = make_ready(s);
	if (s->failed == STATUS_OK) {
		if (s->lost && !s->quiet)
			log_info("connected to PostgreSQL again");
		s->lost = false;
		return STATUS_OK;
	}
	PQfinish(s->connection);
	s->connection = NULL;
	s->try_at_ms = clock_now().ms + TRY_AGAIN_MS;
	return s->failed;
}

/* "postgresql:host=... dbname=..." is a conninfo with a name before it. */
static const char *
conninfo_of(const char *database)
{
	const char *colon = strchr(database, ':');

	return colon && strncmp(colon, "://", 3) != 0 ? colon + 1 : database;
}

enum status
pg_session_open(struct pg_session *s, const char *database,
    const struct statements *lent_statements, bool reads)
{
	*s = (struct pg_session){ .statements = lent_statements,
		.reads = reads,
		.conninfo = strdup(conninfo_of(database)) };
	if (!s->conninfo)
		return STATUS_NO_MEMORY;
	return pg_session_ready(s);
}

void
pg_session_close(struct pg_session *s)
{
	PQfinish(s->connection);
	s->connection = NULL;
	free(s->conninfo);
	s->conninfo = NULL;
}
