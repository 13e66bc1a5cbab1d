#include "collector/token_file.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

enum { FILE_MODE = 0600 };

static enum status
fail(char *error, const char *path, const char *what)
{
	(void)snprintf(error, TOKEN_FILE_ERROR_SIZE,
	    "the token file %.120s: %s", path, what);
	return STATUS_NOT_ALLOWED;
}

static enum status
read_all(int fd, size_t size, struct buffer *out)
{
	buffer_init(out, TOKENS_SIZE_MOST);
	if (!buffer_reserve(out, size))
		return STATUS_TOO_LARGE;
	while (out->size < size) {
		ssize_t got =
		    read(fd, out->octets + out->size, size - out->size);

		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			break;
		out->size += (size_t)got;
	}
	if (out->octets)
		out->octets[out->size] = '\0';
	return STATUS_OK;
}

static enum status
read_tokens(
    int fd, size_t size, const char *path, struct tokens *out, char *error)
{
	CLEANUP(buffer_done) struct buffer text = { 0 };
	enum status status = read_all(fd, size, &text);
	size_t line = 0;

	if (status == STATUS_OK)
		status = tokens_read(out, buffer_string(&text), &line);
	if (status == STATUS_OK)
		return status;
	(void)fail(error, path, status_text(status));
	if (status == STATUS_CONFLICT)
		(void)fail(error, path, "two tokens have the same name");
	if (status == STATUS_MALFORMED)
		(void)snprintf(error, TOKEN_FILE_ERROR_SIZE,
		    "the token file %.120s: line %zu is none that "
		    "demarc-collector token wrote",
		    path, line);
	return status;
}

enum status
token_file_read(const char *path, struct tokens *out, struct stat *out_file,
    char error[static TOKEN_FILE_ERROR_SIZE])
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
	enum status status;
	struct stat file;

	*out_file = (struct stat){ .st_ino = 0 };
	error[0] = '\0';
	if (fd < 0 && errno == ENOENT)
		return STATUS_NOT_FOUND;
	if (fd < 0 || fstat(fd, &file) != 0) {
		status = fail(error, path, strerror(errno));
	} else if (!S_ISREG(file.st_mode)) {
		status = fail(error, path, "this is no file");
	} else if (file.st_mode & (S_IRWXG | S_IRWXO)) {
		status = fail(error, path,
		    "others may read or write it; chmod 600 makes it its "
		    "owner's alone");
	} else {
		status =
		    read_tokens(fd, (size_t)file.st_size, path, out, error);
		*out_file = file;
	}
	if (fd >= 0)
		(void)close(fd);
	return status;
}

bool
token_file_changed(const char *path, const struct stat *then)
{
	struct stat now;

	if (stat(path, &now) != 0)
		return then->st_ino != 0;
	return now.st_ino != then->st_ino || now.st_size != then->st_size ||
	       now.st_mode != then->st_mode ||
	       now.st_mtim.tv_sec != then->st_mtim.tv_sec ||
	       now.st_mtim.tv_nsec != then->st_mtim.tv_nsec;
}

int
token_file_lock(const char *path, char error[static TOKEN_FILE_ERROR_SIZE])
{
	char name[PATH_MAX];
	int length = snprintf(name, sizeof(name), "%s.lock", path);
	int lock;

	if (length < 0 || (size_t)length >= sizeof(name)) {
		(void)fail(error, path, "its path is too long");
		return -1;
	}
	lock = open(name, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, FILE_MODE);
	if (lock < 0 || flock(lock, LOCK_EX) != 0) {
		(void)fail(error, path, strerror(errno));
		if (lock >= 0)
			(void)close(lock);
		return -1;
	}
	return lock;
}

static bool
write_all(int fd, const struct buffer *text)
{
	size_t done = 0;

	while (done < text->size) {
		ssize_t wrote =
		    write(fd, text->octets + done, text->size - done);

		if (wrote < 0 && errno != EINTR)
			return false;
		done += wrote > 0 ? (size_t)wrote : 0;
	}
	return fsync(fd) == 0;
}

/* Root makes tokens for a collector that is not root: the file belongs to
 * whom its folder belongs. */
static bool
give_away(int fd, const char *path)
{
	char folder[PATH_MAX];
	const char *slash = strrchr(path, '/');
	struct stat there;

	(void)snprintf(folder, sizeof(folder), "%.*s",
	    slash ? (int)(slash - path) + 1 : 1, slash ? path : ".");
	return geteuid() != 0 || stat(folder, &there) != 0 ||
	       fchown(fd, there.st_uid, there.st_gid) == 0;
}

enum status
token_file_write(const char *path, const struct buffer *text,
    char error[static TOKEN_FILE_ERROR_SIZE])
{
	char name[PATH_MAX];
	int length = snprintf(name, sizeof(name), "%s.new", path);
	int fd;
	bool good;

	if (length < 0 || (size_t)length >= sizeof(name))
		return fail(error, path, "its path is too long");
	(void)unlink(name);
	fd = open(name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, FILE_MODE);
	if (fd < 0)
		return fail(error, path, strerror(errno));
	good = buffer_ok(text) && write_all(fd, text) && give_away(fd, path) &&
	       rename(name, path) == 0;
	if (!good) {
		(void)fail(error, path, strerror(errno));
		(void)unlink(name);
	}
	(void)close(fd);
	return good ? STATUS_OK : STATUS_SYSTEM;
}
