#include "base/json.h"

#include "base/text.h"

enum {
	DIGITS_MOST = 21, /* of a 64 bit number with its sign */
	ESCAPED_MOST = 6  /* \u001f */
};

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
	add_value(j, &bracket, 1);
	j->comma = false;
}

static void
end(struct json *j, char bracket)
{
	buffer_char(j->out, bracket);
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
json_name(struct json *j, const char *name)
{
	size_t size = strlen(name);
	char *at;

	if (!buffer_reserve(j->out, size + 4))
		return;
	at = j->out->octets + j->out->size;
	if (j->comma)
		*at++ = ',';
	*at++ = '"';
	memcpy(at, name, size);
	at += size;
	*at++ = '"';
	*at++ = ':';
	written(j->out, at);
	j->comma = false;
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

/* A word whose octets need no escape: none below a blank, none '"' or '\\'.
 * A borrow from one octet into the next can only add a false alarm. */
static bool
word_is_plain(uint64_t word)
{
	static const uint64_t each = 0x0101010101010101;
	uint64_t quote = word ^ each * '"';
	uint64_t backslash = word ^ each * '\\';
	uint64_t below = (word - each * 0x20) & ~word;

	quote = (quote - each) & ~quote;
	backslash = (backslash - each) & ~backslash;
	return ((below | quote | backslash) & each * 0x80) == 0;
}

/* Writes the octets escaped to 'at', where there is room for the worst, and
 * gives the end. */
static char *
write_escaped(char *at, const char *text, size_t size)
{
	size_t i = 0;

	while (i < size) {
		unsigned char c = (unsigned char)text[i];
		uint64_t word;

		if (size - i >= sizeof(word)) {
			memcpy(&word, text + i, sizeof(word));
			if (word_is_plain(word)) {
				memcpy(at, &word, sizeof(word));
				at += sizeof(word);
				i += sizeof(word);
				continue;
			}
		}
		if (c >= 0x20 && c != '"' && c != '\\')
			*at++ = (char)c;
		else
			at += escape(at, c);
		i++;
	}
	return at;
}

/* Adds a string of octets that are valid UTF-8. */
static void
add_string(struct json *j, const char *text, size_t size)
{
	char *at;

	if (size > SIZE_MAX / ESCAPED_MOST - ESCAPED_MOST) {
		j->out->failed = true;
		return;
	}
	at = room_for_value(j, size * ESCAPED_MOST + 2);
	if (!at)
		return;
	*at++ = '"';
	at = write_escaped(at, text, size);
	*at++ = '"';
	written(j->out, at);
}

/* Adds a string of octets that nobody cleaned: what is not UTF-8 becomes
 * U+FFFD, which is three times as long. */
static void
add_cleaned(struct json *j, const char *text, size_t size)
{
	CLEANUP(buffer_done) struct buffer clean;
	bool cut;

	buffer_init(&clean, size * 3);
	if (!buffer_reserve(&clean, size * 3)) {
		j->out->failed = true;
		return;
	}
	clean.size = text_clean(clean.octets, size * 3, text, size, &cut);
	add_string(j, clean.octets, clean.size);
}

void
json_text(struct json *j, const char *text, size_t size)
{
	if (text_is_utf8(text, size))
		add_string(j, text, size);
	else
		add_cleaned(j, text, size);
}

void
json_string(struct json *j, const char *string)
{
	json_text(j, string, strlen(string));
}

void
json_number(struct json *j, int64_t number)
{
	char digits[DIGITS_MOST];
	size_t at = sizeof(digits);
	uint64_t rest = number < 0 ? 0 - (uint64_t)number : (uint64_t)number;

	do {
		digits[--at] = (char)('0' + rest % 10);
		rest /= 10;
	} while (rest > 0);
	if (number < 0)
		digits[--at] = '-';
	add_value(j, digits + at, sizeof(digits) - at);
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

void
json_add_string(struct json *j, const char *name, const char *string)
{
	json_name(j, name);
	json_string(j, string);
}

void
json_add_text(struct json *j, const char *name, const char *text, size_t size)
{
	json_name(j, name);
	json_text(j, text, size);
}

void
json_add_number(struct json *j, const char *name, int64_t number)
{
	json_name(j, name);
	json_number(j, number);
}

void
json_add_boolean(struct json *j, const char *name, bool value)
{
	json_name(j, name);
	json_boolean(j, value);
}
