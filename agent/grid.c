#include "agent/grid.h"

#include <stdlib.h>
#include <string.h>

#include "agent/wording.h"

enum { GAP = 2, NARROWEST = 8 };

static const char ELLIPSIS[] = "\u2026";

void
grid_init(struct grid *grid, size_t columns)
{
	*grid = (struct grid){ .columns = columns };
}

void
grid_done(struct grid *grid)
{
	free(grid->rows);
	grid_init(grid, grid->columns);
}

struct grid_row *
grid_add(struct grid *grid)
{
	struct grid_row *rows =
	    realloc(grid->rows, (grid->count + 1) * sizeof(*rows));

	if (!rows)
		return NULL;
	grid->rows = rows;
	memset(&rows[grid->count], 0, sizeof(*rows));
	return &rows[grid->count++];
}

static size_t
total(const struct grid *grid, const size_t *widths)
{
	size_t sum = 0;

	for (size_t c = 0; c < grid->columns; c++)
		sum += widths[c] + (c > 0 ? GAP : 0);
	return sum;
}

static void
measure(const struct grid *grid, size_t *widths, size_t width)
{
	for (size_t c = 0; c < grid->columns; c++) {
		widths[c] = 0;
		for (size_t r = 0; r < grid->count; r++) {
			size_t w = words_width(grid->rows[r].cells[c]);

			widths[c] = w > widths[c] ? w : widths[c];
		}
	}
	while (total(grid, widths) > width) {
		size_t widest = 0;

		for (size_t c = 1; c < grid->columns; c++)
			widest = widths[c] > widths[widest] ? c : widest;
		if (widths[widest] <= NARROWEST)
			return;
		widths[widest]--;
	}
}

/* Octets that the first 'count' characters take. */
static size_t
octets_of(const char *text, size_t count)
{
	size_t at = 0;

	while (text[at] != '\0') {
		if (((unsigned char)text[at] & 0xc0) != 0x80 && count-- == 0)
			break;
		at++;
	}
	return at;
}

static void
write_cell(struct buffer *out, const char *text, size_t width, bool last)
{
	size_t wide = words_width(text);

	if (wide > width) {
		buffer_append(out, text, octets_of(text, width - 1));
		buffer_text(out, ELLIPSIS);
		wide = width;
	} else {
		buffer_text(out, text);
	}
	if (last)
		return;
	for (; wide < width + GAP; wide++)
		buffer_char(out, ' ');
}

void
grid_write(const struct grid *grid, size_t width, struct buffer *out)
{
	size_t widths[GRID_COLUMNS_MOST];

	measure(grid, widths, width);
	for (size_t r = 0; r < grid->count; r++) {
		const struct grid_row *row = &grid->rows[r];
		size_t last = grid->columns - 1;

		while (last > 0 && row->cells[last][0] == '\0')
			last--;
		for (size_t c = 0; c <= last; c++)
			write_cell(out, row->cells[c], widths[c], c == last);
		buffer_char(out, '\n');
	}
}
