#include "collector/model.h"

#include <stdlib.h>
#include <string.h>

#include "collector/model_build.h"

enum {
	/* Clones take turns at each heartbeat; when one is gone, or has an id
	 * of its own, nothing is wrong any more. */
	TWINS_FOR_S = 3600,
	STARTED_APART_S = 10 /* put right by a clock, it may differ a little */
};

/* Claims as a store visits them; their texts are in an arena. */
struct visited {
	struct store_claim *items;
	size_t count, capacity;
	struct arena arena;
	bool failed;
};

static void
note_claim(void *context, const struct store_claim *c)
{
	struct visited *v = context;
	struct store_claim *kept;

	if (v->count == v->capacity) {
		size_t capacity = v->capacity * 2 + 64;

		kept = realloc(v->items, capacity * sizeof(*kept));
		if (!kept) {
			v->failed = true;
			return;
		}
		v->items = kept;
		v->capacity = capacity;
	}
	kept = &v->items[v->count++];
	*kept = *c;
	kept->key = arena_text(&v->arena, c->key);
	kept->facts = arena_text(&v->arena, c->facts);
}

static enum status
load(struct store *s, const struct store_host *row, struct model_host **out)
{
	struct model_change change = { .row = *row };
	struct visited v = { .count = 0 };
	enum status status = s->claim_visit(s, row->host_id, note_claim, &v);

	if (status == STATUS_OK && (v.failed || v.arena.failed))
		status = STATUS_NO_MEMORY;
	change.claims = v.items;
	change.claim_count = v.count;
	if (status == STATUS_OK)
		status = model_build(&change, out);
	arena_done(&v.arena);
	free(v.items);
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
		model_host_free(m->hosts[at]);
		m->hosts[at] = taken_host;
		return STATUS_OK;
	}
	if (make_room(m) != STATUS_OK) {
		model_host_free(taken_host);
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
hear_claim(const struct hearing *h, const struct store_claim *c)
{
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

/* Takes over what was heard; nothing that stands elsewhere moves. */
static enum status
hear(struct model_host *host, const struct model_change *change)
{
	struct hearing hearing = { 0 };
	size_t most = 1;

	for (size_t i = 0; i < host->nic_count; i++)
		most += 1 + host->nics[i].neighbor_count +
			host->nics[i].heard_vlan_count;
	hearing.places = calloc(most, sizeof(*hearing.places));
	if (!hearing.places)
		return STATUS_NO_MEMORY;
	list_places(host, &hearing);
	for (size_t i = 0; i < host->claim_count; i++) {
		host->claims[i].heard = change->claims[i].heard;
		hear_claim(&hearing, &change->claims[i]);
	}
	free(hearing.places);
	host->row = change->row;
	host->seen_at = change->row.seen_at;
	host->unsaved = true;
	return STATUS_OK;
}

static struct model_host *
host_of(const struct model *m, int64_t host_id)
{
	size_t at = place_of(m, host_id);

	return at < m->count && m->hosts[at]->host_id == host_id ? m->hosts[at]
								 : NULL;
}

const struct model_host *
model_find(const struct model *m, int64_t host_id)
{
	return host_of(m, host_id);
}

uint32_t
model_find_claim(
    const struct model_host *h, enum claim_kind kind, const char *key)
{
	size_t low = 0, high = h->claim_count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		const struct store_claim *c = &h->claims[h->by_key[middle]];
		int order = c->kind != kind ? (c->kind < kind ? -1 : 1)
					    : strcmp(c->key, key);

		if (order == 0)
			return h->by_key[middle];
		if (order < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return MODEL_NONE;
}

enum status
model_take(struct model *m, const struct model_change *change)
{
	struct model_host *host = host_of(m, change->row.host_id);
	enum status status;

	if (host && change->same)
		return hear(host, change);
	status = model_build(change, &host);
	if (status != STATUS_OK)
		return status;
	host->unsaved = true;
	return enter(m, host);
}

enum status
model_save(struct model *m, struct store *s, int64_t host_id)
{
	struct model_host *host = host_of(m, host_id);
	enum status status;

	if (!host || !host->unsaved)
		return STATUS_OK;
	status = s->host_put(s, &host->row);
	for (size_t i = 0; i < host->claim_count && status == STATUS_OK; i++) {
		const struct store_claim *c = &host->claims[i];

		if (c->heard.last_heard >= 0 || c->heard.frames >= 0)
			status = s->heard_put(s, host_id, c->n, &c->heard);
	}
	host->unsaved = status != STATUS_OK;
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
		model_host_free(m->hosts[i]);
	free(m->hosts);
	*m = (struct model){ 0 };
}
