#include "cli/table.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/width.h"

enum { GAP = 2 };

/* The width of each column; 0 leaves it out. */
struct layout {
	int widths[TABLE_COLUMNS_MOST];
};

void
table_init(struct table *t, const struct table_column *columns, size_t count)
{
	assert(count > 0 && count <= TABLE_COLUMNS_MOST);
	*t = (struct table){ .columns = columns, .column_count = count };
}

void
table_done(struct table *t)
{
	for (size_t i = 0; i < t->cell_count; i++)
		free(t->cells[i].text);
	free(t->cells);
	*t = (struct table){ 0 };
}

static struct table_cell *
next_cell(struct table *t)
{
	if (t->cell_count == t->capacity) {
		size_t capacity = t->capacity ? t->capacity * 2 : 64;
		struct table_cell *cells;

		if (capacity > (size_t)TABLE_ROWS_MOST * TABLE_COLUMNS_MOST)
			return NULL;
		cells = realloc(t->cells, capacity * sizeof(*cells));
		if (!cells)
			return NULL;
		t->cells = cells;
		t->capacity = capacity;
	}
	return &t->cells[t->cell_count++];
}

void
table_add(struct table *t, enum tone tone, const char *text)
{
	struct table_cell *cell = next_cell(t);
	struct buffer clean;

	if (!cell)
		return;
	buffer_init(&clean, PAGE_TEXT_SIZE + sizeof("…"));
	page_clean(&clean, text);
	*cell = (struct table_cell){ buffer_take(&clean), tone };
	buffer_done(&clean);
}

void
table_say(struct table *t, enum tone tone, const char *format, ...)
{
	char text[PAGE_TEXT_SIZE];
	va_list arguments;

	va_start(arguments, format);
	vsnprintf(text, sizeof(text), format, arguments);
	va_end(arguments);
	table_add(t, tone, text);
}

/* The text of a cell, never NULL. */
static const char *
text_of(const struct table *t, size_t index)
{
	const char *text = t->cells[index].text;

	return text ? text : "";
}

static int
sum_of(const struct layout *layout, size_t count)
{
	int sum = 0;

	for (size_t i = 0; i < count; i++) {
		if (layout->widths[i] > 0)
			sum += layout->widths[i] + (sum > 0 ? GAP : 0);
	}
	return sum;
}

static void
measure(const struct table *t, struct layout *layout)
{
	for (size_t i = 0; i < t->cell_count; i++) {
		int *width = &layout->widths[i % t->column_count];
		int own = width_of(text_of(t, i));

		*width = own > *width ? own : *width;
	}
	for (size_t i = 0; i < t->column_count; i++) {
		int *width = &layout->widths[i];
		int title = width_of(t->columns[i].title);

		if (*width > 0 && *width < title)
			*width = title;
	}
}

/* Takes one column of the terminal from the widest column that is above its
 * least width; false when there is none. */
static bool
shorten_widest(const struct table *t, struct layout *layout, bool to_least)
{
	int *widest = NULL;

	for (size_t i = 0; i < t->column_count; i++) {
		int *width = &layout->widths[i];

		if (*width <= (to_least ? t->columns[i].least : 1))
			continue;
		if (!widest || *width > *widest)
			widest = width;
	}
	if (widest)
		(*widest)--;
	return widest != NULL;
}

static void
fit(const struct table *t, struct layout *layout, int columns)
{
	while (sum_of(layout, t->column_count) > columns &&
	       shorten_widest(t, layout, true))
		;
	while (sum_of(layout, t->column_count) > columns &&
	       shorten_widest(t, layout, false))
		;
}

static void
pad(struct buffer *out, int columns)
{
	for (; columns > 0; columns--)
		buffer_char(out, ' ');
}

/* Writes 'text' shortened to 'width'; gives the columns that it takes. */
static int
write_short(struct buffer *out, const char *text, int width)
{
	int own = width_of(text);
	size_t size;

	if (own <= width) {
		buffer_text(out, text);
		return own;
	}
	size = width_fit(text, width - 1);
	buffer_append(out, text, size);
	buffer_text(out, "…");
	return width;
}

/* Writes one line: titles when 'row' is NULL, else its cells. */
static void
write_line(const struct table *t, const struct layout *layout,
    const struct table_cell *row, struct page *page)
{
	int due = 0; /* blanks owed by the cells before */

	for (size_t i = 0; i < t->column_count; i++) {
		const char *text = row ? row[i].text : t->columns[i].title;
		enum tone tone = row ? row[i].tone : TONE_QUIET;
		int width = layout->widths[i];

		if (width == 0)
			continue;
		if (text && *text != '\0') {
			pad(page->out, due);
			buffer_text(page->out, page_tone_on(page, tone));
			due = width - write_short(page->out, text, width);
			buffer_text(page->out, page_tone_off(page, tone));
		} else {
			due += width;
		}
		due += GAP;
	}
	buffer_char(page->out, '\n');
}

void
table_write(const struct table *t, struct page *page, int indent)
{
	struct layout layout = { { 0 } };
	size_t rows = t->cell_count / t->column_count;

	measure(t, &layout);
	if (!page->uncut)
		fit(t, &layout, page->columns - indent);
	if (rows == 0)
		return;
	pad(page->out, indent);
	write_line(t, &layout, NULL, page);
	for (size_t i = 0; i < rows; i++) {
		pad(page->out, indent);
		write_line(t, &layout, t->cells + i * t->column_count, page);
	}
}
