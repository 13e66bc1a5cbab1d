#include "collector/find_trying.h"

#include <stdlib.h>
#include <string.h>

enum { ID_BEGINNING_LEAST = 8 }; /* the first group of a UUID */

/* Ids are written by their first digits, as "docker ps" does. */
static bool
is_id_beginning(const struct query_word *w)
{
	size_t digits = strspn(w->name, "0123456789abcdef");

	return digits >= ID_BEGINNING_LEAST && w->name[digits] == '\0';
}

static enum fit
fit_plain(const struct query_word *w, enum field_kind kind,
    const struct plain_text *text)
{
	enum fit fit;

	if (w->vlan_only)
		return FIT_NONE;
	if (kind == FIELD_MAC)
		return query_fit_plain_mac(w, text);
	/* An address names nothing else; a MAC in full neither. */
	if (kind == FIELD_NAME && (w->address[0] != '\0' || w->mac_is_whole))
		return FIT_NONE;
	fit = query_fit_plain(w, text);
	if (fit == FIT_BEGINNING && kind == FIELD_ID && is_id_beginning(w))
		return FIT_SHORT;
	return fit;
}

/* Of a text that is not compared as a name. */
static enum fit
fit_read(const struct query_word *w, enum field_kind kind, const char *text)
{
	if (w->vlan_only)
		return FIT_NONE;
	return kind == FIELD_PORT ? query_fit_port(w, text)
				  : query_fit_address(w, text);
}

static void
keep_better(struct best *best, enum fit fit, bool own, const char *why)
{
	if (fit > best->fit ||
	    (fit == best->fit && fit != FIT_NONE && own && !best->own))
		*best = (struct best){ fit, own, why };
}

struct thing
trying_begin(const struct trying *g)
{
	struct thing x = { .q = g->q };

	return x;
}

/* Nothing fits better than the whole question as it is. */
static bool
is_best(const struct thing *x)
{
	return x->whole.fit == FIT_EXACT && x->whole.own;
}

void
trying_add_plain(struct thing *x, enum field_kind kind, bool own,
    const struct plain_text *text, const char *why)
{
	const struct query *q = x->q;

	if (text->size == 0 || is_best(x))
		return;
	keep_better(&x->whole, fit_plain(&q->whole, kind, text), own, why);
	for (size_t i = 0; i < q->apart; i++)
		keep_better(&x->words[i], fit_plain(&q->words[i], kind, text),
		    own, why);
}

void
trying_add(struct thing *x, enum field_kind kind, bool own, const char *text,
    const char *why)
{
	const struct query *q = x->q;
	struct plain_name plain;

	if (!text || text[0] == '\0' || is_best(x))
		return;
	if (kind != FIELD_PORT && kind != FIELD_ADDRESS) {
		query_plain(text, strlen(text), &plain);
		trying_add_plain(x, kind, own,
		    &(struct plain_text){ plain.text, plain.size, plain.brief },
		    why);
		return;
	}
	keep_better(&x->whole, fit_read(&q->whole, kind, text), own, why);
	for (size_t i = 0; i < q->apart; i++)
		keep_better(
		    &x->words[i], fit_read(&q->words[i], kind, text), own, why);
}

void
trying_add_all(struct thing *x, enum field_kind kind, bool own,
    const struct texts *texts, const char *why)
{
	for (size_t i = 0; i < texts->count; i++)
		trying_add(x, kind, own, texts->items[i], why);
}

/* How well the whole question fits: as its worst word, and one word at least
 * must be of the thing itself. */
enum fit
trying_fit(const struct thing *x, const char **out_why)
{
	enum fit worst = FIT_EXACT;
	enum fit whole = x->whole.own ? x->whole.fit : FIT_NONE;
	bool own = false;

	if (whole != FIT_NONE)
		*out_why = x->whole.why;
	for (size_t i = 0; i < x->q->apart && worst > whole; i++) {
		const struct best *word = &x->words[i];

		if (word->fit < worst)
			worst = word->fit;
		if (word->fit != FIT_NONE && word->own && !own) {
			own = true;
			if (whole == FIT_NONE)
				*out_why = word->why;
		}
	}
	if (worst > whole && own)
		return worst;
	return whole;
}

void
trying_hit(struct trying *g, const struct hit *hit)
{
	struct found *f = g->out;

	/* What fits exactly may come last, and is what was meant. */
	if (f->count >= FIND_HITS_MOST && hit->fit != FIT_EXACT) {
		f->cut = true;
		return;
	}
	if (f->count == g->capacity) {
		size_t capacity = g->capacity * 2 + 64;
		struct hit *more = realloc(f->hits, capacity * sizeof(*more));

		if (!more) {
			g->failed = true;
			return;
		}
		f->hits = more;
		g->capacity = capacity;
	}
	f->hits[f->count++] = *hit;
}

bool
trying_try(struct trying *g, const struct thing *x, struct hit hit)
{
	hit.fit = trying_fit(x, &hit.why);
	if (hit.fit != FIT_NONE)
		trying_hit(g, &hit);
	return hit.fit != FIT_NONE;
}
