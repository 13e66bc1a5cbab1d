/*
 * letters.h - how wide a text is in the hand's letters.
 *
 * Memory:  none.
 * Errors:  none; what the font does not have is as wide as its '?'.
 * Units:   CSS pixels; 'size' is that of the font.
 * Source:  Patrick Hand, SIL Open Font License 1.1; it has no kerning, so a
 *          text is as wide as its letters together.
 */
#ifndef COLLECTOR_DRAW_LETTERS_H
#define COLLECTOR_DRAW_LETTERS_H

#include <stddef.h>
#include <stdint.h>

/* 'text' is UTF-8; an octet that is not is one letter. */
double letters_width(const char *text, double size);

/* How many octets of 'text', in whole letters, are no wider than 'width'. */
size_t letters_fit(const char *text, double size, double width);

/* The letter at '*at', which moves on to the next; 0 at the end, U+FFFD for an
 * octet that is no text. */
uint32_t letters_next(const char **at);

/* How wide a letter is, in thousandths of the size. */
unsigned letters_advance(uint32_t letter);

#endif
