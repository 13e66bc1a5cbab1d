/*
 * draw.h - a drawing in a file, or on the terminal.
 *
 *	scope, options -> [draw] -> path of the API; reply -> file
 *
 * Memory:  the caller's.
 * Errors:  false, with a sentence.
 */
#ifndef CLI_DRAW_H
#define CLI_DRAW_H

#include <stdbool.h>

#include "base/buffer.h"

enum { DRAW_ERROR_SIZE = 320 };

/* As they were typed; NULL: not said. */
struct draw_options {
	char *output; /* its suffix says the format; "-": text */
	char *theme, *highlight, *detail, *page;
};

/* Is any of them said? */
bool draw_is_said(const struct draw_options *o);

/* "/api/v1/draw.svg?scope=...": 'words' are one scope. */
bool draw_path(const struct draw_options *o, char **words, struct buffer *path,
    char error[static DRAW_ERROR_SIZE]);

/* Writes the drawing to the file, or to the standard output. */
bool draw_write(const struct draw_options *o, const struct buffer *drawing,
    char error[static DRAW_ERROR_SIZE]);

/* Is an index of pages all that was written?  Then the sentence says how to
 * have them. */
bool draw_pages(
    const struct draw_options *o, long pages, char out[static DRAW_ERROR_SIZE]);

#endif
