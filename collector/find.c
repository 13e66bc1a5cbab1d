#include "collector/find.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "collector/find_inside.h"
#include "collector/find_vlan.h"
#include "collector/finding.h"
#include "collector/summary.h"

const char *
find_kind_name(enum find_kind kind)
{
	static const char *const names[] = { "nic", "host", "vm", "vnic",
		"switch", "port", "port_group", "vswitch", "link", "vlan",
		"kernel_port", "link" };

	return names[kind];
}

static enum fit
fit_field(const struct query_word *w, enum field_kind kind, const char *text)
{
	if (w->vlan_only)
		return FIT_NONE;
	switch (kind) {
	case FIELD_MAC:
		return query_fit_mac(w, text);
	case FIELD_ADDRESS:
		return query_fit_address(w, text);
	case FIELD_PORT:
		return query_fit_port(w, text);
	case FIELD_ID:
		return query_fit_name(w, text);
	case FIELD_NAME:
		break;
	}
	/* An address names nothing else; a MAC in full neither. */
	if (w->address[0] != '\0' || strlen(w->mac) == 12)
		return FIT_NONE;
	return query_fit_name(w, text);
}

static void
keep_better(struct best *best, enum fit fit, bool own, const char *why)
{
	if (fit > best->fit ||
	    (fit == best->fit && fit != FIT_NONE && own && !best->own))
		*best = (struct best){ fit, own, why };
}

struct thing
finding_begin(const struct finding *g)
{
	struct thing x = { .q = g->q };

	return x;
}

void
finding_add(struct thing *x, enum field_kind kind, bool own, const char *text,
    const char *why)
{
	const struct query *q = x->q;

	/* Nothing fits better than the whole question as it is. */
	if (!text || text[0] == '\0' ||
	    (x->whole.fit == FIT_EXACT && x->whole.own))
		return;
	keep_better(&x->whole, fit_field(&q->whole, kind, text), own, why);
	for (size_t i = 0; i < q->count; i++)
		keep_better(&x->words[i], fit_field(&q->words[i], kind, text),
		    own, why);
}

static void
add_all(struct thing *x, enum field_kind kind, bool own,
    const struct texts *texts, const char *why)
{
	for (size_t i = 0; i < texts->count; i++)
		finding_add(x, kind, own, texts->items[i], why);
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
	for (size_t i = 0; i < x->q->count && worst > whole; i++) {
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
finding_hit(struct finding *g, const struct hit *hit)
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
finding_try(struct finding *g, const struct thing *x, struct hit hit)
{
	hit.fit = fit_thing(x, &hit.why);
	if (hit.fit != FIT_NONE)
		finding_hit(g, &hit);
	return hit.fit != FIT_NONE;
}

/* ---- the kinds of things ----------------------------------------------- */

/* "chassis ABC bay 7": how people name the place of a blade. */
struct bay {
	char text[2 * QUERY_SIZE_MOST];
};

static void
add_bay(struct thing *x, const struct model_host *h, struct bay *bay)
{
	bool bare;

	if (!h->chassis || h->chassis[0] == '\0')
		return;
	bare = h->slot[0] >= '0' && h->slot[0] <= '9';
	(void)snprintf(bay->text, sizeof(bay->text), "chassis %.200s%s%s%.60s",
	    h->chassis, h->slot[0] ? " " : "", bare ? "bay " : "", h->slot);
	finding_add(x, FIELD_ID, true, h->chassis, "chassis of the host");
	finding_add(x, FIELD_NAME, true, bay->text, "bay of the host");
	finding_add(x, FIELD_NAME, false, h->slot, "");
}

static void
find_links(struct finding *g, const struct model_host *h)
{
	for (size_t k = 0; k < h->link_count; k++) {
		const struct model_link *l = &h->links[k];
		struct thing x;

		if (inside_names_link(model_inside(h), k))
			continue;
		x = finding_begin(g);
		finding_add(&x, FIELD_NAME, true, l->name, "name of the link");
		finding_add(&x, FIELD_MAC, true, l->mac, "MAC of the link");
		finding_add(&x, FIELD_NAME, false, h->name, "");
		(void)finding_try(g, &x,
		    (struct hit){ .kind = FIND_LINK, .host = h, .link = l });
	}
}

static void
find_hosts(struct finding *g, const struct model *m)
{
	for (size_t i = 0; i < m->count; i++) {
		const struct model_host *h = m->hosts[i];
		struct bay bay;
		struct thing x;

		x = finding_begin(g);
		finding_add(&x, FIELD_NAME, true, h->name, "name of the host");
		add_all(&x, FIELD_ADDRESS, true, &h->addresses,
		    "address of the host");
		finding_add(
		    &x, FIELD_ID, true, h->serial, "serial of the host");
		add_bay(&x, h, &bay);
		finding_add(
		    &x, FIELD_NAME, true, h->model, "model of the host");
		finding_add(
		    &x, FIELD_NAME, true, h->machine_id, "id of the host");
		(void)finding_try(
		    g, &x, (struct hit){ .kind = FIND_HOST, .host = h });
		find_links(g, h);
	}
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
find_vfs(struct finding *g, const struct hit *nic_hit)
{
	const struct seen_nic *nic = &g->t->nics[nic_hit->at];

	for (size_t i = 0; i < nic->nic->vf_count; i++) {
		const struct model_vf *vf = &nic->nic->vfs[i];
		struct hit hit = *nic_hit;
		struct thing x;

		x = finding_begin(g);
		finding_add(
		    &x, FIELD_MAC, true, vf->mac, "MAC of a VF of the NIC");
		hit.vf = (uint32_t)vf->index + 1;
		hit.late = true;
		(void)finding_try(g, &x, hit);
	}
}

static void
find_nics(struct finding *g, const struct model_host *h)
{
	uint32_t first = topology_first_nic(g->t, h);

	for (uint32_t i = 0; i < h->nic_count; i++) {
		const struct model_nic *nic = &h->nics[i];
		struct hit hit = {
			.kind = FIND_NIC, .at = first + i, .host = h
		};
		struct thing x;

		find_vfs(g, &hit);
		x = finding_begin(g);
		finding_add(&x, FIELD_NAME, true, nic->name, "name of the NIC");
		add_all(&x, FIELD_NAME, true, &nic->names,
		    "alternative name of the NIC");
		finding_add(&x, FIELD_MAC, true, nic->mac, "MAC of the NIC");
		finding_add(&x, FIELD_MAC, true, nic->permanent_mac,
		    "permanent MAC of the NIC");
		finding_add(&x, FIELD_NAME, false, h->name, "");
		hit.fit = fit_thing(&x, &hit.why);
		if (hit.fit == FIT_NONE && asks_for_host(g->q, h)) {
			hit.fit = FIT_BEGINNING;
			hit.why = "NIC of the host";
		}
		if (hit.fit != FIT_NONE)
			finding_hit(g, &hit);
	}
}

static void
find_switches(struct finding *g)
{
	for (uint32_t i = 0; i < g->t->device_count; i++) {
		const struct device *d = &g->t->devices[i];
		struct thing x;

		if (d->claim_count == 0)
			continue;
		x = finding_begin(g);
		add_all(&x, FIELD_NAME, true, &d->names, "name of the switch");
		add_all(&x, FIELD_MAC, true, &d->chassis_ids,
		    "chassis MAC of the switch");
		add_all(&x, FIELD_ADDRESS, true, &d->addresses,
		    "management address of the switch");
		add_all(
		    &x, FIELD_ID, true, &d->serials, "serial of the switch");
		finding_add(
		    &x, FIELD_NAME, true, d->model, "model of the switch");
		finding_add(&x, FIELD_NAME, true, d->id, "id of the switch");
		(void)finding_try(
		    g, &x, (struct hit){ .kind = FIND_SWITCH, .at = i });
	}
}

static void
find_ports(struct finding *g)
{
	for (uint32_t i = 0; i < g->t->port_count; i++) {
		const struct port *p = &g->t->ports[i];
		const struct device *d = &g->t->devices[p->device];
		struct thing x;

		if (p->claim_count == 0)
			continue;
		x = finding_begin(g);
		finding_add(
		    &x, FIELD_PORT, true, p->key, "name of the switch port");
		add_all(
		    &x, FIELD_NAME, true, &p->names, "name of the switch port");
		add_all(
		    &x, FIELD_MAC, true, &p->names, "MAC of the switch port");
		finding_add(&x, FIELD_NAME, true, summary_description(g->t, p),
		    "description of the switch port");
		for (uint32_t k = 0; k < p->claim_count; k++)
			finding_add(&x, FIELD_MAC, true,
			    g->t->claims[p->claims[k]].said->source_mac,
			    "MAC of the switch port");
		add_all(&x, FIELD_NAME, false, &d->names, "");
		add_all(&x, FIELD_ADDRESS, false, &d->addresses, "");
		add_all(&x, FIELD_NAME, false, &d->serials, "");
		finding_add(&x, FIELD_NAME, false, d->id, "");
		(void)finding_try(
		    g, &x, (struct hit){ .kind = FIND_PORT, .at = i });
	}
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
static int
life_order(const struct hit *h)
{
	static const char *const states[] = { "running", "paused", "unknown",
		"", "suspended", "off" };
	const struct inside_workload *w;
	uint32_t at = h->at;
	int order = 0;

	if (h->kind == FIND_VNIC)
		at = model_inside(h->host)->vnics[at].workload;
	else if (h->kind != FIND_VM)
		return 0;
	w = &model_inside(h->host)->workloads[at];
	while (order < 5 && strcmp(states[order], w->state) != 0)
		order++;
	return h->host->disconnected ? order + 6 : order;
}

/* Hits of one fit and kind keep the order of the topology: by host and NIC, by
 * switch and port. */
static int
compare_hits(const void *a, const void *b, void *context)
{
	const struct topology *t = ((const struct finding *)context)->t;
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

enum status
find(const struct topology *t, const struct model *m, const struct query *q,
    struct found *out)
{
	struct finding g = { .t = t, .q = q, .out = out };

	*out = (struct found){ 0 };
	for (size_t i = 0; i < m->count; i++)
		find_nics(&g, m->hosts[i]);
	find_hosts(&g, m);
	find_switches(&g);
	find_ports(&g);
	for (size_t i = 0; i < m->count; i++)
		find_inside(&g, m->hosts[i]);
	if (q->whole.vlan > 0)
		find_vlan(&g, m, q->whole.vlan);
	if (g.failed) {
		find_done(out);
		return STATUS_NO_MEMORY;
	}
	if (out->count > 0)
		qsort_r(out->hits, out->count, sizeof(*out->hits), compare_hits,
		    &g);
	return STATUS_OK;
}

void
find_done(struct found *f)
{
	free(f->hits);
	*f = (struct found){ 0 };
}
