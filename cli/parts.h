/*
 * parts.h - what several answers have: lists of texts, facts, tables.
 *
 *	JSON of the API -> answer -> [parts] -> page
 *
 * Memory:  writes to the page or the caller's buffer; keeps nothing.
 * Errors:  an absent or wrong member is an empty part.
 */
#ifndef CLI_PARTS_H
#define CLI_PARTS_H

#include <stdint.h>

#include "base/json_read.h"
#include "cli/page.h"
#include "cli/table.h"

/* Of one cell or line: a host has hundreds of addresses at most. */
enum { PARTS_TEXT_SIZE = 4096 };

/* A list of the API as a table, one row for each. */
struct parts_list {
	const struct table_column *columns;
	size_t column_count;
	void (*add)(
	    struct table *table, const struct json_value *one, int64_t now);
};

#define PARTS_LIST(columns, add)                                               \
	{                                                                      \
		columns, sizeof(columns) / sizeof((columns)[0]), add           \
	}

/* False and nothing written when the list is empty. */
bool parts_table(struct page *page, const struct json_value *list,
    const struct parts_list *shape, int indent);

/* Ends a cell: its text goes into the table, 'absent' when it is empty (NULL:
 * then nothing). */
void parts_cell(struct table *table, enum tone tone, struct buffer *text,
    const char *absent);

/* A number; nothing when it is 0. */
void parts_number(struct table *table, int64_t number);

/* "  serial      7H2K902"; nothing when there is no value. */
void parts_fact(struct page *page, const char *name, const char *value);

/* A cell of "Eth1/1 on leaf1a, Eth1/2 on leaf1b (stale)": the strings of both
 * arrays; "unknown" when there are none. */
void parts_ports(struct table *table, const struct json_value *current,
    const struct json_value *stale);

/* The same of one that has a "switch_port" or a "stale_port". */
void parts_port(struct table *table, const struct json_value *one);

/* "10.99.0.5, 10.99.0.6": the strings of an array but 'known', which was told
 * before (NULL: none was). */
void parts_texts(
    struct buffer *out, const struct json_value *texts, const char *known);

#endif
