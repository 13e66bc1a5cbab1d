/*
 * spell.h - texts, ids and numbers as a format of others takes them.
 *
 *	sheet -> draw.io, Excalidraw, DOT, ... -> [spell] -> file
 *
 * Names come from strangers.  Here, once for all formats, they become valid
 * UTF-8 on one line without control characters, and are cut; what is left for a
 * format is to escape its own few signs.
 *
 * Memory:  the caller's.
 * Errors:  those of the buffer.
 * Units:   octets.
 * Source:  XML 1.0 2.2 and 2.4; FNV-1a, 64 bits.
 */
#ifndef COLLECTOR_DRAW_SPELL_H
#define COLLECTOR_DRAW_SPELL_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buffer.h"

/* Of one text of a drawing: what is longer is not read there by anybody. */
enum { SPELL_SIZE = 256 };

struct spelled {
	char text[SPELL_SIZE];
};

/* Valid UTF-8 on one line, also without what XML forbids; a text that was cut
 * ends with an ellipsis.  Gives out->text. */
const char *spell(struct spelled *out, const char *text);

/* As 'spell', but different ids stay different: one that was changed or cut
 * ends with a number made of all its octets. */
const char *spell_id(struct spelled *out, const char *id);

/* The same text always has the same one, on every machine. */
uint64_t spell_hash(const char *text);

/* Spelled, as content of an element or as a value between double quotes. */
void spell_xml(struct buffer *out, const char *text);

/* May a file link to it?  Only http and https: a 'javascript:' is no address.
 */
bool spell_is_address(const char *href);

/* With two decimals at most and without an exponent, by no locale; what is no
 * number, or beyond any page, is 0. */
void spell_number(struct buffer *out, double number);

#endif
