/*
 * plain_line.h - lines of letters in columns, for drawings as text.
 *
 *	plain, plain_way -> [plain_line] -> buffer
 *
 * Memory:  the caller's.
 * Errors:  those of the buffer.
 * Units:   columns of a terminal, from 0; wide letters take two of them,
 *          combining ones none (Unicode 15, East Asian Width).
 */
#ifndef COLLECTOR_DRAW_PLAIN_LINE_H
#define COLLECTOR_DRAW_PLAIN_LINE_H

#include "base/buffer.h"
#include "collector/draw/spell.h"

enum { PLAIN_COLUMNS = 80 };

struct plain {
	struct buffer *out;
	bool ascii;      /* else UTF-8 */
	unsigned column; /* that the next letter stands in */
	unsigned blanks; /* due before it: none stand at the end of a line */
};

enum plain_sign {
	PLAIN_CABLE,
	PLAIN_DASHED,
	PLAIN_LINE, /* the demarc line */
	PLAIN_SIDE,
	PLAIN_TOP_LEFT,
	PLAIN_TOP_RIGHT,
	PLAIN_BOTTOM_LEFT,
	PLAIN_BOTTOM_RIGHT,
	PLAIN_FROM, /* a cable leaves a box to the right */
	PLAIN_TO,   /* a cable comes into one from the left */
	PLAIN_YES,
	PLAIN_NO,
	PLAIN_UNKNOWN
};

/* Spelled in the letters that this text may have. */
const char *plain_spell(
    const struct plain *p, struct spelled *out, const char *text);

/* Of a text that plain_spell gave. */
unsigned plain_width(const char *text);

/* The next words of '*rest' that fit into 'columns', at least one letter; what
 * is left stays in '*rest'. */
const char *plain_words(
    struct spelled *out, const char **rest, unsigned columns);

/* Spells 'text', and cuts it to 'columns'. */
const char *plain_cut(const struct plain *p, struct spelled *out,
    const char *text, unsigned columns);

/* Adds 'text', spelled already. */
void plain_put(struct plain *p, const char *text);

/* Spells and adds it. */
void plain_say(struct plain *p, const char *text);

void plain_sign(struct plain *p, enum plain_sign sign, unsigned times);

/* Goes on at 'column', if it is not beyond that. */
void plain_to(struct plain *p, unsigned column);

void plain_end(struct plain *p);

/* Spelled and broken into lines from 'column' on; ends the last one. */
void plain_wrap(struct plain *p, const char *text, unsigned column);

#endif
