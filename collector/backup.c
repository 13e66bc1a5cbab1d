#include "collector/backup.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <sqlite3.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/text.h"
#include "collector/embedded.h"

enum {
	BUSY_TIMEOUT_MS = 5000,
	STEP_PAGES = 1024 /* 4 MB at a time */
};

static enum status
fail(char *error, enum status status, const char *path, const char *why)
{
	(void)snprintf(error, BACKUP_ERROR_SIZE, "%.120s: %.100s", path, why);
	return status;
}

/* ---- the copy ------------------------------------------------------------ */

/* What reading it saw stays so until the end, whoever writes meanwhile. */
static const char hold[] = "BEGIN; SELECT count(*) FROM sqlite_schema";

static int
copy_pages(sqlite3 *from, sqlite3 *to)
{
	sqlite3_backup *copy;
	int result = sqlite3_exec(from, hold, NULL, NULL, NULL);

	if (result != SQLITE_OK)
		return result;
	copy = sqlite3_backup_init(to, "main", from, "main");
	if (!copy)
		return sqlite3_errcode(to);
	do
		result = sqlite3_backup_step(copy, STEP_PAGES);
	while (result == SQLITE_OK);
	result = sqlite3_backup_finish(copy);
	/* One file that needs no log beside it, not even to be read. */
	return result == SQLITE_OK
		   ? sqlite3_exec(
			 to, "PRAGMA journal_mode = DELETE", NULL, NULL, NULL)
		   : result;
}

static enum status
copy_database(const char *database, const char *file, char *error)
{
	sqlite3 *from = NULL, *to = NULL;
	int result =
	    sqlite3_open_v2(database, &from, SQLITE_OPEN_READONLY, NULL);
	enum status status = STATUS_OK;

	(void)sqlite3_busy_timeout(from, BUSY_TIMEOUT_MS);
	if (result != SQLITE_OK)
		status = fail(
		    error, STATUS_NOT_FOUND, database, sqlite3_errmsg(from));
	if (status == STATUS_OK &&
	    sqlite3_open_v2(file, &to,
		SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, NULL) != SQLITE_OK)
		status =
		    fail(error, STATUS_NOT_ALLOWED, file, sqlite3_errmsg(to));
	if (status == STATUS_OK) {
		result = copy_pages(from, to);
		if (result != SQLITE_OK)
			status = fail(
			    error, STATUS_SYSTEM, file, sqlite3_errstr(result));
	}
	if (sqlite3_close(to) != SQLITE_OK && status == STATUS_OK)
		status = STATUS_SYSTEM;
	(void)sqlite3_close(from);
	return status;
}

static bool
is_synced(const char *path, int flags)
{
	int fd = open(path, flags | O_CLOEXEC);
	bool good = fd >= 0 && fsync(fd) == 0;

	if (fd >= 0)
		(void)close(fd);
	return good;
}

/* Gives the copy its name, unless something has it. */
static enum status
publish(const char *partial, const char *file, char *error)
{
	char directory[PATH_MAX];
	char *slash;

	text_copy(directory, sizeof(directory), file);
	slash = strrchr(directory, '/');
	if (slash)
		slash[slash == directory] = '\0';
	else
		text_copy(directory, sizeof(directory), ".");
	if (!is_synced(partial, O_RDONLY) || link(partial, file) != 0)
		return fail(error,
		    errno == EEXIST ? STATUS_NOT_ALLOWED : STATUS_SYSTEM, file,
		    errno == EEXIST ? "it is there already" : strerror(errno));
	(void)unlink(partial);
	if (!is_synced(directory, O_RDONLY | O_DIRECTORY))
		return fail(error, STATUS_SYSTEM, directory, strerror(errno));
	return STATUS_OK;
}

/* By errno. */
static enum status
fail_to_begin(const char *partial, const char *file, char *error)
{
	if (errno == EEXIST)
		return fail(error, STATUS_NOT_ALLOWED, partial,
		    "it is left of a backup that was ended; if none is being "
		    "made, remove it");
	return fail(error, STATUS_NOT_ALLOWED, file,
	    errno == ENOENT ? "its directory does not exist" : strerror(errno));
}

enum status
backup_make(const char *database, const char *file,
    char error[static BACKUP_ERROR_SIZE])
{
	char partial[PATH_MAX];
	enum status status;
	int length = snprintf(partial, sizeof(partial), "%s.partial", file);
	int fd;

	if (length < 0 || (size_t)length >= sizeof(partial))
		return fail(error, STATUS_TOO_LARGE, file, "it is too long");
	if (access(file, F_OK) == 0)
		return fail(
		    error, STATUS_NOT_ALLOWED, file, "it is there already");
	fd = open(
	    partial, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0640);
	if (fd < 0)
		return fail_to_begin(partial, file, error);
	(void)close(fd);
	status = copy_database(database, partial, error);
	if (status == STATUS_OK)
		status = publish(partial, file, error);
	if (status != STATUS_OK)
		(void)unlink(partial);
	return status;
}

/* ---- the check ------------------------------------------------------------
 */

static int
read_number(void *context, int count, char **values, char **names)
{
	(void)names;
	*(int64_t *)context =
	    count > 0 && values[0] ? strtoll(values[0], NULL, 10) : 0;
	return 0;
}

static int
read_text(void *context, int count, char **values, char **names)
{
	(void)names;
	text_copy(context, BACKUP_ERROR_SIZE,
	    count > 0 && values[0] ? values[0] : "");
	return 0;
}

static int
newest_version(void)
{
	int newest = 0;

	for (size_t i = 0; embedded_sql[i].name; i++)
		newest = (int)strtol(embedded_sql[i].name, NULL, 10);
	return newest;
}

/* One number each, and what one that is not 0 would mean; NULL: no harm. */
struct question {
	const char *sql;
	size_t to; /* in struct backup_counts */
	const char *wrong;
};

#define TO(member) offsetof(struct backup_counts, member)
static const struct question questions[] = {
	{ "SELECT count(*) FROM claim WHERE host_id NOT IN"
	  " (SELECT host_id FROM host)",
	    TO(newest), "a claim has no host" },
	{ "SELECT count(*) FROM heard h LEFT JOIN claim c"
	  " ON c.host_id = h.host_id AND c.n = h.n WHERE c.n IS NULL",
	    TO(newest), "what was heard has no claim" },
	{ "SELECT count(*) FROM frame f LEFT JOIN claim c"
	  " ON c.host_id = f.host_id AND c.n = f.n WHERE c.n IS NULL",
	    TO(newest), "a frame has no claim" },
	{ "SELECT count(*) FROM claim c JOIN host h"
	  " ON h.host_id = c.host_id WHERE c.n >= h.next_n",
	    TO(newest), "a claim has a number of the future" },
	{ "SELECT count(*) FROM claim", TO(claims), NULL },
	{ "SELECT count(*) FROM past", TO(past), NULL },
	{ "SELECT max(seen_at) FROM host", TO(newest), NULL },
	{ NULL, 0, NULL },
};
/* Of any version. */
static const struct question first_questions[] = {
	{ "SELECT count(*) FROM host", TO(hosts), NULL },
	{ NULL, 0, NULL },
};

static enum status
ask_all(sqlite3 *database, const char *file, const struct question *all,
    struct backup_counts *out, char *error)
{
	for (const struct question *q = all; q->sql; q++) {
		int64_t number = 0;

		if (sqlite3_exec(database, q->sql, read_number, &number,
			NULL) != SQLITE_OK)
			return fail(error, STATUS_MALFORMED, file,
			    sqlite3_errmsg(database));
		if (q->wrong && number != 0)
			return fail(error, STATUS_MALFORMED, file, q->wrong);
		memcpy((char *)out + q->to, &number, sizeof(number));
	}
	return STATUS_OK;
}

static enum status
check(
    sqlite3 *database, const char *file, struct backup_counts *out, char *error)
{
	char said[BACKUP_ERROR_SIZE] = "";
	enum status status;

	if (sqlite3_exec(database, "PRAGMA user_version", read_number,
		&out->version, NULL) != SQLITE_OK)
		return fail(
		    error, STATUS_MALFORMED, file, sqlite3_errmsg(database));
	if (out->version < 1)
		return fail(error, STATUS_MALFORMED, file,
		    "it is no database of demarc");
	if (out->version > newest_version())
		return fail(error, STATUS_NEWER, file,
		    "it was written by a newer demarc");
	if (sqlite3_exec(database, "PRAGMA integrity_check(1)", read_text, said,
		NULL) != SQLITE_OK)
		return fail(
		    error, STATUS_MALFORMED, file, sqlite3_errmsg(database));
	if (strcmp(said, "ok") != 0)
		return fail(error, STATUS_MALFORMED, file, said);
	status = ask_all(database, file, first_questions, out, error);
	if (status == STATUS_OK && out->version == newest_version())
		status = ask_all(database, file, questions, out, error);
	return status;
}

enum status
backup_check(const char *file, struct backup_counts *out,
    char error[static BACKUP_ERROR_SIZE])
{
	sqlite3 *database = NULL;
	struct backup_counts counts = { 0 };
	enum status status = STATUS_OK;

	if (access(file, R_OK) != 0)
		return fail(error, STATUS_NOT_FOUND, file, strerror(errno));
	if (sqlite3_open_v2(file, &database, SQLITE_OPEN_READONLY, NULL) !=
	    SQLITE_OK)
		status = fail(
		    error, STATUS_NOT_ALLOWED, file, sqlite3_errmsg(database));
	(void)sqlite3_busy_timeout(database, BUSY_TIMEOUT_MS);
	if (status == STATUS_OK)
		status = check(database, file, &counts, error);
	(void)sqlite3_close(database);
	if (status == STATUS_OK)
		*out = counts;
	return status;
}
