/*
 * font.h - the hand's letters, as they came from npm when demarc was built.
 *
 *	web/hand.woff2 -> tools/font when built -> [font] -> svg
 *
 * Memory:  constant.
 * Errors:  none.  Without the font at build time 'base64' and 'letters' are
 *          NULL; letters.h knows the widths all the same.
 * Units:   thousandths of the size; y goes up.
 * Source:  Patrick Hand, SIL Open Font License 1.1: whoever gets the letters
 *          gets the name of the licence with them.
 */
#ifndef COLLECTOR_DRAW_FONT_H
#define COLLECTOR_DRAW_FONT_H

#include <stddef.h>
#include <stdint.h>

struct font_letter {
	uint32_t letter;
	unsigned advance;
	const char *outline; /* path data; "" of a blank */
};

struct font {
	const char *licence; /* one line: whose it is, and under which terms */
	const unsigned char *base64; /* the WOFF2 file */
	size_t base64_size;
	const struct font_letter *letters; /* ascending */
	size_t letter_count;
};

extern const struct font hand_font;

/* NULL: the font does not have it. */
const struct font_letter *font_letter(uint32_t letter);

#endif
