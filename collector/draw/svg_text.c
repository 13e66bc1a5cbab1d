#include "collector/draw/svg_text.h"

#include <string.h>

#include "collector/draw/font.h"
#include "collector/draw/hand.h"
#include "collector/draw/letters.h"
#include "collector/draw/spell.h"

enum {
	ID_SIZE_MOST = 120, /* of an id that is spelt out */
	LETTERS_MOST = 256  /* of the font: Latin-1 */
};

/* ---- what others wrote -----------------------------------------------------
 */

static bool
is_plain(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
	       (c >= 'A' && c <= 'Z') || c == '.' || c == '-';
}

void
svg_id(struct buffer *out, char kind, const char *id)
{
	size_t size = strlen(id);

	buffer_printf(out, " id=\"%c-", kind);
	for (size_t i = 0; i < size && i < ID_SIZE_MOST; i++) {
		if (is_plain(id[i]))
			buffer_char(out, id[i]);
		else
			buffer_printf(out, "_%02x", (unsigned char)id[i]);
	}
	if (size > ID_SIZE_MOST)
		buffer_printf(
		    out, "__%016llx", (unsigned long long)spell_hash(id));
	buffer_char(out, '"');
}

void
svg_number(struct buffer *out, const char *name, double value)
{
	buffer_char(out, ' ');
	buffer_text(out, name);
	buffer_text(out, "=\"");
	path_number(out, path_tenths(value));
	buffer_char(out, '"');
}

/* ---- letters ---------------------------------------------------------------
 */

const char *
svg_text_class(enum ink ink)
{
	static const char *const classes[] = { "tk", "tb", "tg", "tr", "ty" };

	return classes[ink];
}

/* What stands for a letter that the font does not have. */
static const struct font_letter *
letter_or_question(uint32_t letter)
{
	const struct font_letter *out = font_letter(letter);

	return out ? out : font_letter('?');
}

/* The way of the hand: no line of text is quite level. */
static double
tilt_of(const struct sheet *s, const struct sheet_text *text)
{
	struct chance c = chance_of(hand_seed(s->id, text->id), "tilt", 0);

	return chance_between(&c, -text->tilt, text->tilt);
}

static void
open_text(struct buffer *out, const char *tag, const struct sheet_text *text)
{
	buffer_printf(out, "<%s class=\"%s%s\"", tag, svg_text_class(text->ink),
	    text->bold ? " b" : "");
}

/* Letters of the reader's: the embedded font, or what stands for it. */
static void
font_text(struct buffer *out, const struct sheet_text *text, struct point at,
    long tilt)
{
	static const char *const anchors[] = { "", " text-anchor=\"middle\"",
		" text-anchor=\"end\"" };

	open_text(out, "text", text);
	svg_number(out, "x", at.x);
	svg_number(out, "y", at.y);
	svg_number(out, "font-size", text->size);
	buffer_text(out, anchors[text->anchor]);
	if (tilt) {
		buffer_text(out, " transform=\"rotate(");
		path_number(out, tilt);
		buffer_char(out, ' ');
		path_number(out, path_tenths(at.x));
		buffer_char(out, ' ');
		path_number(out, path_tenths(at.y));
		buffer_text(out, ")\"");
	}
	buffer_char(out, '>');
	spell_xml(out, text->text);
	buffer_text(out, "</text>");
}

/* The pen that makes letters bold is as wide at each size. */
static const double bold_width = .55;

static void
outline_text(struct buffer *out, const struct sheet_text *text, struct point at,
    long tilt)
{
	const double width = letters_width(text->text, text->size);
	const double shift[] = { 0, -width / 2, -width };
	const long size = path_tenths(text->size);
	const struct font_letter *found;
	struct spelled safe;
	const char *next = spell(&safe, text->text);
	uint32_t letter;
	unsigned x = 0;

	open_text(out, "g", text);
	buffer_text(out, " role=\"img\" aria-label=\"");
	spell_xml(out, text->text);
	buffer_text(out, "\" transform=\"translate(");
	path_number(out, path_tenths(at.x));
	buffer_char(out, ' ');
	path_number(out, path_tenths(at.y));
	buffer_text(out, ")rotate(");
	path_number(out, tilt);
	buffer_text(out, ")translate(");
	path_number(out, path_tenths(shift[text->anchor]));
	buffer_printf(out, ")scale(%ld.%04ld -%ld.%04ld)\"", size / 10000,
	    size % 10000, size / 10000, size % 10000);
	svg_number(out, "stroke-width",
	    text->bold ? bold_width * 1000 / text->size : 0);
	buffer_char(out, '>');
	while ((letter = letters_next(&next))) {
		found = letter_or_question(letter);
		if (found && *found->outline)
			buffer_printf(out,
			    "<use xlink:href=\"#l-%02x\" x=\"%u\"/>",
			    found->letter, x);
		x += letters_advance(letter);
	}
	buffer_text(out, "</g>");
}

/* An eraser went over what is below. */
static void
wipe(struct buffer *out, const struct sheet *s, const struct sheet_text *text,
    struct point at)
{
	const double width = letters_width(text->text, text->size);
	const double shift[] = { 0, -width / 2, -width };
	struct hand h = hand_start(out, hand_seed(s->id, text->id));

	buffer_text(out, "<path class=\"wipe\" d=\"");
	hand_wipe(&h, (struct rect){ at.x + shift[text->anchor] - 5,
			  at.y - text->size * .78 - 1, width + 10,
			  text->size * 1.02 + 2 });
	buffer_text(out, "\"/>");
}

void
svg_text(struct buffer *out, const struct sheet *s,
    const struct sheet_text *text, struct point origin, bool outlines)
{
	const struct point at = { text->x - origin.x, text->y - origin.y };
	long tilt = path_tenths(tilt_of(s, text));

	if (text->wiped)
		wipe(out, s, text, at);
	if (outlines && hand_font.letters)
		outline_text(out, text, at, tilt);
	else
		font_text(out, text, at, tilt);
	buffer_char(out, '\n');
}

/* Notes which letters a text needs. */
static void
need(bool *needed, const char *text)
{
	const struct font_letter *found;
	struct spelled safe;
	const char *next = spell(&safe, text);
	uint32_t letter;

	while ((letter = letters_next(&next))) {
		found = letter_or_question(letter);
		if (found && found->letter < LETTERS_MOST)
			needed[found->letter] = true;
	}
}

void
svg_letters(struct buffer *out, const struct sheet *s)
{
	bool needed[LETTERS_MOST] = { false };

	if (!hand_font.letters)
		return;
	need(needed, "0123456789"); /* of the rings */
	for (uint32_t i = 0; i < s->text_count; i++)
		need(needed, s->texts[i].text);
	buffer_text(out, "<defs>\n");
	for (size_t i = 0; i < hand_font.letter_count; i++) {
		const struct font_letter *letter = &hand_font.letters[i];

		if (needed[letter->letter] && *letter->outline)
			buffer_printf(out, "<path id=\"l-%02x\" d=\"%s\"/>\n",
			    letter->letter, letter->outline);
	}
	buffer_text(out, "</defs>\n");
}
