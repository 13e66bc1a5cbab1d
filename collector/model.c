#include "collector/model.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/json_read.h"
#include "collector/facts.h"
#include "collector/heard_vlans.h"
#include "collector/index.h"
#include "collector/ports.h"

enum {
	/* Clones take turns at each heartbeat; when one is gone, or has an id
	 * of its own, nothing is wrong any more. */
	TWINS_FOR_S = 3600,
	STARTED_APART_S = 10 /* put right by a clock, it may differ a little */
};

/* A host being loaded: the claims are read twice, to count and to fill. */
struct loading {
	struct model_host *host;
	struct index nics; /* name -> place in host->nics */
	struct {
		struct store_claim *items;
		size_t count, capacity;
	} claims;
	bool failed;
};

/* Keeps a claim; its texts go to the arena of the host. */
static void
note_claim(void *context, const struct store_claim *c)
{
	struct loading *l = context;
	struct store_claim *kept;

	if (l->claims.count == l->claims.capacity) {
		size_t capacity = l->claims.capacity * 2 + 16;

		kept = realloc(l->claims.items, capacity * sizeof(*kept));
		if (!kept) {
			l->failed = true;
			return;
		}
		l->claims.items = kept;
		l->claims.capacity = capacity;
	}
	kept = &l->claims.items[l->claims.count++];
	*kept = *c;
	kept->key = arena_text(&l->host->arena, c->key);
	kept->facts = facts_by_our_clock(
	    &l->host->arena, c, l->host->shift, l->host->seen_at);
	if (!kept->key || !kept->facts)
		l->failed = true;
	else if (c->kind == CLAIM_NIC)
		l->host->nic_count++;
	else if (c->kind == CLAIM_LINK)
		l->host->link_count++;
}

static int
compare_nics(const void *a, const void *b)
{
	const struct model_nic *m = a, *n = b;

	return port_compare(m->name, n->name);
}

static void
fill_nics(struct loading *l)
{
	struct model_host *h = l->host;
	size_t nic = 0, link = 0;

	for (size_t i = 0; i < l->claims.count; i++) {
		const struct store_claim *c = &l->claims.items[i];

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
nic_of(struct loading *l, const struct store_claim *c)
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
fill_neighbors(struct loading *l)
{
	size_t count = l->claims.count;
	struct model_nic **nics = calloc(count + 1, sizeof(struct model_nic *));

	if (!nics) {
		l->failed = true;
		return;
	}
	for (size_t i = 0; i < count; i++) {
		if (l->claims.items[i].kind == CLAIM_NEIGHBOR)
			nics[i] = nic_of(l, &l->claims.items[i]);
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
			facts_read_neighbor(&l->host->arena,
			    &l->claims.items[i],
			    &nics[i]->neighbors[nics[i]->neighbor_count++]);
	}
	free(nics);
}

static void
host_free(struct model_host *h)
{
	if (!h)
		return;
	arena_done(&h->arena);
	free(h);
}

static enum status
load(struct store *s, const struct store_host *row, struct model_host **out)
{
	struct model_host *h = calloc(1, sizeof(*h));
	struct loading l = { .host = h };
	enum status status;

	if (!h)
		return STATUS_NO_MEMORY;
	h->host_id = row->host_id;
	h->seen_at = row->seen_at;
	h->shift = row->shift;
	h->twins_at = -1;
	memcpy(h->machine_id, row->machine_id, MACHINE_ID_SIZE);
	h->name = h->os = h->model = h->serial = "";
	h->platform = h->chassis = h->slot = h->connection = h->via = "";
	h->facts = "{}";
	status = s->claim_visit(s, h->host_id, note_claim, &l);
	if (status == STATUS_OK && !l.failed) {
		h->nics =
		    arena_array(&h->arena, h->nic_count, sizeof(*h->nics));
		h->links =
		    arena_array(&h->arena, h->link_count, sizeof(*h->links));
		if (h->nics && h->links) {
			fill_nics(&l);
			fill_neighbors(&l);
			heard_vlans_read(h, l.claims.items, l.claims.count);
			inside_read(h, l.claims.items, l.claims.count);
		}
	}
	if (status == STATUS_OK &&
	    (l.failed || h->arena.failed || l.nics.failed))
		status = STATUS_NO_MEMORY;
	index_done(&l.nics);
	free(l.claims.items);
	if (status != STATUS_OK)
		host_free(h);
	else
		*out = h;
	return status;
}

bool
model_is_shared(const struct model_host *h)
{
	return h->twins_at >= 0 && h->seen_at - h->twins_at < TWINS_FOR_S;
}

static bool
is_same_speaker(const struct speaker *a, const struct speaker *b)
{
	return strcmp(a->name, b->name) == 0 &&
	       llabs(a->started_at - b->started_at) <= STARTED_APART_S;
}

/* An agent that was started anew never comes back as what it was; two hosts
 * with one machine id take turns. */
static void
note_twins(
    struct model *m, const struct model_host *old, struct model_host *host)
{
	host->twins_at = old->twins_at;
	host->former = old->former;
	if (is_same_speaker(&old->speaker, &host->speaker))
		return;
	if (old->former.name[0] != '\0' &&
	    is_same_speaker(&old->former, &host->speaker)) {
		if (!model_is_shared(host))
			m->twins = host;
		host->twins_at = host->seen_at;
	}
	host->former = old->speaker;
}

/* The place of the host, or where it belongs. */
static size_t
place_of(const struct model *m, int64_t host_id)
{
	size_t low = 0, high = m->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (m->hosts[middle]->host_id < host_id)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static enum status
make_room(struct model *m)
{
	size_t capacity = m->capacity ? m->capacity * 2 : 64;
	struct model_host **more;

	if (m->count < m->capacity)
		return STATUS_OK;
	more = realloc(m->hosts, capacity * sizeof(*more));
	if (!more)
		return STATUS_NO_MEMORY;
	m->hosts = more;
	m->capacity = capacity;
	return STATUS_OK;
}

static enum status
enter(struct model *m, struct model_host *taken_host)
{
	size_t at = place_of(m, taken_host->host_id);

	m->changes++;
	if (at < m->count && m->hosts[at]->host_id == taken_host->host_id) {
		note_twins(m, m->hosts[at], taken_host);
		host_free(m->hosts[at]);
		m->hosts[at] = taken_host;
		return STATUS_OK;
	}
	if (make_room(m) != STATUS_OK) {
		host_free(taken_host);
		return STATUS_NO_MEMORY;
	}
	memmove(&m->hosts[at + 1], &m->hosts[at],
	    (m->count - at) * sizeof(*m->hosts));
	m->hosts[at] = taken_host;
	m->count++;
	return STATUS_OK;
}

enum status
model_load_host(struct model *m, struct store *s, int64_t host_id)
{
	struct store_host row;
	struct model_host *host = NULL;
	enum status status = s->host_get(s, host_id, &row);

	if (status == STATUS_OK)
		status = load(s, &row, &host);
	return status == STATUS_OK ? enter(m, host) : status;
}

/* Where the volatile part of a claim stands in the model. */
struct place {
	int64_t n;
	struct heard *heard;
};

struct hearing {
	struct place *places; /* ordered by n */
	size_t count;
};

static int
compare_places(const void *a, const void *b)
{
	const struct place *p = a, *q = b;

	return p->n < q->n ? -1 : p->n > q->n;
}

static void
hear_claim(void *context, const struct store_claim *c)
{
	struct hearing *h = context;
	struct place wanted = { .n = c->n };
	struct place *place = bsearch(
	    &wanted, h->places, h->count, sizeof(*h->places), compare_places);

	if (place)
		*place->heard = c->heard;
}

static void
list_places(struct model_host *host, struct hearing *h)
{
	for (size_t i = 0; i < host->nic_count; i++) {
		struct model_nic *nic = &host->nics[i];

		h->places[h->count++] = (struct place){ nic->n, &nic->heard };
		for (size_t k = 0; k < nic->neighbor_count; k++)
			h->places[h->count++] = (struct place){
				nic->neighbors[k].n,
				&nic->neighbors[k].heard,
			};
		for (size_t k = 0; k < nic->heard_vlan_count; k++)
			h->places[h->count++] = (struct place){
				nic->heard_vlans[k].n,
				&nic->heard_vlans[k].heard,
			};
	}
	qsort(h->places, h->count, sizeof(*h->places), compare_places);
}

enum status
model_hear_host(struct model *m, struct store *s, int64_t host_id)
{
	size_t at = place_of(m, host_id), most = 1;
	struct hearing hearing = { 0 };
	struct model_host *host;
	struct store_host row;
	enum status status = s->host_get(s, host_id, &row);

	if (status != STATUS_OK)
		return status;
	if (at >= m->count || m->hosts[at]->host_id != host_id ||
	    m->hosts[at]->shift != row.shift)
		return model_load_host(m, s, host_id);
	host = m->hosts[at];
	for (size_t i = 0; i < host->nic_count; i++)
		most += 1 + host->nics[i].neighbor_count +
			host->nics[i].heard_vlan_count;
	hearing.places = calloc(most, sizeof(*hearing.places));
	if (!hearing.places)
		return STATUS_NO_MEMORY;
	list_places(host, &hearing);
	status = s->claim_visit(s, host_id, hear_claim, &hearing);
	free(hearing.places);
	host->seen_at = row.seen_at;
	return status;
}

struct all_rows {
	struct store_host *items;
	size_t count, capacity;
	bool failed;
};

static void
note_row(void *context, const struct store_host *row)
{
	struct all_rows *all = context;

	if (all->count == all->capacity) {
		size_t capacity = all->capacity * 2 + 64;
		struct store_host *more =
		    realloc(all->items, capacity * sizeof(*more));

		if (!more) {
			all->failed = true;
			return;
		}
		all->items = more;
		all->capacity = capacity;
	}
	all->items[all->count++] = *row;
}

enum status
model_load(struct model *m, struct store *s)
{
	struct all_rows all = { 0 };
	enum status status = s->host_visit(s, note_row, &all);

	if (status == STATUS_OK && all.failed)
		status = STATUS_NO_MEMORY;
	for (size_t i = 0; i < all.count && status == STATUS_OK; i++) {
		struct model_host *host = NULL;

		status = load(s, &all.items[i], &host);
		if (status == STATUS_OK)
			status = enter(m, host);
	}
	free(all.items);
	return status;
}

void
model_done(struct model *m)
{
	for (size_t i = 0; i < m->count; i++)
		host_free(m->hosts[i]);
	free(m->hosts);
	*m = (struct model){ 0 };
}
