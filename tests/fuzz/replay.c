/* The main of a fuzz target without libFuzzer: runs every file of the
 * directories, or the files, that it is given. */
#include <fts.h>
#include <stdio.h>
#include <string.h>

#include "base/buffer.h"
#include "tests/fuzz/fuzz.h"

enum { INPUT_LIMIT = 1 << 20 };

/* The input is a copy as long as the file, so that the address sanitizer
 * notices a read beyond it. */
static void
replay(const char *path)
{
	CLEANUP(buffer_done) struct buffer file = { 0 };
	uint8_t *input;

	buffer_init(&file, INPUT_LIMIT);
	if (buffer_read_file(&file, path)) {
		fprintf(stderr, "%s: cannot be read\n", path);
		exit(2);
	}
	input = malloc(file.size);
	if (file.size > 0)
		memcpy(input, file.octets, file.size);
	(void)LLVMFuzzerTestOneInput(input, file.size);
	free(input);
}

int
main(int argc, char **argv)
{
	FTS *walk;
	FTSENT *entry;
	unsigned long count = 0;

	if (argc < 2) {
		fprintf(stderr, "usage: %s DIRECTORY...\n", argv[0]);
		return 2;
	}
	walk = fts_open(argv + 1, FTS_NOCHDIR, NULL);
	while (walk && (entry = fts_read(walk))) {
		if (entry->fts_info != FTS_F)
			continue;
		replay(entry->fts_path);
		count++;
	}
	if (walk)
		fts_close(walk);
	printf("%lu inputs\n", count);
	return count ? 0 : 2;
}
