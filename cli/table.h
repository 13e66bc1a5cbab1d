/*
 * table.h - rows in, lines of text that fit the terminal out.
 *
 *	answer -> [table] -> page
 *
 * Where a row would be wider than the terminal, the widest columns are
 * shortened and say so with an ellipsis; where there is none, no column is.
 *
 * Memory:  table_init, then table_done frees.  Titles are lent; cells are
 *          copied and cleaned.
 * Errors:  a cell that finds no memory is empty; page.h tells of the rest.
 * Units:   columns of the terminal.
 */
#ifndef CLI_TABLE_H
#define CLI_TABLE_H

#include <stddef.h>

#include "cli/page.h"

enum {
	TABLE_COLUMNS_MOST = 8,
	TABLE_ROWS_MOST = 100000 /* more than an answer can hold */
};

struct table_column {
	const char *title;
	int least; /* not shortened below this while others can be */
};

struct table_cell {
	char *text; /* NULL: empty */
	enum tone tone;
};

struct table {
	const struct table_column *columns;
	size_t column_count;
	struct table_cell *cells; /* row by row */
	size_t cell_count, capacity;
};

void table_init(
    struct table *t, const struct table_column *columns, size_t count);
void table_done(struct table *t);

/* Adds the next cell; text of others, cleaned here; NULL: empty. */
void table_add(struct table *t, enum tone tone, const char *text);

/* The same, of our own making. */
void table_say(struct table *t, enum tone tone, const char *format, ...)
    PRINTF_LIKE(3, 4);

/* Writes titles and rows, each line indented by 'indent' blanks.  A column
 * without any text is left out. */
void table_write(const struct table *t, struct page *page, int indent);

#endif
