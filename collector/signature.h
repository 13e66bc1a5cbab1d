/*
 * signature.h - which documents may hold a text: for each run of three
 * characters a row of bits, one for each document.
 *
 *	texts of a document -> [signature] <- part of a text
 *	                            |
 *	                            v
 *	             documents that may have it, as bits
 *
 * A document that has the part is always among them; one that has not may be,
 * since runs share rows.  So whoever asks looks at what it is given.  Names are
 * signed as query_plain_name writes them.
 *
 * Whole texts have rows by their hash, so that an exact name leads to its
 * document and not to all that have its runs.
 *
 * Runs of hex digits have rows of their own, because UUIDs and MACs have all of
 * them; pairs and single characters have rows for parts that are no longer.
 *
 * Memory:  signature_done; 1456 octets for each document, taken for
 *          SIGNATURE_CHUNK of them at once.
 * Errors:  false when the heap is exhausted.
 */
#ifndef COLLECTOR_SIGNATURE_H
#define COLLECTOR_SIGNATURE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/attributes.h"

enum {
	SIGNATURE_CHUNK = 4096,
	SIGNATURE_ROWS = 11648,
	SIGNATURE_WORDS = SIGNATURE_CHUNK / 64,
	SIGNATURE_RUNS_MOST = 12 /* of one part that are looked at */
};

struct signature {
	uint64_t **chunks;
	size_t count;
};

/* Makes room for the document of this number. */
MUST_USE bool signature_room(struct signature *s, uint32_t document);

/* The rows of one document while its texts are gone through: most runs come
 * more than once. */
struct signature_bits {
	uint64_t words[SIGNATURE_ROWS / 64];
};
void signature_add(struct signature_bits *b, const char *plain, size_t size);
void signature_add_vlan(struct signature_bits *b, int vlan);
/* It may have any VLAN. */
void signature_add_vlans(struct signature_bits *b);

/* Adds to what the document has already. */
void signature_enter(
    struct signature *s, uint32_t document, const struct signature_bits *b);

void signature_clear(struct signature *s, uint32_t document);

/* The text is a whole one, and found as such. */
void signature_add_whole(
    struct signature_bits *b, const char *plain, size_t size);

/* Rows that a document must have, all of them. */
struct signature_part {
	uint16_t rows[SIGNATURE_RUNS_MOST];
	size_t count; /* 0: none has it */
};
struct signature_part signature_part(const char *plain);
struct signature_part signature_part_whole(const char *plain);
struct signature_part signature_part_vlan(int vlan);
struct signature_part signature_part_vlans(void);

/* Adds the documents of a chunk that may have the part. */
void signature_find(const struct signature *s, size_t chunk,
    const struct signature_part *part, uint64_t mask[static SIGNATURE_WORDS]);

void signature_done(struct signature *s);

#endif
