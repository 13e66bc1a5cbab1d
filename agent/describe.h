/*
 * describe.h - a neighbor as lines for people.
 *
 *	neighbor -> [describe] -> read, listen
 *
 * Identity first, in words; behind it everything else that the frame said,
 * with the names that the JSON has.
 *
 * Memory:  writes to the buffer; keeps nothing.
 * Errors:  those of the buffer.
 */
#ifndef AGENT_DESCRIBE_H
#define AGENT_DESCRIBE_H

#include "base/buffer.h"
#include "report/neighbor.h"

/* Appends one line for each thing that 'n' says, indented by two. */
void describe_neighbor(struct buffer *out, const struct neighbor *n);

#endif
