/*
 * embed.c - turns files into C: runs when demarc is built, on the machine that
 * builds it.
 *
 *	embed TABLE DIRECTORY FILE... > out.c
 *
 * FILEs stand below DIRECTORY; their names in the table are relative to it.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct mime {
	const char *ending, *type;
};

static const struct mime mimes[] = {
	{ ".html", "text/html; charset=utf-8" },
	{ ".css", "text/css; charset=utf-8" },
	{ ".js", "text/javascript; charset=utf-8" },
	{ ".svg", "image/svg+xml" },
	{ ".png", "image/png" },
	{ ".ico", "image/x-icon" },
	{ ".json", "application/json" },
	{ ".woff2", "font/woff2" },
	{ ".txt", "text/plain; charset=utf-8" },
	{ ".sql", "text/plain; charset=utf-8" },
};

static const char *
mime_of(const char *name)
{
	const char *ending = strrchr(name, '.');

	for (size_t i = 0; ending && i < sizeof(mimes) / sizeof(mimes[0]);
	     i++) {
		if (strcmp(mimes[i].ending, ending) == 0)
			return mimes[i].type;
	}
	return "application/octet-stream";
}

/* Writes the octets as an array; gives size and hash. */
static int
write_octets(
    const char *path, size_t number, size_t *out_size, uint64_t *out_hash)
{
	FILE *file = fopen(path, "rb");
	uint64_t hash = 14695981039346656037U; /* FNV-1a: a mark of change */
	size_t size = 0;
	int c;

	if (!file) {
		perror(path);
		return -1;
	}
	printf("static const unsigned char octets_%zu[] = {", number);
	for (; (c = getc(file)) != EOF; size++) {
		printf("%s%d,", size % 20 == 0 ? "\n" : "", c);
		hash = (hash ^ (unsigned char)c) * (uint64_t)1099511628211;
	}
	printf("0\n};\n");
	*out_size = size;
	*out_hash = hash;
	return fclose(file);
}

static int
compare(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

int
main(int argc, char **argv)
{
	size_t count = argc > 3 ? (size_t)argc - 3 : 0, skip;
	size_t *sizes = calloc(count + 1, sizeof(*sizes));
	uint64_t *hashes = calloc(count + 1, sizeof(*hashes));

	if (argc < 3 || !sizes || !hashes) {
		fprintf(stderr, "usage: embed TABLE DIRECTORY FILE...\n");
		return 2;
	}
	skip = strlen(argv[2]) + 1;
	qsort(argv + 3, count, sizeof(*argv), compare);
	printf("#include \"collector/embedded.h\"\n\n");
	for (size_t i = 0; i < count; i++) {
		if (write_octets(argv[i + 3], i, &sizes[i], &hashes[i]) != 0)
			return 1;
	}
	printf("\nconst struct embedded_file %s[] = {\n", argv[1]);
	for (size_t i = 0; i < count; i++)
		printf("\t{ \"%s\", \"%s\", \"\\\"%016llx\\\"\", octets_%zu, "
		       "%zu },\n",
		    argv[i + 3] + skip, mime_of(argv[i + 3]),
		    (unsigned long long)hashes[i], i, sizes[i]);
	printf("\t{ NULL, NULL, NULL, NULL, 0 },\n};\n");
	free(sizes);
	free(hashes);
	return fflush(stdout) != 0;
}
