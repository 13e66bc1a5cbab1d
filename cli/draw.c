#include "cli/draw.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "cli/client.h"
#include "cli/terminal.h"

bool
draw_is_said(const struct draw_options *o)
{
	return o->output || o->theme || o->highlight || o->detail || o->page;
}

static bool
is_terminal(const struct draw_options *o)
{
	return !o->output || strcmp(o->output, "-") == 0;
}

/* What stands behind the last dot of the file's own name; NULL: nothing. */
static const char *
suffix_of(const struct draw_options *o)
{
	const char *name, *dot;

	if (is_terminal(o))
		return terminal_has_utf8() ? "txt" : "ascii";
	name = strrchr(o->output, '/');
	dot = strrchr(name ? name : o->output, '.');
	return dot && dot[1] != '\0' ? dot + 1 : NULL;
}

static void
add(struct buffer *path, const char *name, const char *value)
{
	if (!value)
		return;
	buffer_printf(path, "&%s=", name);
	client_escape(path, value);
}

bool
draw_path(const struct draw_options *o, char **words, struct buffer *path,
    char error[static DRAW_ERROR_SIZE])
{
	const char *suffix = suffix_of(o);

	if (!suffix) {
		(void)snprintf(error, DRAW_ERROR_SIZE,
		    "the name of the file says which format: drawing.svg, "
		    "drawing.pdf, drawing.drawio ...; \"%.80s\" does not",
		    o->output);
		return false;
	}
	buffer_text(path, "/api/v1/draw.");
	client_escape(path, suffix);
	buffer_text(path, "?scope=");
	for (size_t i = 0; words[i]; i++) {
		if (i > 0)
			buffer_text(path, "%20");
		client_escape(path, words[i]);
	}
	add(path, "theme", o->theme);
	add(path, "highlight", o->highlight);
	add(path, "detail", o->detail);
	add(path, "page", o->page);
	(void)snprintf(error, DRAW_ERROR_SIZE, "the question is too long");
	return buffer_ok(path);
}

bool
draw_write(const struct draw_options *o, const struct buffer *drawing,
    char error[static DRAW_ERROR_SIZE])
{
	FILE *file = is_terminal(o) ? stdout : fopen(o->output, "wb");
	bool written = file && fwrite(drawing->octets, 1, drawing->size,
				   file) == drawing->size;

	if (file == stdout)
		written = fflush(file) == 0 && written;
	else if (file)
		written = fclose(file) == 0 && written;
	if (!written)
		(void)snprintf(error, DRAW_ERROR_SIZE,
		    "the drawing could not be written to %.200s: %s",
		    is_terminal(o) ? "the standard output" : o->output,
		    strerror(errno));
	return written;
}

bool
draw_pages(
    const struct draw_options *o, long pages, char out[static DRAW_ERROR_SIZE])
{
	if (o->page || pages < 2)
		return false;
	(void)snprintf(out, DRAW_ERROR_SIZE,
	    "%.200s is the index of %ld pages; --page 1 to --page %ld draw "
	    "them",
	    o->output, pages, pages);
	return true;
}
