#include "cli/width.h"

#include <stdint.h>
#include <wchar.h>

/* Reads one character; gives its size, 1 for an octet that is none. */
static size_t
read_character(const char *text, wchar_t *out_character)
{
	const uint8_t *in = (const uint8_t *)text;
	size_t size = in[0] >= 0xf0 ? 4 : in[0] >= 0xe0 ? 3 : 2;
	uint32_t character;

	*out_character = in[0];
	if (in[0] < 0xc2)
		return 1;
	character = in[0] & (0xffU >> (size + 1));
	for (size_t i = 1; i < size; i++) {
		if ((in[i] & 0xc0) != 0x80)
			return 1;
		character = character << 6 | (in[i] & 0x3f);
	}
	*out_character = (wchar_t)character;
	return size;
}

static int
columns_of(wchar_t character)
{
	int columns = wcwidth(character);

	return columns < 0 ? 1 : columns;
}

size_t
width_fit(const char *text, int columns)
{
	size_t fitting = 0;

	while (text[fitting] != '\0') {
		wchar_t character;
		size_t size = read_character(text + fitting, &character);

		columns -= columns_of(character);
		if (columns < 0)
			break;
		fitting += size;
	}
	return fitting;
}

int
width_of(const char *text)
{
	int columns = 0;

	while (*text != '\0') {
		wchar_t character;

		text += read_character(text, &character);
		columns += columns_of(character);
	}
	return columns;
}
