#include "collector/model_build.h"

#include <stdlib.h>
#include <string.h>

#include "base/json_read.h"
#include "collector/facts.h"
#include "collector/heard_vlans.h"
#include "collector/index.h"
#include "collector/model_claims.h"
#include "collector/ports.h"

struct building {
	struct model_host *host;
	struct index nics; /* name -> place in host->nics */
	bool failed;
};

static int
compare_nics(const void *a, const void *b)
{
	const struct model_nic *m = a, *n = b;

	return port_compare(m->name, n->name);
}

/* The claim with its times by our clock. */
static struct model_claim
by_our_clock(struct building *l, const struct model_claim *c)
{
	struct model_claim ours = *c;

	ours.facts = facts_by_our_clock(l->host, c);
	if (!ours.facts) {
		l->failed = true;
		ours.facts = "{}";
	}
	return ours;
}

static void
fill_nics(struct building *l)
{
	struct model_host *h = l->host;
	size_t nic = 0, link = 0;

	for (size_t i = 0; i < h->claim_count; i++) {
		struct model_claim c;

		if (h->claims[i].kind != CLAIM_HOST &&
		    h->claims[i].kind != CLAIM_NIC &&
		    h->claims[i].kind != CLAIM_LINK)
			continue;
		c = by_our_clock(l, &h->claims[i]);
		if (c.kind == CLAIM_HOST)
			facts_read_host(&h->arena, &c, h);
		else if (c.kind == CLAIM_NIC)
			facts_read_nic(&h->arena, &c, &h->nics[nic++]);
		else
			facts_read_link(&h->arena, &c, &h->links[link++]);
	}
	qsort(h->nics, h->nic_count, sizeof(*h->nics), compare_nics);
	for (size_t i = 0; i < h->nic_count; i++)
		index_add(&l->nics, h->nics[i].name, (uint32_t)i);
}

/* The NIC that a neighbor's key names; NULL for a NIC that is not there. */
static struct model_nic *
nic_of(struct building *l, const struct model_claim *c)
{
	struct json_value *key CLEANUP(json_cleanup) = json_parse_own(c->key);
	const char *name = json_string_of(json_first(key));
	uint32_t at;

	at = name ? index_find(&l->nics, name) : INDEX_NONE;
	return at == INDEX_NONE ? NULL : &l->host->nics[at];
}

static void
read_neighbor(
    struct building *l, const struct model_claim *c, struct model_nic *nic)
{
	struct model_claim ours = by_our_clock(l, c);

	facts_read_neighbor(
	    &l->host->arena, &ours, &nic->neighbors[nic->neighbor_count++]);
}

static void
fill_neighbors(struct building *l)
{
	struct model_host *h = l->host;
	size_t count = h->claim_count;
	struct model_nic **nics = calloc(count + 1, sizeof(struct model_nic *));

	if (!nics) {
		l->failed = true;
		return;
	}
	for (size_t i = 0; i < count; i++) {
		if (h->claims[i].kind == CLAIM_NEIGHBOR)
			nics[i] = nic_of(l, &h->claims[i]);
		if (nics[i])
			nics[i]->neighbor_count++;
	}
	for (size_t i = 0; i < h->nic_count; i++) {
		struct model_nic *nic = &h->nics[i];

		nic->neighbors = arena_array(
		    &h->arena, nic->neighbor_count, sizeof(*nic->neighbors));
		nic->neighbor_count = 0;
		if (!nic->neighbors)
			l->failed = true;
	}
	for (size_t i = 0; i < count && !l->failed; i++) {
		if (nics[i])
			read_neighbor(l, &h->claims[i], nics[i]);
	}
	free(nics);
}

/* ---- what is volatile ------------------------------------------------------
 */

static void
show(struct model_host *h, int64_t n, struct heard *to)
{
	const struct model_claim *c = claims_of_number(h, n);

	if (c && c->heard)
		h->shown[h->shown_count++] =
		    (struct model_shown){ c->heard, to };
}

/* So that what is heard again need not be looked for. */
static void
list_shown(struct model_host *h)
{
	size_t most = 0;

	for (size_t i = 0; i < h->nic_count; i++)
		most +=
		    1 + h->nics[i].neighbor_count + h->nics[i].heard_vlan_count;
	h->shown = arena_array(&h->arena, most, sizeof(*h->shown));
	for (size_t i = 0; i < h->nic_count && h->shown; i++) {
		struct model_nic *nic = &h->nics[i];

		show(h, nic->n, &nic->heard);
		for (size_t k = 0; k < nic->neighbor_count; k++)
			show(h, nic->neighbors[k].n, &nic->neighbors[k].heard);
		for (size_t k = 0; k < nic->heard_vlan_count; k++)
			show(h, nic->heard_vlans[k].n,
			    &nic->heard_vlans[k].heard);
	}
}

/* ---- all of it -------------------------------------------------------------
 */

static void
clear_outside(struct model_host *h)
{
	size_t kept = offsetof(struct model_host, arena);

	memset((char *)h + kept, 0, sizeof(*h) - kept);
	h->name = h->os = h->model = h->serial = "";
	h->platform = h->chassis = h->slot = h->connection = h->via = "";
	h->facts = "{}";
}

static void
fill(struct building *l)
{
	struct model_host *h = l->host;

	for (size_t i = 0; i < h->claim_count; i++) {
		h->nic_count += h->claims[i].kind == CLAIM_NIC;
		h->link_count += h->claims[i].kind == CLAIM_LINK;
	}
	h->nics = arena_array(&h->arena, h->nic_count, sizeof(*h->nics));
	h->links = arena_array(&h->arena, h->link_count, sizeof(*h->links));
	if (h->arena.failed)
		return;
	fill_nics(l);
	fill_neighbors(l);
	heard_vlans_read(h);
	list_shown(h);
}

enum status
model_build_outside(struct model_host *h)
{
	struct building l = { .host = h };
	bool failed;

	clear_outside(h);
	fill(&l);
	failed = l.failed || l.nics.failed || h->arena.failed;
	index_done(&l.nics);
	if (!failed)
		return STATUS_OK;
	arena_done(&h->arena);
	return STATUS_NO_MEMORY;
}
