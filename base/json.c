#include "base/json.h"

#include <stdlib.h>

#include "base/text.h"

enum { ESCAPED_MOST = 6 /* \u001f */ };

/* Ends what was written up to 'at' into room that was reserved. */
static void
written(struct buffer *out, char *at)
{
	*at = '\0';
	out->size = (size_t)(at - out->octets);
}

/* Room for 'size' octets and the comma that may be due before them, which is
 * written; NULL when there is none. */
static char *
room_for_value(struct json *j, size_t size)
{
	char *at;

	if (!buffer_reserve(j->out, size + 1))
		return NULL;
	at = j->out->octets + j->out->size;
	if (j->comma)
		*at++ = ',';
	j->comma = true;
	return at;
}

static void
add_value(struct json *j, const char *octets, size_t size)
{
	char *at = room_for_value(j, size);

	if (!at)
		return;
	memcpy(at, octets, size);
	written(j->out, at + size);
}

static void
begin(struct json *j, char bracket)
{
	char *at = room_for_value(j, 1);

	if (!at)
		return;
	*at = bracket;
	written(j->out, at + 1);
	j->comma = false;
}

static void
end(struct json *j, char bracket)
{
	if (!buffer_reserve(j->out, 1))
		return;
	j->out->octets[j->out->size] = bracket;
	written(j->out, j->out->octets + j->out->size + 1);
	j->comma = true;
}

void
json_object_begin(struct json *j)
{
	begin(j, '{');
}

void
json_object_end(struct json *j)
{
	end(j, '}');
}

void
json_array_begin(struct json *j)
{
	begin(j, '[');
}

void
json_array_end(struct json *j)
{
	end(j, ']');
}

void
json_word(struct json *j, const char *word, size_t size)
{
	char *at = room_for_value(j, size + 2);

	if (!at)
		return;
	*at++ = '"';
	memcpy(at, word, size);
	at += size;
	*at++ = '"';
	written(j->out, at);
}

/* Writes the escape of 'c' to 'out' and gives the octets written. */
static size_t
escape(char *out, unsigned char c)
{
	static const char hex[] = "0123456789abcdef";
	static const char shorts[] = "btn?fr"; /* \b is 8, \r is 13 */

	out[0] = '\\';
	if (c == '"' || c == '\\') {
		out[1] = (char)c;
		return 2;
	}
	if (c >= '\b' && c <= '\r' && c != '\v') {
		out[1] = shorts[c - '\b'];
		return 2;
	}
	memcpy(out + 1, "u00", 3);
	out[4] = hex[c >> 4];
	out[5] = hex[c & 0xf];
	return ESCAPED_MOST;
}

/* A word of ASCII that needs no escape: none below a blank, none '"' or '\\'.
 * A borrow from one octet into the next can only add a false alarm. */
static bool
word_is_plain(uint64_t word)
{
	static const uint64_t each = 0x0101010101010101;
	uint64_t quote = (word ^ each * '"') - each;
	uint64_t backslash = (word ^ each * '\\') - each;
	uint64_t below = word - each * 0x20;

	return ((word | below | quote | backslash) & each * 0x80) == 0;
}

/* Copies whole words that need no escape from the start of 'text'; gives the
 * octets copied.  A rest shorter than a word is copied with the octets before
 * it, as one word that overlaps. */
static size_t
copy_plain(char *out, const char *text, size_t size)
{
	size_t done = 0, rest;
	uint64_t word;

	for (; size - done >= sizeof(word); done += sizeof(word)) {
		memcpy(&word, text + done, sizeof(word));
		if (!word_is_plain(word))
			return done;
		memcpy(out + done, &word, sizeof(word));
	}
	rest = size - done;
	if (rest == 0 || done == 0)
		return done;
	memcpy(&word, text + size - sizeof(word), sizeof(word));
	if (!word_is_plain(word))
		return done;
	memcpy(out + size - sizeof(word), &word, sizeof(word));
	return size;
}

/* Writes octets escaped to '*at', where there is room for the worst, up to the
 * first that is not below 'stop'.  Gives how many it took. */
static size_t
write_escaped(char **at, const char *text, size_t size, unsigned stop)
{
	char *out = *at;
	size_t i = 0;

	while (i < size) {
		size_t plain = copy_plain(out, text + i, size - i);
		unsigned char c;

		out += plain;
		i += plain;
		if (i == size)
			break;
		c = (unsigned char)text[i];
		if (c >= stop)
			break;
		if (c >= 0x20 && c != '"' && c != '\\')
			*out++ = (char)c;
		else
			out += escape(out, c);
		i++;
	}
	*at = out;
	return i;
}

enum { ASCII_ONLY = 0x80, ANY_OCTET = 0x100 };

/* Writes octets that nobody cleaned: what is not UTF-8 becomes U+FFFD, three
 * octets for one, for which there is room.  False: no memory. */
static bool
write_cleaned(char **at, const char *text, size_t size)
{
	char *clean = malloc(size * 3);
	bool cut;

	if (!clean)
		return false;
	size = text_clean(clean, size * 3, text, size, &cut);
	(void)write_escaped(at, clean, size, ANY_OCTET);
	free(clean);
	return true;
}

void
json_text(struct json *j, const char *text, size_t size)
{
	size_t done;
	char *at;

	if (size > SIZE_MAX / ESCAPED_MOST - ESCAPED_MOST) {
		j->out->failed = true;
		return;
	}
	at = room_for_value(j, size * ESCAPED_MOST + 2);
	if (!at)
		return;
	*at++ = '"';
	done = write_escaped(&at, text, size, ASCII_ONLY);
	text += done;
	size -= done;
	if (text_is_utf8(text, size))
		(void)write_escaped(&at, text, size, ANY_OCTET);
	else if (!write_cleaned(&at, text, size))
		j->out->failed = true;
	*at++ = '"';
	written(j->out, at);
}

void
json_number(struct json *j, int64_t number)
{
	char *at = room_for_value(j, BUFFER_DIGITS_MOST);

	if (at)
		written(j->out, buffer_digits(at, number));
}

void
json_boolean(struct json *j, bool value)
{
	add_value(j, value ? "true" : "false", value ? 4 : 5);
}

void
json_null(struct json *j)
{
	add_value(j, "null", 4);
}

void
json_raw(struct json *j, const char *json, size_t size)
{
	add_value(j, json, size);
}
