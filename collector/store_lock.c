#include "collector/store_lock.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/text.h"

static enum status
take(int lock, const char *path, char *error)
{
	if (flock(lock, LOCK_EX | LOCK_NB) == 0)
		return STATUS_OK;
	if (errno == EWOULDBLOCK) {
		(void)snprintf(error, ENGINE_ERROR_SIZE,
		    "another demarc-collector uses the database %.80s; stop "
		    "it, or name another file with --database",
		    path);
		return STATUS_BUSY;
	}
	(void)snprintf(error, ENGINE_ERROR_SIZE,
	    "cannot lock the database %.80s: %.80s", path, strerror(errno));
	return STATUS_SYSTEM;
}

/* Of the database, one level, for its owner and group. */
static void
make_directory(const char *path)
{
	char directory[PATH_MAX];
	char *slash;

	text_copy(directory, sizeof(directory), path);
	slash = strrchr(directory, '/');
	if (!slash || slash == directory)
		return;
	*slash = '\0';
	(void)mkdir(directory, 0750);
}

enum status
store_lock(
    const char *path, int *out_lock, char error[static ENGINE_ERROR_SIZE])
{
	char name[PATH_MAX];
	int length = snprintf(name, sizeof(name), "%s.lock", path);
	enum status status;
	int lock;

	*out_lock = -1;
	if (strcmp(path, ":memory:") == 0)
		return STATUS_OK;
	if (length < 0 || (size_t)length >= sizeof(name)) {
		(void)snprintf(error, ENGINE_ERROR_SIZE,
		    "the path of the database is too long");
		return STATUS_TOO_LARGE;
	}
	make_directory(path);
	lock = open(name, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0640);
	if (lock < 0) {
		(void)snprintf(error, ENGINE_ERROR_SIZE,
		    "cannot use the database %.80s: its lock %.80s: %.50s",
		    path, name, strerror(errno));
		return STATUS_NOT_ALLOWED;
	}
	status = take(lock, path, error);
	if (status == STATUS_OK)
		*out_lock = lock;
	else
		(void)close(lock);
	return status;
}
