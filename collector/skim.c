#include "collector/skim.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum { DIGITS_MOST = 18, UTF8_TWO = 0x80, UTF8_THREE = 0x800 };

static const char *
past_blanks(const char *at)
{
	while (*at == ' ' || *at == '\t' || *at == '\r' || *at == '\n')
		at++;
	return at;
}

/* Behind the text that begins at a quote: the next one without a backslash of
 * its own before it. */
static const char *
past_text(const char *at)
{
	size_t backslashes;

	do {
		at = strchrnul(at + 1, '"');
		backslashes = 0;
		while (*at && at[-1 - (ptrdiff_t)backslashes] == '\\')
			backslashes++;
	} while (backslashes % 2 == 1);
	return *at ? at + 1 : at;
}

/* Behind the value: what ends it stands outside of texts and brackets. */
static const char *
past_value(const char *at)
{
	size_t depth = 0;

	while (*at) {
		if (depth == 0 && (*at == ',' || *at == '}' || *at == ']'))
			return at;
		if (*at == '"') {
			at = past_text(at);
			continue;
		}
		if (*at == '{' || *at == '[')
			depth++;
		else if (*at == '}' || *at == ']')
			depth--;
		at++;
	}
	return at;
}

struct skim
skim_begin(const char *text)
{
	struct skim s = { NULL };

	text = past_blanks(text);
	if (*text == '{' || *text == '[')
		s.at = text + 1;
	return s;
}

bool
skim_next(struct skim *s, struct skim_member *out)
{
	const char *at = s->at ? past_blanks(s->at) : "";

	*out = (struct skim_member){ NULL, 0, NULL, 0 };
	s->at = NULL;
	if (*at == '\0' || *at == '}' || *at == ']')
		return false;
	if (*at == '"') {
		const char *end = past_text(at);
		const char *behind = past_blanks(end);

		if (*behind == ':') {
			out->name = at + 1;
			out->name_size = (size_t)(end - at - 2);
			at = past_blanks(behind + 1);
		}
	}
	out->value = at;
	at = past_value(at);
	out->value_size = (size_t)(at - out->value);
	if (*at == ',')
		s->at = at + 1;
	return true;
}

static unsigned
read_hex(const char *at)
{
	char digits[5] = "";

	for (size_t i = 0; i < 4 && isxdigit((unsigned char)at[i]); i++)
		digits[i] = at[i];
	return (unsigned)strtoul(digits, NULL, 16);
}

/* Writes the character as UTF-8; halves of a pair, which no name has, as they
 * come. */
static size_t
put_character(char out[static 3], unsigned character)
{
	if (character < UTF8_TWO) {
		out[0] = (char)character;
		return 1;
	}
	if (character < UTF8_THREE) {
		out[0] = (char)(0xc0 | character >> 6);
		out[1] = (char)(0x80 | (character & 0x3f));
		return 2;
	}
	out[0] = (char)(0xe0 | character >> 12);
	out[1] = (char)(0x80 | (character >> 6 & 0x3f));
	out[2] = (char)(0x80 | (character & 0x3f));
	return 3;
}

/* Reads what stands behind a backslash and gives how long that is. */
static size_t
read_escape(const char *at, char out[static 3], size_t *out_length)
{
	static const char from[] = "bfnrt", to[] = "\b\f\n\r\t";
	const char *known = strchr(from, *at);

	if (*at == 'u' && strnlen(at, 5) == 5) {
		*out_length = put_character(out, read_hex(at + 1));
		return 5;
	}
	out[0] = known && *at ? to[known - from] : *at;
	*out_length = 1;
	return 1;
}

size_t
skim_text(const struct skim_member *m, char *out, size_t capacity)
{
	const char *at = m->value;
	size_t length = 0;

	out[0] = '\0';
	if (!at || *at != '"')
		return 0;
	for (at++; *at && *at != '"';) {
		char part[3] = { *at };
		size_t size = 1, taken = 1;

		if (*at == '\\' && at[1]) {
			taken += read_escape(at + 1, part, &size);
			if (length + size >= capacity)
				break;
			memcpy(out + length, part, size);
		} else if (length + 1 < capacity) {
			out[length] = *at;
		} else {
			break;
		}
		length += size;
		at += taken;
	}
	out[length] = '\0';
	return length;
}

bool
skim_plain_text(const struct skim_member *m, const char **out, size_t *out_size)
{
	size_t size = m->value_size;

	if (size < 2 || m->value[0] != '"' || m->value[size - 1] != '"' ||
	    memchr(m->value, '\\', size))
		return false;
	*out = m->value + 1;
	*out_size = size - 2;
	return true;
}

bool
skim_is_same(const struct skim_member *a, const struct skim_member *b)
{
	return a->value && b->value && a->value_size == b->value_size &&
	       memcmp(a->value, b->value, a->value_size) == 0;
}

int64_t
skim_number(const struct skim_member *m, int64_t absent)
{
	const char *at = m->value ? m->value : "";
	size_t sign = *at == '-', digits = strspn(at + sign, "0123456789");
	char text[DIGITS_MOST + 2] = "";

	if (digits == 0 || digits > DIGITS_MOST ||
	    strchr(".eE", at[sign + digits]))
		return absent;
	memcpy(text, at, sign + digits);
	return strtoll(text, NULL, 10);
}
