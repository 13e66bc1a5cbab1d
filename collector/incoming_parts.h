/*
 * incoming_parts.h - reads of a report only what is new in it.
 *
 *	octets, what is known of the host -> [incoming_parts] -> claims
 *
 * An agent sends all that it knows, and most of it is as it was.  So a report
 * is cut into what makes its claims; those whose octets were read before are
 * recalled, with the numbers that are volatile in them, and the others are read
 * as a whole report is.
 *
 * Memory:  claims go to the report's arena.
 * Errors:  false: the report is unusual, wrong, or there is no memory; it is to
 *          be read whole, which says what is wrong.
 */
#ifndef COLLECTOR_INCOMING_PARTS_H
#define COLLECTOR_INCOMING_PARTS_H

#include "collector/incoming.h"

/* Fills 'r', which is empty, and stays so after false. */
bool incoming_parts(struct incoming *r, const char *text, size_t size,
    const struct incoming_memory *memory);

#endif
