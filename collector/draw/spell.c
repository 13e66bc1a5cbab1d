#include "collector/draw/spell.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"

enum {
	NUMBER_MOST = 10000000,
	DECIMALS = 100, /* two of them */
	MARK_SIZE = 24  /* "~" and 16 digits behind an id */
};

static const char ellipsis[] = "\u2026";

/* U+FFFE and U+FFFF are letters of Unicode, but none of XML's; U+FFFD stands
 * for them. */
static void
replace_noncharacters(char *text)
{
	for (char *at = text; (at = strstr(at, "\xef\xbf")); at += 3)
		if ((unsigned char)at[2] > 0xbd)
			at[2] = '\xbd';
}

/* Spelled into 'capacity' octets of 'out'; tells whether it was cut. */
static bool
clean(struct spelled *out, size_t capacity, const char *text)
{
	bool cut;
	size_t size =
	    text_clean(out->text, capacity - 1, text, strlen(text), &cut);

	out->text[size] = '\0';
	replace_noncharacters(out->text);
	return cut;
}

const char *
spell(struct spelled *out, const char *text)
{
	if (clean(out, SPELL_SIZE - sizeof(ellipsis), text))
		memcpy(
		    out->text + strlen(out->text), ellipsis, sizeof(ellipsis));
	return out->text;
}

const char *
spell_id(struct spelled *out, const char *id)
{
	size_t size;

	clean(out, SPELL_SIZE - MARK_SIZE, id);
	if (strcmp(out->text, id) == 0)
		return out->text;
	size = strlen(out->text);
	(void)snprintf(out->text + size, SPELL_SIZE - size, "~%016" PRIx64,
	    spell_hash(id));
	return out->text;
}

uint64_t
spell_hash(const char *text)
{
	uint64_t hash = 0xcbf29ce484222325;

	for (; *text; text++)
		hash = (hash ^ (unsigned char)*text) * 0x100000001b3;
	return hash;
}

void
spell_xml(struct buffer *out, const char *text)
{
	struct spelled spelled;

	for (const char *at = spell(&spelled, text); *at; at++) {
		switch (*at) {
		case '&':
			buffer_text(out, "&amp;");
			break;
		case '<':
			buffer_text(out, "&lt;");
			break;
		case '>':
			buffer_text(out, "&gt;");
			break;
		case '"':
			buffer_text(out, "&quot;");
			break;
		default:
			buffer_char(out, *at);
		}
	}
}

bool
spell_is_address(const char *href)
{
	return strncmp(href, "http://", 7) == 0 ||
	       strncmp(href, "https://", 8) == 0;
}

void
spell_number(struct buffer *out, double number)
{
	bool sane = number > -NUMBER_MOST && number < NUMBER_MOST;
	long value = sane ? lround(number * DECIMALS) : 0;
	long rest = labs(value % DECIMALS);

	buffer_printf(
	    out, "%s%ld", value < 0 ? "-" : "", labs(value) / DECIMALS);
	if (rest % 10)
		buffer_printf(out, ".%02ld", rest);
	else if (rest)
		buffer_printf(out, ".%ld", rest / 10);
}
