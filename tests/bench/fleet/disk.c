#include "tests/bench/fleet/disk.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "tests/bench/fleet/talk.h"

enum { ROUNDS = 200, BLOCK = 4096 };

static int
compare(const void *a, const void *b)
{
	const double *x = a, *y = b;

	return *x < *y ? -1 : *x > *y;
}

double
disk_sync_us(const char *directory)
{
	static const char block[BLOCK] = "a page of a log";
	double times[ROUNDS];
	char path[512];
	int fd, count = 0;

	(void)snprintf(path, sizeof(path), "%s/sync", directory);
	fd = open(path, O_CREAT | O_WRONLY | O_CLOEXEC, 0600);
	while (fd >= 0 && count < ROUNDS) {
		double begun = talk_now_s();

		if (write(fd, block, BLOCK) != BLOCK || fdatasync(fd) != 0)
			break;
		times[count++] = (talk_now_s() - begun) * 1e6;
	}
	if (fd >= 0)
		(void)close(fd);
	(void)unlink(path);
	if (count == 0)
		return -1;
	qsort(times, (size_t)count, sizeof(times[0]), compare);
	return times[count / 2];
}
