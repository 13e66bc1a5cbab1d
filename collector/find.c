#include "collector/find.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "collector/find_inside.h"
#include "collector/find_switch.h"
#include "collector/find_vlan.h"
#include "collector/find_trying.h"
#include "collector/search_sign.h"

const char *
find_kind_name(enum find_kind kind)
{
	static const char *const names[] = { "nic", "host", "vm", "vnic",
		"switch", "port", "port_group", "vswitch", "link", "vlan",
		"kernel_port", "link" };

	return names[kind];
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
		hit.fit = trying_fit(&x, &hit.why);
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
		hit.fit = trying_fit(&x, &hit.why);
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
	bool found =
	    g->exactly ? search_exact(s, g->q, &f) : search_query(s, g->q, &f);

	if (!found) {
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

static enum status
find_with(struct trying *g, const struct search *s)
{
	*g->out = (struct found){ 0 };
	if (s && !s->failed)
		look_up(g, s);
	else
		look_through(g);
	if (g->failed) {
		find_done(g->out);
		return STATUS_NO_MEMORY;
	}
	if (g->out->count > 0)
		qsort_r(g->out->hits, g->out->count, sizeof(*g->out->hits),
		    compare_hits, g);
	return STATUS_OK;
}

enum status
find(const struct find_in *in, const struct query *q, struct found *out)
{
	struct trying g = {
		.t = in->topology, .model = in->model, .q = q, .out = out
	};

	return find_with(&g, in->search);
}

enum status
find_exactly(const struct find_in *in, const struct query *q, struct found *out)
{
	/* Of several words each may be of another text. */
	struct trying g = { .t = in->topology,
		.model = in->model,
		.q = q,
		.out = out,
		.exactly = q->apart == 0 };
	enum status status = find_with(&g, in->search);

	while (out->count > 0 && out->hits[out->count - 1].fit != FIT_EXACT)
		out->count--;
	out->cut = false;
	return status;
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
