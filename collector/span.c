#include "collector/span.h"

#include <stdlib.h>
#include <string.h>

#include "collector/store_statements.h"

/* ---- reading ---------------------------------------------------------------
 */

/* An array with room for one more; false: there is none. */
static bool
make_room(void **items, size_t count, size_t *capacity, size_t size)
{
	size_t more = *capacity * 2 + 64;
	void *grown;

	if (count < *capacity)
		return true;
	grown = realloc(*items, more * size);
	if (!grown)
		return false;
	*items = grown;
	*capacity = more;
	return true;
}

/* Where the span is to begin, so that it has not too many rows. */
struct cutting {
	size_t rows, rows_most;
	int64_t since;
	bool full;
};

static void
count_moment(void *context, const struct value *row)
{
	struct cutting *c = context;

	if (c->full)
		return;
	c->full = c->rows > 0 && c->rows + (size_t)row[1].number > c->rows_most;
	if (c->full)
		return;
	c->rows += (size_t)row[1].number;
	c->since = row[0].number;
}

static enum status
cut(struct store *s, const struct span_wish *w, struct span *out)
{
	int64_t least = w->host_id ? w->host_id : 0;
	int64_t most = w->host_id ? w->host_id : INT64_MAX;
	struct value values[] = { value_number(w->since),
		value_number(w->until), value_number(least), value_number(most),
		value_number(w->since), value_number(w->until),
		value_number(least), value_number(most), value_number(w->since),
		value_number(w->since), value_number(w->until),
		value_number(least), value_number(most) };
	struct cutting c = { .rows_most = w->rows, .since = w->since };
	enum status status =
	    store_query(s, SPAN_MOMENTS, values, count_moment, &c);

	out->cut = c.full;
	if (c.full)
		out->since = c.since;
	return status;
}

static void
note_claim(void *context, const struct history_claim *c)
{
	struct span *span = context;
	struct span_row *row;

	if (span->count >= SPAN_ROWS_MOST) {
		span->too_many = true;
		return;
	}
	if (!make_room((void **)&span->rows, span->count, &span->capacity,
		sizeof(*span->rows))) {
		span->failed = true;
		return;
	}
	row = &span->rows[span->count++];
	*row = (struct span_row){ .host_id = c->host_id,
		.since = c->claim.since,
		.until = c->until };
	row->claim.kind = c->claim.kind;
	row->claim.key = arena_text(&span->texts, c->claim.key);
	row->claim.facts = arena_text(&span->texts, c->claim.facts);
	row->ended = c->claim.kind == CLAIM_NEIGHBOR &&
		     strstr(c->claim.facts, "\"ended\":{");
}

static void
note_silence(void *context, const struct history_silence *silence)
{
	struct span *span = context;

	if (!make_room((void **)&span->silences, span->silence_count,
		&span->silence_capacity, sizeof(*span->silences))) {
		span->failed = true;
		return;
	}
	span->silences[span->silence_count++] = *silence;
}

enum status
span_load(struct store *s, const struct span_wish *wish, struct span *out)
{
	struct history_span wanted = { .since = wish->since,
		.until = wish->until,
		.host_id = wish->host_id,
		.kind = wish->kind };
	enum status status = STATUS_OK;

	*out = (struct span){ .since = wish->since, .until = wish->until };
	if (wish->rows > 0)
		status = cut(s, wish, out);
	wanted.since = out->since;
	if (status == STATUS_OK)
		status = history_span(s, &wanted, note_claim, out);
	if (status == STATUS_OK)
		status = history_silences(
		    s, out->since, out->until, note_silence, out);
	if (status == STATUS_OK && (out->failed || out->texts.failed))
		status = STATUS_NO_MEMORY;
	if (status == STATUS_OK && out->too_many)
		status = STATUS_TOO_LARGE;
	if (status != STATUS_OK)
		span_done(out);
	return status;
}

void
span_done(struct span *span)
{
	free(span->rows);
	free(span->silences);
	arena_done(&span->texts);
	*span = (struct span){ .rows = NULL };
}

/* ---- grouping --------------------------------------------------------------
 */

/* A row that began or ended, or stands by unchanged. */
struct mark {
	int64_t at;
	const struct span_row *row;
	bool was, is;
};

struct grouping {
	const struct span *span;
	struct mark *marks;
	size_t count;
	const struct span_row **ended; /* neighbors, by host */
	size_t ended_count;
	struct change_claim *claims; /* of one group: was, then is */
	span_visit *visit;
	void *context;
};

static int
compare_marks(const void *a, const void *b)
{
	const struct mark *m = a, *n = b;

	if (m->at != n->at)
		return m->at > n->at ? -1 : 1;
	if (m->row->host_id != n->row->host_id)
		return m->row->host_id < n->row->host_id ? -1 : 1;
	return 0;
}

static int
compare_hosts(const void *a, const void *b)
{
	const struct span_row *const *m = a, *const *n = b;

	if ((*m)->host_id != (*n)->host_id)
		return (*m)->host_id < (*n)->host_id ? -1 : 1;
	return 0;
}

static void
add_mark(struct grouping *g, int64_t at, const struct span_row *row, bool is)
{
	g->marks[g->count++] =
	    (struct mark){ .at = at, .row = row, .was = !is, .is = is };
}

static void
mark_moments(struct grouping *g)
{
	const struct span *s = g->span;

	for (size_t i = 0; i < s->count; i++) {
		const struct span_row *row = &s->rows[i];

		/* What was closed as it began never was. */
		if (row->since == row->until)
			continue;
		if (row->since >= s->since && row->since < s->until)
			add_mark(g, row->since, row, true);
		if (row->until >= s->since && row->until < s->until)
			add_mark(g, row->until, row, false);
		if (row->ended)
			g->ended[g->ended_count++] = row;
	}
}

static void
mark_ends(struct grouping *g)
{
	const struct span *s = g->span;

	for (size_t i = 0; i < s->count; i++) {
		const struct span_row *row = &s->rows[i];
		bool was = row->since < s->since, is = row->until >= s->until;

		if (row->since < row->until && was != is)
			add_mark(g, s->until - 1, row, is);
	}
}

/* The first neighbor of the host that has ended; they are ordered by host. */
static size_t
first_ended(const struct grouping *g, int64_t host_id)
{
	size_t low = 0, high = g->ended_count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (g->ended[middle]->host_id < host_id)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* What had ended before and was reported still at the moment. */
static size_t
add_ended(
    const struct grouping *g, const struct mark *m, struct change_claim *out)
{
	int64_t host_id = m->row->host_id;
	size_t count = 0;

	for (size_t i = first_ended(g, host_id);
	     i < g->ended_count && g->ended[i]->host_id == host_id; i++) {
		if (g->ended[i]->since < m->at && g->ended[i]->until > m->at)
			out[count++] = g->ended[i]->claim;
	}
	return count;
}

static enum status
visit_group(const struct grouping *g, const struct mark *first, size_t count)
{
	struct change_claim *is = g->claims + g->span->count;
	size_t was_count = add_ended(g, first, g->claims);
	size_t is_count = add_ended(g, first, is);
	struct span_group group = { .host_id = first->row->host_id,
		.at = first->at };
	struct change_pair *pairs = NULL;
	enum status status;

	for (size_t i = 0; i < count; i++) {
		if (first[i].is)
			is[is_count++] = first[i].row->claim;
		else
			g->claims[was_count++] = first[i].row->claim;
	}
	status = change_pairs((struct change_claims){ g->claims, was_count },
	    (struct change_claims){ is, is_count }, &pairs, &group.count);
	group.pairs = pairs;
	if (status == STATUS_OK)
		g->visit(g->context, &group);
	free(pairs);
	return status;
}

static enum status
visit_groups(struct grouping *g)
{
	enum status status = STATUS_OK;
	size_t end;

	if (g->count > 0)
		qsort(g->marks, g->count, sizeof(*g->marks), compare_marks);
	if (g->ended_count > 0)
		qsort(
		    g->ended, g->ended_count, sizeof(*g->ended), compare_hosts);
	for (size_t i = 0; i < g->count && status == STATUS_OK; i = end) {
		end = i;
		while (end < g->count &&
		       compare_marks(&g->marks[end], &g->marks[i]) == 0)
			end++;
		status = visit_group(g, &g->marks[i], end - i);
	}
	return status;
}

static enum status
group(struct grouping *g, void (*mark)(struct grouping *g))
{
	size_t most = g->span->count + 1;
	enum status status = STATUS_NO_MEMORY;

	g->marks = calloc(most * 2, sizeof(*g->marks));
	g->ended = calloc(most, sizeof(*g->ended));
	g->claims = calloc(most * 2, sizeof(*g->claims));
	if (g->marks && g->ended && g->claims) {
		mark(g);
		status = visit_groups(g);
	}
	free(g->marks);
	free(g->ended);
	free(g->claims);
	return status;
}

enum status
span_moments(const struct span *span, span_visit *visit, void *context)
{
	struct grouping g = {
		.span = span, .visit = visit, .context = context
	};

	return group(&g, mark_moments);
}

enum status
span_net(const struct span *span, span_visit *visit, void *context)
{
	struct grouping g = {
		.span = span, .visit = visit, .context = context
	};

	return group(&g, mark_ends);
}
