#include "collector/changes.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"

/* More than any moment: the latest is ordered first. */
#define LAST_MOMENT INT64_C(999999999999)

void
changes_init(struct changes *c)
{
	*c = (struct changes){ .items = NULL };
	change_list_init(&c->list);
}

void
changes_done(struct changes *c)
{
	change_list_done(&c->list);
	free(c->items);
	arena_done(&c->texts);
	changes_init(c);
}

/* ---- collecting ------------------------------------------------------------
 */

static bool
make_room(struct changes *c)
{
	size_t capacity = c->capacity * 2 + 64;
	struct changes_item *more;

	if (c->count < c->capacity)
		return true;
	more = realloc(c->items, capacity * sizeof(*more));
	if (!more) {
		c->failed = true;
		return false;
	}
	c->items = more;
	c->capacity = capacity;
	return true;
}

/* Makes items of what the list has from 'first' on. */
static void
add_items(struct changes *c, size_t first, const struct changes_host *host,
    int64_t at)
{
	const char *name = arena_text(&c->texts, host->name);
	const char *id = arena_text(&c->texts, host->machine_id);

	for (size_t i = first; i < c->list.count && name && id; i++) {
		struct changes_item *item;

		if (c->wish->kind &&
		    strcmp(c->list.items[i].kind, c->wish->kind) != 0)
			continue;
		if (!make_room(c))
			return;
		item = &c->items[c->count++];
		*item = (struct changes_item){ at, name, id, i, "", "" };
		if (!c->wish->net)
			(void)snprintf(item->when, sizeof(item->when),
			    "%012" PRId64, LAST_MOMENT - at);
		(void)snprintf(
		    item->number, sizeof(item->number), "%06zu", i - first);
	}
}

static void
add_group(void *context, const struct span_group *group)
{
	struct changes *c = context;
	size_t first = c->list.count;
	struct changes_host host;

	if (!c->wish->host(c->wish->context, group->host_id, &host))
		return;
	c->list.most = first + CHANGES_MOST;
	change_words(&c->list, host.name, group->pairs, group->count);
	if (c->list.left_out > 0) {
		c->list.most++;
		change_add(&c->list,
		    &(struct change){ .what = CHANGE_CHANGED, .kind = "host" },
		    "%zu more changes of %s", c->list.left_out, host.name);
		c->list.left_out = 0;
	}
	add_items(c, first, &host, group->at);
}

/* ---- silences --------------------------------------------------------------
 */

static void
say_silence(struct changes *c, const struct history_silence *s, bool back)
{
	bool nobody = s->host_id == HISTORY_NOBODY;
	struct changes_host host = { .name = "" };
	size_t first = c->list.count;

	if (!nobody && !c->wish->host(c->wish->context, s->host_id, &host))
		return;
	c->list.most = first + 1;
	change_add_silence(
	    &c->list, &(struct change_silence){ nobody ? NULL : host.name, back,
			  s->until - s->since });
	add_items(c, first, &host, back ? s->until : s->since);
}

static bool
is_wanted(const struct changes *c, int64_t host_id)
{
	int64_t wanted = c->wish->span.host_id;

	return wanted == 0 || wanted == host_id;
}

static bool
is_within(const struct span *span, int64_t at)
{
	return at >= span->since && at < span->until;
}

/* Those that were noted when they ended, and those that last. */
static void
add_silences(struct changes *c, const struct span *span)
{
	for (size_t i = 0; i < span->silence_count; i++) {
		const struct history_silence *s = &span->silences[i];
		bool began = is_within(span, s->since);
		bool ended = is_within(span, s->until);

		if (!is_wanted(c, s->host_id) ||
		    (c->wish->net && began == ended))
			continue;
		if (began)
			say_silence(c, s, false);
		if (ended)
			say_silence(c, s, true);
	}
	for (size_t i = 0; i < c->wish->silent_count; i++) {
		const struct changes_silent *s = &c->wish->silent[i];

		if (is_wanted(c, s->host_id) && is_within(span, s->seen_at))
			say_silence(c,
			    &(struct history_silence){
				s->host_id, s->seen_at, s->seen_at },
			    false);
	}
}

enum status
changes_read(
    struct changes *c, struct store *s, const struct changes_wish *wish)
{
	struct history_kept kept = { .since = INT64_MIN };
	enum status status = history_get(s, &kept);
	struct span span;

	c->kept_since = kept.since;
	if (status == STATUS_OK && wish->net && wish->span.since <= kept.since)
		return STATUS_NOT_FOUND;
	if (status == STATUS_OK || status == STATUS_NOT_FOUND)
		status = span_load(s, &wish->span, &span);
	if (status != STATUS_OK)
		return status;
	c->wish = wish;
	c->since = span.since;
	c->more = span.cut;
	status = (wish->net ? span_net : span_moments)(&span, add_group, c);
	add_silences(c, &span);
	span_done(&span);
	if (c->failed || c->texts.failed || c->list.arena.failed)
		status = STATUS_NO_MEMORY;
	return status;
}

/* ---- the page --------------------------------------------------------------
 */

static void
key(const void *one, struct listing_key *out)
{
	const struct changes_item *item = one;

	out->parts[0] = item->when;
	out->parts[1] = item->host;
	out->parts[2] = item->host_id;
	out->parts[3] = item->number;
}

static void
row(void *context, struct json *j, const void *one)
{
	const struct changes *c = context;
	const struct changes_item *item = one;

	if (!c->wish->net)
		json_add_number(j, "at", item->at);
	json_add_string(j, "host", item->host);
	json_add_string(j, "host_id", item->host_id);
	change_write(j, &c->list.items[item->change]);
}

static void
head(void *context, struct json *j)
{
	const struct changes *c = context;
	const struct span_wish *span = &c->wish->span;

	if (c->wish->net) {
		json_add_number(j, "from", span->since - 1);
		json_add_number(j, "to", span->until - 1);
		return;
	}
	json_add_number(j, "since", span->since);
	json_add_number(j, "until", span->until);
	if (span->since < c->kept_since)
		json_add_number(j, "history_since", c->kept_since);
}

void
changes_list(struct changes *c, struct json *j, int64_t now, struct listing *l)
{
	static const char *const columns[] = { "at", "host", "host_id", "kind",
		"what", "thing", "member", "was", "is", "text", NULL };
	char rest[16] = "";
	struct listing_source source = { .name = "changes",
		.items = c->items,
		.count = c->count,
		.size = sizeof(*c->items),
		.key = key,
		.row = row,
		.head = head,
		.rest = c->more ? rest : NULL,
		.uncounted = !c->wish->net,
		.context = c,
		.columns = columns + (c->wish->net ? 1 : 0) };

	(void)snprintf(
	    rest, sizeof(rest), "%012" PRId64, LAST_MOMENT - c->since + 1);
	listing_write(l, j, now, &source);
}

bool
changes_after(const char *after, int64_t *out_at)
{
	char *end;
	int64_t number = strtoll(after, &end, 10);

	if (end == after || *end != '\0' || number < 0 || number > LAST_MOMENT)
		return false;
	*out_at = LAST_MOMENT - number;
	return true;
}
