#include "collector/past.h"

#include <stdlib.h>
#include <string.h>

#include "collector/findings_store.h"
#include "collector/verdict.h"

enum {
	/* What the model and the topology make of a claim, on average. */
	CLAIM_OVERHEAD = 512,
	HOST_OVERHEAD = 4096
};

/* Values that a store visits, in an array that grows. */
struct rows {
	char *items;
	size_t size; /* of one */
	size_t count, capacity;
	bool failed;
};

struct loading {
	struct past *past;
	struct rows hosts;    /* struct store_host, by id */
	struct rows silences; /* struct history_silence that hold the moment */
	struct rows claims;   /* struct store_claim of the host at hand */
	struct arena texts;   /* of these */
	int64_t host_id;
	enum status status;
};

/* Room for one more; NULL: there is none. */
static void *
add_row(struct rows *r)
{
	size_t capacity = r->capacity * 2 + 64;
	char *more;

	if (r->count < r->capacity)
		return r->items + r->count++ * r->size;
	more = realloc(r->items, capacity * r->size);
	if (!more) {
		r->failed = true;
		return NULL;
	}
	r->items = more;
	r->capacity = capacity;
	return r->items + r->count++ * r->size;
}

/* ---- who spoke -------------------------------------------------------------
 */

static void
note_host(void *context, const struct store_host *h)
{
	struct loading *l = context;
	struct store_host *row = add_row(&l->hosts);

	if (row)
		*row = *h;
}

static void
note_silence(void *context, const struct history_silence *silence)
{
	struct loading *l = context;
	struct history_silence *row;

	if (silence->host_id == HISTORY_NOBODY) {
		l->past->down = *silence;
		return;
	}
	row = add_row(&l->silences);
	if (row)
		*row = *silence;
}

static int
compare_silences(const void *a, const void *b)
{
	const struct history_silence *s = a, *t = b;

	if (s->host_id != t->host_id)
		return s->host_id < t->host_id ? -1 : 1;
	return s->since < t->since ? -1 : s->since > t->since;
}

static int
compare_hosts(const void *a, const void *b)
{
	const struct store_host *h = a, *i = b;

	return h->host_id < i->host_id ? -1 : h->host_id > i->host_id;
}

/* When the host had last spoken.  Of one that has spoken since, and was not
 * silent meanwhile, only the earliest moment is known: '*out_from', else 0. */
static int64_t
seen_at(const struct loading *l, const struct store_host *h, int64_t *out_from)
{
	const struct history_silence *s =
	    (const struct history_silence *)(const void *)l->silences.items;
	int64_t seen = h->seen_at < l->past->at ? h->seen_at : l->past->at;
	size_t low = 0, high = l->silences.count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (s[middle].host_id < h->host_id)
			low = middle + 1;
		else
			high = middle;
	}
	if (low < l->silences.count && s[low].host_id == h->host_id &&
	    s[low].since < seen)
		seen = s[low].since;
	*out_from =
	    seen == l->past->at && h->seen_at > seen ? seen - HOST_SILENT_S : 0;
	return seen;
}

/* ---- what was said ---------------------------------------------------------
 */

static int64_t
unless_later(int64_t time, int64_t latest)
{
	return time > latest ? -1 : time;
}

/* What of it was known when the host had last spoken at 'seen'. */
static struct heard
heard_by(const struct heard *h, int64_t seen, bool spoke_later)
{
	struct heard then = *h;

	then.first_heard = unless_later(h->first_heard, seen);
	if (h->last_heard > seen) {
		then.last_heard = seen;
		then.expires = seen + (h->expires - h->last_heard);
	}
	if (spoke_later)
		then.frames = then.dropped = then.malformed = -1;
	return then;
}

/* The host at hand is whole. */
static void
end_host(struct loading *l)
{
	struct store_host wanted = { .host_id = l->host_id };
	const struct store_host *row = bsearch(&wanted, l->hosts.items,
	    l->hosts.count, sizeof(wanted), compare_hosts);
	struct model_change change = { .claim_count = l->claims.count };
	struct store_claim *claims =
	    (struct store_claim *)(void *)l->claims.items;

	if (l->claims.failed || l->texts.failed)
		l->status = STATUS_NO_MEMORY;
	if (row && l->claims.count > 0 && l->status == STATUS_OK) {
		change.row = *row;
		change.row.seen_at = seen_at(l, row, &change.seen_from);
		change.claims = claims;
		for (size_t i = 0; i < l->claims.count; i++)
			claims[i].heard = heard_by(&claims[i].heard,
			    change.row.seen_at, row->seen_at > l->past->at);
		l->status = model_take(&l->past->model, &change);
		l->past->size += HOST_OVERHEAD;
	}
	l->claims.count = 0;
	arena_done(&l->texts);
}

static void
note_claim(void *context, const struct history_claim *c)
{
	struct loading *l = context;
	struct store_claim *row;

	if (l->status != STATUS_OK)
		return;
	if (c->host_id != l->host_id)
		end_host(l);
	l->host_id = c->host_id;
	row = add_row(&l->claims);
	if (!row)
		return;
	*row = c->claim;
	row->key = arena_text(&l->texts, row->key);
	row->facts = arena_text(&l->texts, row->facts);
	if (row->key && row->facts)
		l->past->size +=
		    CLAIM_OVERHEAD + strlen(row->key) + 2 * strlen(row->facts);
}

static enum status
load_claims(struct loading *l, struct store *s)
{
	enum status status = history_at(s, l->past->at, note_claim, l);

	end_host(l);
	return status == STATUS_OK ? l->status : status;
}

/* Hosts before silences: one that speaks in between has its silence noted, and
 * a host of which that is not yet known was silent all the same. */
static enum status
load(struct loading *l, struct store *s)
{
	enum status status = store_host_visit(s, note_host, l);

	if (status == STATUS_OK)
		status = history_silences(
		    s, l->past->at, l->past->at + 1, note_silence, l);
	if (status == STATUS_OK && (l->hosts.failed || l->silences.failed))
		status = STATUS_NO_MEMORY;
	if (status != STATUS_OK)
		return status;
	if (l->silences.count > 0)
		qsort(l->silences.items, l->silences.count, l->silences.size,
		    compare_silences);
	status = load_claims(l, s);
	if (status == STATUS_OK)
		status = topology_build(&l->past->topology, &l->past->model);
	if (status == STATUS_OK)
		status = findings_load_at(s, l->past->at, &l->past->findings);
	if (status == STATUS_OK)
		verdict_at(&l->past->topology, l->past->at);
	return status;
}

enum status
past_load(struct store *s, int64_t at, struct past *out)
{
	struct loading l = { .past = out,
		.hosts.size = sizeof(struct store_host),
		.silences.size = sizeof(struct history_silence),
		.claims.size = sizeof(struct store_claim) };
	enum status status;

	*out = (struct past){ .at = at };
	findings_init(&out->findings, rules_table);
	status = load(&l, s);
	free(l.hosts.items);
	free(l.silences.items);
	free(l.claims.items);
	arena_done(&l.texts);
	if (status != STATUS_OK)
		past_done(out);
	return status;
}

void
past_done(struct past *p)
{
	findings_done(&p->findings);
	topology_done(&p->topology);
	model_done(&p->model);
	*p = (struct past){ 0 };
}
