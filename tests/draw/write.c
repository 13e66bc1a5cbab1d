/*
 * write.c - writes a drawing of one of the tests' situations to stdout.
 *
 *	write-drawing each|hostile|many FORMAT
 *
 * "each" has one of each thing; "hostile" has the first argument after FORMAT
 * as the name of all of them; "many" as many machines as that.  Exits with 2,
 * and the format's own sentence, when the format refuses.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "collector/draw/formats.h"
#include "tests/support/sheets.h"

enum { SIZE_MOST = 64 << 20, REFUSED = 2, ARGUMENTS = 3 };

static bool
make_sheet(struct sheet *s, const char *situation, const char *more)
{
	if (strcmp(situation, "each") == 0)
		sheets_each(s, NULL);
	else if (strcmp(situation, "hostile") == 0)
		sheets_each(s, more);
	else if (strcmp(situation, "many") == 0)
		sheets_many(s, (unsigned)strtoul(more, NULL, 10));
	else
		return false;
	return !s->arena.failed;
}

int
main(int count, char **arguments)
{
	const struct format *f =
	    count < ARGUMENTS ? NULL : format_find(arguments[2]);
	const char *more = count > ARGUMENTS ? arguments[ARGUMENTS] : "";
	enum status status;
	struct buffer out;
	struct sheet sheet;

	if (!f || !make_sheet(&sheet, arguments[1], more)) {
		(void)fputs("usage: write-drawing SITUATION FORMAT\n", stderr);
		return EXIT_FAILURE;
	}
	buffer_init(&out, SIZE_MOST);
	status = format_write(&out, f, &sheet, NULL);
	sheet_done(&sheet);
	if (status != STATUS_OK) {
		(void)fprintf(stderr, "%s\n",
		    f->too_large ? f->too_large : status_text(status));
		buffer_done(&out);
		return REFUSED;
	}
	(void)fwrite(buffer_string(&out), 1, out.size, stdout);
	buffer_done(&out);
	return EXIT_SUCCESS;
}
