#include "vsphere/secret.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

enum status
secret_read(const char *path, char out[static SECRET_SIZE])
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t size;
	size_t length;

	if (fd < 0 && errno == ENOENT)
		return STATUS_NOT_FOUND;
	if (fd < 0)
		return errno == EACCES ? STATUS_NOT_ALLOWED : STATUS_SYSTEM;
	size = read(fd, out, SECRET_SIZE);
	close(fd);
	if (size < 0)
		return STATUS_SYSTEM;
	if (size == SECRET_SIZE)
		return STATUS_TOO_LARGE;
	out[size] = '\0';
	length = strcspn(out, "\r\n");
	out[length] = '\0';
	return length > 0 ? STATUS_OK : STATUS_TRUNCATED;
}
