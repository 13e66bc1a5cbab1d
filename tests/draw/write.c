/*
 * write.c - writes a drawing of one of the tests' situations to stdout.
 *
 *	write-drawing rack|path|pod|each|hostile|many FORMAT
 *
 * "rack", "path" and "pod" are those of scenes.h, laid out.  "each" has one of
 * each thing; "hostile" has the first argument after FORMAT as the name of all
 * of them; "many" as many machines as that (not as text, which is made of a
 * scene).  THEME=dark|print and
 * MODE=inline|outlines are those of an SVG.  Exits with 2, and the format's own
 * sentence, when the format refuses.
 */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/program.h"
#include "collector/draw/formats.h"
#include "collector/draw/layout.h"
#include "collector/draw/svg.h"
#include "collector/picture.h"
#include "tests/support/scenes.h"
#include "tests/support/sheets.h"

enum { SIZE_MOST = 64 << 20, REFUSED = 2, ARGUMENTS = 3 };

/* The scene lends its texts to the sheet. */
static struct scene scene;

static bool
lay_out(struct sheet *s, void (*make)(struct scene *s))
{
	make(&scene);
	return layout(s, &scene, LAYOUT_AUTO, 0) == STATUS_OK;
}

static bool
make_sheet(struct sheet *s, const char *situation, const char *more)
{
	if (strcmp(situation, "rack") == 0)
		return lay_out(s, scenes_rack);
	if (strcmp(situation, "path") == 0)
		return lay_out(s, scenes_path);
	if (strcmp(situation, "pod") == 0)
		return lay_out(s, scenes_pod);
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

static bool
is_set(const char *name, const char *value)
{
	const char *set = getenv(name);

	return set && strcmp(set, value) == 0;
}

static struct svg_style
wanted_style(void)
{
	return (struct svg_style){ is_set("MODE", "inline")     ? SVG_INLINE
				   : is_set("MODE", "outlines") ? SVG_OUTLINES
								: SVG_EMBED,
		is_set("THEME", "dark")    ? SVG_DARK
		: is_set("THEME", "print") ? SVG_PRINT
					   : SVG_LIGHT };
}

static enum status
write_sheet(struct buffer *out, const struct format *f, const struct sheet *s)
{
	const struct svg_style style = wanted_style();
	char program[PROGRAM_PATH_SIZE];
	struct pictures pictures = { .program = program };

	if (f->source == FORMAT_SVG) {
		svg_write(out, s, &style);
		return buffer_ok(out) ? STATUS_OK : STATUS_NO_MEMORY;
	}
	if (f->source != FORMAT_PICTURE)
		return format_write(out, f, s, &scene);
	program_find("demarc-picture", program);
	return pictures_make(&pictures, out, s,
	    strcmp(f->suffix, "png") == 0 ? PICTURE_PNG : PICTURE_PDF,
	    style.theme);
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

	scene_init(&scene);
	if (!f || !make_sheet(&sheet, arguments[1], more)) {
		(void)fputs("usage: write-drawing SITUATION FORMAT\n", stderr);
		return EXIT_FAILURE;
	}
	(void)signal(SIGPIPE, SIG_IGN);
	buffer_init(&out, SIZE_MOST);
	status = write_sheet(&out, f, &sheet);
	sheet_done(&sheet);
	scene_done(&scene);
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
