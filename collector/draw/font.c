#include "collector/draw/font.h"

#include <stdlib.h>

static int
compare(const void *key, const void *item)
{
	uint32_t a = *(const uint32_t *)key;
	uint32_t b = ((const struct font_letter *)item)->letter;

	return (a > b) - (a < b);
}

const struct font_letter *
font_letter(uint32_t letter)
{
	if (!hand_font.letters)
		return NULL;
	return bsearch(&letter, hand_font.letters, hand_font.letter_count,
	    sizeof(*hand_font.letters), compare);
}
