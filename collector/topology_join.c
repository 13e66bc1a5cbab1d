/* Finds which claims belong together: those that share a key, and those that
 * one NIC heard from one source MAC. */
#include <stdlib.h>
#include <string.h>

#include "collector/index.h"
#include "collector/topology_inner.h"

enum { KEYS_LEAST = 1024 };

/* The pending claims, in order, and what connects them. */
struct connecting {
	struct topology *t;
	const uint32_t *claims;
	uint32_t count;
	uint32_t *parent;      /* union-find over 'claims' */
	struct numbers by_key; /* -> place in 'claims' */
	struct numbers by_mac;
	uint32_t claim; /* whose keys are gone through */
	bool failed;
};

bool
topology_loosen(struct topology_inner *inner, uint32_t component)
{
	struct component *c = component_at(inner, component);

	if (c->claim_count == 0 || c->dirty)
		return true;
	c->dirty = true;
	return list_add(&inner->dirty, component);
}

/* ---- what is to be joined ---------------------------------------------- */

static void
loosen_by_key(void *context, uint64_t key)
{
	struct connecting *c = context;
	struct topology_inner *inner = c->t->inner;
	uint32_t component = numbers_find(&inner->keys, key);

	/* Of the past, it may be another by now: that one is joined in vain. */
	if (component != NUMBERS_NONE && component < inner->components.used &&
	    !topology_loosen(inner, component))
		c->failed = true;
}

static bool
take_apart(struct topology *t, uint32_t at)
{
	struct component *c = component_at(t->inner, at);

	for (uint32_t i = 0; i < c->claim_count; i++) {
		struct seen_claim *claim = &t->claims[c->claims[i]];

		/* Whoever has come into its place is of no component yet. */
		if (!claim->host || claim->component != at)
			continue;
		claim->component = TOPOLOGY_NONE;
		if (!list_add(&t->inner->pending, c->claims[i]))
			return false;
	}
	topology_ungroup(t, at);
	return true;
}

static int
compare_claims(const void *a, const void *b, void *context)
{
	return topology_compare_claims(
	    context, *(const uint32_t *)a, *(const uint32_t *)b);
}

static bool
are_in_order(const struct topology *t, const struct list *claims)
{
	for (size_t i = 1; i < claims->count; i++) {
		if (topology_compare_claims(
			t, claims->items[i - 1], claims->items[i]) > 0)
			return false;
	}
	return true;
}

/* What came, and what it may be joined with, in order. */
static bool
gather(struct topology *t)
{
	struct topology_inner *inner = t->inner;
	struct connecting c = { .t = t };
	size_t new_count = inner->pending.count;

	for (size_t i = 0; i < new_count; i++)
		identity_keys(
		    t->claims[inner->pending.items[i]].said, loosen_by_key, &c);
	for (size_t i = 0; i < inner->dirty.count; i++) {
		if (!take_apart(t, inner->dirty.items[i]))
			return false;
	}
	inner->dirty.count = 0;
	if (!are_in_order(t, &inner->pending))
		qsort_r(inner->pending.items, inner->pending.count,
		    sizeof(*inner->pending.items), compare_claims, t);
	return !c.failed;
}

/* ---- what is connected ------------------------------------------------- */

static uint32_t
root_of(const struct connecting *c, uint32_t at)
{
	while (c->parent[at] != at) {
		c->parent[at] = c->parent[c->parent[at]];
		at = c->parent[at];
	}
	return at;
}

static void
connect(struct connecting *c, struct numbers *by, uint64_t key)
{
	uint32_t at = numbers_find(by, key), m, n;

	if (at == NUMBERS_NONE) {
		c->failed |= !numbers_set(by, key, c->claim);
		return;
	}
	m = root_of(c, at);
	n = root_of(c, c->claim);
	if (m < n)
		c->parent[n] = m;
	else
		c->parent[m] = n;
}

static void
connect_by_key(void *context, uint64_t key)
{
	struct connecting *c = context;

	connect(c, &c->by_key, key);
}

static void
connect_all(struct connecting *c)
{
	for (c->claim = 0; c->claim < c->count; c->claim++) {
		const struct seen_claim *claim =
		    &c->t->claims[c->claims[c->claim]];
		const char *mac = claim->said->source_mac;
		uint64_t key;

		identity_keys(claim->said, connect_by_key, c);
		if (mac[0] == '\0')
			continue;
		key = index_hash(
		    0, (const char *)&claim->nic, sizeof(claim->nic));
		connect(c, &c->by_mac, index_hash(key, mac, strlen(mac)));
	}
}

/* ---- components -------------------------------------------------------- */

/* Gives the component of each root its room. */
static bool
count_components(struct connecting *c)
{
	struct topology_inner *inner = c->t->inner;

	for (uint32_t i = 0; i < c->count; i++) {
		struct seen_claim *claim = &c->t->claims[c->claims[i]];
		uint32_t root = root_of(c, i);

		claim->component =
		    root == i ? slots_take(&inner->components, 1)
			      : c->t->claims[c->claims[root]].component;
		if (claim->component == SLOTS_NONE)
			return false;
		component_at(inner, claim->component)->claim_count++;
	}
	return true;
}

static bool
fill_components(struct connecting *c)
{
	struct topology_inner *inner = c->t->inner;

	for (uint32_t i = 0; i < c->count; i++) {
		uint32_t at = c->t->claims[c->claims[i]].component;
		struct component *one = component_at(inner, at);

		if (!one->claims) {
			one->claims = arena_array(&one->arena, one->claim_count,
			    sizeof(*one->claims));
			one->claim_count = 0;
		}
		if (!one->claims)
			return false;
		one->claims[one->claim_count++] = c->claims[i];
	}
	return true;
}

static bool
note_keys(struct connecting *c)
{
	struct topology_inner *inner = c->t->inner;

	for (size_t i = 0; i < c->by_key.capacity; i++) {
		const struct numbers_slot *slot = &c->by_key.slots[i];

		if (slot->value != NUMBERS_NONE &&
		    !numbers_set(&inner->keys, slot->key,
			c->t->claims[c->claims[slot->value]].component))
			return false;
	}
	return true;
}

static enum status
make_components(struct connecting *c)
{
	enum status status = STATUS_OK;

	if (!count_components(c) || !fill_components(c) || !note_keys(c))
		return STATUS_NO_MEMORY;
	for (uint32_t i = 0; i < c->count && status == STATUS_OK; i++) {
		if (root_of(c, i) == i)
			status = topology_group(
			    c->t, c->t->claims[c->claims[i]].component);
	}
	return status;
}

/* ---- keys of the past -------------------------------------------------- */

struct keeping {
	struct numbers *keys;
	uint32_t component;
	bool failed;
};

static void
keep_key(void *context, uint64_t key)
{
	struct keeping *k = context;

	k->failed |= !numbers_set(k->keys, key, k->component);
}

/* A key that nobody says any more is forgotten only when there are as many of
 * them as others: to find them out all claims are gone through. */
static enum status
forget_keys(struct topology *t)
{
	struct topology_inner *inner = t->inner;
	struct keeping k = { .keys = &inner->keys };

	if (inner->keys_before == 0)
		inner->keys_before = inner->keys.count;
	if (inner->keys.count < inner->keys_before * 2 + KEYS_LEAST)
		return STATUS_OK;
	numbers_done(&inner->keys);
	for (uint32_t i = 0; i < t->claim_count; i++) {
		k.component = t->claims[i].component;
		if (t->claims[i].host && k.component != TOPOLOGY_NONE)
			identity_keys(t->claims[i].said, keep_key, &k);
	}
	inner->keys_before = inner->keys.count;
	return k.failed ? STATUS_NO_MEMORY : STATUS_OK;
}

enum status
topology_join(struct topology *t)
{
	struct topology_inner *inner = t->inner;
	struct connecting c = { .t = t };
	enum status status = STATUS_NO_MEMORY;

	if (!gather(t))
		return STATUS_NO_MEMORY;
	c.claims = inner->pending.items;
	c.count = (uint32_t)inner->pending.count;
	c.parent = calloc((size_t)c.count + 1, sizeof(*c.parent));
	if (c.parent) {
		for (uint32_t i = 0; i < c.count; i++)
			c.parent[i] = i;
		connect_all(&c);
		if (!c.failed)
			status = make_components(&c);
	}
	numbers_done(&c.by_key);
	numbers_done(&c.by_mac);
	free(c.parent);
	inner->pending.count = 0;
	return status == STATUS_OK ? forget_keys(t) : status;
}
