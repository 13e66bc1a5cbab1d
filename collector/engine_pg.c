#include "collector/engine_pg.h"

#include <libpq-fe.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "collector/pg_rows.h"
#include "collector/pg_session.h"
#include "collector/pg_values.h"

/* Rows of a transaction; what is sent is written while more is compared. */
enum { TOGETHER_MOST = 128 };

struct pg {
	struct engine engine; /* first: an engine is cast to its owner */
	struct pg_session session;
	bool within;    /* a transaction */
	size_t unread;  /* answers to what was sent in it */
	bool synced;    /* its end is marked */
	bool broken;    /* one of them was a refusal */
	bool overtaken; /* by another collector, or the connection was lost */
	struct pg_rows *waiting; /* by statement: rows that are not sent yet */
	size_t waiting_count;
	char *database;
};

static struct pg *
owner_of(struct engine *e)
{
	return (struct pg *)(void *)e;
}

static enum status
fail(struct pg *p, const PGresult *result)
{
	enum status status = pg_session_fail(&p->session, result);

	if (!p->broken) {
		text_copy(
		    p->engine.error, sizeof(p->engine.error), p->session.error);
		p->overtaken =
		    status == STATUS_BUSY || status == STATUS_CONFLICT;
	}
	p->broken = true;
	return status;
}

/* ---- sending --------------------------------------------------------------
 */

/* Both ends may wait for the other to read: we always do. */
static bool
flush(PGconn *connection)
{
	struct pollfd wait = { .fd = PQsocket(connection),
		.events = POLLIN | POLLOUT };
	int left;

	while ((left = PQflush(connection)) > 0) {
		if (poll(&wait, 1, -1) > 0 && (wait.revents & POLLIN) != 0 &&
		    PQconsumeInput(connection) == 0)
			return false;
	}
	return left == 0;
}

static bool
send_statement(struct pg *p, unsigned which, const struct value *values)
{
	int count = (int)strlen(p->session.statements->items[which].takes);
	struct pg_bound b = { .array_count = 0 };
	char name[PG_SESSION_NAME_SIZE];
	int sent;

	for (int i = 0; i < count; i++)
		pg_bind(&b, i, &values[i]);
	pg_session_name(which, false, name);
	sent = PQsendQueryPrepared(
	    p->session.connection, name, count, b.values, b.sizes, b.binary, 1);
	pg_bound_done(&b);
	return sent != 0;
}

static void
forget_waiting(struct pg *p)
{
	for (size_t i = 0; i < p->session.statements->count; i++)
		pg_rows_done(&p->waiting[i]);
	p->waiting_count = 0;
}

/* Rows that wait, statement by statement. */
static bool
send_waiting(struct pg *p)
{
	const struct statements *all = p->session.statements;
	bool sent = true;

	if (p->waiting_count == 0)
		return true;
	for (unsigned i = 0; i < all->count && sent; i++) {
		char name[PG_SESSION_NAME_SIZE];

		if (p->waiting[i].count == 0)
			continue;
		pg_session_name(i, true, name);
		sent = pg_rows_send(&p->waiting[i], all->items[i].takes,
		    p->session.connection, name);
		p->unread += sent;
	}
	forget_waiting(p);
	return sent;
}

/* ---- reading --------------------------------------------------------------
 */

static void
visit_rows(const PGresult *result, engine_visit *visit, void *context)
{
	struct value row[ENGINE_COLUMNS_MOST];
	int count = PQnfields(result);

	for (int r = 0; r < PQntuples(result); r++) {
		for (int i = 0; i < count && i < ENGINE_COLUMNS_MOST; i++)
			row[i] = pg_column(result, r, i);
		visit(context, row);
	}
}

/* Reads the answer to one that was sent; 'visit' may be NULL. */
static enum status
read_answer(struct pg *p, engine_visit *visit, void *context)
{
	enum status status = STATUS_OK;
	bool any = false;
	PGresult *result;

	while (p->session.connection &&
	       (result = PQgetResult(p->session.connection)) != NULL) {
		any = true;
		switch (PQresultStatus(result)) {
		case PGRES_COMMAND_OK:
			break;
		case PGRES_TUPLES_OK:
		case PGRES_SINGLE_TUPLE:
			if (visit)
				visit_rows(result, visit, context);
			break;
		case PGRES_PIPELINE_ABORTED:
			status = STATUS_SYSTEM; /* the refusal is noted */
			break;
		default:
			status = fail(p, result);
		}
		PQclear(result);
	}
	return any ? status : fail(p, NULL);
}

/* The answers to all that was sent; the first refusal counts. */
static enum status
read_answers(struct pg *p)
{
	enum status first = STATUS_OK;

	for (; p->unread > 0 && p->session.connection; p->unread--) {
		enum status status = read_answer(p, NULL, NULL);

		if (first == STATUS_OK)
			first = status;
		if (p->session.connection &&
		    PQstatus(p->session.connection) != CONNECTION_OK)
			break;
	}
	return first;
}

/* ---- transactions ---------------------------------------------------------
 */

static bool
send_word(struct pg *p, const char *word)
{
	if (!send_waiting(p) || PQsendQueryParams(p->session.connection, word,
				    0, NULL, NULL, NULL, NULL, 1) == 0)
		return false;
	p->unread++;
	return true;
}

static enum status
make_ready(struct pg *p)
{
	bool anew = !p->session.connection;
	enum status status;

	p->broken = p->overtaken = p->synced = false;
	p->unread = 0;
	status = pg_session_ready(&p->session);
	if (anew && status == STATUS_OK)
		p->engine.anew = true;
	if (status != STATUS_OK)
		text_copy(
		    p->engine.error, sizeof(p->engine.error), p->session.error);
	return status;
}

static enum status
begin(struct engine *e)
{
	struct pg *p = owner_of(e);
	enum status status = make_ready(p);

	if (status != STATUS_OK)
		return status;
	p->within = true;
	if (PQenterPipelineMode(p->session.connection) == 1 &&
	    send_word(p, "BEGIN"))
		return STATUS_OK;
	return fail(p, NULL);
}

/* Marks the end of the pipeline: so far the server goes on after a refusal. */
static bool
send_end(struct pg *p)
{
	PGconn *connection = p->session.connection;

	if (!connection)
		return false;
	if (!p->synced && PQpipelineSync(connection) != 1)
		return false;
	p->synced = true;
	return flush(connection);
}

/* Nothing of the pipeline is left to read. */
static bool
end_pipeline(struct pg *p)
{
	PGconn *connection = p->session.connection;
	bool synced = false;

	if (!send_end(p))
		return false;
	/* Between two answers stands a NULL. */
	for (int nothing = 0; !synced && nothing < 2;) {
		PGresult *result = PQgetResult(connection);

		nothing = result ? 0 : nothing + 1;
		synced = PQresultStatus(result) == PGRES_PIPELINE_SYNC;
		PQclear(result);
	}
	return synced && PQexitPipelineMode(connection) == 1;
}

static void
rollback(struct engine *e)
{
	struct pg *p = owner_of(e);

	if (!p->within)
		return;
	p->within = false;
	forget_waiting(p);
	if (!p->session.connection)
		return;
	if (!end_pipeline(p))
		pg_session_drop(&p->session);
	else if (PQtransactionStatus(p->session.connection) != PQTRANS_IDLE)
		PQclear(PQexec(p->session.connection, "ROLLBACK"));
	pg_session_check(&p->session);
}

static enum status
commit(struct engine *e)
{
	struct pg *p = owner_of(e);
	enum status status;

	if (!p->session.connection || !send_word(p, "COMMIT") || !send_end(p))
		return fail(p, NULL);
	status = read_answers(p);
	if (status != STATUS_OK || p->broken)
		return status != STATUS_OK ? status : STATUS_SYSTEM;
	p->within = false;
	if (!end_pipeline(p))
		pg_session_drop(&p->session);
	return STATUS_OK;
}

/* ---- statements -----------------------------------------------------------
 */

/* Puts it to those that wait; enough of them are sent. */
static bool
wait_for_more(struct pg *p, unsigned which, const struct value *values)
{
	const char *takes = p->session.statements->items[which].takes;

	if (p->waiting_count == TOGETHER_MOST &&
	    (!send_waiting(p) || !flush(p->session.connection)))
		return false;
	p->waiting_count++;
	return pg_rows_add(&p->waiting[which], takes, values);
}

static bool
send_within(struct pg *p, unsigned which, const struct value *values)
{
	if (!send_waiting(p) || !send_statement(p, which, values))
		return false;
	p->unread++;
	return true;
}

static enum status
run_within(struct pg *p, unsigned which, const struct value *values)
{
	bool many = p->session.statements->items[which].many != NULL;

	if (p->session.connection && (many ? wait_for_more(p, which, values)
					   : send_within(p, which, values)))
		return STATUS_OK;
	return fail(p, NULL);
}

/* Alone, it is a transaction of its own. */
static enum status
run(struct engine *e, unsigned which, const struct value *values)
{
	struct pg *p = owner_of(e);
	enum status status;

	if (p->within)
		return run_within(p, which, values);
	status = make_ready(p);
	if (status != STATUS_OK)
		return status;
	if (!send_statement(p, which, values) || !flush(p->session.connection))
		status = fail(p, NULL);
	else
		status = read_answer(p, NULL, NULL);
	pg_session_check(&p->session);
	return status;
}

static enum status
query_within(struct pg *p, engine_visit *visit, void *context)
{
	enum status status;

	if (PQsendFlushRequest(p->session.connection) != 1 ||
	    !flush(p->session.connection))
		return fail(p, NULL);
	status = read_answers(p);
	if (!p->session.connection)
		return status;
	/* Its own answer is to be read even then. */
	if (status != STATUS_OK)
		(void)read_answer(p, NULL, NULL);
	else
		status = read_answer(p, visit, context);
	return status;
}

static enum status
query(struct engine *e, unsigned which, const struct value *values,
    engine_visit *visit, void *context)
{
	struct pg *p = owner_of(e);
	enum status status = STATUS_OK;

	if (!p->within)
		status = make_ready(p);
	if (status != STATUS_OK)
		return status;
	if (!p->session.connection || !send_waiting(p) ||
	    !send_statement(p, which, values))
		return fail(p, NULL);
	if (p->within)
		return query_within(p, visit, context);
	/* Row by row costs more, and what arrays name is not much. */
	if (!p->session.statements->items[which].shared)
		(void)PQsetSingleRowMode(p->session.connection);
	if (!flush(p->session.connection))
		status = fail(p, NULL);
	else
		status = read_answer(p, visit, context);
	pg_session_check(&p->session);
	return status;
}

/* ---- life -----------------------------------------------------------------
 */

static bool
again(struct engine *e)
{
	return owner_of(e)->overtaken;
}

static void
close_engine(struct engine *e)
{
	struct pg *p = owner_of(e);

	forget_waiting(p);
	pg_session_close(&p->session);
	free(p->waiting);
	free(p->database);
	free(p);
}

static enum status open_one(const char *database,
    const struct statements *lent_statements, bool reads, struct engine **out,
    char *error);

static enum status
reader(
    struct engine *e, struct engine **out, char error[static ENGINE_ERROR_SIZE])
{
	const struct pg *p = owner_of(e);

	return open_one(p->database, p->session.statements, true, out, error);
}

/* What is gone makes room for what comes: PostgreSQL itself sees to that. */
static enum status
size(struct engine *e, struct engine_size *out)
{
	(void)e;
	*out = (struct engine_size){ 0 };
	return STATUS_OK;
}

static enum status
compact(struct engine *e, unsigned pages)
{
	(void)e;
	(void)pages;
	return STATUS_OK;
}

static const struct engine functions = {
	.begin = begin,
	.commit = commit,
	.rollback = rollback,
	.run = run,
	.query = query,
	.again = again,
	.size = size,
	.compact = compact,
	.reader = reader,
	.close = close_engine,
};

static enum status
open_one(const char *database, const struct statements *lent_statements,
    bool reads, struct engine **out, char *error)
{
	struct pg *p = calloc(1, sizeof(*p));
	enum status status;

	text_copy(error, ENGINE_ERROR_SIZE, "");
	if (!p)
		return STATUS_NO_MEMORY;
	p->engine = functions;
	p->database = strdup(database);
	p->waiting = calloc(lent_statements->count, sizeof(*p->waiting));
	p->engine.shared = p->database;
	p->session.statements = lent_statements;
	if (!p->database || !p->waiting) {
		close_engine(&p->engine);
		return STATUS_NO_MEMORY;
	}
	status =
	    pg_session_open(&p->session, p->database, lent_statements, reads);
	if (status == STATUS_OK) {
		*out = &p->engine;
		return STATUS_OK;
	}
	text_copy(error, ENGINE_ERROR_SIZE, p->session.error);
	close_engine(&p->engine);
	return status;
}

enum status
engine_pg_open(const char *database, const struct statements *lent_statements,
    struct engine **out, char error[static ENGINE_ERROR_SIZE])
{
	return open_one(database, lent_statements, false, out, error);
}
