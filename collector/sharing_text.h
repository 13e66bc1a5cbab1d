/*
 * sharing_text.h - what collectors tell each other, as text.
 *
 *	"SELF n"              SELF is new here, or missed something
 *	"SELF s"              SELF has saved what it had heard
 *	"SELF c SINCE ID ..." these hosts have changed in the database, and what
 *	                      was true SINCE then
 *	"SELF h HOST;HOST..." these were heard, and nothing else of them changed
 *
 * SELF and ID are hexadecimal; a HOST is its ID, digest, next_n, number, when
 * it was seen, and N:FIRST:LAST:EXPIRES of each claim that was heard.
 *
 * Memory:  plain functions; texts are lent.
 * Errors:  what cannot be read is left out.
 */
#ifndef COLLECTOR_SHARING_TEXT_H
#define COLLECTOR_SHARING_TEXT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buffer.h"
#include "collector/model.h"

enum { SHARING_TEXT_MOST = 7900 }; /* NOTIFY takes less than 8000 */

void sharing_text_host(struct buffer *out, const struct model_host *h);

/* How many octets of these hosts are whole hosts, of 'most'. */
size_t sharing_text_whole(const char *hosts, size_t size, size_t most);

/* Reads the head of a HOST and moves '*text' to its claims. */
bool sharing_text_read_host(const char **text, struct store_host *out);
/* Puts the times of its claims into 'heard', and moves '*text' to the next
 * HOST. */
void sharing_text_read_heard(
    const char **text, struct model_heard *heard, size_t count);

#endif
