#include "base/json_parts.h"

#include <stdlib.h>
#include <string.h>

#include "base/fingerprint.h"

enum {
	DIGITS_MOST = 15,
	OCTETS_A_PART = 32, /* at the least, beyond the first ones */
	PARTS_FIRST = 64,
	/* What a heartbeat has: small pieces of the heap are cheap. */
	PARTS_FEW = 4,
	NUMBERS_FEW = 16,
	GROWS_BY = 4
};

struct cutting {
	const uint8_t *start;
	struct cursor c;
	struct json_parts *out;
	size_t most;
	bool no_memory;
};

/* A part that has begun. */
struct open_part {
	size_t at;           /* place among the parts */
	const uint8_t *from; /* what is not in the fingerprint yet */
	struct fingerprint print;
};

static uint8_t
peek(const struct cutting *k)
{
	return k->c.left > 0 ? k->c.next[0] : 0;
}

static void
skip_blanks(struct cutting *k)
{
	while (peek(k) == ' ' || peek(k) == '\n' || peek(k) == '\t' ||
	       peek(k) == '\r')
		cursor_skip(&k->c, 1);
}

/* Takes the octet that must come next, and the blanks around it. */
static bool
take(struct cutting *k, char expected)
{
	skip_blanks(k);
	if (peek(k) != (uint8_t)expected)
		return false;
	cursor_skip(&k->c, 1);
	skip_blanks(k);
	return true;
}

static size_t
offset(const struct cutting *k)
{
	return (size_t)(k->c.next - k->start);
}

/* ---- what is only skipped --------------------------------------------------
 */

/* From behind the opening quote to behind the closing one. */
static bool
skip_string(struct cutting *k, bool *out_escaped)
{
	struct cursor c = k->c;
	uint8_t octet;

	do {
		cursor_skip(&c, cursor_span_up_to(&c, '"', '\\'));
		octet = cursor_u8(&c);
		if (octet == '\\') {
			*out_escaped = true;
			cursor_skip(&c, 1);
		}
	} while (octet == '\\');
	k->c = c;
	return octet == '"';
}

static bool
is_plain(uint8_t octet)
{
	return octet > ' ' && octet != ',' && octet != '}' && octet != ']' &&
	       octet != '"' && octet != '{' && octet != '[' && octet != ':';
}

/* A number or a word: up to the mark behind it. */
static bool
skip_plain(struct cutting *k)
{
	size_t size = cursor_span(&k->c, is_plain);

	cursor_skip(&k->c, size);
	return size > 0;
}

/* An object or array, whatever is in it. */
static bool
skip_nested(struct cutting *k)
{
	size_t depth = 0;
	bool escaped;

	while (k->c.left > 0) {
		uint8_t octet = peek(k);

		cursor_skip(&k->c, 1);
		if (octet == '"' && !skip_string(k, &escaped))
			return false;
		if (octet == '{' || octet == '[')
			depth++;
		else if ((octet == '}' || octet == ']') && --depth == 0)
			return true;
	}
	return false;
}

static bool
skip_value(struct cutting *k)
{
	uint8_t octet = peek(k);
	bool escaped;

	if (octet == '{' || octet == '[')
		return skip_nested(k);
	if (octet != '"')
		return skip_plain(k);
	cursor_skip(&k->c, 1);
	return skip_string(k, &escaped);
}

/* ---- what is looked at -----------------------------------------------------
 */

static struct json_part *
part_of(struct cutting *k, const struct open_part *p)
{
	return &k->out->items[p->at];
}

/* What stands from 'begin' to the cursor is not in the fingerprint. */
static void
leave_out(struct cutting *k, struct open_part *p, const uint8_t *begin)
{
	fingerprint_add(&p->print, p->from, (size_t)(begin - p->from));
	p->from = k->c.next;
}

bool
json_parts_number(struct cursor *c, int64_t *out)
{
	const uint8_t *digits = c->next;
	size_t count = 0;
	int64_t number = 0;

	while (
	    count < c->left && digits[count] >= '0' && digits[count] <= '9') {
		if (count == DIGITS_MOST)
			return false;
		number = number * 10 + (digits[count++] - '0');
	}
	if (count == 0 || (count > 1 && digits[0] == '0'))
		return false;
	cursor_skip(c, count);
	*out = number;
	return true;
}

static bool
note_number(struct cutting *k, const struct json_number *number)
{
	struct json_parts *out = k->out;
	struct json_number *more;

	if (out->number_count == out->number_capacity) {
		size_t capacity = out->number_capacity
				      ? out->number_capacity * GROWS_BY
				      : NUMBERS_FEW;

		more = realloc(out->numbers, capacity * sizeof(*more));
		if (!more) {
			k->no_memory = true;
			return false;
		}
		out->numbers = more;
		out->number_capacity = capacity;
	}
	out->numbers[out->number_count++] = *number;
	return true;
}

static bool
take_number(
    struct cutting *k, struct open_part *p, const struct json_shape *shape)
{
	const uint8_t *begin = k->c.next;
	size_t at = offset(k);
	int64_t number;

	if (!json_parts_number(&k->c, &number))
		return false;
	if (shape->number >= 0)
		part_of(k, p)->numbers[shape->number] = number;
	leave_out(k, p, begin);
	return note_number(k, &(struct json_number){ { at, offset(k) - at },
				  (uint32_t)p->at, shape->number });
}

/* A string without an escape; the cursor is at its quote. */
static bool
take_string(struct cutting *k, struct json_span *out)
{
	bool escaped = false;

	if (peek(k) != '"')
		return false;
	cursor_skip(&k->c, 1);
	out->begin = offset(k);
	if (!skip_string(k, &escaped) || escaped)
		return false;
	out->size = offset(k) - 1 - out->begin;
	return true;
}

/* What follows is a mark or a blank, as behind each value. */
static bool
take_word(struct cutting *k, const char *word)
{
	size_t size = cursor_span(&k->c, is_plain);
	struct cursor said = cursor_take(&k->c, size);

	return size == strlen(word) && memcmp(said.next, word, size) == 0;
}

static bool
take_count(struct cutting *k, struct open_part *p)
{
	if (peek(k) != '[' || !take(k, '['))
		return false;
	if (peek(k) == ']')
		return take(k, ']');
	do {
		part_of(k, p)->count++;
		if (!skip_value(k))
			return false;
		skip_blanks(k);
	} while (peek(k) == ',' && take(k, ','));
	return take(k, ']');
}

static bool take_part(struct cutting *k, const struct json_shape *members,
    int part, uint32_t parent);

static bool
take_parts(
    struct cutting *k, struct open_part *p, const struct json_shape *shape)
{
	struct json_part *part;
	const uint8_t *begin;

	if (peek(k) != '[')
		return false;
	cursor_skip(&k->c, 1);
	begin = k->c.next;
	skip_blanks(k);
	while (peek(k) != ']') {
		if (!take_part(k, shape->members, shape->part, (uint32_t)p->at))
			return false;
		skip_blanks(k);
		if (peek(k) == ']')
			break;
		if (!take(k, ',') || peek(k) == ']')
			return false;
	}
	/* Parts that were added may have moved this one. */
	part = part_of(k, p);
	if (part->hole_count < JSON_PART_HOLES)
		part->holes[part->hole_count] =
		    (struct json_span){ (size_t)(begin - k->start),
			    (size_t)(k->c.next - begin) };
	part->hole_count++;
	leave_out(k, p, begin);
	cursor_skip(&k->c, 1);
	return true;
}

static bool take_members(struct cutting *k, struct open_part *p,
    const struct json_shape *members, uint32_t *seen);

static bool
take_shape(
    struct cutting *k, struct open_part *p, const struct json_shape *shape)
{
	const uint8_t *begin = k->c.next;
	uint32_t seen = 0;

	switch (shape->kind) {
	case JSON_NUMBER:
		return take_number(k, p, shape);
	case JSON_TEXT:
		return take_string(k, &part_of(k, p)->texts[shape->number]);
	case JSON_TRUE:
		return take_word(k, "true");
	case JSON_COUNT:
		return take_count(k, p);
	case JSON_OBJECT:
		return take_members(k, p, shape->members, &seen);
	case JSON_PART:
		if (!take_part(k, shape->members, shape->part, (uint32_t)p->at))
			return false;
		leave_out(k, p, begin);
		return true;
	case JSON_PARTS:
		break;
	}
	return take_parts(k, p, shape);
}

static int
find_shape(const struct json_shape *members, const char *name, size_t size)
{
	for (int i = 0; members && members[i].name; i++) {
		if (members[i].name[0] == name[0] &&
		    strlen(members[i].name) == size &&
		    memcmp(members[i].name, name, size) == 0)
			return i;
	}
	return -1;
}

/* The cursor is behind the colon. */
static bool
take_member(struct cutting *k, struct open_part *p,
    const struct json_shape *members, const struct json_span *name,
    uint32_t *seen)
{
	int at = find_shape(
	    members, (const char *)k->start + name->begin, name->size);

	if (at < 0) {
		part_of(k, p)->others = true;
		return skip_value(k);
	}
	if (*seen & UINT32_C(1) << at)
		return false;
	*seen |= UINT32_C(1) << at;
	return take_shape(k, p, &members[at]);
}

/* An object, from its brace on. */
static bool
take_members(struct cutting *k, struct open_part *p,
    const struct json_shape *members, uint32_t *seen)
{
	struct json_span name;

	if (peek(k) != '{')
		return false;
	cursor_skip(&k->c, 1);
	skip_blanks(k);
	while (peek(k) != '}') {
		if (!take_string(k, &name) || !take(k, ':') ||
		    !take_member(k, p, members, &name, seen))
			return false;
		skip_blanks(k);
		if (peek(k) == '}')
			break;
		if (!take(k, ',') || peek(k) == '}')
			return false;
	}
	cursor_skip(&k->c, 1);
	return true;
}

static bool
add_part(struct cutting *k, int part, uint32_t parent)
{
	struct json_parts *out = k->out;
	struct json_part *more;

	if (out->count == k->most)
		return false;
	if (out->count == out->capacity) {
		size_t capacity =
		    out->capacity ? out->capacity * GROWS_BY : PARTS_FEW;

		more = realloc(out->items, capacity * sizeof(*more));
		if (!more) {
			k->no_memory = true;
			return false;
		}
		out->items = more;
		out->capacity = capacity;
	}
	out->items[out->count++] = (struct json_part){
		.part = part,
		.parent = parent,
		.span.begin = offset(k),
		.numbers = { -1, -1, -1, -1, -1, -1 },
	};
	return true;
}

static bool
take_part(struct cutting *k, const struct json_shape *members, int part,
    uint32_t parent)
{
	struct open_part p = { .at = k->out->count, .from = k->c.next };
	struct json_part *done;
	uint32_t seen = 0;

	if (peek(k) != '{' || !add_part(k, part, parent))
		return false;
	p.print = fingerprint_begin();
	if (!take_members(k, &p, members, &seen))
		return false;
	leave_out(k, &p, k->c.next);
	done = part_of(k, &p);
	done->span.size = offset(k) - done->span.begin;
	done->seen = seen;
	done->fingerprint = fingerprint_end(&p.print);
	return true;
}

enum status
json_parts_cut(struct json_parts *out, const char *text, size_t size,
    const struct json_shape *document)
{
	struct cutting k = {
		.start = (const uint8_t *)text,
		.c = cursor_over(text, size),
		.out = out,
		.most = PARTS_FIRST + size / OCTETS_A_PART,
	};
	bool good;

	skip_blanks(&k);
	good = take_part(&k, document, 0, 0);
	skip_blanks(&k);
	if (good && k.c.left == 0)
		return STATUS_OK;
	json_parts_done(out);
	return k.no_memory ? STATUS_NO_MEMORY : STATUS_UNKNOWN;
}

void
json_parts_done(struct json_parts *parts)
{
	free(parts->items);
	free(parts->numbers);
	*parts = (struct json_parts){ .count = 0 };
}
