#include "collector/backup_command.h"

#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "collector/backup.h"
#include "collector/store.h"
#include "collector/store_lock.h"

enum { EXIT_WRONG_USE = 2 };

static int
fail(const char *error)
{
	fprintf(stderr, "demarc-collector: %s\n", error);
	return EXIT_FAILURE;
}

static void
print_counts(const char *file, const char *what, const struct backup_counts *c)
{
	time_t at = (time_t)c->newest;
	struct tm utc;
	char text[32] = "never";

	if (c->newest > 0 && gmtime_r(&at, &utc))
		(void)strftime(text, sizeof(text), "%Y-%m-%dT%H:%M:%SZ", &utc);
	printf("%s is %s: schema %" PRId64 ", %" PRId64 " hosts, %" PRId64
	       " claims, %" PRId64 " of the past, last heard %s\n",
	    file, what, c->version, c->hosts, c->claims, c->past, text);
}

static int
make(const char *database, const char *file)
{
	char error[BACKUP_ERROR_SIZE];

	if (backup_make(database, file, error) != STATUS_OK)
		return fail(error);
	printf("%s is a backup of %s\n", file, database);
	return EXIT_SUCCESS;
}

static int
check(const char *file)
{
	char error[BACKUP_ERROR_SIZE];
	struct backup_counts counts;

	if (backup_check(file, &counts, error) != STATUS_OK)
		return fail(error);
	print_counts(file, "sound", &counts);
	return EXIT_SUCCESS;
}

/* The log of another database would be played into the one that comes. */
static bool
is_free(const char *database, char *error)
{
	static const char *const ends[] = { "", "-wal", "-shm", "-journal" };

	for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++) {
		char path[PATH_MAX];

		(void)snprintf(path, sizeof(path), "%s%s", database, ends[i]);
		if (access(path, F_OK) != 0)
			continue;
		(void)snprintf(error, BACKUP_ERROR_SIZE,
		    "%.180s is there already; move it away first", path);
		return false;
	}
	return true;
}

static int
restore(const char *database, const char *file)
{
	char error[BACKUP_ERROR_SIZE];
	struct backup_counts counts;
	int lock = -1, result = EXIT_FAILURE;

	_Static_assert((int)BACKUP_ERROR_SIZE >= (int)ENGINE_ERROR_SIZE, "");
	if (backup_check(file, &counts, error) == STATUS_OK &&
	    store_lock(database, &lock, error) == STATUS_OK &&
	    is_free(database, error) &&
	    backup_make(file, database, error) == STATUS_OK)
		result = EXIT_SUCCESS;
	if (lock >= 0)
		(void)close(lock);
	if (result != EXIT_SUCCESS)
		return fail(error);
	print_counts(database, "restored", &counts);
	return EXIT_SUCCESS;
}

bool
backup_is_command(const char *word)
{
	return strcmp(word, "backup") == 0 || strcmp(word, "check") == 0 ||
	       strcmp(word, "restore") == 0;
}

int
backup_command(const char *database, char *const *words)
{
	bool checks = strcmp(words[0], "check") == 0;
	const char *file = words[1] || !checks ? words[1] : database;

	/* As the collector itself: for its owner and group. */
	(void)umask(027);
	if (!file || (words[1] && words[2])) {
		fprintf(stderr,
		    "demarc-collector: say backup FILE, check [FILE] or "
		    "restore FILE\n");
		return EXIT_WRONG_USE;
	}
	if (!store_is_file(database)) {
		fprintf(stderr,
		    "demarc-collector: this database is PostgreSQL's; "
		    "pg_dump and pg_restore copy it\n");
		return EXIT_WRONG_USE;
	}
	if (checks)
		return check(file);
	return words[0][0] == 'b' ? make(database, file)
				  : restore(database, file);
}
