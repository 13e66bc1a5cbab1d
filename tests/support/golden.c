#include "tests/support/golden.h"

#include <stdio.h>
#include <stdlib.h>

enum { FILE_LIMIT = 16 * 1024 * 1024 };

static void
new_line(struct buffer *out, int depth)
{
	buffer_char(out, '\n');
	for (; depth > 0; depth--)
		buffer_char(out, ' ');
}

/* Copies a string from its first quote to its last; gives what follows. */
static const char *
copy_string(struct buffer *out, const char *at)
{
	do {
		if (*at == '\\')
			buffer_char(out, *at++);
		buffer_char(out, *at++);
	} while (*at != '"');
	buffer_char(out, *at++);
	return at;
}

void
golden_spread(struct buffer *out, const char *json)
{
	int depth = 0;

	while (*json) {
		char c = *json;

		if (c == '"') {
			json = copy_string(out, json);
			continue;
		}
		json++;
		if (c == '}' || c == ']')
			new_line(out, --depth);
		buffer_char(out, c);
		if (c == '{' || c == '[')
			new_line(out, ++depth);
		else if (c == ',')
			new_line(out, depth);
		else if (c == ':')
			buffer_char(out, ' ');
	}
	buffer_char(out, '\n');
}

static bool
write_file(const char *path, const char *text)
{
	FILE *f = fopen(path, "we");
	bool good = f && fputs(text, f) >= 0;

	if (f && fclose(f))
		good = false;
	if (!good)
		printf("%s: cannot be written\n", path);
	return good;
}

/* Says where two texts part. */
static void
print_difference(const char *path, const char *expected, const char *text)
{
	size_t line = 1, start = 0, at = 0;

	for (; expected[at] && expected[at] == text[at]; at++) {
		if (expected[at] == '\n') {
			line++;
			start = at + 1;
		}
	}
	printf("%s:%zu: expected: %.*s\n", path, line,
	    (int)strcspn(expected + start, "\n"), expected + start);
	printf("%s:%zu: it says:  %.*s\n", path, line,
	    (int)strcspn(text + start, "\n"), text + start);
}

bool
golden_matches(const char *path, const char *text)
{
	CLEANUP(buffer_done) struct buffer expected = { 0 };
	bool same;

	buffer_init(&expected, FILE_LIMIT);
	if (getenv("GOLDEN"))
		return write_file(path, text);
	if (buffer_read_file(&expected, path)) {
		printf("%s: is missing; make golden writes it\n", path);
		return false;
	}
	same = strcmp(buffer_string(&expected), text) == 0;
	if (!same)
		print_difference(path, buffer_string(&expected), text);
	return same;
}
