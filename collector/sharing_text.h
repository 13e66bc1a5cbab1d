/*
 * sharing_text.h - what collectors tell each other, as text.
 *
 *	"SELF n"              SELF is new here, or missed something
 *	"SELF s"              SELF has saved what it had heard
 *	"SELF c SINCE ID ..." these hosts have changed in the database, and what
 *	                      was true SINCE then; more is not told
 *	"SELF d SINCE STEP;STEP..." the same, and from what to what
 *	"SELF h HOST;HOST..." these were heard, and nothing else of them changed
 *
 * SELF and ID are hexadecimal; a HOST is its ID, digest, next_n, number, when
 * it was seen, and N:FIRST:LAST:EXPIRES of each claim that was heard.  A STEP
 * begins like a HOST; then come its shift, its version and the one before, -N
 * of each claim that was closed, and what was heard, here with
 * :FRAMES:DROPPED:MALFORMED where frames are counted.
 *
 * A version is next_n and how many claims are current.  One database gives
 * numbers once, and so no two states of a host have the same: as long as next_n
 * is the same, claims were closed only.
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

struct sharing_version {
	int64_t next_n;
	size_t claim_count;
};

/* From one state of a host to the next. */
struct sharing_step {
	struct store_host row; /* without its machine id */
	struct sharing_version was, is;
	const char *rest; /* lent: what was closed, then what was heard */
};

/* 'known' is the host before the change; NULL: there was none. */
void sharing_text_step(struct buffer *out, const struct model_change *change,
    const struct model_host *known);
/* Moves '*text' to the next STEP. */
bool sharing_text_read_step(const char **text, struct sharing_step *out);
/* The next claim that was closed, from '*rest' on; 0: no more, and '*rest' is
 * for sharing_text_read_claims. */
int64_t sharing_text_read_closed(const char **rest);
/* Puts what was heard into the claims. */
void sharing_text_read_claims(
    const char **rest, struct store_claim *claims, size_t count);

#endif
