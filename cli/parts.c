#include "cli/parts.h"

#include <string.h>

bool
parts_table(struct page *page, const struct json_value *list,
    const struct parts_list *shape, int indent)
{
	struct table table;

	if (json_count(list) == 0)
		return false;
	table_init(&table, shape->columns, shape->column_count);
	for (list = json_first(list); list; list = json_next(list))
		shape->add(&table, list, page->now);
	table_write(&table, page, indent);
	table_done(&table);
	return true;
}

void
parts_cell(struct table *table, enum tone tone, struct buffer *text,
    const char *absent)
{
	if (text->size > 0)
		table_add(table, tone, buffer_string(text));
	else
		table_add(table, TONE_QUIET, absent);
	buffer_clear(text);
}

void
parts_number(struct table *table, int64_t number)
{
	if (number == 0)
		table_add(table, TONE_PLAIN, NULL);
	else
		table_say(table, TONE_PLAIN, "%lld", (long long)number);
}

void
parts_fact(struct page *page, const char *name, const char *value)
{
	if (!value || *value == '\0')
		return;
	page_say(page, TONE_QUIET, "  %-11s ", name);
	page_quote(page, TONE_PLAIN, value);
	page_say(page, TONE_PLAIN, "\n");
}

void
parts_texts(
    struct buffer *out, const struct json_value *texts, const char *known)
{
	const char *between = "";

	for (texts = json_first(texts); texts; texts = json_next(texts)) {
		const char *text = json_string_of(texts);

		if (!text || (known && strcmp(text, known) == 0))
			continue;
		buffer_text(out, between);
		page_clean(out, text);
		between = ", ";
	}
}

static void
add_stale(struct buffer *out, const char *port)
{
	if (!port)
		return;
	buffer_text(out, out->size > 0 ? ", " : "");
	page_clean(out, port);
	buffer_text(out, " (stale)");
}

void
parts_ports(struct table *table, const struct json_value *current,
    const struct json_value *stale)
{
	struct buffer text;

	buffer_init(&text, PARTS_TEXT_SIZE);
	parts_texts(&text, current, NULL);
	for (stale = json_first(stale); stale; stale = json_next(stale))
		add_stale(&text, json_string_of(stale));
	parts_cell(table, TONE_NETWORK, &text, "unknown");
	buffer_done(&text);
}

void
parts_port(struct table *table, const struct json_value *one)
{
	struct buffer text;

	buffer_init(&text, PARTS_TEXT_SIZE);
	page_clean(&text, json_get_string(one, "switch_port"));
	add_stale(&text, json_get_string(one, "stale_port"));
	parts_cell(table, TONE_NETWORK, &text, "unknown");
	buffer_done(&text);
}
