#include "collector/model_build.h"

#include <stdlib.h>
#include <string.h>

#include "base/json_read.h"
#include "collector/facts.h"
#include "collector/heard_vlans.h"
#include "collector/index.h"
#include "collector/ports.h"

struct building {
	struct model_host *host;
	struct store_claim *claims; /* the host's, with our clock's times */
	struct index nics;          /* name -> place in host->nics */
	bool failed;
};

static int
compare_nics(const void *a, const void *b)
{
	const struct model_nic *m = a, *n = b;

	return port_compare(m->name, n->name);
}

static void
fill_nics(struct building *l)
{
	struct model_host *h = l->host;
	size_t nic = 0, link = 0;

	for (size_t i = 0; i < l->host->claim_count; i++) {
		const struct store_claim *c = &l->claims[i];

		if (c->kind == CLAIM_HOST)
			facts_read_host(&h->arena, c, h);
		else if (c->kind == CLAIM_NIC)
			facts_read_nic(&h->arena, c, &h->nics[nic++]);
		else if (c->kind == CLAIM_LINK)
			facts_read_link(&h->arena, c, &h->links[link++]);
	}
	qsort(h->nics, h->nic_count, sizeof(*h->nics), compare_nics);
	for (size_t i = 0; i < h->nic_count; i++)
		index_add(&l->nics, h->nics[i].name, (uint32_t)i);
}

/* The NIC that a neighbor's key names; NULL for a NIC that is not there. */
static struct model_nic *
nic_of(struct building *l, const struct store_claim *c)
{
	struct json_value *key CLEANUP(json_cleanup) = NULL;
	char error[JSON_ERROR_SIZE];
	const char *name;
	uint32_t at;

	if (json_parse(c->key, strlen(c->key), &key, error) != STATUS_OK)
		return NULL;
	name = json_string_of(json_first(key));
	at = name ? index_find(&l->nics, name) : INDEX_NONE;
	return at == INDEX_NONE ? NULL : &l->host->nics[at];
}

static void
fill_neighbors(struct building *l)
{
	size_t count = l->host->claim_count;
	struct model_nic **nics = calloc(count + 1, sizeof(struct model_nic *));

	if (!nics) {
		l->failed = true;
		return;
	}
	for (size_t i = 0; i < count; i++) {
		if (l->claims[i].kind == CLAIM_NEIGHBOR)
			nics[i] = nic_of(l, &l->claims[i]);
		if (nics[i])
			nics[i]->neighbor_count++;
	}
	for (size_t i = 0; i < l->host->nic_count; i++) {
		struct model_nic *nic = &l->host->nics[i];

		nic->neighbors = arena_array(&l->host->arena,
		    nic->neighbor_count, sizeof(*nic->neighbors));
		nic->neighbor_count = 0;
		if (!nic->neighbors)
			l->failed = true;
	}
	for (size_t i = 0; i < count && !l->failed; i++) {
		if (nics[i])
			facts_read_neighbor(&l->host->arena, &l->claims[i],
			    &nics[i]->neighbors[nics[i]->neighbor_count++]);
	}
	free(nics);
}

void
model_host_free(struct model_host *h)
{
	if (!h)
		return;
	arena_done(&h->arena);
	free(h);
}

/* Copies the claims and their texts, and counts. */
static void
keep_claims(struct building *l, const struct model_change *change)
{
	struct model_host *h = l->host;

	for (size_t i = 0; i < change->claim_count; i++) {
		struct store_claim *c = &h->claims[i];

		*c = change->claims[i];
		c->key = arena_text(&h->arena, c->key);
		c->facts = arena_text(&h->arena, c->facts);
		if (!c->key || !c->facts)
			return;
		l->claims[i] = *c;
		l->claims[i].facts =
		    facts_by_our_clock(&h->arena, c, h->shift, h->seen_at);
		h->nic_count += c->kind == CLAIM_NIC;
		h->link_count += c->kind == CLAIM_LINK;
		h->claim_count++;
	}
}

static int
compare_keys(const void *a, const void *b, void *context)
{
	const struct model_host *h = context;
	const struct store_claim *c = &h->claims[*(const uint32_t *)a];
	const struct store_claim *d = &h->claims[*(const uint32_t *)b];

	if (c->kind != d->kind)
		return c->kind < d->kind ? -1 : 1;
	return strcmp(c->key, d->key);
}

static void
order_keys(struct model_host *h)
{
	for (uint32_t i = 0; i < h->claim_count; i++)
		h->by_key[i] = i;
	qsort_r(h->by_key, h->claim_count, sizeof(*h->by_key), compare_keys, h);
}

static void
fill(struct building *l, const struct model_change *change)
{
	struct model_host *h = l->host;

	keep_claims(l, change);
	h->nics = arena_array(&h->arena, h->nic_count, sizeof(*h->nics));
	h->links = arena_array(&h->arena, h->link_count, sizeof(*h->links));
	if (h->arena.failed)
		return;
	order_keys(h);
	fill_nics(l);
	fill_neighbors(l);
	heard_vlans_read(h, l->claims, h->claim_count);
	inside_read(h, l->claims, h->claim_count);
}

static struct model_host *
new_host(const struct model_change *change)
{
	struct model_host *h = calloc(1, sizeof(*h));

	if (!h)
		return NULL;
	h->row = change->row;
	h->host_id = h->row.host_id;
	h->seen_at = h->row.seen_at;
	h->shift = h->row.shift;
	h->twins_at = -1;
	memcpy(h->machine_id, h->row.machine_id, MACHINE_ID_SIZE);
	h->name = h->os = h->model = h->serial = "";
	h->platform = h->chassis = h->slot = h->connection = h->via = "";
	h->facts = "{}";
	h->claims =
	    arena_array(&h->arena, change->claim_count, sizeof(*h->claims));
	h->by_key =
	    arena_array(&h->arena, change->claim_count, sizeof(*h->by_key));
	return h;
}

enum status
model_build(const struct model_change *change, struct model_host **out)
{
	struct building l = { .host = new_host(change) };
	bool failed;

	if (!l.host)
		return STATUS_NO_MEMORY;
	l.claims = calloc(change->claim_count + 1, sizeof(*l.claims));
	if (l.claims && !l.host->arena.failed)
		fill(&l, change);
	failed = !l.claims || l.failed || l.nics.failed || l.host->arena.failed;
	index_done(&l.nics);
	free(l.claims);
	if (failed) {
		model_host_free(l.host);
		return STATUS_NO_MEMORY;
	}
	*out = l.host;
	return STATUS_OK;
}
