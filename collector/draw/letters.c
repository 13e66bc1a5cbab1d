#include "collector/draw/letters.h"

/* Advance widths of the font's letters, in thousandths of the size; 0: the font
 * does not have it. */
static const uint16_t ascii[0x7f - 0x20] = { 230, 247, 303, 457, 507, 643, 530,
	164, 334, 364, 404, 480, 202, 404, 214, 423, 448, 363, 468, 448, 375,
	423, 399, 495, 433, 367, 232, 232, 396, 572, 400, 368, 550, 488, 507,
	548, 475, 442, 375, 480, 468, 235, 370, 523, 372, 595, 532, 556, 481,
	655, 454, 459, 468, 550, 562, 616, 601, 442, 507, 303, 420, 296, 370,
	571, 220, 392, 412, 388, 390, 398, 359, 445, 420, 224, 235, 415, 266,
	680, 452, 403, 428, 463, 385, 385, 344, 400, 400, 463, 448, 423, 428,
	339, 176, 328, 529 };
static const uint16_t latin[0x100 - 0xa0] = { 230, 214, 424, 550, 692, 464, 170,
	384, 404, 759, 289, 478, 484, 404, 760, 400, 232, 475, 230, 220, 247, 0,
	500, 200, 400, 200, 299, 508, 535, 586, 536, 375, 488, 488, 488, 488,
	488, 488, 661, 548, 442, 442, 442, 442, 235, 235, 235, 235, 589, 532,
	556, 556, 556, 556, 556, 490, 568, 550, 550, 550, 550, 442, 492, 529,
	392, 392, 392, 392, 392, 392, 682, 388, 398, 398, 398, 398, 224, 224,
	224, 224, 463, 452, 403, 403, 403, 403, 403, 519, 420, 400, 400, 400,
	400, 423, 454, 423 };

enum { NO_LETTER = 0xfffd };

/* How many octets a letter has that begins so; 1 also for what begins none. */
static unsigned
letter_size(unsigned char first)
{
	if (first >= 0xf0 && first < 0xf5)
		return 4;
	if (first >= 0xe0 && first < 0xf0)
		return 3;
	return first >= 0xc2 && first < 0xe0 ? 2 : 1;
}

/* The next letter of UTF-8, and how many octets it takes. */
static uint32_t
next_letter(const unsigned char *at, unsigned *size)
{
	static const uint32_t least[] = { 0, 0, 0x80, 0x800, 0x10000 };
	unsigned octets = letter_size(*at);
	uint32_t letter = *at;

	*size = 1;
	if (octets == 1)
		return *at < 0x80 ? *at : NO_LETTER;
	letter &= 0x7fU >> octets;
	for (unsigned i = 1; i < octets; i++) {
		if ((at[i] & 0xc0) != 0x80)
			return NO_LETTER;
		letter = letter << 6 | (at[i] & 0x3f);
	}
	if (letter < least[octets])
		return NO_LETTER;
	*size = octets;
	return letter;
}

unsigned
letters_advance(uint32_t letter)
{
	unsigned out = 0;

	if (letter >= 0x20 && letter < 0x7f)
		out = ascii[letter - 0x20];
	else if (letter >= 0xa0 && letter < 0x100)
		out = latin[letter - 0xa0];
	return out ? out : ascii['?' - 0x20];
}

uint32_t
letters_next(const char **at)
{
	uint32_t letter;
	unsigned octets;

	if (!**at)
		return 0;
	letter = next_letter((const unsigned char *)*at, &octets);
	*at += octets;
	return letter;
}

double
letters_width(const char *text, double size)
{
	uint64_t sum = 0;
	uint32_t letter;

	while ((letter = letters_next(&text)))
		sum += letters_advance(letter);
	return (double)sum * size / 1000;
}

size_t
letters_fit(const char *text, double size, double width)
{
	const char *at = text, *fits = text;
	uint64_t sum = 0;
	uint32_t letter;

	while ((letter = letters_next(&at))) {
		sum += letters_advance(letter);
		if ((double)sum * size / 1000 > width)
			break;
		fits = at;
	}
	return (size_t)(fits - text);
}
