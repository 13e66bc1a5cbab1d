/*
 * width.h - how many columns of a terminal a text takes.
 *
 * Counts wide characters (two columns) and combining ones (none).
 *
 * Memory:  none.
 * Errors:  none; what is no character counts as one column.
 * Units:   columns; sizes in octets.
 * Source:  wcwidth(3), which needs a UTF-8 LC_CTYPE.
 */
#ifndef CLI_WIDTH_H
#define CLI_WIDTH_H

#include <stddef.h>

/* 'text' is UTF-8, as text_clean leaves it. */
int width_of(const char *text);

/* How many octets from the start of 'text' fit into 'columns'; never cuts a
 * character, and keeps what combines with the last one. */
size_t width_fit(const char *text, int columns);

#endif
