#include "base/config.h"

#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

#include "tests/fuzz/fuzz.h"

static char *text;
static struct config_list list;
static long number;
static bool flag;

static const struct config_key keys[] = {
	{ "text", CONFIG_TEXT, &text, 0, 0, "" },
	{ "list", CONFIG_LIST, &list, 0, 0, "" },
	{ "number", CONFIG_NUMBER, &number, -5, 100000, "" },
	{ "flag", CONFIG_FLAG, &flag, 0, 0, "" },
	{ 0 },
};

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char path[32], error[CONFIG_ERROR_SIZE];
	int fd = memfd_create("config", MFD_CLOEXEC);

	fuzz_expect(write(fd, data, size) == (ssize_t)size);
	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	if (!config_read_file(keys, path, error))
		fuzz_expect(number >= -5 && number <= 100000);
	config_done(keys);
	close(fd);
	return 0;
}
