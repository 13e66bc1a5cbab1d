#include "collector/model_claims.h"

#include <stdlib.h>
#include <string.h>

/* Is something volatile said of such a claim? */
static bool
is_heard(enum claim_kind kind)
{
	return kind == CLAIM_NIC || kind == CLAIM_NEIGHBOR ||
	       kind == CLAIM_HEARD_VLAN;
}

static bool
is_outside(enum claim_kind kind)
{
	return kind != CLAIM_VSWITCH && kind != CLAIM_PORT_GROUP &&
	       kind != CLAIM_WORKLOAD;
}

static void
touch(struct claims_touched *touched, enum claim_kind kind)
{
	if (is_outside(kind))
		touched->outside = true;
	else
		touched->inside = true;
}

/* One piece: what was heard, the key, the facts. */
static bool
make_claim(struct model_claim *out, const struct store_claim *c)
{
	size_t key_size = strlen(c->key) + 1;
	size_t facts_size = strlen(c->facts) + 1;
	size_t heard_size = is_heard(c->kind) ? sizeof(struct heard) : 0;
	char *piece = malloc(heard_size + key_size + facts_size);

	if (!piece)
		return false;
	memcpy(piece + heard_size, c->key, key_size);
	memcpy(piece + heard_size + key_size, c->facts, facts_size);
	*out = (struct model_claim){
		.n = c->n,
		.since = c->since,
		.key = piece + heard_size,
		.facts = piece + heard_size + key_size,
		.heard = heard_size ? (struct heard *)(void *)piece : NULL,
		.piece = piece,
		.said = c->said,
		.kind = c->kind,
	};
	if (out->heard)
		*out->heard = c->heard;
	return true;
}

/* Only what a claim heard may change while it is current. */
static bool
is_same(const struct model_claim *known, const struct store_claim *c)
{
	return known->kind == c->kind &&
	       (known->facts == c->facts ||
		   strcmp(known->facts, c->facts) == 0) &&
	       (known->key == c->key || strcmp(known->key, c->key) == 0);
}

static int
compare_keys(const struct model_claim *c, const struct model_claim *d)
{
	if (c->kind != d->kind)
		return c->kind < d->kind ? -1 : 1;
	return strcmp(c->key, d->key);
}

static int
compare_added(const void *a, const void *b, void *context)
{
	const struct model_claim *claims = context;

	return compare_keys(
	    &claims[*(const uint32_t *)a], &claims[*(const uint32_t *)b]);
}

/* ---- taking over -----------------------------------------------------------
 */

struct taking {
	struct model_host *next;
	const struct model_host *old;
	uint32_t *moved; /* by place in 'old': place in 'next', or none */
	uint32_t *added; /* places in 'next' */
	size_t added_count;
	struct claims_touched *touched;
};

/* The place in 'old' of the claim, from '*at' on; both are ordered by n. */
static const struct model_claim *
known_claim(const struct taking *t, size_t *at, const struct store_claim *c)
{
	const struct model_host *old = t->old;
	const struct model_claim *known;

	while (*at < old->claim_count && old->claims[*at].n < c->n)
		++*at;
	known = *at < old->claim_count ? &old->claims[*at] : NULL;
	return known && known->n == c->n && is_same(known, c) ? known : NULL;
}

static bool
fill(struct taking *t, const struct model_change *change)
{
	struct model_host *next = t->next;
	size_t at = 0;

	for (size_t i = 0; i < t->old->claim_count; i++)
		t->moved[i] = MODEL_NONE;
	for (size_t i = 0; i < change->claim_count; i++) {
		const struct store_claim *c = &change->claims[i];
		const struct model_claim *known = known_claim(t, &at, c);

		if (known) {
			t->moved[at] = (uint32_t)i;
			next->claims[i] = *known;
		} else if (make_claim(&next->claims[i], c)) {
			t->added[t->added_count++] = (uint32_t)i;
			touch(t->touched, c->kind);
		} else {
			return false;
		}
		next->claim_count++;
		next->kinds[c->kind]++;
	}
	for (size_t i = 0; i < t->old->claim_count; i++) {
		if (t->moved[i] == MODEL_NONE)
			touch(t->touched, t->old->claims[i].kind);
	}
	return true;
}

/* Those that stay are in order already; those added are merged with them. */
static void
order(struct taking *t)
{
	struct model_host *next = t->next;
	size_t added = 0, count = 0;

	qsort_r(t->added, t->added_count, sizeof(*t->added), compare_added,
	    next->claims);
	for (size_t i = 0; i < t->old->claim_count; i++) {
		uint32_t place = t->moved[t->old->by_key[i]];

		if (place == MODEL_NONE)
			continue;
		while (added < t->added_count &&
		       compare_keys(&next->claims[t->added[added]],
			   &next->claims[place]) < 0)
			next->by_key[count++] = t->added[added++];
		next->by_key[count++] = place;
	}
	while (added < t->added_count)
		next->by_key[count++] = t->added[added++];
}

enum status
claims_take(struct model_host *next, const struct model_host *old,
    const struct model_change *change, struct claims_touched *out_touched)
{
	size_t most = old->claim_count + change->claim_count + 1;
	struct taking t = { .next = next, .old = old, .touched = out_touched };

	*out_touched = (struct claims_touched){ false, false };
	next->claims = calloc(change->claim_count + 1, sizeof(*next->claims));
	next->by_key = calloc(change->claim_count + 1, sizeof(*next->by_key));
	next->claim_count = 0;
	memset(next->kinds, 0, sizeof(next->kinds));
	t.moved = calloc(most, sizeof(*t.moved));
	t.added = t.moved ? t.moved + old->claim_count : NULL;
	if (!next->claims || !next->by_key || !t.moved || !fill(&t, change)) {
		claims_drop(next, old);
		free(t.moved);
		return STATUS_NO_MEMORY;
	}
	order(&t);
	free(t.moved);
	return STATUS_OK;
}

/* The claim of this number; NULL: there is none. */
static struct model_claim *
claim_of_number(const struct model_host *h, int64_t n)
{
	size_t low = 0, high = h->claim_count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (h->claims[middle].n < n)
			low = middle + 1;
		else
			high = middle;
	}
	return low < h->claim_count && h->claims[low].n == n ? &h->claims[low]
							     : NULL;
}

/* What was heard is shown by the outside, too. */
static void
show(struct model_host *h)
{
	for (size_t i = 0; i < h->shown_count; i++)
		*h->shown[i].to = *h->shown[i].from;
}

void
claims_hear(struct model_host *h, const struct model_change *change)
{
	for (size_t i = 0; i < h->claim_count; i++) {
		if (h->claims[i].heard)
			*h->claims[i].heard = change->claims[i].heard;
		if (change->claims[i].said != 0)
			h->claims[i].said = change->claims[i].said;
	}
	show(h);
}

void
claims_hear_again(struct model_host *h, const struct model_change *change)
{
	for (size_t i = 0; i < change->heard_count; i++) {
		const struct model_heard *heard = &change->heard[i];
		struct model_claim *c = claim_of_number(h, heard->n);

		if (c && c->heard)
			*c->heard = heard->heard;
		if (c && heard->said != 0)
			c->said = heard->said;
	}
	if (change->heard_count > 0)
		show(h);
}

void
claims_drop(const struct model_host *h, const struct model_host *kept)
{
	size_t at = 0, others = kept ? kept->claim_count : 0;

	for (size_t i = 0; i < h->claim_count; i++) {
		const struct model_claim *c = &h->claims[i];

		while (at < others && kept->claims[at].n < c->n)
			at++;
		if (at == others || kept->claims[at].piece != c->piece)
			free(c->piece);
	}
	free(h->claims);
	free(h->by_key);
}

/* ---- finding ---------------------------------------------------------------
 */

const struct model_claim *
claims_of_number(const struct model_host *h, int64_t n)
{
	return claim_of_number(h, n);
}

size_t
model_seek_claim(
    const struct model_host *h, enum claim_kind kind, const char *key)
{
	const struct model_claim wanted = { .kind = kind, .key = key };
	size_t low = 0, high = h->claim_count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (compare_keys(&h->claims[h->by_key[middle]], &wanted) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

uint32_t
model_find_claim(
    const struct model_host *h, enum claim_kind kind, const char *key)
{
	const struct model_claim wanted = { .kind = kind, .key = key };
	size_t at = model_seek_claim(h, kind, key);

	if (at == h->claim_count ||
	    compare_keys(&h->claims[h->by_key[at]], &wanted) != 0)
		return MODEL_NONE;
	return h->by_key[at];
}

/* ---- recalling -------------------------------------------------------------
 */

static bool
is_recalled(const struct model_claim *c, const struct incoming_recall *item)
{
	return c->said == item->said && c->said != 0 && c->kind == item->kind;
}

/* A table of places + 1, by fingerprint, with a mask for it; NULL: no memory.
 */
static uint32_t *
list_said(const struct model_host *h, size_t *out_mask)
{
	size_t size = 16;
	uint32_t *table;

	while (size < h->claim_count * 2)
		size *= 2;
	table = calloc(size, sizeof(*table));
	*out_mask = size - 1;
	for (uint32_t i = 0; table && i < h->claim_count; i++) {
		size_t at = h->claims[i].said & *out_mask;

		if (h->claims[i].said == 0)
			continue;
		while (table[at] != 0)
			at = (at + 1) & *out_mask;
		table[at] = i + 1;
	}
	return table;
}

void
model_recall(
    const struct model_host *h, struct incoming_recall *items, size_t count)
{
	size_t mask, next = 0;
	uint32_t *table = list_said(h, &mask);

	for (size_t i = 0; i < count && table; i++) {
		size_t at = items[i].said & mask;

		/* Most stand in the order in which they were told. */
		if (next < h->claim_count &&
		    is_recalled(&h->claims[next], &items[i])) {
			items[i].n = h->claims[next++].n;
			continue;
		}
		while (table[at] != 0 &&
		       !is_recalled(&h->claims[table[at] - 1], &items[i]))
			at = (at + 1) & mask;
		if (table[at] == 0)
			continue;
		next = table[at];
		items[i].n = h->claims[next - 1].n;
	}
	free(table);
}
