#include "collector/engine_sqlite.h"

#include <sqlite3.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/text.h"
#include "collector/sqlite_tables.h"
#include "collector/store_lock.h"

enum {
	BUSY_TIMEOUT_MS = 5000, /* a backup may hold the lock for a moment */
	/* Pages of the log before it is copied back: measured best between
	 * 8000 and 40000 for fleets; 8000 is 32 MB. */
	CHECKPOINT_PAGES = 8000,
	/* The log may grow far beyond that while somebody reads for long; it
	 * is cut back to this. */
	LOG_SIZE_MOST = 64 * 1024 * 1024,
	PATH_SIZE_MOST = 4096
};

struct sqlite {
	struct engine engine; /* first: an engine is cast to its owner */
	sqlite3 *database;
	char path[PATH_SIZE_MOST]; /* or URI */
	const struct statements *statements;
	sqlite3_stmt **prepared;
	int lock; /* of FILE.lock; -1: none */
};

static struct sqlite *
owner_of(struct engine *e)
{
	return (struct sqlite *)(void *)e;
}

static enum status
note_result(struct sqlite *q, int result)
{
	enum status status = sqlite_status(result);

	if (status != STATUS_OK)
		text_copy(q->engine.error, sizeof(q->engine.error),
		    sqlite3_errmsg(q->database));
	return status;
}

/* ---- transactions ---------------------------------------------------------
 */

static enum status
execute(struct engine *e, const char *text)
{
	struct sqlite *q = owner_of(e);

	return note_result(
	    q, sqlite3_exec(q->database, text, NULL, NULL, NULL));
}

static enum status
begin(struct engine *e)
{
	return execute(e, "BEGIN IMMEDIATE");
}

static enum status
commit(struct engine *e)
{
	return execute(e, "COMMIT");
}

static void
rollback(struct engine *e)
{
	struct sqlite *q = owner_of(e);

	if (!sqlite3_get_autocommit(q->database))
		(void)sqlite3_exec(q->database, "ROLLBACK", NULL, NULL, NULL);
}

/* ---- statements -----------------------------------------------------------
 */

static int
bind_one(sqlite3_stmt *statement, int at, const struct value *v)
{
	switch (v->kind) {
	case VALUE_NUMBER:
		return sqlite3_bind_int64(statement, at, v->number);
	case VALUE_TEXT:
		return sqlite3_bind_text64(statement, at, v->octets, v->size,
		    SQLITE_STATIC, SQLITE_UTF8);
	case VALUE_OCTETS:
		return sqlite3_bind_blob64(
		    statement, at, v->octets, v->size, SQLITE_STATIC);
	case VALUE_NUMBERS:
	case VALUE_NONE:
	default:
		return sqlite3_bind_null(statement, at);
	}
}

static int
bind(struct sqlite *q, unsigned which, const struct value *values)
{
	const char *takes = q->statements->items[which].takes;
	int result = SQLITE_OK;

	for (int i = 0; takes[i] && result == SQLITE_OK; i++)
		result = bind_one(q->prepared[which], i + 1, &values[i]);
	return result;
}

static struct value
column(sqlite3_stmt *row, int at)
{
	struct value v = { .kind = VALUE_NONE };

	switch (sqlite3_column_type(row, at)) {
	case SQLITE_INTEGER:
		return value_number(sqlite3_column_int64(row, at));
	case SQLITE_TEXT:
		v.kind = VALUE_TEXT;
		v.octets = sqlite3_column_text(row, at);
		break;
	case SQLITE_BLOB:
		v.kind = VALUE_OCTETS;
		v.octets = sqlite3_column_blob(row, at);
		break;
	default:
		return v;
	}
	v.size = (size_t)sqlite3_column_bytes(row, at);
	if (!v.octets) /* no memory, or no octets */
		v.octets = "";
	return v;
}

static enum status
query(struct engine *e, unsigned which, const struct value *values,
    engine_visit *visit, void *context)
{
	struct sqlite *q = owner_of(e);
	sqlite3_stmt *rows = q->prepared[which];
	struct value row[ENGINE_COLUMNS_MOST];
	int count = sqlite3_column_count(rows);
	int result = bind(q, which, values);
	enum status status;

	if (result == SQLITE_OK)
		result = sqlite3_step(rows);
	for (; result == SQLITE_ROW; result = sqlite3_step(rows)) {
		for (int i = 0; i < count; i++)
			row[i] = column(rows, i);
		visit(context, row);
	}
	status = note_result(q, result);
	(void)sqlite3_reset(rows);
	return status;
}

static enum status
run(struct engine *e, unsigned which, const struct value *values)
{
	struct sqlite *q = owner_of(e);
	int result = bind(q, which, values);
	enum status status;

	if (result == SQLITE_OK)
		result = sqlite3_step(q->prepared[which]);
	status = note_result(q, result);
	(void)sqlite3_reset(q->prepared[which]);
	return status;
}

static bool
is_well_formed(sqlite3_stmt *prepared, const char *takes)
{
	int count = sqlite3_bind_parameter_count(prepared);
	char name[8];

	if (count != (int)strlen(takes) ||
	    sqlite3_column_count(prepared) > ENGINE_COLUMNS_MOST)
		return false;
	for (int i = 1; i <= count; i++) {
		(void)snprintf(name, sizeof(name), "$%d", i);
		if (strcmp(sqlite3_bind_parameter_name(prepared, i), name) != 0)
			return false;
	}
	return true;
}

static enum status
prepare_all(struct sqlite *q, char *error)
{
	int result = SQLITE_OK;

	q->prepared = calloc(q->statements->count, sizeof(sqlite3_stmt *));
	if (!q->prepared)
		return STATUS_NO_MEMORY;
	for (size_t i = 0; i < q->statements->count; i++) {
		const struct statement *s = &q->statements->items[i];

		if (s->shared)
			continue;
		result = sqlite3_prepare_v3(q->database, s->text, -1,
		    SQLITE_PREPARE_PERSISTENT, &q->prepared[i], NULL);
		if (result != SQLITE_OK)
			return sqlite_status(result);
		if (is_well_formed(q->prepared[i], s->takes))
			continue;
		(void)snprintf(error, ENGINE_ERROR_SIZE,
		    "this statement does not take \"%s\" as $1 to $n, or "
		    "gives too much: %.150s",
		    s->takes, s->text);
		return STATUS_MALFORMED;
	}
	return STATUS_OK;
}

/* Nobody else writes to the file. */
static bool
again(struct engine *e)
{
	(void)e;
	return false;
}

/* ---- the file --------------------------------------------------------------
 */

static int
read_number(void *context, int count, char **values, char **names)
{
	(void)names;
	if (count > 0 && values[0])
		*(int64_t *)context = strtoll(values[0], NULL, 10);
	return 0;
}

static enum status
ask_number(struct sqlite *q, const char *text, int64_t *out)
{
	*out = 0;
	return note_result(
	    q, sqlite3_exec(q->database, text, read_number, out, NULL));
}

static enum status
size(struct engine *e, struct engine_size *out)
{
	struct sqlite *q = owner_of(e);
	int64_t page, pages, unused;
	enum status status = ask_number(q, "PRAGMA page_size", &page);

	if (status == STATUS_OK)
		status = ask_number(q, "PRAGMA page_count", &pages);
	if (status == STATUS_OK)
		status = ask_number(q, "PRAGMA freelist_count", &unused);
	if (status == STATUS_OK)
		*out = (struct engine_size){ pages * page, unused * page };
	return status;
}

static enum status
compact(struct engine *e, unsigned pages)
{
	char text[48];

	(void)snprintf(
	    text, sizeof(text), "PRAGMA incremental_vacuum(%u)", pages);
	return execute(e, text);
}

/* ---- life -----------------------------------------------------------------
 */

static void
close_engine(struct engine *e)
{
	struct sqlite *q = owner_of(e);

	for (size_t i = 0; q->prepared && i < q->statements->count; i++)
		(void)sqlite3_finalize(q->prepared[i]);
	free(q->prepared);
	(void)sqlite3_close(q->database);
	/* The file stays: who removes it may remove another's. */
	if (q->lock >= 0)
		(void)close(q->lock);
	free(q);
}

static enum status reader(struct engine *e, struct engine **out,
    char error[static ENGINE_ERROR_SIZE]);

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

static struct sqlite *
new_sqlite(const char *path, const struct statements *lent_statements)
{
	struct sqlite *q = calloc(1, sizeof(*q));

	if (!q)
		return NULL;
	q->engine = functions;
	q->lock = -1;
	q->statements = lent_statements;
	text_copy(q->path, sizeof(q->path), path);
	return q;
}

static enum status
connect(struct sqlite *q, int flags)
{
	int result = sqlite3_open_v2(q->path, &q->database,
	    flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_URI, NULL);

	(void)sqlite3_busy_timeout(q->database, BUSY_TIMEOUT_MS);
	return sqlite_status(result);
}

/* Makes it the caller's, or frees it and says why. */
static enum status
end_open(struct sqlite *q, enum status status, struct engine **out, char *error)
{
	if (status == STATUS_OK) {
		*out = &q->engine;
		return STATUS_OK;
	}
	if (error[0] == '\0')
		(void)snprintf(error, ENGINE_ERROR_SIZE,
		    "cannot use the database %.100s: %.100s", q->path,
		    sqlite3_errmsg(q->database));
	close_engine(&q->engine);
	return status;
}

static enum status
reader(
    struct engine *e, struct engine **out, char error[static ENGINE_ERROR_SIZE])
{
	struct sqlite *of = owner_of(e);
	struct sqlite *q = new_sqlite(of->path, of->statements);
	enum status status;

	text_copy(error, ENGINE_ERROR_SIZE, "");
	if (!q)
		return STATUS_NO_MEMORY;
	status = connect(q, SQLITE_OPEN_READWRITE);
	/* Read-only would need a log that somebody else keeps open. */
	if (status == STATUS_OK)
		status = execute(&q->engine, "PRAGMA query_only=ON");
	if (status == STATUS_OK)
		status = prepare_all(q, error);
	return end_open(q, status, out, error);
}

static enum status
set_up(struct sqlite *q, const char *path, char *error)
{
	enum status status;
	char setup[200];

	(void)snprintf(setup, sizeof(setup),
	    "PRAGMA auto_vacuum=INCREMENTAL; PRAGMA journal_mode=WAL;"
	    "PRAGMA synchronous=FULL; PRAGMA wal_autocheckpoint=%d;"
	    "PRAGMA journal_size_limit=%d",
	    CHECKPOINT_PAGES, LOG_SIZE_MOST);
	status = execute(&q->engine, setup);
	if (status == STATUS_OK)
		status = sqlite_tables_make(q->database, path, error);
	return status == STATUS_OK ? prepare_all(q, error) : status;
}

/* Where a reader finds it too: each ":memory:" has a name of its own. */
static void
name_memory(struct sqlite *q)
{
	static atomic_uint number;

	(void)snprintf(q->path, sizeof(q->path), "file:/demarc-%u?vfs=memdb",
	    atomic_fetch_add(&number, 1));
}

enum status
engine_sqlite_open(const char *path, const struct statements *lent_statements,
    struct engine **out, char error[static ENGINE_ERROR_SIZE])
{
	struct sqlite *q;
	enum status status;

	text_copy(error, ENGINE_ERROR_SIZE, "");
	if (strlen(path) >= PATH_SIZE_MOST) {
		text_copy(error, ENGINE_ERROR_SIZE,
		    "the path of the database is too long");
		return STATUS_TOO_LARGE;
	}
	q = new_sqlite(path, lent_statements);
	if (!q)
		return STATUS_NO_MEMORY;
	status = store_lock(path, &q->lock, error);
	if (strcmp(path, ":memory:") == 0)
		name_memory(q);
	if (status == STATUS_OK)
		status = connect(q, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
	if (status == STATUS_OK)
		status = set_up(q, path, error);
	return end_open(q, status, out, error);
}
