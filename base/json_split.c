#include "base/json_split.h"

void
json_split_init(struct json_split *s, size_t limit, size_t values_most)
{
	*s = (struct json_split){ .values_most = values_most };
	buffer_init(&s->text, limit);
}

void
json_split_done(struct json_split *s)
{
	buffer_done(&s->text);
	json_split_init(s, s->text.limit, s->values_most);
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
	} else if (c == ',') {
		s->values++;
	} else if (c == '{' || c == '[') {
		s->values++;
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
		s->values = 0;
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
	if (!buffer_ok(&s->text) || s->values > s->values_most)
		return STATUS_TOO_LARGE;
	*out_taken = at;
	return STATUS_OK;
}
