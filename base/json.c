#include "base/json.h"

#include "base/text.h"

enum {
	DIGITS_MOST = 21, /* of a 64 bit number with its sign */
	ESCAPED_MOST = 6  /* \u001f */
};

static void
before_value(struct json *j)
{
	if (j->comma)
		buffer_char(j->out, ',');
	j->comma = true;
}

static void
begin(struct json *j, char bracket)
{
	before_value(j);
	buffer_char(j->out, bracket);
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
	*at = '\0';
	j->out->size = (size_t)(at - j->out->octets);
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

/* Appends octets that are valid UTF-8 already. */
static void
append_escaped(struct buffer *out, const char *text, size_t size)
{
	char *at;

	if (size > SIZE_MAX / ESCAPED_MOST ||
	    !buffer_reserve(out, size * ESCAPED_MOST)) {
		out->failed = true;
		return;
	}
	at = out->octets + out->size;
	for (size_t i = 0; i < size; i++) {
		unsigned char c = (unsigned char)text[i];

		if (c >= 0x20 && c != '"' && c != '\\')
			*at++ = (char)c;
		else
			at += escape(at, c);
	}
	*at = '\0';
	out->size = (size_t)(at - out->octets);
}

/* Appends octets that nobody cleaned: what is not UTF-8 becomes U+FFFD. */
static void
append_cleaned(struct buffer *out, const char *text, size_t size)
{
	struct buffer clean;
	bool cut;

	buffer_init(&clean, size * 3);
	if (buffer_reserve(&clean, size * 3)) {
		clean.size =
		    text_clean(clean.octets, size * 3, text, size, &cut);
		append_escaped(out, clean.octets, clean.size);
	} else {
		out->failed = true;
	}
	buffer_done(&clean);
}

void
json_text(struct json *j, const char *text, size_t size)
{
	before_value(j);
	buffer_char(j->out, '"');
	if (text_is_utf8(text, size))
		append_escaped(j->out, text, size);
	else
		append_cleaned(j->out, text, size);
	buffer_char(j->out, '"');
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
	before_value(j);
	buffer_append(j->out, digits + at, sizeof(digits) - at);
}

void
json_boolean(struct json *j, bool value)
{
	before_value(j);
	buffer_text(j->out, value ? "true" : "false");
}

void
json_null(struct json *j)
{
	before_value(j);
	buffer_text(j->out, "null");
}

void
json_raw(struct json *j, const char *json, size_t size)
{
	before_value(j);
	buffer_append(j->out, json, size);
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
