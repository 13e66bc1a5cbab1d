#include "base/json_check.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "base/cursor.h"
#include "base/text.h"

struct scan {
	const uint8_t *start;
	struct cursor c;
	const char *wrong; /* what is wrong at the cursor; NULL: nothing yet */
	bool too_deep;
};

/* The next octet without taking it; 0 at the end (no JSON begins with 0). */
static uint8_t
peek(const struct scan *s)
{
	return s->c.left > 0 ? s->c.next[0] : 0;
}

static bool
refuse(struct scan *s, const char *what)
{
	if (!s->wrong)
		s->wrong = what;
	return false;
}

static void
skip_blanks(struct scan *s)
{
	while (s->c.left > 0 && memchr(" \t\r\n", peek(s), 4))
		cursor_skip(&s->c, 1);
}

static bool
take_char(struct scan *s, char expected, const char *what)
{
	if (peek(s) != (uint8_t)expected)
		return refuse(s, what);
	cursor_skip(&s->c, 1);
	return true;
}

static bool
is_digit(uint8_t octet)
{
	return octet >= '0' && octet <= '9';
}

static bool
take_digits(struct scan *s)
{
	if (!is_digit(peek(s)))
		return refuse(s, "a digit is missing");
	while (is_digit(peek(s)))
		cursor_skip(&s->c, 1);
	return true;
}

static bool
take_number(struct scan *s)
{
	if (peek(s) == '-')
		cursor_skip(&s->c, 1);
	if (peek(s) == '0') {
		cursor_skip(&s->c, 1);
		if (is_digit(peek(s)))
			return refuse(s, "a number begins with 0");
	} else if (!take_digits(s)) {
		return false;
	}
	if (peek(s) == '.') {
		cursor_skip(&s->c, 1);
		if (!take_digits(s))
			return false;
	}
	if (peek(s) != 'e' && peek(s) != 'E')
		return true;
	cursor_skip(&s->c, 1);
	if (peek(s) == '+' || peek(s) == '-')
		cursor_skip(&s->c, 1);
	return take_digits(s);
}

/* The four digits behind \u. */
static bool
take_unit(struct scan *s, unsigned *out_unit)
{
	unsigned unit = 0;

	for (int i = 0; i < 4; i++) {
		uint8_t octet = peek(s);

		if (is_digit(octet))
			unit = unit << 4 | (octet - '0');
		else if (octet >= 'a' && octet <= 'f')
			unit = unit << 4 | (octet - 'a' + 10U);
		else if (octet >= 'A' && octet <= 'F')
			unit = unit << 4 | (octet - 'A' + 10U);
		else
			return refuse(s, "\\u needs four hexadecimal digits");
		cursor_skip(&s->c, 1);
	}
	*out_unit = unit;
	return true;
}

static bool
take_unicode(struct scan *s)
{
	unsigned unit, low;

	if (!take_unit(s, &unit))
		return false;
	if (unit == 0)
		return refuse(s, "U+0000 is not allowed in a string");
	if (unit >= 0xdc00 && unit <= 0xdfff)
		return refuse(s, "half of a surrogate pair stands alone");
	if (unit < 0xd800 || unit > 0xdbff)
		return true;
	if (!take_char(s, '\\', "half of a surrogate pair stands alone") ||
	    !take_char(s, 'u', "half of a surrogate pair stands alone") ||
	    !take_unit(s, &low))
		return false;
	if (low < 0xdc00 || low > 0xdfff)
		return refuse(s, "half of a surrogate pair stands alone");
	return true;
}

static bool
take_escape(struct scan *s)
{
	uint8_t octet = peek(s);

	if (octet == 0 || !memchr("\"\\/bfnrtu", octet, 9))
		return refuse(s, "a backslash is followed by no known escape");
	cursor_skip(&s->c, 1);
	return octet != 'u' || take_unicode(s);
}

static bool
is_plain(uint8_t octet)
{
	return octet >= 0x20 && octet != '"' && octet != '\\';
}

static bool
take_string(struct scan *s)
{
	if (!take_char(s, '"', "a string in double quotes is missing"))
		return false;
	cursor_skip(&s->c, cursor_span(&s->c, is_plain));
	while (s->c.left > 0) {
		uint8_t octet = peek(s);

		if (octet < 0x20)
			return refuse(s, "a string holds a control character");
		cursor_skip(&s->c, 1);
		if (octet == '"')
			return true;
		if (octet == '\\' && !take_escape(s))
			return false;
	}
	return refuse(s, "a string does not end");
}

static bool
take_word(struct scan *s, const char *word)
{
	for (; *word; word++) {
		if (!take_char(s, *word, "this is no JSON value"))
			return false;
	}
	return true;
}

static bool take_value(struct scan *s, int depth);

/* What stands between the brackets: values, or members of an object. */
static bool
take_items(struct scan *s, bool object, int depth)
{
	char end = object ? '}' : ']';

	cursor_skip(&s->c, 1);
	skip_blanks(s);
	if (peek(s) == (uint8_t)end)
		return take_char(s, end, "");
	for (;;) {
		if (object) {
			if (!take_string(s))
				return false;
			skip_blanks(s);
			if (!take_char(s, ':', "a colon is missing"))
				return false;
			skip_blanks(s);
		}
		if (!take_value(s, depth))
			return false;
		skip_blanks(s);
		if (peek(s) != ',')
			return take_char(s, end,
			    object ? "a comma or } is missing"
				   : "a comma or ] is missing");
		cursor_skip(&s->c, 1);
		skip_blanks(s);
	}
}

static bool
take_value(struct scan *s, int depth)
{
	uint8_t octet = peek(s);

	if (octet == '{' || octet == '[') {
		if (depth >= JSON_DEPTH_LIMIT) {
			s->too_deep = true;
			return refuse(s, "nested more than 32 deep");
		}
		return take_items(s, octet == '{', depth + 1);
	}
	if (octet == '"')
		return take_string(s);
	if (octet == '-' || is_digit(octet))
		return take_number(s);
	if (octet == 't')
		return take_word(s, "true");
	if (octet == 'f')
		return take_word(s, "false");
	if (octet == 'n')
		return take_word(s, "null");
	return refuse(s,
	    s->c.left > 0 ? "this is no JSON value" : "the document ends here");
}

static void
say_where(const struct scan *s, size_t size, char *error)
{
	size_t at = size - s->c.left;
	size_t line = 1, column = 1;

	for (size_t i = 0; i < at; i++) {
		column++;
		if (s->start[i] == '\n') {
			line++;
			column = 1;
		}
	}
	(void)snprintf(error, JSON_ERROR_SIZE, "line %zu, column %zu: %s", line,
	    column, s->wrong);
}

enum status
json_check(const char *text, size_t size, int depth,
    char error[static JSON_ERROR_SIZE])
{
	struct scan s = {
		.start = (const uint8_t *)text,
		.c = cursor_over(text, size),
	};

	if (size == 0) {
		text_copy(error, JSON_ERROR_SIZE, "the document is empty");
		return STATUS_MALFORMED;
	}
	if (!text_is_utf8(text, size)) {
		text_copy(
		    error, JSON_ERROR_SIZE, "the document is not valid UTF-8");
		return STATUS_MALFORMED;
	}
	skip_blanks(&s);
	if (take_value(&s, depth)) {
		skip_blanks(&s);
		if (s.c.left > 0)
			refuse(&s, "something follows the document");
	}
	if (!s.wrong)
		return STATUS_OK;
	say_where(&s, size, error);
	return s.too_deep ? STATUS_TOO_LARGE : STATUS_MALFORMED;
}
