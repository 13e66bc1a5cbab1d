/*
 * xml.h - attributes of XML elements, for the formats that are XML.
 *
 * Memory:  the caller's.
 * Errors:  those of the buffer.
 */
#ifndef COLLECTOR_DRAW_XML_H
#define COLLECTOR_DRAW_XML_H

#include "base/buffer.h"

#define XML_DECLARATION "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"

/* Each appends ' name="..."'; 'name' is ours, the rest is spelled. */
void xml_text(struct buffer *out, const char *name, const char *text);
void xml_number(struct buffer *out, const char *name, double number);

/* 'prefix' tells what the id is of: ids of one kind are unique, ids of two
 * kinds may be the same. */
void xml_id(
    struct buffer *out, const char *name, const char *prefix, const char *id);

#endif
