#include "collector/store_sqlite.h"

#include <sqlite3.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/text.h"
#include "collector/embedded.h"
#include "collector/store_lock.h"

enum {
	BUSY_TIMEOUT_MS = 5000, /* a backup may hold the lock for a moment */
	/* Pages of the log before it is copied back: measured best between
	 * 8000 and 40000 for fleets; 8000 is 32 MB. */
	CHECKPOINT_PAGES = 8000
};

enum statement {
	BEGIN,
	COMMIT,
	ROLLBACK,
	HOST_GET,
	HOST_PUT,
	SEEN_PUT,
	HOST_LIST,
	CLAIM_LIST,
	CLAIM_OPEN,
	CLAIM_CLOSE,
	HEARD_PUT,
	FRAME_PUT,
	FRAME_GET,
	STATEMENT_COUNT
};

static const char *const texts[STATEMENT_COUNT] = {
	[BEGIN] = "BEGIN IMMEDIATE",
	[COMMIT] = "COMMIT",
	[ROLLBACK] = "ROLLBACK",
	[HOST_GET] = "SELECT h.host_id, machine_id, digest, number, next_n, at,"
		     " shift FROM host h JOIN host_seen s USING (host_id)"
		     " WHERE h.host_id = ?1",
	[HOST_PUT] = "INSERT INTO host"
		     " (host_id, machine_id, digest, number, next_n)"
		     " VALUES (?1, ?2, ?3, ?4, ?5)"
		     " ON CONFLICT (host_id) DO UPDATE SET"
		     " digest = ?3, number = ?4, next_n = ?5",
	[SEEN_PUT] = "INSERT INTO host_seen (host_id, at, shift)"
		     " VALUES (?1, ?2, ?3)"
		     " ON CONFLICT (host_id) DO UPDATE SET at = ?2, shift = ?3",
	[HOST_LIST] =
	    "SELECT h.host_id, machine_id, digest, number, next_n, at,"
	    " shift FROM host h JOIN host_seen s USING (host_id)"
	    " ORDER BY h.host_id",
	[CLAIM_LIST] = "SELECT c.n, kind, key, facts, since, first_heard,"
		       " last_heard, expires, frames, dropped, malformed"
		       " FROM claim c JOIN heard h"
		       " ON h.host_id = c.host_id AND h.n = c.n"
		       " WHERE c.host_id = ?1 AND until IS NULL"
		       " ORDER BY c.n",
	[CLAIM_OPEN] = "INSERT INTO claim"
		       " (host_id, n, kind, key, since, facts)"
		       " VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
	[CLAIM_CLOSE] = "UPDATE claim SET until = ?3"
			" WHERE host_id = ?1 AND n = ?2",
	[HEARD_PUT] = "INSERT INTO heard (host_id, n, first_heard, last_heard,"
		      " expires, frames, dropped, malformed)"
		      " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)"
		      " ON CONFLICT (host_id, n) DO UPDATE SET"
		      " first_heard = ?3, last_heard = ?4, expires = ?5,"
		      " frames = ?6, dropped = ?7, malformed = ?8",
	[FRAME_PUT] = "INSERT INTO frame (host_id, n, octets)"
		      " VALUES (?1, ?2, ?3)"
		      " ON CONFLICT (host_id, n) DO UPDATE SET octets = ?3"
		      " WHERE octets <> ?3",
	[FRAME_GET] = "SELECT octets FROM frame"
		      " WHERE host_id = ?1 AND n = ?2",
};

struct sqlite_store {
	struct store store; /* first: a store is cast to its owner */
	sqlite3 *database;
	sqlite3_stmt *statements[STATEMENT_COUNT];
	int lock; /* of FILE.lock; -1: none */
};

static struct sqlite_store *
owner_of(struct store *s)
{
	return (struct sqlite_store *)(void *)s;
}

static enum status
status_of(int result)
{
	switch (result & 0xff) {
	case SQLITE_OK:
	case SQLITE_ROW:
	case SQLITE_DONE:
		return STATUS_OK;
	case SQLITE_NOMEM:
		return STATUS_NO_MEMORY;
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
		return STATUS_BUSY;
	case SQLITE_FULL:
		return STATUS_TOO_LARGE;
	case SQLITE_CONSTRAINT:
		return STATUS_CONFLICT;
	case SQLITE_PERM:
	case SQLITE_READONLY:
	case SQLITE_CANTOPEN:
		return STATUS_NOT_ALLOWED;
	default:
		return STATUS_SYSTEM;
	}
}

/* Notes what went wrong and makes the statement ready for its next use. */
static enum status
finish(struct sqlite_store *q, enum statement which, int result)
{
	enum status status = status_of(result);

	if (status != STATUS_OK)
		text_copy(q->store.error, sizeof(q->store.error),
		    sqlite3_errmsg(q->database));
	(void)sqlite3_reset(q->statements[which]);
	return status;
}

/* Binds by 'form': n a number (int64_t), t a text. */
static int
bind(struct sqlite_store *q, enum statement which, const char *form, ...)
{
	sqlite3_stmt *statement = q->statements[which];
	int result = SQLITE_OK;
	va_list values;

	va_start(values, form);
	for (int i = 1; *form && result == SQLITE_OK; form++, i++) {
		if (*form == 'n')
			result = sqlite3_bind_int64(
			    statement, i, va_arg(values, int64_t));
		else
			result = sqlite3_bind_text(statement, i,
			    va_arg(values, const char *), -1, SQLITE_STATIC);
	}
	va_end(values);
	return result;
}

/* Runs a statement that gives no rows; its values are bound. */
static enum status
run(struct sqlite_store *q, enum statement which, int bound)
{
	if (bound == SQLITE_OK)
		bound = sqlite3_step(q->statements[which]);
	return finish(q, which, bound);
}

static enum status
begin(struct store *s)
{
	return run(owner_of(s), BEGIN, SQLITE_OK);
}

static enum status
commit(struct store *s)
{
	return run(owner_of(s), COMMIT, SQLITE_OK);
}

static void
rollback(struct store *s)
{
	struct sqlite_store *q = owner_of(s);
	char error[STORE_ERROR_SIZE];

	if (sqlite3_get_autocommit(q->database))
		return;
	/* The reason for the rollback is what the caller wants to read. */
	text_copy(error, sizeof(error), s->error);
	if (run(q, ROLLBACK, SQLITE_OK) == STATUS_OK)
		text_copy(s->error, sizeof(s->error), error);
}

static const char *
column_text(sqlite3_stmt *statement, int column)
{
	const unsigned char *text = sqlite3_column_text(statement, column);

	return text ? (const char *)text : "";
}

static void
read_host(sqlite3_stmt *row, struct store_host *out)
{
	struct store_host h = {
		.host_id = sqlite3_column_int64(row, 0),
		.number = sqlite3_column_int64(row, 3),
		.next_n = sqlite3_column_int64(row, 4),
		.seen_at = sqlite3_column_int64(row, 5),
		.shift = sqlite3_column_int64(row, 6),
	};

	text_copy(h.machine_id, sizeof(h.machine_id), column_text(row, 1));
	text_copy(h.digest, sizeof(h.digest), column_text(row, 2));
	*out = h;
}

static enum status
host_get(struct store *s, int64_t host_id, struct store_host *out)
{
	struct sqlite_store *q = owner_of(s);
	int result = bind(q, HOST_GET, "n", host_id);

	if (result == SQLITE_OK)
		result = sqlite3_step(q->statements[HOST_GET]);
	if (result == SQLITE_ROW)
		read_host(q->statements[HOST_GET], out);
	if (finish(q, HOST_GET, result) != STATUS_OK)
		return status_of(result);
	return result == SQLITE_ROW ? STATUS_OK : STATUS_NOT_FOUND;
}

static enum status
host_put(struct store *s, const struct store_host *h)
{
	struct sqlite_store *q = owner_of(s);
	enum status status = run(q, HOST_PUT,
	    bind(q, HOST_PUT, "nttnn", h->host_id, h->machine_id, h->digest,
		h->number, h->next_n));

	if (status != STATUS_OK)
		return status;
	return run(q, SEEN_PUT,
	    bind(q, SEEN_PUT, "nnn", h->host_id, h->seen_at, h->shift));
}

static enum status
host_visit(struct store *s,
    void (*visit)(void *context, const struct store_host *h), void *context)
{
	struct sqlite_store *q = owner_of(s);
	sqlite3_stmt *rows = q->statements[HOST_LIST];
	int result;

	while ((result = sqlite3_step(rows)) == SQLITE_ROW) {
		struct store_host h;

		read_host(rows, &h);
		visit(context, &h);
	}
	return finish(q, HOST_LIST, result);
}

static enum claim_kind
kind_of(const char *name)
{
	enum claim_kind kind = CLAIM_HOST;

	while (kind < CLAIM_LAST && strcmp(claim_kind_name(kind), name) != 0)
		kind++;
	return kind;
}

static enum status
claim_visit(struct store *s, int64_t host_id,
    void (*visit)(void *context, const struct store_claim *c), void *context)
{
	struct sqlite_store *q = owner_of(s);
	sqlite3_stmt *row = q->statements[CLAIM_LIST];
	int result = bind(q, CLAIM_LIST, "n", host_id);

	while (result == SQLITE_OK || result == SQLITE_ROW) {
		struct store_claim c;

		result = sqlite3_step(row);
		if (result != SQLITE_ROW)
			break;
		c = (struct store_claim){
			.n = sqlite3_column_int64(row, 0),
			.kind = kind_of(column_text(row, 1)),
			.key = column_text(row, 2),
			.facts = column_text(row, 3),
			.since = sqlite3_column_int64(row, 4),
			.heard = {
			    .first_heard = sqlite3_column_int64(row, 5),
			    .last_heard = sqlite3_column_int64(row, 6),
			    .expires = sqlite3_column_int64(row, 7),
			    .frames = sqlite3_column_int64(row, 8),
			    .dropped = sqlite3_column_int64(row, 9),
			    .malformed = sqlite3_column_int64(row, 10),
			},
		};
		visit(context, &c);
	}
	return finish(q, CLAIM_LIST, result);
}

static enum status
heard_put(
    struct store *s, int64_t host_id, int64_t n, const struct heard *heard)
{
	struct sqlite_store *q = owner_of(s);

	return run(q, HEARD_PUT,
	    bind(q, HEARD_PUT, "nnnnnnnn", host_id, n, heard->first_heard,
		heard->last_heard, heard->expires, heard->frames,
		heard->dropped, heard->malformed));
}

static enum status
claim_open(struct store *s, int64_t host_id, const struct store_claim *c)
{
	struct sqlite_store *q = owner_of(s);
	enum status status = run(q, CLAIM_OPEN,
	    bind(q, CLAIM_OPEN, "nnttnt", host_id, c->n,
		claim_kind_name(c->kind), c->key, c->since, c->facts));

	if (status != STATUS_OK)
		return status;
	return heard_put(s, host_id, c->n, &c->heard);
}

static enum status
claim_close(struct store *s, int64_t host_id, int64_t n, int64_t until)
{
	struct sqlite_store *q = owner_of(s);

	return run(
	    q, CLAIM_CLOSE, bind(q, CLAIM_CLOSE, "nnn", host_id, n, until));
}

static enum status
frame_put(struct store *s, int64_t host_id, int64_t n, const char *base64)
{
	struct sqlite_store *q = owner_of(s);

	return run(q, FRAME_PUT, bind(q, FRAME_PUT, "nnt", host_id, n, base64));
}

static enum status
frame_get(struct store *s, int64_t host_id, int64_t n,
    void (*visit)(void *context, const char *base64), void *context)
{
	struct sqlite_store *q = owner_of(s);
	int result = bind(q, FRAME_GET, "nn", host_id, n);

	if (result == SQLITE_OK)
		result = sqlite3_step(q->statements[FRAME_GET]);
	if (result == SQLITE_ROW)
		visit(context, column_text(q->statements[FRAME_GET], 0));
	if (finish(q, FRAME_GET, result) != STATUS_OK)
		return status_of(result);
	return result == SQLITE_ROW ? STATUS_OK : STATUS_NOT_FOUND;
}

static void
close_store(struct store *s)
{
	struct sqlite_store *q;

	if (!s)
		return;
	q = owner_of(s);
	for (size_t i = 0; i < STATEMENT_COUNT; i++)
		(void)sqlite3_finalize(q->statements[i]);
	(void)sqlite3_close(q->database);
	/* The file stays: who removes it may remove another's. */
	if (q->lock >= 0)
		(void)close(q->lock);
	free(q);
}

static const struct store functions = {
	.begin = begin,
	.commit = commit,
	.rollback = rollback,
	.host_get = host_get,
	.host_put = host_put,
	.host_visit = host_visit,
	.claim_visit = claim_visit,
	.claim_open = claim_open,
	.claim_close = claim_close,
	.heard_put = heard_put,
	.frame_put = frame_put,
	.frame_get = frame_get,
	.close = close_store,
};

static int
read_version(void *context, int count, char **values, char **names)
{
	(void)names;
	if (count > 0 && values[0])
		*(int *)context = (int)strtol(values[0], NULL, 10);
	return 0;
}

/* Runs one numbered file and notes its number, both or neither. */
static int
migrate_one(sqlite3 *database, const struct embedded_file *file, int number)
{
	char note[64];
	int result = sqlite3_exec(database, "BEGIN", NULL, NULL, NULL);

	(void)snprintf(note, sizeof(note), "PRAGMA user_version=%d", number);
	if (result == SQLITE_OK)
		result = sqlite3_exec(
		    database, (const char *)file->octets, NULL, NULL, NULL);
	if (result == SQLITE_OK)
		result = sqlite3_exec(database, note, NULL, NULL, NULL);
	if (result == SQLITE_OK)
		result = sqlite3_exec(database, "COMMIT", NULL, NULL, NULL);
	return result;
}

static enum status
migrate(sqlite3 *database, const char *path, char *error)
{
	int version = 0, newest = 0;
	int result = sqlite3_exec(
	    database, "PRAGMA user_version", read_version, &version, NULL);

	for (size_t i = 0; embedded_sql[i].name && result == SQLITE_OK; i++) {
		newest = (int)strtol(embedded_sql[i].name, NULL, 10);
		if (newest > version)
			result =
			    migrate_one(database, &embedded_sql[i], newest);
	}
	if (result == SQLITE_OK && version > newest) {
		(void)snprintf(error, STORE_ERROR_SIZE,
		    "%s was written by a newer demarc (schema %d, this one "
		    "knows %d); install that version or name another database",
		    path, version, newest);
		return STATUS_NEWER;
	}
	return status_of(result);
}

static enum status
prepare(struct sqlite_store *q, const char *path, char *error)
{
	enum status status;
	char setup[160];
	int result;

	(void)snprintf(setup, sizeof(setup),
	    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
	    "PRAGMA foreign_keys=ON; PRAGMA wal_autocheckpoint=%d",
	    CHECKPOINT_PAGES);
	(void)sqlite3_busy_timeout(q->database, BUSY_TIMEOUT_MS);
	result = sqlite3_exec(q->database, setup, NULL, NULL, NULL);
	if (result != SQLITE_OK)
		return status_of(result);
	status = migrate(q->database, path, error);
	for (size_t i = 0; i < STATEMENT_COUNT && status == STATUS_OK; i++)
		status = status_of(sqlite3_prepare_v3(q->database, texts[i], -1,
		    SQLITE_PREPARE_PERSISTENT, &q->statements[i], NULL));
	return status;
}

enum status
store_sqlite_open(const char *path, struct store **out_store,
    char error[static STORE_ERROR_SIZE])
{
	struct sqlite_store *q = calloc(1, sizeof(*q));
	enum status status;

	text_copy(error, STORE_ERROR_SIZE, "");
	if (!q)
		return STATUS_NO_MEMORY;
	q->store = functions;
	q->lock = -1;
	status = store_lock(path, &q->lock, error);
	if (status == STATUS_OK)
		status = status_of(sqlite3_open_v2(path, &q->database,
		    SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE |
			SQLITE_OPEN_NOMUTEX,
		    NULL));
	if (status == STATUS_OK)
		status = prepare(q, path, error);
	if (status != STATUS_OK) {
		if (error[0] == '\0')
			(void)snprintf(error, STORE_ERROR_SIZE,
			    "cannot use the database %s: %s", path,
			    sqlite3_errmsg(q->database));
		close_store(&q->store);
		return status;
	}
	*out_store = &q->store;
	return STATUS_OK;
}
