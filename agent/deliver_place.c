#include "agent/deliver_place.h"

#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { TEXT_SIZE = 1200, FILE_MODE = 0640 };

static const char NAME[] = "collector";
static const char TEMPORARY[] = "collector.new";

/* "MILLISECONDS ADDRESS\n" */
static bool
read_text(const struct spool *spool, char out[static TEXT_SIZE])
{
	int fd = openat(spool->directory, NAME, O_RDONLY | O_CLOEXEC);
	ssize_t size;

	if (fd < 0)
		return false;
	size = read(fd, out, TEXT_SIZE - 1);
	close(fd);
	if (size <= 0)
		return false;
	out[size] = '\0';
	out[strcspn(out, "\n")] = '\0';
	return true;
}

void
deliver_place_read(const struct spool *spool,
    const struct config_list *collectors, int64_t now_ms, struct failover *f)
{
	char text[TEXT_SIZE], *address;
	int64_t back_at;

	if (!read_text(spool, text))
		return;
	back_at = strtoll(text, &address, 10);
	/* A clock that was put back does not keep us there. */
	if (*address != ' ' || back_at > now_ms + 2 * f->return_ms)
		return;
	for (size_t i = 0; i < collectors->count; i++) {
		if (strcmp(collectors->items[i], address + 1) == 0) {
			f->at = i;
			f->back_at = back_at;
		}
	}
}

void
deliver_place_keep(const struct spool *spool,
    const struct config_list *collectors, const struct failover *f)
{
	char text[TEXT_SIZE];
	int length = snprintf(text, sizeof(text), "%" PRId64 " %s\n",
	    f->back_at, collectors->items[f->at]);
	int fd;

	if (f->at == 0) {
		(void)unlinkat(spool->directory, NAME, 0);
		return;
	}
	if (length < 0 || (size_t)length >= sizeof(text))
		return;
	fd = openat(spool->directory, TEMPORARY,
	    O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, FILE_MODE);
	if (fd < 0)
		return;
	if (write(fd, text, (size_t)length) == length)
		(void)renameat(
		    spool->directory, TEMPORARY, spool->directory, NAME);
	close(fd);
}
