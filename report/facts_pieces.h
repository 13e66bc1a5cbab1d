/*
 * facts_pieces.h - members that several facts have: hexadecimal, words, bits.
 *
 *	facts_write -> [facts_pieces] -> json
 *
 * Each takes its octets from the cursor and adds one member to the object
 * that 'j' has open.
 *
 * Memory:  writes to the buffer of 'j'.
 * Errors:  those of the buffer; octets that are missing count as zeros.
 */
#ifndef REPORT_FACTS_PIECES_H
#define REPORT_FACTS_PIECES_H

#include "base/cursor.h"
#include "base/json.h"

/* 00112233aabb */
void facts_add_hex(struct json *j, const char *name, struct cursor octets);

/* Text that nobody has cleaned yet. */
void facts_add_foreign_text(
    struct json *j, const char *name, struct cursor octets);

void facts_add_mac(struct json *j, const char *name, struct cursor *octets);
void facts_add_ipv4(struct json *j, const char *name, struct cursor *octets);
void facts_add_uuid(struct json *j, const char *name, struct cursor *octets);

/* The number of each bit that is set, as an array: priorities. */
void facts_add_bits(struct json *j, const char *name, unsigned bits);

/* Eight numbers of one octet each; of four bits each. */
void facts_add_octets(struct json *j, const char *name, struct cursor *octets);
void facts_add_nibbles(struct json *j, const char *name, struct cursor *octets);

/* The word of a number, or the number where there is none (fact_word). */
void facts_add_word(struct json *j, const char *name, unsigned number,
    const char *const *words);

#endif
