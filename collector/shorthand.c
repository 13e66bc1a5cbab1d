#include "collector/shorthand.h"

#include <string.h>

/* What an octet begins, besides a character of its own. */
enum code {
	CODE_RAW = 0x01, /* a count, then as many octets as they are */
	CODE_UUID,       /* 16 octets: 8-4-4-4-12 */
	CODE_MAC,        /* 6 octets */
	CODE_KEY,        /* the key */
	CODE_NUMBER,     /* 4 octets: ten digits */
	CODE_LONG,       /* the place of a phrase behind the short ones */
	CODE_HEX,        /* 16 octets: 32 digits */
	CODE_PHRASE,     /* and all that follow: the place of a short one */
	CODE_TEXT = 0x20,
	CODE_PHRASE_2 = 0x7f,
	FIRST_PHRASES = CODE_TEXT - CODE_PHRASE
};

enum {
	LONG_START = 4,  /* characters that a phrase is found by, */
	SHORT_START = 2, /* and one that has fewer */
	RAW_MOST = 255,
	MAC_SIZE = 6,
	MAC_LENGTH = 17,
	UUID_SIZE = 16,
	UUID_LENGTH = 36,
	HEX_LENGTH = 32,
	NUMBER_SIZE = 4,
	NUMBER_LENGTH = 10
};

/* ---- the table ------------------------------------------------------------
 */

static uint32_t
slot_of(const char *text, size_t start)
{
	uint32_t hash = 0;

	memcpy(&hash, text, start);
	return hash * 2654435761U >> 22;
}

static size_t
start_of(size_t length)
{
	return length < LONG_START ? SHORT_START : LONG_START;
}

void
shorthand_init(struct shorthand *s)
{
	memset(s, 0, sizeof(*s));
	for (uint16_t i = 0; shorthand_phrases[i]; i++) {
		const char *phrase = shorthand_phrases[i];
		size_t length = strlen(phrase);
		uint16_t *at = &s->first[slot_of(phrase, start_of(length))];

		s->length[i] = (uint8_t)length;
		while (*at && s->length[*at - 1] >= length)
			at = &s->next[*at - 1];
		s->next[i] = *at;
		*at = (uint16_t)(i + 1);
	}
}

/* The place + 1 of the longest phrase that 'text' begins with and that is
 * found by 'start' characters; 0: none. */
static uint16_t
longest(const struct shorthand *s, const char *text, size_t size, size_t start)
{
	uint16_t at;

	if (size < start)
		return 0;
	at = s->first[slot_of(text, start)];
	while (at && (s->length[at - 1] > size ||
			 memcmp(text, shorthand_phrases[at - 1],
			     s->length[at - 1]) != 0))
		at = s->next[at - 1];
	return at;
}

/* ---- writing --------------------------------------------------------------
 */

struct writing {
	const struct shorthand *table;
	const char *key;
	size_t key_length;
	struct buffer *out;
};

/* The value of a lower-case hexadecimal digit; -1: it is none. */
static int
digit_of(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static bool
is_dash(size_t i)
{
	return i == 8 || i == 13 || i == 18 || i == 23;
}

static bool
is_colon(size_t i)
{
	return i % 3 == 2;
}

static bool
is_nothing(size_t i)
{
	(void)i;
	return false;
}

/* Reads digits in pairs, with 'mark' wherever 'is_mark' says. */
static bool
read_digits(const char *text, size_t length, char mark, bool (*is_mark)(size_t),
    unsigned char *out)
{
	size_t digits = 0;

	for (size_t i = 0; i < length; i++) {
		int digit = digit_of(text[i]);

		if (is_mark(i)) {
			if (text[i] != mark)
				return false;
			continue;
		}
		if (digit < 0)
			return false;
		if (digits % 2 == 0)
			out[digits / 2] = (unsigned char)(digit << 4);
		else
			out[digits / 2] |= (unsigned char)digit;
		digits++;
	}
	return true;
}

static void
put(const struct writing *w, enum code code, const void *octets, size_t size)
{
	buffer_char(w->out, (char)code);
	buffer_append(w->out, octets, size);
}

/* A time: what may be ten digits begins like one. */
static size_t
put_number(const struct writing *w, const char *text, size_t size)
{
	unsigned char octets[NUMBER_SIZE];
	uint64_t number = 0;

	if (size < NUMBER_LENGTH || text[0] < '1' || text[0] > '4')
		return 0;
	for (size_t i = 0; i < NUMBER_LENGTH; i++) {
		if (text[i] < '0' || text[i] > '9')
			return 0;
		number = number * 10 + (uint64_t)(text[i] - '0');
	}
	if (number > UINT32_MAX)
		return 0;
	for (size_t i = 0; i < NUMBER_SIZE; i++)
		octets[i] = (unsigned char)(number >> (24 - 8 * i));
	put(w, CODE_NUMBER, octets, sizeof(octets));
	return NUMBER_LENGTH;
}

/* What is digits in some form; gives how many characters it is. */
static size_t
put_digits(const struct writing *w, const char *text, size_t size)
{
	unsigned char octets[UUID_SIZE];

	if (digit_of(text[0]) < 0)
		return 0;
	if (size >= MAC_LENGTH && text[2] == ':' &&
	    read_digits(text, MAC_LENGTH, ':', is_colon, octets)) {
		put(w, CODE_MAC, octets, MAC_SIZE);
		return MAC_LENGTH;
	}
	if (size >= UUID_LENGTH && text[8] == '-' &&
	    read_digits(text, UUID_LENGTH, '-', is_dash, octets)) {
		put(w, CODE_UUID, octets, UUID_SIZE);
		return UUID_LENGTH;
	}
	if (size >= HEX_LENGTH &&
	    read_digits(text, HEX_LENGTH, 0, is_nothing, octets)) {
		put(w, CODE_HEX, octets, UUID_SIZE);
		return HEX_LENGTH;
	}
	return put_number(w, text, size);
}

static size_t
put_phrase(const struct writing *w, const char *text, size_t size)
{
	uint16_t at = longest(w->table, text, size, LONG_START);
	unsigned place;

	if (!at)
		at = longest(w->table, text, size, SHORT_START);
	if (!at)
		return 0;
	place = at - 1U;
	if (place >= SHORTHAND_SHORT) {
		buffer_char(w->out, CODE_LONG);
		place -= SHORTHAND_SHORT;
	} else if (place < FIRST_PHRASES) {
		place += CODE_PHRASE;
	} else {
		place += CODE_PHRASE_2 - FIRST_PHRASES;
	}
	buffer_char(w->out, (char)place);
	return w->table->length[at - 1];
}

static bool
is_character(char c)
{
	return c >= CODE_TEXT && c < CODE_PHRASE_2;
}

/* One character, or all that are none of ours. */
static size_t
put_plain(const struct writing *w, const char *text, size_t size)
{
	size_t count = 0;

	if (is_character(*text)) {
		buffer_char(w->out, *text);
		return 1;
	}
	while (count < size && count < RAW_MOST && !is_character(text[count]))
		count++;
	buffer_char(w->out, CODE_RAW);
	buffer_char(w->out, (char)count);
	buffer_append(w->out, text, count);
	return count;
}

static size_t
put_key(const struct writing *w, const char *text, size_t size)
{
	if (w->key_length < 2 || size < w->key_length ||
	    memcmp(text, w->key, w->key_length) != 0)
		return 0;
	buffer_char(w->out, CODE_KEY);
	return w->key_length;
}

void
shorthand_write(const struct shorthand *s, const char *text, const char *key,
    struct buffer *out)
{
	const struct writing w = { s, key, strlen(key), out };
	size_t left = strlen(text), taken;

	for (; left > 0; text += taken, left -= taken) {
		taken = put_key(&w, text, left);
		if (taken == 0)
			taken = put_digits(&w, text, left);
		if (taken == 0)
			taken = put_phrase(&w, text, left);
		if (taken == 0)
			taken = put_plain(&w, text, left);
	}
}

/* ---- reading --------------------------------------------------------------
 */

struct reading {
	const struct shorthand *table;
	const unsigned char *at, *end;
	const char *key;
	struct buffer *out;
};

static void
write_digits(
    const struct reading *r, size_t length, char mark, bool (*is_mark)(size_t))
{
	static const char digits[] = "0123456789abcdef";
	char text[UUID_LENGTH];
	size_t count = 0;

	for (size_t i = 0; i < length; i++) {
		unsigned char octet = r->at[count / 2];

		if (is_mark(i)) {
			text[i] = mark;
			continue;
		}
		text[i] = digits[count % 2 == 0 ? octet >> 4 : octet & 15];
		count++;
	}
	buffer_append(r->out, text, length);
}

static void
write_number(const struct reading *r)
{
	uint32_t number = 0;
	char text[NUMBER_LENGTH];
	size_t first = NUMBER_LENGTH;

	for (size_t i = 0; i < NUMBER_SIZE; i++)
		number = number << 8 | r->at[i];
	do {
		text[--first] = (char)('0' + number % 10);
		number /= 10;
	} while (number > 0);
	buffer_append(r->out, text + first, NUMBER_LENGTH - first);
}

static bool
write_phrase(const struct reading *r, size_t place)
{
	if (place >= SHORTHAND_MOST || r->table->length[place] == 0)
		return false;
	buffer_append(
	    r->out, shorthand_phrases[place], r->table->length[place]);
	return true;
}

/* Characters that stand for themselves. */
static void
copy_characters(struct reading *r)
{
	const unsigned char *first = r->at;

	while (r->at < r->end && is_character((char)*r->at))
		r->at++;
	buffer_append(r->out, first, (size_t)(r->at - first));
}

/* How many octets follow this one; SIZE_MAX: more than there are. */
static size_t
size_after(const struct reading *r, unsigned code)
{
	static const size_t sizes[CODE_PHRASE] = {
		[CODE_RAW] = 1,
		[CODE_UUID] = UUID_SIZE,
		[CODE_MAC] = MAC_SIZE,
		[CODE_NUMBER] = NUMBER_SIZE,
		[CODE_LONG] = 1,
		[CODE_HEX] = UUID_SIZE,
	};
	size_t left = (size_t)(r->end - r->at);
	size_t size = code < CODE_PHRASE ? sizes[code] : 0;

	if (size <= left && code == CODE_RAW)
		size += r->at[0];
	return size <= left ? size : SIZE_MAX;
}

/* The octet that 'at' has passed, no character; the 'size' that belong to it
 * are there. */
static bool
read_code(struct reading *r, unsigned code, size_t size)
{
	switch (code) {
	case 0:
		return false;
	case CODE_RAW:
		buffer_append(r->out, r->at + 1, size - 1);
		return true;
	case CODE_UUID:
		write_digits(r, UUID_LENGTH, '-', is_dash);
		return true;
	case CODE_MAC:
		write_digits(r, MAC_LENGTH, ':', is_colon);
		return true;
	case CODE_KEY:
		buffer_text(r->out, r->key);
		return true;
	case CODE_NUMBER:
		write_number(r);
		return true;
	case CODE_LONG:
		return write_phrase(r, SHORTHAND_SHORT + r->at[0]);
	case CODE_HEX:
		write_digits(r, HEX_LENGTH, 0, is_nothing);
		return true;
	default:
		break;
	}
	if (code < CODE_TEXT)
		return write_phrase(r, code - CODE_PHRASE);
	return write_phrase(r, code - CODE_PHRASE_2 + FIRST_PHRASES);
}

bool
shorthand_read(const struct shorthand *s, const void *octets, size_t size,
    const char *key, struct buffer *out)
{
	const unsigned char *at = octets;
	struct reading r = { s, at, at, key, out };

	if (size == 0)
		return true;
	r.end = at + size;
	while (r.at < r.end) {
		unsigned code = *r.at;
		size_t after;

		if (is_character((char)code)) {
			copy_characters(&r);
			continue;
		}
		r.at++;
		after = size_after(&r, code);
		if (after == SIZE_MAX || !read_code(&r, code, after))
			return false;
		r.at += after;
	}
	return true;
}
