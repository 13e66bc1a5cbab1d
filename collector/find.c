#include "collector/find.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "collector/find_inside.h"
#include "collector/find_switch.h"
#include "collector/find_vlan.h"
#include "collector/find_trying.h"
#include "collector/search_sign.h"

enum { ID_BEGINNING_LEAST = 8 }; /* the first group of a UUID */

const char *
find_kind_name(enum find_kind kind)
{
	static const char *const names[] = { "nic", "host", "vm", "vnic",
		"switch", "port", "port_group", "vswitch", "link", "vlan",
		"kernel_port", "link" };

	return names[kind];
}

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
static enum fit
fit_thing(const struct thing *x, const char **out_why)
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
	hit.fit = fit_thing(x, &hit.why);
	if (hit.fit != FIT_NONE)
		trying_hit(g, &hit);
	return hit.fit != FIT_NONE;
}

/* ---- the kinds of things ----------------------------------------------- */

static void
add_bay(struct thing *x, const struct model_host *h)
{
	char bay[SEARCH_BAY_SIZE];

	if (!search_bay(h, bay))
		return;
	trying_add(x, FIELD_ID, true, h->chassis, "chassis of the host");
	trying_add(x, FIELD_NAME, true, bay, "bay of the host");
	trying_add(x, FIELD_NAME, false, h->slot, "");
}

/* A bridge is a link of the kernel, too, and a vNIC's tap: asked for by name,
 * the virtual switch and the vNIC answer. */
static void
find_links(struct trying *g, const struct search_doc *d)
{
	const struct model_host *h = d->host;

	for (size_t k = 0; k < h->link_count; k++) {
		const struct model_link *l = &h->links[k];
		struct hit hit = { .kind = FIND_LINK, .host = h, .link = l };
		struct thing x;

		x = trying_begin(g);
		trying_add(&x, FIELD_NAME, true, l->name, "name of the link");
		trying_add(&x, FIELD_MAC, true, l->mac, "MAC of the link");
		trying_add(&x, FIELD_NAME, false, h->name, "");
		hit.fit = fit_thing(&x, &hit.why);
		if (hit.fit != FIT_NONE && !search_doc_names_link(d, l->name))
			trying_hit(g, &hit);
	}
}

static void
find_host(struct trying *g, const struct model_host *h)
{
	struct thing x;

	x = trying_begin(g);
	trying_add(&x, FIELD_NAME, true, h->name, "name of the host");
	trying_add_all(
	    &x, FIELD_ADDRESS, true, &h->addresses, "address of the host");
	trying_add(&x, FIELD_ID, true, h->serial, "serial of the host");
	add_bay(&x, h);
	trying_add(&x, FIELD_NAME, true, h->model, "model of the host");
	trying_add(&x, FIELD_NAME, true, h->machine_id, "id of the host");
	(void)trying_try(g, &x, (struct hit){ .kind = FIND_HOST, .host = h });
}

/* Is the host alone asked for?  Then its NICs answer, too. */
static bool
asks_for_host(const struct query *q, const struct model_host *h)
{
	return query_fit_name(&q->whole, h->name) == FIT_EXACT ||
	       (q->whole.address[0] == '\0' && q->count == 1 &&
		   strcmp(q->whole.text, h->machine_id) == 0);
}

/* The MAC of a VF is set on its NIC and found there. */
static void
find_vfs(struct trying *g, const struct hit *nic_hit)
{
	const struct seen_nic *nic = &g->t->nics[nic_hit->at];

	for (size_t i = 0; i < nic->nic->vf_count; i++) {
		const struct model_vf *vf = &nic->nic->vfs[i];
		struct hit hit = *nic_hit;
		struct thing x;

		x = trying_begin(g);
		trying_add(
		    &x, FIELD_MAC, true, vf->mac, "MAC of a VF of the NIC");
		hit.vf = (uint32_t)vf->index + 1;
		hit.late = true;
		(void)trying_try(g, &x, hit);
	}
}

static void
find_nics(struct trying *g, const struct model_host *h)
{
	uint32_t first = topology_first_nic(g->t, h);

	for (uint32_t i = 0; i < h->nic_count; i++) {
		const struct model_nic *nic = &h->nics[i];
		struct hit hit = {
			.kind = FIND_NIC, .at = first + i, .host = h
		};
		struct thing x;

		find_vfs(g, &hit);
		x = trying_begin(g);
		trying_add(&x, FIELD_NAME, true, nic->name, "name of the NIC");
		trying_add_all(&x, FIELD_NAME, true, &nic->names,
		    "alternative name of the NIC");
		trying_add(&x, FIELD_MAC, true, nic->mac, "MAC of the NIC");
		trying_add(&x, FIELD_MAC, true, nic->permanent_mac,
		    "permanent MAC of the NIC");
		trying_add(&x, FIELD_NAME, false, h->name, "");
		hit.fit = fit_thing(&x, &hit.why);
		if (hit.fit == FIT_NONE && asks_for_host(g->q, h)) {
			hit.fit = FIT_BEGINNING;
			hit.why = "NIC of the host";
		}
		if (hit.fit != FIT_NONE)
			trying_hit(g, &hit);
	}
}

static void
find_on_host(struct trying *g, const struct search_doc *d)
{
	find_nics(g, d->host);
	find_host(g, d->host);
	find_links(g, d);
	find_inside(g, d);
}

/* ---- order ------------------------------------------------------------- */

/* What something else of that name or MAC is meant before: the vNIC before its
 * VF, the port group before the vNICs whose network it is. */
static int
kind_order(const struct hit *h)
{
	return h->late ? 2 * FIND_VSWITCH + 1 : 2 * (int)h->kind;
}

/* What runs stands before what is off; a host that its vCenter has lost may
 * tell of what has long moved away. */
static unsigned
life_order(const struct hit *h)
{
	if (h->kind != FIND_VNIC && h->kind != FIND_VM)
		return 0;
	return h->host->disconnected ? h->life + SEARCH_LIVES : h->life;
}

/* Hits of one fit and kind keep the order of the topology: by host and NIC, by
 * switch and port. */
static int
compare_hits(const void *a, const void *b, void *context)
{
	const struct topology *t = ((const struct trying *)context)->t;
	const struct hit *x = a, *y = b;

	if (x->fit != y->fit)
		return x->fit > y->fit ? -1 : 1;
	if (kind_order(x) != kind_order(y))
		return kind_order(x) < kind_order(y) ? -1 : 1;
	if (life_order(x) != life_order(y))
		return life_order(x) < life_order(y) ? -1 : 1;
	if (x->host && y->host && x->host != y->host) {
		int order = port_compare(x->host->name, y->host->name);

		if (order != 0)
			return order;
		return x->host->host_id < y->host->host_id ? -1 : 1;
	}
	if (x->link && y->link && x->link != y->link)
		return port_compare(x->link->name, y->link->name);
	if (x->kind == FIND_SWITCH && y->kind == FIND_SWITCH)
		return topology_compare(t, x->at, y->at);
	if (x->kind == FIND_PORT && y->kind == FIND_PORT &&
	    t->ports[x->at].device != t->ports[y->at].device)
		return topology_compare(
		    t, t->ports[x->at].device, t->ports[y->at].device);
	return x->at < y->at ? -1 : x->at > y->at;
}

/* ---- where to look ----------------------------------------------------- */

static int
compare_docs(const void *a, const void *b)
{
	const struct search_doc *const *m = a, *const *n = b;
	int64_t x = (*m)->host->host_id, y = (*n)->host->host_id;

	return x < y ? -1 : x > y;
}

static int
compare_devices(const void *a, const void *b, void *context)
{
	const struct trying *g = context;

	return topology_compare(
	    g->t, *(const uint32_t *)a, *(const uint32_t *)b);
}

/* In the order of hosts and switches, whatever their places are: of very many
 * hits the first are kept. */
static void
order_found(struct trying *g, struct search_found *f)
{
	size_t count = 0;

	for (size_t i = 0; i < f->device_count; i++) {
		if (f->devices[i] < g->t->device_count &&
		    g->t->devices[f->devices[i]].claim_count > 0)
			f->devices[count++] = f->devices[i];
	}
	f->device_count = count;
	if (f->host_count > 1)
		qsort(f->hosts, f->host_count, sizeof(*f->hosts), compare_docs);
	if (f->device_count > 1)
		qsort_r(f->devices, f->device_count, sizeof(*f->devices),
		    compare_devices, g);
}

/* Only hosts and switches that may have what is asked for. */
static void
look_up(struct trying *g, const struct search *s)
{
	struct search_found f;

	if (!search_query(s, g->q, &f)) {
		g->failed = true;
		return;
	}
	order_found(g, &f);
	for (size_t i = 0; i < f.host_count; i++)
		find_on_host(g, f.hosts[i]);
	for (size_t i = 0; i < f.device_count; i++)
		find_device(g, f.devices[i]);
	search_found_done(&f);
	if (g->q->whole.vlan < 1)
		return;
	if (!search_vlan(s, g->q->whole.vlan, &f)) {
		g->failed = true;
		return;
	}
	order_found(g, &f);
	find_vlan(g, &f);
	search_found_done(&f);
}

/* Every host and switch: nothing was searched in advance. */
static void
look_through(struct trying *g)
{
	struct search_found all = { 0 };
	struct search_doc *docs = calloc(g->model->count + 1, sizeof(*docs));

	all.hosts =
	    calloc(g->model->count + 1, sizeof(const struct search_doc *));
	all.devices =
	    calloc((size_t)g->t->device_count + 1, sizeof(*all.devices));
	g->failed = !docs || !all.hosts || !all.devices;
	for (size_t i = 0; i < g->model->count && !g->failed; i++) {
		g->failed = !search_doc_renew(&docs[i], g->model->hosts[i]);
		all.hosts[all.host_count++] = &docs[i];
	}
	for (uint32_t i = 0; i < g->t->device_count && !g->failed; i++)
		all.devices[all.device_count++] = i;
	if (!g->failed) {
		order_found(g, &all);
		for (size_t i = 0; i < all.host_count; i++)
			find_on_host(g, &docs[i]);
		for (size_t i = 0; i < all.device_count; i++)
			find_device(g, all.devices[i]);
		if (g->q->whole.vlan > 0)
			find_vlan(g, &all);
	}
	for (size_t i = 0; docs && i < g->model->count; i++)
		search_doc_done(&docs[i]);
	free(docs);
	search_found_done(&all);
}

enum status
find(const struct find_in *in, const struct query *q, struct found *out)
{
	struct trying g = {
		.t = in->topology, .model = in->model, .q = q, .out = out
	};

	*out = (struct found){ 0 };
	if (in->search && !in->search->failed)
		look_up(&g, in->search);
	else
		look_through(&g);
	if (g.failed) {
		find_done(out);
		return STATUS_NO_MEMORY;
	}
	if (out->count > 0)
		qsort_r(out->hits, out->count, sizeof(*out->hits), compare_hits,
		    &g);
	return STATUS_OK;
}

enum fit
found_fit(const struct found *f)
{
	return f->count > 0 ? f->hits[0].fit : FIT_NONE;
}

void
find_done(struct found *f)
{
	free(f->hits);
	*f = (struct found){ 0 };
}
