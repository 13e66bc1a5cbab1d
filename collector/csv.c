#include "collector/csv.h"

#include <inttypes.h>
#include <string.h>

enum { CELL_SIZE_MOST = 64 * 1024, NAME_SIZE = 64 };

static void
add_cell(struct buffer *out, const char *text)
{
	bool quoted = strpbrk(text, ",\"\r\n") != NULL || text[0] == ' ';

	if (quoted)
		buffer_char(out, '"');
	if (text[0] != '\0' && strchr("=+-@\t\r", text[0]))
		buffer_char(out, '\'');
	for (const char *at = text; *at; at++) {
		if (*at == '"')
			buffer_char(out, '"');
		buffer_char(out, *at);
	}
	if (quoted)
		buffer_char(out, '"');
}

/* Text, numbers and truth; of a list each, of an object its member 'inner'. */
static void
add_value(
    struct buffer *cell, const struct json_value *value, const char *inner)
{
	if (json_is_object(value) && inner)
		value = json_get(value, inner);
	if (!value)
		return;
	if (cell->size > 0)
		buffer_text(cell, "; ");
	if (json_is_string(value))
		buffer_text(cell, json_string_of(value));
	else if (json_is_boolean(value))
		buffer_text(
		    cell, json_boolean_of(value, false) ? "true" : "false");
	else if (json_is_number(value))
		buffer_printf(cell, "%" PRId64, json_number_of(value, 0));
}

static void
add_column(
    struct buffer *out, const char *column, const struct json_value *object)
{
	const char *dot = strchr(column, '.');
	size_t length = dot ? (size_t)(dot - column) : strlen(column);
	const struct json_value *value;
	char name[NAME_SIZE];
	struct buffer cell;

	if (length >= sizeof(name))
		length = sizeof(name) - 1;
	memcpy(name, column, length);
	name[length] = '\0';
	value = json_get(object, name);
	if (json_is_number(value)) {
		buffer_printf(out, "%" PRId64, json_number_of(value, 0));
		return;
	}
	buffer_init(&cell, CELL_SIZE_MOST);
	if (json_is_array(value)) {
		for (value = json_first(value); value; value = json_next(value))
			add_value(&cell, value, dot ? dot + 1 : NULL);
	} else {
		add_value(&cell, value, dot ? dot + 1 : NULL);
	}
	add_cell(out, buffer_string(&cell));
	buffer_done(&cell);
}

void
csv_head(struct buffer *out, const char *const *columns)
{
	for (size_t i = 0; columns[i]; i++) {
		if (i > 0)
			buffer_char(out, ',');
		buffer_text(out, columns[i]);
	}
	buffer_text(out, "\r\n");
}

void
csv_line(struct buffer *out, const char *const *columns,
    const struct json_value *object)
{
	for (size_t i = 0; columns[i]; i++) {
		if (i > 0)
			buffer_char(out, ',');
		add_column(out, columns[i], object);
	}
	buffer_text(out, "\r\n");
}
