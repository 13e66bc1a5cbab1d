#include "base/json_tape.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/cursor.h"
#include "base/json_read.h"

enum {
	OCTETS_A_VALUE = 12, /* as a rule; where there are more, it grows */
	VALUES_LEAST = 8,
	UTF8_TWO = 0x80,
	UTF8_THREE = 0x800,
	UTF8_FOUR = 0x10000
};

struct tape {
	char *texts;
	struct json_value values[];
};

struct making {
	struct cursor c;
	struct tape *tape;
	uint32_t count, capacity;
	char *end; /* of the texts that are written */
	bool no_memory;
};

static uint8_t
peek(const struct making *m)
{
	return m->c.left > 0 ? m->c.next[0] : 0;
}

static void
skip_blanks(struct making *m)
{
	while (peek(m) == ' ' || peek(m) == '\n' || peek(m) == '\t' ||
	       peek(m) == '\r')
		cursor_skip(&m->c, 1);
}

static bool
take(struct making *m, char expected)
{
	skip_blanks(m);
	if (peek(m) != (uint8_t)expected)
		return false;
	cursor_skip(&m->c, 1);
	return true;
}

/* ---- texts -----------------------------------------------------------------
 *
 * They take no more room than the document does: a string has two quotes, and
 * behind a number stands a mark, or the end.
 */

static void
write_octets(struct making *m, struct cursor octets)
{
	if (octets.left > 0)
		memcpy(m->end, octets.next, octets.left);
	m->end += octets.left;
}

static void
write_octet(struct making *m, unsigned octet)
{
	*m->end++ = (char)octet;
}

static unsigned
take_unit(struct making *m)
{
	char digits[5] = "";

	cursor_copy(&m->c, digits, 4);
	return (unsigned)strtoul(digits, NULL, 16);
}

static void
write_character(struct making *m, unsigned character)
{
	if (character < UTF8_TWO) {
		write_octet(m, character);
		return;
	}
	if (character < UTF8_THREE) {
		write_octet(m, 0xc0 | character >> 6);
	} else if (character < UTF8_FOUR) {
		write_octet(m, 0xe0 | character >> 12);
		write_octet(m, 0x80 | (character >> 6 & 0x3f));
	} else {
		write_octet(m, 0xf0 | character >> 18);
		write_octet(m, 0x80 | (character >> 12 & 0x3f));
		write_octet(m, 0x80 | (character >> 6 & 0x3f));
	}
	write_octet(m, 0x80 | (character & 0x3f));
}

/* What stands behind a backslash. */
static void
take_escape(struct making *m)
{
	static const char from[] = "bfnrt", to[] = "\b\f\n\r\t";
	uint8_t octet = cursor_u8(&m->c);
	const char *known = octet ? strchr(from, octet) : NULL;
	unsigned unit, low;

	if (octet != 'u') {
		write_octet(m, known ? (uint8_t)to[known - from] : octet);
		return;
	}
	unit = take_unit(m);
	if (unit >= 0xd800 && unit < 0xdc00) {
		cursor_skip(&m->c, 2);
		low = take_unit(m);
		unit = UTF8_FOUR + ((unit & 0x3ff) << 10) + (low & 0x3ff);
	}
	write_character(m, unit);
}

/* NULL: there is no string. */
static const char *
take_string(struct making *m)
{
	const char *text = m->end;
	uint8_t octet;

	if (!take(m, '"'))
		return NULL;
	do {
		size_t size = cursor_span_up_to(&m->c, '"', '\\');

		write_octets(m, cursor_take(&m->c, size));
		octet = cursor_u8(&m->c);
		if (octet == '\\')
			take_escape(m);
	} while (octet == '\\');
	write_octet(m, '\0');
	return octet == '"' ? text : NULL;
}

static bool
is_of_number(uint8_t octet)
{
	return (octet >= '0' && octet <= '9') || octet == '-' || octet == '.' ||
	       octet == '+' || octet == 'e' || octet == 'E';
}

static const char *
take_number(struct making *m)
{
	const char *text = m->end;

	write_octets(m, cursor_take(&m->c, cursor_span(&m->c, is_of_number)));
	write_octet(m, '\0');
	return text;
}

/* ---- values ----------------------------------------------------------------
 */

static struct tape *
resize(struct making *m, size_t capacity)
{
	struct tape *more =
	    capacity < UINT32_MAX
		? realloc(m->tape,
		      sizeof(*more) + capacity * sizeof(struct json_value))
		: NULL;

	if (!more) {
		m->no_memory = true;
		return NULL;
	}
	m->tape = more;
	m->capacity = (uint32_t)capacity;
	return more;
}

static bool
add(struct making *m, enum json_kind kind, const char *name, const char *text)
{
	if (m->count == m->capacity && !resize(m, (size_t)m->capacity * 2))
		return false;
	m->tape->values[m->count++] =
	    (struct json_value){ .name = name, .text = text, .kind = kind };
	return true;
}

static bool take_value(struct making *m, const char *name, int depth);

/* The values between the brackets; those of the tape may move meanwhile. */
static bool
take_items(struct making *m, char end, int depth)
{
	uint32_t at = m->count - 1, last = 0;

	cursor_skip(&m->c, 1);
	if (take(m, end))
		return true;
	do {
		bool member = end == '}';
		const char *name = member ? take_string(m) : NULL;
		uint32_t item = m->count;

		if (member && (!name || !take(m, ':')))
			return false;
		if (!take_value(m, name, depth))
			return false;
		if (last != 0)
			m->tape->values[last].next = item - last;
		m->tape->values[at].count++;
		last = item;
	} while (take(m, ','));
	return take(m, end);
}

static bool
is_letter(uint8_t octet)
{
	return octet >= 'a' && octet <= 'z';
}

static bool
take_word(struct making *m, enum json_kind kind, const char *name)
{
	cursor_skip(&m->c, cursor_span(&m->c, is_letter));
	return add(m, kind, name, NULL);
}

static bool
take_value(struct making *m, const char *name, int depth)
{
	const char *text;

	skip_blanks(m);
	switch (peek(m)) {
	case '{':
		return depth < JSON_DEPTH_LIMIT &&
		       add(m, JSON_OBJECT, name, NULL) &&
		       take_items(m, '}', depth + 1);
	case '[':
		return depth < JSON_DEPTH_LIMIT &&
		       add(m, JSON_ARRAY, name, NULL) &&
		       take_items(m, ']', depth + 1);
	case '"':
		text = take_string(m);
		return text && add(m, JSON_STRING, name, text);
	case 't':
		return take_word(m, JSON_TRUE, name);
	case 'f':
		return take_word(m, JSON_FALSE, name);
	case 'n':
		return take_word(m, JSON_NULL, name);
	default:
		return is_of_number(peek(m)) &&
		       add(m, JSON_NUMBER, name, take_number(m));
	}
}

static enum status
make(struct making *m)
{
	if (!take_value(m, NULL, 0))
		return m->no_memory ? STATUS_NO_MEMORY : STATUS_MALFORMED;
	skip_blanks(m);
	return m->c.left == 0 && cursor_ok(&m->c) ? STATUS_OK
						  : STATUS_MALFORMED;
}

enum status
json_tape(const char *text, size_t size, struct json_value **out_first)
{
	struct making m = { .c = cursor_over(text, size) };
	enum status status = STATUS_NO_MEMORY;
	char *texts;

	if (size >= UINT32_MAX)
		return STATUS_TOO_LARGE;
	texts = m.end = malloc(size + 1);
	if (texts && resize(&m, size / OCTETS_A_VALUE + VALUES_LEAST))
		status = make(&m);
	if (status != STATUS_OK) {
		free(texts);
		free(m.tape);
		return status;
	}
	m.tape->texts = texts;
	*out_first = m.tape->values;
	return STATUS_OK;
}

void
json_tape_free(struct json_value *first)
{
	struct tape *tape;

	if (!first)
		return;
	tape = (struct tape *)(void *)((char *)first -
				       offsetof(struct tape, values));
	free(tape->texts);
	free(tape);
}
