/*
 * csv.h - objects of JSON as lines of a table.
 *
 *	listing -> [csv] -> reply -> spreadsheet
 *
 * A text that a spreadsheet would take for a formula (it begins with = + - @, a
 * tab or a carriage return) gets a ' before it: names come from strangers.
 *
 * Memory:  writes to the buffer; keeps nothing.
 * Errors:  those of the buffer.
 * Source:  RFC 4180.
 */
#ifndef COLLECTOR_CSV_H
#define COLLECTOR_CSV_H

#include "base/buffer.h"
#include "base/json_read.h"

/* 'columns' are names of members and end with NULL.  "vnics.mac" is the member
 * of each object in a list; lists are joined by "; ". */
void csv_head(struct buffer *out, const char *const *columns);
void csv_line(struct buffer *out, const char *const *columns,
    const struct json_value *object);

#endif
