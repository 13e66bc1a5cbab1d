#include "collector/sqlite_tables.h"

#include <stdio.h>
#include <stdlib.h>

#include "collector/embedded.h"
#include "collector/shorthand.h"
#include "report/base64.h"

enum { PIECE_SIZE_MOST = 16 * 1024 * 1024, VACUUM_INCREMENTAL = 2 };

enum status
sqlite_status(int result)
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

/* ---- what the files call ---------------------------------------------------
 */

static const char *
argument(sqlite3_value *value)
{
	const unsigned char *text = sqlite3_value_text(value);

	return text ? (const char *)text : "";
}

static void
give(sqlite3_context *call, struct buffer *octets)
{
	if (buffer_ok(octets))
		sqlite3_result_blob64(call, buffer_string(octets), octets->size,
		    SQLITE_TRANSIENT);
	else
		sqlite3_result_error_nomem(call);
	buffer_done(octets);
}

static void
call_shorthand(sqlite3_context *call, int count, sqlite3_value **values)
{
	const struct shorthand *s = sqlite3_user_data(call);
	struct buffer octets;

	(void)count;
	buffer_init(&octets, PIECE_SIZE_MOST);
	shorthand_write(s, argument(values[0]), argument(values[1]), &octets);
	give(call, &octets);
}

/* NULL for NULL; what is none ends where it is none. */
static void
call_base64(sqlite3_context *call, int count, sqlite3_value **values)
{
	struct buffer octets;

	(void)count;
	if (sqlite3_value_type(values[0]) == SQLITE_NULL)
		return;
	buffer_init(&octets, PIECE_SIZE_MOST);
	(void)base64_read(&octets, argument(values[0]));
	give(call, &octets);
}

static int
add_functions(sqlite3 *database, struct shorthand *lent)
{
	int result;

	shorthand_init(lent);
	result = sqlite3_create_function_v2(database, "shorthand", 2,
	    SQLITE_UTF8, lent, call_shorthand, NULL, NULL, NULL);
	if (result == SQLITE_OK)
		result = sqlite3_create_function_v2(database, "base64_octets",
		    1, SQLITE_UTF8, NULL, call_base64, NULL, NULL, NULL);
	return result;
}

/* 'lent' goes; nothing calls them from now on. */
static void
remove_functions(sqlite3 *database)
{
	(void)sqlite3_create_function_v2(database, "shorthand", 2, SQLITE_UTF8,
	    NULL, NULL, NULL, NULL, NULL);
	(void)sqlite3_create_function_v2(database, "base64_octets", 1,
	    SQLITE_UTF8, NULL, NULL, NULL, NULL, NULL);
}

/* ---- the files -------------------------------------------------------------
 */

static int
read_number(void *context, int count, char **values, char **names)
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
	    database, "PRAGMA user_version", read_number, &version, NULL);

	for (size_t i = 0; embedded_sql[i].name && result == SQLITE_OK; i++) {
		newest = (int)strtol(embedded_sql[i].name, NULL, 10);
		if (newest > version)
			result =
			    migrate_one(database, &embedded_sql[i], newest);
	}
	if (result == SQLITE_OK && version > newest) {
		(void)snprintf(error, ENGINE_ERROR_SIZE,
		    "%s was written by a newer demarc (schema %d, this one "
		    "knows %d); install that version or name another database",
		    path, version, newest);
		return STATUS_NEWER;
	}
	return sqlite_status(result);
}

/* So that a file can shrink: the first table of a new one settles it, another
 * is written anew, once, and becomes as small as it may be. */
static int
make_shrinkable(sqlite3 *database)
{
	int vacuum = 0;
	int result = sqlite3_exec(
	    database, "PRAGMA auto_vacuum", read_number, &vacuum, NULL);

	if (result != SQLITE_OK || vacuum == VACUUM_INCREMENTAL)
		return result;
	return sqlite3_exec(database, "PRAGMA auto_vacuum=INCREMENTAL; VACUUM",
	    NULL, NULL, NULL);
}

enum status
sqlite_tables_make(
    sqlite3 *database, const char *path, char error[static ENGINE_ERROR_SIZE])
{
	struct shorthand shorthand;
	enum status status = sqlite_status(add_functions(database, &shorthand));

	if (status == STATUS_OK)
		status = migrate(database, path, error);
	remove_functions(database);
	if (status == STATUS_OK)
		status = sqlite_status(make_shrinkable(database));
	return status;
}
