#include "collector/ticket_file.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

enum { FILE_MODE = 0600 };

static enum status
fail(char *error, const char *path, const char *what)
{
	(void)snprintf(error, TICKET_FILE_ERROR_SIZE,
	    "the key of TLS tickets %.120s: %s", path, what);
	return STATUS_NOT_ALLOWED;
}

static bool
write_new(int fd)
{
	uint8_t key[TICKET_KEY_SIZE];
	bool good = getrandom(key, sizeof(key), 0) == sizeof(key) &&
		    write(fd, key, sizeof(key)) == sizeof(key) &&
		    fsync(fd) == 0;

	explicit_bzero(key, sizeof(key));
	return good;
}

/* Of two collectors that make one at the same time, the first wins: a file of
 * that name is whole from the beginning. */
static enum status
make(const char *path, char *error)
{
	char name[PATH_MAX];
	int length =
	    snprintf(name, sizeof(name), "%s.%ld", path, (long)getpid());
	int fd;
	bool good;

	if (length < 0 || (size_t)length >= sizeof(name))
		return fail(error, path, "its path is too long");
	(void)unlink(name);
	fd = open(name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, FILE_MODE);
	if (fd < 0)
		return fail(error, path, strerror(errno));
	good = write_new(fd) && (link(name, path) == 0 || errno == EEXIST);
	if (!good)
		(void)fail(error, path, strerror(errno));
	(void)close(fd);
	(void)unlink(name);
	return good ? STATUS_OK : STATUS_NOT_ALLOWED;
}

static enum status
read_key(
    int fd, const char *path, uint8_t out[static TICKET_KEY_SIZE], char *error)
{
	uint8_t key[TICKET_KEY_SIZE + 1];
	struct stat file;
	ssize_t size;

	if (fstat(fd, &file) != 0)
		return fail(error, path, strerror(errno));
	if (!S_ISREG(file.st_mode))
		return fail(error, path, "this is no file");
	if (file.st_mode & (S_IRWXG | S_IRWXO))
		return fail(error, path,
		    "others may read or write it; chmod 600 makes it its "
		    "owner's alone");
	size = read(fd, key, sizeof(key));
	if (size == TICKET_KEY_SIZE)
		memcpy(out, key, TICKET_KEY_SIZE);
	explicit_bzero(key, sizeof(key));
	return size == TICKET_KEY_SIZE
		   ? STATUS_OK
		   : fail(error, path,
			 "it has not 64 octets; without it a new one is made");
}

enum status
ticket_file_get(const char *path, uint8_t out[static TICKET_KEY_SIZE],
    char error[static TICKET_FILE_ERROR_SIZE])
{
	enum { FLAGS = O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK };
	enum status status = STATUS_OK;
	int fd = open(path, FLAGS);

	if (fd < 0 && errno == ENOENT) {
		status = make(path, error);
		if (status != STATUS_OK)
			return status;
		fd = open(path, FLAGS);
	}
	if (fd < 0)
		return fail(error, path, strerror(errno));
	status = read_key(fd, path, out, error);
	(void)close(fd);
	return status;
}
