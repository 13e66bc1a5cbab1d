#include "collector/find.h"

#include <stdlib.h>
#include <string.h>

#include "base/json_read.h"
#include "collector/find_inside.h"
#include "collector/finding.h"

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

void
finding_try(struct finding *g, const struct thing *x, struct hit hit)
{
	hit.fit = fit_thing(x, &hit.why);
	if (hit.fit != FIT_NONE)
		finding_hit(g, &hit);
}

/* ---- the kinds of things ----------------------------------------------- */

static void
find_hosts(struct finding *g, const struct model *m)
{
	for (size_t i = 0; i < m->count; i++) {
		const struct model_host *h = m->hosts[i];
		struct thing x;

		x = finding_begin(g);
		finding_add(&x, FIELD_NAME, true, h->name, "name of the host");
		add_all(&x, FIELD_ADDRESS, true, &h->addresses,
		    "address of the host");
		finding_add(
		    &x, FIELD_NAME, true, h->serial, "serial of the host");
		finding_add(
		    &x, FIELD_NAME, true, h->model, "model of the host");
		finding_add(
		    &x, FIELD_NAME, true, h->machine_id, "id of the host");
		finding_try(
		    g, &x, (struct hit){ .kind = FIND_HOST, .host = h });
		for (size_t k = 0; k < h->link_count; k++) {
			const struct model_link *l = &h->links[k];

			if (l->inside)
				continue;
			x = finding_begin(g);
			finding_add(
			    &x, FIELD_NAME, true, l->name, "name of the link");
			finding_add(
			    &x, FIELD_MAC, true, l->mac, "MAC of the link");
			finding_add(&x, FIELD_NAME, false, h->name, "");
			finding_try(g, &x,
			    (struct hit){
				.kind = FIND_LINK, .host = h, .link = l });
		}
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

static void
find_nics(struct finding *g)
{
	for (uint32_t i = 0; i < g->t->nic_count; i++) {
		const struct model_nic *nic = g->t->nics[i].nic;
		const struct model_host *h = g->t->nics[i].host;
		struct hit hit = { .kind = FIND_NIC, .at = i, .host = h };
		struct thing x;

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

		x = finding_begin(g);
		add_all(&x, FIELD_NAME, true, &d->names, "name of the switch");
		add_all(&x, FIELD_MAC, true, &d->chassis_ids,
		    "chassis MAC of the switch");
		add_all(&x, FIELD_ADDRESS, true, &d->addresses,
		    "management address of the switch");
		add_all(
		    &x, FIELD_NAME, true, &d->serials, "serial of the switch");
		finding_add(
		    &x, FIELD_NAME, true, d->model, "model of the switch");
		finding_add(&x, FIELD_NAME, true, d->id, "id of the switch");
		finding_try(
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

		x = finding_begin(g);
		finding_add(
		    &x, FIELD_PORT, true, p->key, "name of the switch port");
		add_all(
		    &x, FIELD_NAME, true, &p->names, "name of the switch port");
		add_all(
		    &x, FIELD_MAC, true, &p->names, "MAC of the switch port");
		finding_add(&x, FIELD_NAME, true, p->description,
		    "description of the switch port");
		for (uint32_t k = 0; k < p->claim_count; k++)
			finding_add(&x, FIELD_MAC, true,
			    g->t->claims[p->claims[k]].said->source_mac,
			    "MAC of the switch port");
		add_all(&x, FIELD_NAME, false, &d->names, "");
		add_all(&x, FIELD_ADDRESS, false, &d->addresses, "");
		add_all(&x, FIELD_NAME, false, &d->serials, "");
		finding_add(&x, FIELD_NAME, false, d->id, "");
		finding_try(g, &x, (struct hit){ .kind = FIND_PORT, .at = i });
	}
}

/* ---- VLANs ------------------------------------------------------------- */

static bool
lists_vlan(const struct model_neighbor *n, int vlan)
{
	struct json_value *facts CLEANUP(json_cleanup) = NULL;
	char error[JSON_ERROR_SIZE];
	const struct json_value *v;

	if (!strstr(n->facts, "\"vlans\":[") ||
	    json_parse(n->facts, strlen(n->facts), &facts, error) != STATUS_OK)
		return false;
	for (v = json_first(json_get(facts, "vlans")); v; v = json_next(v)) {
		if (json_get_number(v, "id", -1) == vlan)
			return true;
	}
	return false;
}

static const char *
port_vlan(const struct topology *t, const struct port *p, int vlan)
{
	for (uint32_t i = 0; i < p->claim_count; i++) {
		const struct model_neighbor *n = t->claims[p->claims[i]].said;

		if (n->native_vlan == vlan || n->pvid == vlan)
			return "untagged VLAN of the switch port";
		if (lists_vlan(n, vlan))
			return "VLAN named by the switch port";
	}
	return NULL;
}

static void
find_vlan_links(struct finding *g, const struct model_host *h, int vlan)
{
	for (size_t i = 0; i < h->link_count; i++) {
		struct json_value *facts CLEANUP(json_cleanup) = NULL;
		const struct model_link *l = &h->links[i];
		char error[JSON_ERROR_SIZE];
		struct hit hit = { .kind = FIND_LINK,
			.fit = FIT_EXACT,
			.why = "VLAN of the link",
			.host = h,
			.link = l };

		if (!strstr(l->facts, "\"vlan\":") ||
		    json_parse(l->facts, strlen(l->facts), &facts, error) !=
			STATUS_OK)
			continue;
		if (json_get_number(facts, "vlan", -1) == vlan)
			finding_hit(g, &hit);
	}
}

static void
find_vlan(struct finding *g, const struct model *m, int vlan)
{
	struct hit itself = { .kind = FIND_VLAN,
		.fit = FIT_EXACT,
		.why = "number of the VLAN",
		.at = (uint32_t)vlan };
	size_t before = g->out->count;

	for (uint32_t i = 0; i < g->t->port_count; i++) {
		struct hit hit = { .kind = FIND_PORT,
			.fit = FIT_EXACT,
			.at = i,
			.why = port_vlan(g->t, &g->t->ports[i], vlan) };

		if (hit.why)
			finding_hit(g, &hit);
	}
	for (size_t i = 0; i < m->count; i++) {
		find_inside_vlan(g, m->hosts[i], vlan);
		find_vlan_links(g, m->hosts[i], vlan);
	}
	if (g->out->count > before)
		finding_hit(g, &itself);
}

/* ---- order ------------------------------------------------------------- */

/* Hits of one fit and kind keep the order of the topology: by host and NIC, by
 * switch and port. */
static int
compare_hits(const void *a, const void *b)
{
	const struct hit *x = a, *y = b;

	if (x->fit != y->fit)
		return x->fit > y->fit ? -1 : 1;
	if (x->kind != y->kind)
		return x->kind < y->kind ? -1 : 1;
	if (x->host && y->host && x->host != y->host) {
		int order = port_compare(x->host->name, y->host->name);

		if (order != 0)
			return order;
		return x->host->host_id < y->host->host_id ? -1 : 1;
	}
	if (x->link && y->link && x->link != y->link)
		return port_compare(x->link->name, y->link->name);
	return x->at < y->at ? -1 : x->at > y->at;
}

enum status
find(const struct topology *t, const struct model *m, const struct query *q,
    struct found *out)
{
	struct finding g = { .t = t, .q = q, .out = out };

	*out = (struct found){ 0 };
	find_nics(&g);
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
		qsort(out->hits, out->count, sizeof(*out->hits), compare_hits);
	return STATUS_OK;
}

void
find_done(struct found *f)
{
	free(f->hits);
	*f = (struct found){ 0 };
}
