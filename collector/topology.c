#include "collector/topology.h"

#include <stdlib.h>
#include <string.h>

#include "collector/topology_inner.h"

bool
list_add(struct list *l, uint32_t item)
{
	if (l->count == l->capacity) {
		size_t capacity = l->capacity ? l->capacity * 2 : 64;
		uint32_t *more = realloc(l->items, capacity * sizeof(*more));

		if (!more)
			return false;
		l->items = more;
		l->capacity = capacity;
	}
	l->items[l->count++] = item;
	return true;
}

void
topology_point(struct topology *t)
{
	struct topology_inner *inner = t->inner;

	t->nics = (struct seen_nic *)(void *)inner->nics.items;
	t->nic_count = inner->nics.used;
	t->claims = (struct seen_claim *)(void *)inner->claims.items;
	t->claim_count = inner->claims.used;
	t->devices = (struct device *)(void *)inner->devices.items;
	t->device_count = inner->devices.used;
	t->ports = (struct port *)(void *)inner->ports.items;
	t->port_count = inner->ports.used;
}

static struct seen_host *
host_at(const struct topology_inner *inner, uint32_t at)
{
	return &((struct seen_host *)(void *)inner->hosts.items)[at];
}

static const struct seen_host *
find_host(const struct topology *t, int64_t host_id)
{
	uint32_t at = t->inner
			  ? numbers_find(&t->inner->host_at, (uint64_t)host_id)
			  : NUMBERS_NONE;

	return at == NUMBERS_NONE ? NULL : host_at(t->inner, at);
}

/* ---- one host ---------------------------------------------------------- */

/* Does the host say of its neighbors what it said before? */
static bool
says_the_same(const struct topology *t, const struct seen_host *seen,
    const struct model_host *h)
{
	if (seen->nic_count != h->nic_count)
		return false;
	for (uint32_t i = 0; i < seen->nic_count; i++) {
		const struct seen_nic *was = &t->nics[seen->first_nic + i];
		const struct model_nic *nic = &h->nics[i];

		if (was->claim_count != nic->neighbor_count)
			return false;
		for (uint32_t k = 0; k < was->claim_count; k++) {
			if (t->claims[was->first_claim + k].n !=
			    nic->neighbors[k].n)
				return false;
		}
	}
	return true;
}

/* What it says stands elsewhere now. */
static void
point_anew(
    struct topology *t, struct seen_host *seen, const struct model_host *h)
{
	seen->host = h;
	for (uint32_t i = 0; i < seen->nic_count; i++) {
		struct seen_nic *nic = &t->nics[seen->first_nic + i];

		nic->host = h;
		nic->nic = &h->nics[i];
		for (uint32_t k = 0; k < nic->claim_count; k++) {
			struct seen_claim *c = &t->claims[nic->first_claim + k];

			c->host = h;
			c->said = &nic->nic->neighbors[k];
		}
	}
}

static bool
drop(struct topology *t, struct seen_host *seen)
{
	struct topology_inner *inner = t->inner;

	for (uint32_t i = 0; i < seen->claim_count; i++) {
		const struct seen_claim *c = &t->claims[seen->first_claim + i];

		if (c->component != TOPOLOGY_NONE &&
		    !topology_loosen(inner, c->component))
			return false;
	}
	slots_give(&inner->claims, seen->first_claim, seen->claim_count);
	slots_give(&inner->nics, seen->first_nic, seen->nic_count);
	seen->nic_count = seen->claim_count = 0;
	return true;
}

/* Every claim but the host's own frames takes part. */
static bool
add_nic(struct topology *t, uint32_t at, const struct model_host *h,
    const struct model_nic *nic, uint32_t first_claim)
{
	t->nics[at] = (struct seen_nic){
		.host = h,
		.nic = nic,
		.first_claim = first_claim,
		.claim_count = (uint32_t)nic->neighbor_count,
		.claim = TOPOLOGY_NONE,
	};
	for (uint32_t i = 0; i < nic->neighbor_count; i++) {
		t->claims[first_claim + i] = (struct seen_claim){
			.host = h,
			.nic = at,
			.said = &nic->neighbors[i],
			.n = nic->neighbors[i].n,
			.device = TOPOLOGY_NONE,
			.port = TOPOLOGY_NONE,
			.component = TOPOLOGY_NONE,
		};
		if (!nic->neighbors[i].own &&
		    !list_add(&t->inner->pending, first_claim + i))
			return false;
	}
	return true;
}

static bool
add(struct topology *t, struct seen_host *seen, const struct model_host *h)
{
	struct topology_inner *inner = t->inner;
	size_t claims = 0;
	uint32_t claim;

	for (size_t i = 0; i < h->nic_count; i++)
		claims += h->nics[i].neighbor_count;
	if (h->nic_count >= TOPOLOGY_NONE || claims >= TOPOLOGY_NONE)
		return false;
	seen->first_nic = slots_take(&inner->nics, (uint32_t)h->nic_count);
	seen->first_claim = slots_take(&inner->claims, (uint32_t)claims);
	topology_point(t);
	if (seen->first_nic == SLOTS_NONE || seen->first_claim == SLOTS_NONE)
		return false;
	seen->host = h;
	seen->nic_count = (uint32_t)h->nic_count;
	seen->claim_count = (uint32_t)claims;
	claim = seen->first_claim;
	for (uint32_t i = 0; i < seen->nic_count; i++) {
		if (!add_nic(t, seen->first_nic + i, h, &h->nics[i], claim))
			return false;
		claim += (uint32_t)h->nics[i].neighbor_count;
	}
	return true;
}

/* The place in hosts, new if it is not there; SLOTS_NONE: no memory. */
static uint32_t
place_of(struct topology_inner *inner, int64_t host_id)
{
	uint32_t at = numbers_find(&inner->host_at, (uint64_t)host_id);

	if (at != NUMBERS_NONE)
		return at;
	at = slots_take(&inner->hosts, 1);
	if (at == SLOTS_NONE ||
	    !numbers_set(&inner->host_at, (uint64_t)host_id, at))
		return SLOTS_NONE;
	host_at(inner, at)->host_id = host_id;
	return at;
}

static const struct model_host *
host_of(const struct model *m, int64_t host_id)
{
	size_t low = 0, high = m->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (m->hosts[middle]->host_id < host_id)
			low = middle + 1;
		else
			high = middle;
	}
	return low < m->count && m->hosts[low]->host_id == host_id
		   ? m->hosts[low]
		   : NULL;
}

static bool
take_over(struct topology *t, const struct model *m, int64_t host_id)
{
	struct topology_inner *inner = t->inner;
	const struct model_host *h = host_of(m, host_id);
	uint32_t at = place_of(inner, host_id);
	struct seen_host *seen;

	if (at == SLOTS_NONE)
		return false;
	seen = host_at(inner, at);
	if (seen->host && h && says_the_same(t, seen, h)) {
		point_anew(t, seen, h);
		return true;
	}
	if (seen->host && !drop(t, seen))
		return false;
	if (h)
		return add(t, seen, h);
	numbers_remove(&inner->host_at, (uint64_t)host_id);
	slots_give(&inner->hosts, at, 1);
	return true;
}

/* ---- all of it --------------------------------------------------------- */

static int
compare_ids(const void *a, const void *b)
{
	int64_t m = *(const int64_t *)a, n = *(const int64_t *)b;

	return m < n ? -1 : m > n;
}

/* Each host once, in the order of their ids. */
static void
order_notes(struct topology_inner *inner)
{
	size_t kept = 0;

	if (inner->noted_count > 1)
		qsort(inner->noted, inner->noted_count, sizeof(*inner->noted),
		    compare_ids);
	for (size_t i = 0; i < inner->noted_count; i++) {
		if (i == 0 || inner->noted[i] != inner->noted[kept - 1])
			inner->noted[kept++] = inner->noted[i];
	}
	inner->noted_count = kept;
}

/* While nobody asks, the same hosts are noted again and again. */
static bool
room_for_note(struct topology_inner *inner)
{
	size_t capacity = inner->noted_capacity * 2 + 64;
	int64_t *more;

	if (inner->noted_count < inner->noted_capacity)
		return true;
	order_notes(inner);
	if (inner->noted_count < inner->noted_capacity / 2)
		return true;
	more = realloc(inner->noted, capacity * sizeof(*more));
	if (!more)
		return false;
	inner->noted = more;
	inner->noted_capacity = capacity;
	return true;
}

void
topology_note(struct topology *t, int64_t host_id)
{
	struct topology_inner *inner = t->inner;

	if (!inner || inner->failed)
		return;
	if (room_for_note(inner))
		inner->noted[inner->noted_count++] = host_id;
	else
		inner->failed = true;
}

static enum status
begin(struct topology *t, const struct model *m)
{
	struct topology_inner *inner = t->inner;

	if (inner && inner->failed)
		topology_done(t);
	if (t->inner)
		return STATUS_OK;
	t->inner = inner = calloc(1, sizeof(*inner));
	if (!inner)
		return STATUS_NO_MEMORY;
	inner->hosts.item_size = sizeof(struct seen_host);
	inner->nics.item_size = sizeof(struct seen_nic);
	inner->claims.item_size = sizeof(struct seen_claim);
	inner->devices.item_size = sizeof(struct device);
	inner->ports.item_size = sizeof(struct port);
	inner->components.item_size = sizeof(struct component);
	for (size_t i = 0; i < m->count; i++)
		topology_note(t, m->hosts[i]->host_id);
	return inner->failed ? STATUS_NO_MEMORY : STATUS_OK;
}

static enum status
renew(struct topology *t, const struct model *m)
{
	struct topology_inner *inner;
	enum status status = begin(t, m);

	if (status != STATUS_OK)
		return status;
	inner = t->inner;
	order_notes(inner);
	for (size_t i = 0; i < inner->noted_count; i++) {
		if (!take_over(t, m, inner->noted[i]))
			return STATUS_NO_MEMORY;
	}
	inner->noted_count = 0;
	status = topology_join(t);
	return status == STATUS_OK ? topology_name(t) : status;
}

enum status
topology_renew(struct topology *t, const struct model *m)
{
	enum status status = STATUS_OK;

	if (!t->inner || t->inner->failed || t->inner->noted_count > 0)
		status = renew(t, m);
	if (status != STATUS_OK)
		topology_done(t);
	return status;
}

enum status
topology_build(struct topology *out, const struct model *m)
{
	*out = (struct topology){ 0 };
	return topology_renew(out, m);
}

uint32_t
topology_first_nic(const struct topology *t, const struct model_host *h)
{
	const struct seen_host *seen = find_host(t, h->host_id);

	return seen ? seen->first_nic : TOPOLOGY_NONE;
}

int
topology_compare_claims(const struct topology *t, uint32_t a, uint32_t b)
{
	int64_t m = t->claims[a].host->host_id, n = t->claims[b].host->host_id;

	if (m != n)
		return m < n ? -1 : 1;
	return a < b ? -1 : a > b;
}

int
topology_compare(const struct topology *t, uint32_t a, uint32_t b)
{
	return topology_compare_claims(
	    t, t->devices[a].claims[0], t->devices[b].claims[0]);
}

void
topology_done(struct topology *t)
{
	struct topology_inner *inner = t->inner;

	for (uint32_t i = 0; inner && i < inner->components.used; i++)
		arena_done(&component_at(inner, i)->arena);
	if (inner) {
		slots_done(&inner->hosts);
		slots_done(&inner->nics);
		slots_done(&inner->claims);
		slots_done(&inner->devices);
		slots_done(&inner->ports);
		slots_done(&inner->components);
		numbers_done(&inner->host_at);
		numbers_done(&inner->keys);
		numbers_done(&inner->ids);
		free(inner->noted);
		free(inner->pending.items);
		free(inner->dirty.items);
		free(inner->touched.items);
	}
	free(inner);
	*t = (struct topology){
		.moment = t->moment, .now = t->now, .watcher = t->watcher
	};
}
