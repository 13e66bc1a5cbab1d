#include "agent/savefile.h"
#include "tests/fuzz/fuzz.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char error[SAVEFILE_ERROR_SIZE];
	FILE *stream = fmemopen((void *)(uintptr_t)data, size, "rb");
	struct savefile *file;
	struct cursor c;

	if (stream && !savefile_open_stream(stream, &file, error)) {
		while (!savefile_next(file, &c, error) && cursor_ok(&c))
			fuzz_expect(c.left <= 262144);
		savefile_free(file);
	}
	return 0;
}
