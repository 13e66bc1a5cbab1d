#include "base/json_split.h"

void
json_split_init(struct json_split *s, size_t limit)
{
	*s = (struct json_split){ .depth = 0 };
	buffer_init(&s->text, limit);
}

void
json_split_done(struct json_split *s)
{
	buffer_done(&s->text);
	json_split_init(s, s->text.limit);
}

static bool
is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static void
note(struct json_split *s, char c)
{
	if (s->escaped) {
		s->escaped = false;
	} else if (s->in_string) {
		s->escaped = c == '\\';
		s->in_string = c != '"';
	} else if (c == '"') {
		s->in_string = true;
	} else if (c == '{' || c == '[') {
		s->depth++;
	} else if (c == '}' || c == ']') {
		s->depth--;
		s->whole = s->depth == 0;
	}
}

enum status
json_split_take(
    struct json_split *s, const char *octets, size_t size, size_t *out_taken)
{
	size_t begin = 0, at;

	if (s->whole) {
		buffer_clear(&s->text);
		s->whole = false;
	}
	if (s->depth == 0) {
		while (begin < size && is_space(octets[begin]))
			begin++;
		if (begin < size && octets[begin] != '{')
			return STATUS_MALFORMED;
	}
	for (at = begin; at < size && !s->whole; at++)
		note(s, octets[at]);
	buffer_append(&s->text, &octets[begin], at - begin);
	if (!buffer_ok(&s->text))
		return STATUS_TOO_LARGE;
	*out_taken = at;
	return STATUS_OK;
}
