#include "base/program.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

void
program_find(const char *name, char out[static PROGRAM_PATH_SIZE])
{
	char path[PATH_MAX];
	ssize_t size = readlink("/proc/self/exe", path, sizeof(path) - 1);
	char *slash;

	path[size < 0 ? 0 : size] = '\0';
	slash = strrchr(path, '/');
	if (slash) {
		*slash = '\0';
		snprintf(out, PROGRAM_PATH_SIZE, "%.200s/%.50s", path, name);
		if (access(out, X_OK) == 0)
			return;
	}
	snprintf(
	    out, PROGRAM_PATH_SIZE, "%.200s/%.50s", DEMARC_LIBEXECDIR, name);
}
