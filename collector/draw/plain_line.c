#include "collector/draw/plain_line.h"

#include <stdint.h>

/* How many octets the letter at 'at' has; the text is UTF-8. */
static unsigned
letter_size(const char *at)
{
	unsigned char first = (unsigned char)*at;

	if (first < 0xc0)
		return 1;
	return first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
}

static uint32_t
letter_at(const char *at, unsigned size)
{
	uint32_t letter = (unsigned char)*at;

	if (size > 1)
		letter &= 0x7fU >> size;
	for (unsigned i = 1; i < size; i++)
		letter = letter << 6 | ((unsigned char)at[i] & 0x3f);
	return letter;
}

/* Letters that take no column, or two. */
static const struct {
	uint32_t first, last;
	unsigned columns;
} widths[] = {
	{ 0x300, 0x36f, 0 },
	{ 0x1100, 0x115f, 2 },
	{ 0x200b, 0x200d, 0 },
	{ 0x20d0, 0x20ff, 0 },
	{ 0x2e80, 0xa4cf, 2 },
	{ 0xac00, 0xd7a3, 2 },
	{ 0xf900, 0xfaff, 2 },
	{ 0xfe00, 0xfe0f, 0 },
	{ 0xfe30, 0xfe6f, 2 },
	{ 0xff00, 0xff60, 2 },
	{ 0xffe0, 0xffe6, 2 },
	{ 0x1f300, 0x1f64f, 2 },
	{ 0x1f900, 0x1f9ff, 2 },
	{ 0x20000, 0x3fffd, 2 },
};

static unsigned
letter_columns(uint32_t letter)
{
	for (size_t i = 0; i < sizeof(widths) / sizeof(widths[0]); i++)
		if (letter >= widths[i].first && letter <= widths[i].last)
			return widths[i].columns;
	return 1;
}

const char *
plain_spell(const struct plain *p, struct spelled *out, const char *text)
{
	char *to = out->text;

	spell(out, text);
	for (const char *at = out->text; *at;) {
		unsigned size = letter_size(at);
		uint32_t letter = letter_at(at, size);

		if (letter == 0xa0) {
			*to++ = ' ';
		} else if (p->ascii && letter >= 0x7f) {
			*to++ = '?';
		} else {
			memmove(to, at, size);
			to += size;
		}
		at += size;
	}
	*to = '\0';
	return out->text;
}

unsigned
plain_width(const char *text)
{
	unsigned columns = 0;

	while (*text) {
		unsigned size = letter_size(text);

		columns += letter_columns(letter_at(text, size));
		text += size;
	}
	return columns;
}

/* How many octets of 'text' fit: to the last blank, else to the last letter,
 * but not nothing. */
static size_t
fitting(const char *text, unsigned columns)
{
	size_t at = 0, blank = 0;
	unsigned used = 0;

	while (text[at]) {
		unsigned size = letter_size(text + at);

		used += letter_columns(letter_at(text + at, size));
		if (used > columns && at > 0)
			return blank ? blank : at;
		at += size;
		if (text[at] == ' ')
			blank = at;
	}
	return at;
}

const char *
plain_words(struct spelled *out, const char **rest, unsigned columns)
{
	size_t size = fitting(*rest, columns);

	memcpy(out->text, *rest, size);
	out->text[size] = '\0';
	*rest += size;
	while (**rest == ' ')
		++*rest;
	return out->text;
}

const char *
plain_cut(const struct plain *p, struct spelled *out, const char *text,
    unsigned columns)
{
	struct spelled whole;
	const char *rest = plain_spell(p, &whole, text);

	return plain_words(out, &rest, columns);
}

static void
put_blanks(struct plain *p)
{
	for (; p->blanks > 0; p->blanks--)
		buffer_char(p->out, ' ');
}

void
plain_put(struct plain *p, const char *text)
{
	if (!*text)
		return;
	put_blanks(p);
	buffer_text(p->out, text);
	p->column += plain_width(text);
}

void
plain_say(struct plain *p, const char *text)
{
	struct spelled spelled;

	plain_put(p, plain_spell(p, &spelled, text));
}

void
plain_sign(struct plain *p, enum plain_sign sign, unsigned times)
{
	static const char *const signs[][2] = {
		[PLAIN_CABLE] = { "\u2500", "-" },
		[PLAIN_DASHED] = { "\u2504", "." },
		[PLAIN_LINE] = { "\u254e", "!" },
		[PLAIN_SIDE] = { "\u2502", "|" },
		[PLAIN_TOP_LEFT] = { "\u250c", "+" },
		[PLAIN_TOP_RIGHT] = { "\u2510", "+" },
		[PLAIN_BOTTOM_LEFT] = { "\u2514", "+" },
		[PLAIN_BOTTOM_RIGHT] = { "\u2518", "+" },
		[PLAIN_FROM] = { "\u251c", "|" },
		[PLAIN_TO] = { "\u2524", "|" },
		[PLAIN_YES] = { "\u2713", "=" },
		[PLAIN_NO] = { "\u2717", "X" },
		[PLAIN_UNKNOWN] = { "?", "?" },
	};

	for (; times > 0; times--)
		plain_put(p, signs[sign][p->ascii]);
}

void
plain_to(struct plain *p, unsigned column)
{
	if (p->column >= column)
		return;
	p->blanks += column - p->column;
	p->column = column;
}

void
plain_end(struct plain *p)
{
	buffer_char(p->out, '\n');
	p->column = p->blanks = 0;
}

void
plain_wrap(struct plain *p, const char *text, unsigned column)
{
	struct spelled spelled, piece;
	const char *rest = plain_spell(p, &spelled, text);

	do {
		plain_to(p, column);
		plain_put(
		    p, plain_words(&piece, &rest,
			   PLAIN_COLUMNS > p->column ? PLAIN_COLUMNS - p->column
						     : 1));
		plain_end(p);
	} while (*rest);
}
