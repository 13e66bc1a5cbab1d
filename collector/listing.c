#include "collector/listing.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/json_read.h"
#include "base/text.h"
#include "collector/csv.h"
#include "collector/percent.h"
#include "collector/ports.h"

/* Between the parts of a key: no name has control characters. */
enum { PART_END = '\x1f', ROW_SIZE_MOST = 4 * 1024 * 1024 };

const char *const listing_filter_names[LISTING_FILTERS] = {
	[LISTING_HOST] = "host",
	[LISTING_KIND] = "kind",
	[LISTING_STATE] = "state",
	[LISTING_SWITCH] = "switch",
	[LISTING_VLAN] = "vlan",
	[LISTING_Q] = "q",
	[LISTING_SINCE] = "since",
	[LISTING_UNTIL] = "until",
	[LISTING_FROM] = "from",
	[LISTING_TO] = "to",
	[LISTING_OWNER] = "owner",
	[LISTING_SEVERITY] = "severity",
	[LISTING_RULE] = "rule",
	[LISTING_GROUP] = "group",
	[LISTING_VERDICT] = "verdict",
	[LISTING_ACKNOWLEDGED] = "acknowledged",
};

void
listing_init(struct listing *l)
{
	*l = (struct listing){ .path = "" };
	buffer_init(&l->next, LISTING_NEXT_SIZE_MOST);
}

void
listing_done(struct listing *l)
{
	buffer_done(&l->next);
}

bool
listing_is(const struct listing *l, enum listing_filter f, const char *name)
{
	return !l->filters[f] || text_same(l->filters[f], name);
}

bool
listing_has(const struct listing *l, const char *name)
{
	return !l->filters[LISTING_Q] ||
	       strcasestr(name, l->filters[LISTING_Q]) != NULL;
}

bool
listing_continue(struct listing *l, const char *after)
{
	size_t parts = 1;

	/* Room for the ends of parts that are not there. */
	if (strlen(after) >= sizeof(l->after) - LISTING_PARTS)
		return false;
	text_copy(l->after, sizeof(l->after), after);
	for (char *at = l->after; *at && parts < LISTING_PARTS; at++) {
		if (*at != PART_END)
			continue;
		*at = '\0';
		parts++;
	}
	l->continues = true;
	return true;
}

/* ---- order -------------------------------------------------------------- */

static int
compare_keys(const struct listing_key *a, const struct listing_key *b)
{
	int order = 0;

	for (size_t i = 0; i < LISTING_PARTS && order == 0; i++)
		order = port_compare(a->parts[i], b->parts[i]);
	/* Names that people take for the same are two places all the same. */
	for (size_t i = 0; i < LISTING_PARTS && order == 0; i++)
		order = strcmp(a->parts[i], b->parts[i]);
	return order;
}

static int
compare_items(const void *a, const void *b, void *context)
{
	const struct listing_source *s = context;
	struct listing_key x = { { "", "", "", "" }, "" };
	struct listing_key y = x;

	s->key(a, &x);
	s->key(b, &y);
	return compare_keys(&x, &y);
}

static const char *
item_at(const struct listing_source *s, size_t at)
{
	return (const char *)s->items + at * s->size;
}

static void
swap_items(const struct listing_source *s, size_t a, size_t b)
{
	char *x = (char *)s->items + a * s->size;
	char *y = (char *)s->items + b * s->size;

	for (size_t i = 0; i < s->size && a != b; i++) {
		char octet = x[i];

		x[i] = y[i];
		y[i] = octet;
	}
}

/* Brings the items beyond the key of 'after' to the front, and counts them. */
static size_t
choose_rest(const struct listing *l, const struct listing_source *s)
{
	struct listing_key after = { { l->after, "", "", "" }, "" };
	size_t count = 0;

	if (!l->continues)
		return s->count;
	for (size_t i = 1; i < LISTING_PARTS; i++)
		after.parts[i] =
		    after.parts[i - 1] + strlen(after.parts[i - 1]) + 1;
	for (size_t i = 0; i < s->count; i++) {
		struct listing_key key = { { "", "", "", "" }, "" };

		s->key(item_at(s, i), &key);
		if (compare_keys(&key, &after) > 0)
			swap_items(s, count++, i);
	}
	return count;
}

/* Of the first 'count' items, a heap but for the one at 'at'. */
static void
sift_down(struct listing_source *s, size_t at, size_t count)
{
	for (size_t child; (child = 2 * at + 1) < count; at = child) {
		if (child + 1 < count && compare_items(item_at(s, child),
					     item_at(s, child + 1), s) < 0)
			child++;
		if (compare_items(item_at(s, at), item_at(s, child), s) >= 0)
			return;
		swap_items(s, at, child);
	}
}

/* Brings the first page of so many items to the front, in order: whoever asks
 * for a hundred of a million waits for no more to be ordered. */
static size_t
order_page(const struct listing *l, struct listing_source *s, size_t count)
{
	size_t page = l->limit > 0 && count > l->limit ? l->limit : count;

	for (size_t i = page / 2; i-- > 0 && page < count;)
		sift_down(s, i, page);
	for (size_t i = page; i < count; i++) {
		if (compare_items(item_at(s, i), item_at(s, 0), s) >= 0)
			continue;
		swap_items(s, i, 0);
		sift_down(s, 0, page);
	}
	if (page > 0)
		qsort_r(s->items, page, s->size, compare_items, s);
	return page;
}

/* ---- where the next page is --------------------------------------------- */

/* Behind the last item, or where there are more than these. */
static void
note_next(
    struct listing *l, const struct listing_source *s, size_t end, bool more)
{
	struct listing_key key = { { s->rest, "", "", "" }, "" };
	struct buffer *out = &l->next;
	size_t parts = LISTING_PARTS;

	if (more)
		s->key(item_at(s, end - 1), &key);
	while (parts > 1 && key.parts[parts - 1][0] == '\0')
		parts--;
	buffer_printf(out, "%s?limit=%zu", l->path, l->limit);
	for (size_t i = 0; i < LISTING_FILTERS; i++) {
		if (!l->filters[i])
			continue;
		buffer_printf(out, "&%s=", listing_filter_names[i]);
		percent_add(out, l->filters[i]);
	}
	if (l->when.asked_at > 0)
		buffer_printf(out, "&at=%" PRId64, l->now);
	buffer_text(out, "&after=");
	for (size_t i = 0; i < parts; i++) {
		if (i > 0)
			buffer_printf(out, "%%%02X", PART_END);
		percent_add(out, key.parts[i]);
	}
}

/* ---- writing ------------------------------------------------------------ */

static void
write_json(struct json *j, const struct listing_source *s, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		json_object_begin(j);
		s->row(s->context, j, item_at(s, i));
		json_object_end(j);
	}
}

/* A row is told once, as JSON, and the columns are taken from that. */
static void
write_csv(struct buffer *out, const struct listing_source *s, size_t count)
{
	struct buffer row;

	buffer_init(&row, ROW_SIZE_MOST);
	csv_head(out, s->columns);
	for (size_t i = 0; i < count; i++) {
		struct json_value *object CLEANUP(json_cleanup) = NULL;
		struct json j = json_over(&row);

		buffer_clear(&row);
		json_object_begin(&j);
		s->row(s->context, &j, item_at(s, i));
		json_object_end(&j);
		if (buffer_ok(&row))
			object = json_parse_own(buffer_string(&row));
		if (!object)
			out->failed = true;
		else
			csv_line(out, s->columns, object);
	}
	buffer_done(&row);
}

void
listing_write(struct listing *l, struct json *j, int64_t now,
    const struct listing_source *source)
{
	struct listing_source s = *source;
	size_t left = choose_rest(l, &s), page = order_page(l, &s, left);

	l->now = now;
	if (page < left || s.rest)
		note_next(l, &s, page, page < left);
	if (!buffer_ok(&l->next))
		j->out->failed = true;
	if (l->csv) {
		write_csv(j->out, &s, page);
		return;
	}
	json_object_begin(j);
	when_write(j, now, &l->when);
	if (!s.uncounted)
		json_add_number(j, "count", (int64_t)s.count);
	if (s.head)
		s.head(s.context, j);
	json_name(j, s.name);
	json_array_begin(j);
	write_json(j, &s, page);
	json_array_end(j);
	if (s.cut && *s.cut)
		json_add_boolean(j, "truncated", true);
	if (l->next.size > 0)
		json_add_string(j, "next", buffer_string(&l->next));
	json_object_end(j);
}
