#include "collector/following.h"

#include <stdlib.h>
#include <string.h>

#include "collector/arena.h"
#include "collector/facts.h"
#include "collector/store_all.h"

enum {
	FOLLOWED_TOGETHER = STORE_OPENED_MOST /* reports wait meanwhile */
};

/* A host on its way, and the claims that its steps have opened. */
struct way {
	const struct sharing_step *first, *last;
	struct store_claim *news; /* within those of all ways */
	size_t news_count;
};

struct going {
	const struct following_into *into;
	struct host_ids *whole;
	int64_t since;
	struct way ways[FOLLOWED_TOGETHER]; /* by host */
	size_t way_count;
	/* Of all ways, in their order. */
	struct store_claim *news;
	size_t news_count, news_capacity, way_at;
	struct arena texts;
	bool failed;
};

/* ---- what was told ---------------------------------------------------------
 */

static int
compare_steps(const void *a, const void *b)
{
	const struct sharing_step *s = a, *t = b;

	if (s->row.host_id != t->row.host_id)
		return s->row.host_id < t->row.host_id ? -1 : 1;
	/* As they were told. */
	return s->rest < t->rest ? -1 : s->rest > t->rest;
}

static bool
add_step(struct following *f, size_t *capacity, const struct sharing_step *step)
{
	if (f->count == *capacity) {
		struct sharing_step *more;

		*capacity = *capacity * 2 + 64;
		more = realloc(f->steps, *capacity * sizeof(*more));
		if (!more)
			return false;
		f->steps = more;
	}
	f->steps[f->count++] = *step;
	return true;
}

enum status
following_begin(struct following *f, struct buffer *taken_text, int64_t since)
{
	struct sharing_step step;
	size_t capacity = 0;
	const char *at;

	following_done(f);
	f->since = since;
	f->text = *taken_text;
	*taken_text = (struct buffer){ 0 };
	at = buffer_string(&f->text);
	while (sharing_text_read_step(&at, &step)) {
		if (!add_step(f, &capacity, &step)) {
			following_done(f);
			return STATUS_NO_MEMORY;
		}
	}
	if (*at != '\0') {
		following_done(f);
		return STATUS_MALFORMED;
	}
	if (f->count > 0)
		qsort(f->steps, f->count, sizeof(*f->steps), compare_steps);
	return STATUS_OK;
}

bool
following_waits(const struct following *f)
{
	return f->at < f->count;
}

void
following_done(struct following *f)
{
	free(f->steps);
	buffer_done(&f->text);
	*f = (struct following){ .count = 0 };
}

/* ---- which steps lead on ---------------------------------------------------
 */

static bool
is_version(const struct model_host *h, const struct sharing_version *v)
{
	return h->row.next_n == v->next_n && h->claim_count == v->claim_count;
}

static bool
is_reached(const struct model_host *h, const struct sharing_version *v)
{
	return h->row.next_n > v->next_n ||
	       (h->row.next_n == v->next_n && h->claim_count <= v->claim_count);
}

/* Do the steps from 'first' to 'last' follow each other without a gap? */
static bool
is_chain(const struct sharing_step *first, const struct sharing_step *last)
{
	for (; first < last; first++) {
		if (first->is.next_n != first[1].was.next_n ||
		    first->is.claim_count != first[1].was.claim_count)
			return false;
	}
	return true;
}

/* Of the steps of a host those that lead on from what is known.  It may have
 * been read again meanwhile, so that the first ones are behind it. */
static void
find_way(struct going *g, const struct sharing_step *first,
    const struct sharing_step *last)
{
	int64_t host_id = first->row.host_id;
	const struct model_host *h = g->into->known(g->into->context, host_id);

	while (h && first < last && !is_version(h, &first->was))
		first++;
	if (h && is_version(h, &first->was) && is_chain(first, last))
		g->ways[g->way_count++] =
		    (struct way){ .first = first, .last = last };
	else if (!h || !is_reached(h, &last->is))
		g->failed |= !host_ids_add(g->whole, host_id);
}

static void
find_ways(struct going *g, struct following *f)
{
	(void)pthread_mutex_lock(g->into->changing);
	for (size_t hosts = 0; hosts < FOLLOWED_TOGETHER && f->at < f->count;
	     hosts++) {
		size_t first = f->at++;

		while (f->at < f->count && f->steps[f->at].row.host_id ==
					       f->steps[first].row.host_id)
			f->at++;
		find_way(g, &f->steps[first], &f->steps[f->at - 1]);
	}
	(void)pthread_mutex_unlock(g->into->changing);
}

/* ---- what they opened ------------------------------------------------------
 */

static bool
make_room(struct going *g)
{
	size_t capacity = g->news_capacity * 2 + 256;
	struct store_claim *more;

	if (g->news_count < g->news_capacity)
		return true;
	more = realloc(g->news, capacity * sizeof(*more));
	if (!more)
		return false;
	g->news = more;
	g->news_capacity = capacity;
	return true;
}

/* They come by host, as the ways are. */
static void
note_news(void *context, int64_t host_id, const struct store_claim *c)
{
	struct going *g = context;
	struct store_claim *kept;

	while (g->way_at < g->way_count &&
	       g->ways[g->way_at].last->row.host_id < host_id)
		g->way_at++;
	if (g->way_at == g->way_count || !make_room(g)) {
		g->failed = true;
		return;
	}
	kept = &g->news[g->news_count++];
	*kept = *c;
	kept->key = arena_text(&g->texts, c->key);
	kept->facts = arena_text(&g->texts, c->facts);
	g->failed |= g->texts.failed;
	g->ways[g->way_at].news_count++;
}

static enum status
read_news(struct going *g)
{
	struct store_opened wanted = { .count = 0 };
	struct store_claim *next;
	enum status status = STATUS_OK;

	for (size_t i = 0; i < g->way_count; i++) {
		const struct way *way = &g->ways[i];

		if (way->first->was.next_n == way->last->is.next_n)
			continue; /* it opened nothing */
		wanted.host_ids[wanted.count] = way->last->row.host_id;
		wanted.least[wanted.count] = way->first->was.next_n;
		wanted.most[wanted.count++] = way->last->is.next_n;
	}
	if (wanted.count > 0)
		status =
		    store_opened_claims(g->into->store, &wanted, note_news, g);
	next = g->news;
	for (size_t i = 0; i < g->way_count; i++) {
		g->ways[i].news = next;
		next += g->ways[i].news_count;
	}
	if (status == STATUS_OK && g->failed)
		status = STATUS_NO_MEMORY;
	return status;
}

/* ---- going -----------------------------------------------------------------
 */

static bool
list_closed(const struct way *way, struct host_ids *closed)
{
	bool good = true;

	for (const struct sharing_step *s = way->first; s <= way->last; s++) {
		const char *rest = s->rest;
		int64_t n;

		while ((n = sharing_text_read_closed(&rest)) != 0)
			good = good && host_ids_add(closed, n);
	}
	host_ids_make_unique(closed);
	return good;
}

/* What is known and was not closed, and what was opened; NULL: no memory. */
static struct store_claim *
join(const struct model_host *h, const struct way *way,
    const struct host_ids *closed, size_t *out_count)
{
	struct store_claim *claims =
	    malloc((h->claim_count + way->news_count + 1) * sizeof(*claims));
	size_t count = 0;

	for (size_t i = 0; claims && i < h->claim_count; i++) {
		const struct model_claim *c = &h->claims[i];

		if (!host_ids_has(closed, c->n))
			claims[count++] = (struct store_claim){ c->n, c->kind,
				c->key, c->facts, c->since, facts_heard(c), 0 };
	}
	if (claims && way->news_count > 0)
		memcpy(claims + count, way->news,
		    way->news_count * sizeof(*claims));
	*out_count = count + way->news_count;
	return claims;
}

/* The host as it is at the end of the way; its claims are given to be freed,
 * NULL without memory.  As many claims as were told are those that were told,
 * since of what a way has opened nothing can be added. */
static struct store_claim *
arrive(const struct going *g, const struct way *way,
    const struct host_ids *closed, struct model_change *out)
{
	const struct store_host *row = &way->last->row;
	const struct model_host *h;
	struct store_claim *claims;
	const char *heard = way->last->rest;

	while (sharing_text_read_closed(&heard) != 0)
		continue;
	(void)pthread_mutex_lock(g->into->changing);
	h = g->into->known(g->into->context, row->host_id);
	*out = (struct model_change){
		.row = *row, .stored = true, .since = g->since
	};
	memcpy(out->row.machine_id, h->row.machine_id, MACHINE_ID_SIZE);
	/* It may have been heard here since. */
	if (h->row.number > row->number) {
		out->row.number = h->row.number;
		out->row.seen_at = h->row.seen_at;
	}
	claims = join(h, way, closed, &out->claim_count);
	(void)pthread_mutex_unlock(g->into->changing);
	if (claims)
		sharing_text_read_claims(&heard, claims, out->claim_count);
	out->claims = claims;
	return claims;
}

static enum status
go(struct going *g, const struct way *way)
{
	struct host_ids closed = { .count = 0 };
	struct model_change change;
	struct store_claim *claims = NULL;
	enum status status = STATUS_NO_MEMORY;

	if (list_closed(way, &closed))
		claims = arrive(g, way, &closed, &change);
	if (claims && change.claim_count == way->last->is.claim_count)
		status = g->into->show(g->into->context, &change);
	else if (claims && host_ids_add(g->whole, way->last->row.host_id))
		status = STATUS_OK;
	free(claims);
	host_ids_done(&closed);
	return status;
}

enum status
following_go_on(struct following *f, const struct following_into *into,
    struct host_ids *whole)
{
	struct going g = { .into = into, .whole = whole, .since = f->since };
	enum status status;

	find_ways(&g, f);
	status = read_news(&g);
	for (size_t i = 0; i < g.way_count && status == STATUS_OK; i++)
		status = go(&g, &g.ways[i]);
	arena_done(&g.texts);
	free(g.news);
	if (status == STATUS_OK && !following_waits(f))
		following_done(f);
	return status;
}
