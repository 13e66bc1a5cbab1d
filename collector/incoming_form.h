/*
 * incoming_form.h - reads a report that says what the last one said.
 *
 *	octets, the form of the last report -> [incoming_form] -> times,
 *counters
 *
 * Memory:  what is read goes to the report's arena.
 * Errors:  false: it is another report, or there is no memory; it is to be cut.
 */
#ifndef COLLECTOR_INCOMING_FORM_H
#define COLLECTOR_INCOMING_FORM_H

#include "base/json_parts.h"
#include "collector/incoming.h"

/* The numbers of a document, and of a claim in the order of struct heard. */
enum { NUMBER_VERSION, NUMBER_NUMBER, NUMBER_SENT_AT };
enum {
	NUMBER_FIRST_HEARD,
	NUMBER_LAST_HEARD,
	NUMBER_EXPIRES,
	NUMBER_FRAMES,
	NUMBER_DROPPED,
	NUMBER_MALFORMED,
	NUMBER_NONE = -1
};

/* Fills 'r', which is empty, and stays so after false. */
bool incoming_form(struct incoming *r, const char *text, size_t size,
    const struct incoming_memory *memory);

/* Notes the form of a report of which all was recalled: 'recalled' has an item
 * for each part.  Does nothing when one was not, or there is no memory. */
void incoming_form_note(struct incoming *r, const char *text, size_t size,
    const struct json_parts *parts, const struct incoming_recall *recalled);

#endif
