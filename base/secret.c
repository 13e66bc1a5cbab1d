#include "base/secret.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static enum status
read_line(int fd, char out[static SECRET_SIZE])
{
	ssize_t size = read(fd, out, SECRET_SIZE);
	size_t length;

	if (size < 0)
		return STATUS_SYSTEM;
	if (size == SECRET_SIZE)
		return STATUS_TOO_LARGE;
	out[size] = '\0';
	length = strcspn(out, "\r\n");
	out[length] = '\0';
	return length > 0 ? STATUS_OK : STATUS_TRUNCATED;
}

static enum status
read_file(const char *path, bool private, char out[static SECRET_SIZE])
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	enum status status = STATUS_CONFLICT;
	struct stat file;

	if (fd < 0 && errno == ENOENT)
		return STATUS_NOT_FOUND;
	if (fd < 0)
		return errno == EACCES ? STATUS_NOT_ALLOWED : STATUS_SYSTEM;
	if (private && fstat(fd, &file) != 0)
		status = STATUS_SYSTEM;
	else if (!private || !(file.st_mode & S_IRWXO))
		status = read_line(fd, out);
	close(fd);
	return status;
}

enum status
secret_read(const char *path, char out[static SECRET_SIZE])
{
	return read_file(path, false, out);
}

enum status
secret_read_token(const char *path, char out[static SECRET_SIZE],
    char error[static SECRET_ERROR_SIZE])
{
	enum status status = read_file(path, true, out);
	const char *why =
	    status == STATUS_SYSTEM ? strerror(errno) : status_text(status);

	if (status == STATUS_CONFLICT)
		why = "everybody may read it; chmod o= keeps it secret";
	if (status == STATUS_TRUNCATED)
		why = "its first line is empty";
	/* A header is one line, and a token has no other characters. */
	if (status == STATUS_OK && out[strcspn(out, " \t\x7f")] != '\0') {
		status = STATUS_MALFORMED;
		why = "its first line is no token";
	}
	if (status != STATUS_OK)
		(void)snprintf(error, SECRET_ERROR_SIZE,
		    "token_file %.120s cannot be used: %s", path, why);
	return status;
}

bool
secret_may_go_to(const char *address)
{
	static const char *const own[] = { "http://127.0.0.1", "http://[::1]",
		"http://localhost" };

	if (strncmp(address, "https://", 8) == 0 ||
	    strncmp(address, "unix:", 5) == 0)
		return true;
	/* "http://localhost:x@elsewhere/" goes elsewhere. */
	if (strchr(address, '@'))
		return false;
	for (size_t i = 0; i < sizeof(own) / sizeof(own[0]); i++) {
		size_t length = strlen(own[i]);

		if (strncmp(address, own[i], length) == 0 &&
		    (address[length] == '\0' || address[length] == ':' ||
			address[length] == '/'))
			return true;
	}
	return false;
}
