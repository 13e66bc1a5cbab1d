#include <stdlib.h>
#include <string.h>

#include "collector/knowing_making.h"
#include "collector/pieces.h"

enum {
	SWITCHES_MOST = 8, /* on which one host hangs */
	BESIDE_MOST = 256, /* hosts that are looked at to find those alike */
	TWINS_MOST = 4
};

/* ---- one MAC twice ------------------------------------------------------- */

struct twins {
	struct knowing *m;
	uint32_t self; /* place in vnics */
	struct known_vnic *vnic;
};

/* False: there is no room for more. */
static bool
add_twin(struct twins *x, const struct model_host *h,
    const struct inside_workload *w, const struct inside_vnic *n)
{
	struct knowing *m = x->m;

	if (!x->vnic->twins)
		x->vnic->twins = arena_array(
		    &m->k->arena, TWINS_MOST, sizeof(*x->vnic->twins));
	if (!x->vnic->twins || x->vnic->twin_count == TWINS_MOST)
		return false;
	x->vnic->twins[x->vnic->twin_count++] = (struct known_twin){
		.host = h->name,
		.machine = w->name,
		.vnic = n->name,
		.state = w->state,
		.source = knowing_told_by(m, h, 0),
	};
	return true;
}

static void
look_for_twins(void *context, int64_t host_id)
{
	struct twins *x = context;
	const struct model_host *h = model_find(x->m->v->model, host_id);
	const struct inside *in = h ? model_inside(h) : NULL;
	uint32_t place = 0;

	for (size_t i = 0; in && i < in->workload_count; i++) {
		const struct inside_workload *w = &in->workloads[i];

		for (uint32_t k = 0; k < w->vnic_count; k++, place++) {
			const struct inside_vnic *n = &w->vnics[k];

			if (strcmp(n->mac, x->vnic->mac) == 0 &&
			    (h != x->m->host || place != x->self) &&
			    !add_twin(x, h, w, n))
				return;
		}
	}
}

static void
count_holder(void *context, int64_t host_id)
{
	size_t *count = context;

	*count += host_id != 0;
}

static int
by_mac(const void *a, const void *b)
{
	const struct known_vnic *x = *(const struct known_vnic *const *)a;
	const struct known_vnic *y = *(const struct known_vnic *const *)b;

	return strcmp(x->mac, y->mac);
}

/* Marks those that have their MAC twice within the host. */
static bool *
doubled_in(struct knowing *m)
{
	struct known *k = m->k;
	struct known_vnic **order =
	    arena_array(&k->arena, k->vnic_count, sizeof(struct known_vnic *));
	bool *doubled = arena_array(&k->arena, k->vnic_count + 1, sizeof(bool));

	if (!order || !doubled)
		return NULL;
	for (size_t i = 0; i < k->vnic_count; i++)
		order[i] = &k->vnics[i];
	if (k->vnic_count > 1)
		qsort(
		    order, k->vnic_count, sizeof(struct known_vnic *), by_mac);
	for (size_t i = 1; i < k->vnic_count; i++) {
		if (order[i]->mac[0] == '\0' ||
		    strcmp(order[i - 1]->mac, order[i]->mac) != 0)
			continue;
		doubled[order[i] - k->vnics] = true;
		doubled[order[i - 1] - k->vnics] = true;
	}
	return doubled;
}

void
knowing_twins(struct knowing *m)
{
	struct known *k = m->k;
	bool *doubled = doubled_in(m);

	for (uint32_t i = 0; doubled && i < k->vnic_count; i++) {
		struct twins x = { m, i, &k->vnics[i] };
		size_t holders = 0;

		if (k->vnics[i].mac[0] == '\0')
			continue;
		fleet_index_of_mac(
		    m->fleet, k->vnics[i].mac, count_holder, &holders);
		if (holders > FLEET_HOLDERS_MOST)
			continue;
		if (holders > 1 || doubled[i])
			fleet_index_of_mac(
			    m->fleet, k->vnics[i].mac, look_for_twins, &x);
	}
}

/* ---- who is alike -------------------------------------------------------- */

/* The switches that the host hangs on now. */
static size_t
switches_of(const struct view *v, const struct model_host *h,
    uint32_t out[static SWITCHES_MOST])
{
	const struct topology *t = v->topology;
	const struct seen_nic *nics;
	size_t found = 0;
	uint32_t count;

	nics = piece_nics_of(v, h, &count);
	for (uint32_t i = 0; i < count && found < SWITCHES_MOST; i++) {
		uint32_t device;
		size_t k = 0;

		if (nics[i].claim == TOPOLOGY_NONE || !nics[i].sure ||
		    nics[i].state != STATE_CURRENT)
			continue;
		device = t->claims[nics[i].claim].device;
		while (k < found && out[k] != device)
			k++;
		if (k == found)
			out[found++] = device;
	}
	return found;
}

static int
by_host(const void *a, const void *b)
{
	const struct model_host *x = *(const struct model_host *const *)a;
	const struct model_host *y = *(const struct model_host *const *)b;

	return (x->host_id > y->host_id) - (x->host_id < y->host_id);
}

size_t
knowing_beside(const struct view *v, const struct model_host *h,
    const struct model_host **out, size_t capacity)
{
	const struct topology *t = v->topology;
	uint32_t switches[SWITCHES_MOST];
	size_t count = 0, kept = 0, on = switches_of(v, h, switches);

	for (size_t i = 0; i < on; i++) {
		const struct device *d = &t->devices[switches[i]];
		const struct model_host *last = NULL;

		for (uint32_t c = 0; c < d->claim_count; c++) {
			const struct model_host *other =
			    t->claims[d->claims[c]].host;

			/* The claims of one host stand together. */
			if (other == h || other == last || count == capacity)
				continue;
			last = other;
			out[count++] = other;
		}
	}
	if (count > 1)
		qsort(out, count, sizeof(const struct model_host *), by_host);
	for (size_t i = 0; i < count; i++) {
		if (i == 0 || out[i] != out[i - 1])
			out[kept++] = out[i];
	}
	return kept;
}

static struct known_group *
group_named(const struct known *k, const char *name)
{
	for (size_t i = 0; i < k->group_count; i++) {
		if (strcmp(k->groups[i].name, name) == 0)
			return &k->groups[i];
	}
	return NULL;
}

/* The same system, cabled to all switches of this host, and at least half of
 * its port groups here or this one's there. */
static bool
is_alike(struct knowing *m, const struct model_host *other,
    const uint32_t *switches, size_t count)
{
	const struct inside *in;
	uint32_t others[SWITCHES_MOST];
	size_t found = switches_of(m->v, other, others), shared = 0;

	if (strcmp(other->platform, m->host->platform) != 0 ||
	    !verdict_host_is_current(other, m->v->now))
		return false;
	for (size_t i = 0; i < count; i++) {
		size_t k = 0;

		while (k < found && others[k] != switches[i])
			k++;
		if (k == found)
			return false;
	}
	in = model_frame(other);
	if (m->k->group_count == 0 || in->group_count == 0)
		return m->k->group_count == in->group_count;
	for (size_t i = 0; i < in->group_count; i++)
		shared += group_named(m->k, in->groups[i].name) != NULL;
	return shared * 2 >= in->group_count || shared * 2 >= m->k->group_count;
}

/* ---- what they have ------------------------------------------------------ */

static const char *
vswitch_of(const struct model_host *h, size_t nic)
{
	const struct inside *in = model_frame(h);

	if (!in->uses || in->uses[nic].count == 0)
		return "";
	return in->vswitches[in->uses[nic].vswitch].name;
}

/* Which NIC of 'other' stands for this one: on the same switch, below a vSwitch
 * of the same name; of several, that of the same name. */
static uint32_t
counterpart(struct knowing *m, const struct seen_nic *own,
    const struct model_host *other)
{
	const struct topology *t = m->v->topology;
	uint32_t device = t->claims[own->claim].device, best = KNOWN_NONE;
	const char *vswitch =
	    vswitch_of(m->host, (size_t)(own->nic - m->host->nics));
	const struct seen_nic *nics;
	uint32_t count;

	nics = piece_nics_of(m->v, other, &count);
	for (uint32_t i = 0; i < count; i++) {
		if (nics[i].claim == TOPOLOGY_NONE || !nics[i].sure ||
		    nics[i].state != STATE_CURRENT ||
		    t->claims[nics[i].claim].device != device ||
		    strcmp(vswitch_of(other, i), vswitch) != 0)
			continue;
		if (best == KNOWN_NONE ||
		    strcmp(nics[i].nic->name, own->nic->name) == 0)
			best = i;
	}
	return best;
}

static void
add_sibling(struct knowing *m, uint32_t of, const struct model_host *other)
{
	const struct topology *t = m->v->topology;
	const struct seen_nic *own =
	    &t->nics[topology_first_nic(t, m->host) + of];
	const struct outline *o = fleet_index_outline(m->fleet, other);
	struct known *k = m->k;
	struct known_nic *nic;
	uint32_t at;

	if (own->claim == TOPOLOGY_NONE || !own->sure ||
	    own->state != STATE_CURRENT || !o)
		return;
	at = counterpart(m, own, other);
	if (at == KNOWN_NONE || at >= o->nic_count)
		return;
	nic = arena_take(&k->arena, sizeof(*nic));
	if (!nic)
		return;
	*nic = o->nics[at];
	knowing_nic(m, &t->nics[topology_first_nic(t, other) + at], nic);
	k->siblings[k->sibling_count++] = (struct known_sibling){
		.host = other->name,
		.of = of,
		.nic = nic,
	};
}

/* The port groups of 'other' that have other VLANs than those of the same name
 * here.  A name that says its VLANs itself cannot. */
static void
compare_groups(struct knowing *m, const struct model_host *other)
{
	const struct inside *in = model_frame(other);
	struct known *k = m->k;

	for (size_t i = 0; i < in->group_count; i++) {
		const struct inside_group *g = &in->groups[i];
		struct known_group *own = group_named(k, g->name);

		knowing_needs(g, &k->alike_needs, &k->alike_need_all);

		if (!own || own->unknown || g->unknown_vlan)
			continue;
		if (own->vlan == g->vlan &&
		    own->pvlan_secondary == g->pvlan_secondary &&
		    strcmp(own->trunks, g->trunks) == 0) {
			own->same_count++;
			continue;
		}
		if (!own->drifts)
			own->drifts = arena_array(&k->arena,
			    KNOWN_ELSEWHERE_MOST, sizeof(*own->drifts));
		if (!own->drifts || own->drift_count == KNOWN_ELSEWHERE_MOST)
			continue;
		own->drifts[own->drift_count++] = (struct known_drift){
			.host = other->name,
			.vlans = knowing_vlans_text(m, g),
			.source = knowing_told_by(m, other, 0),
		};
	}
}

void
knowing_siblings(struct knowing *m)
{
	const struct model_host *beside[BESIDE_MOST];
	uint32_t switches[SWITCHES_MOST];
	struct known *k = m->k;
	size_t on = switches_of(m->v, m->host, switches), count;

	if (on == 0 || !k->current)
		return;
	count = knowing_beside(m->v, m->host, beside, BESIDE_MOST);
	k->siblings = arena_array(&k->arena, k->nic_count * KNOWN_SIBLINGS_MOST,
	    sizeof(*k->siblings));
	for (size_t i = 0;
	     k->siblings && i < count && k->alike_count < KNOWN_SIBLINGS_MOST;
	     i++) {
		if (!is_alike(m, beside[i], switches, on))
			continue;
		k->alike_count++;
		compare_groups(m, beside[i]);
		for (uint32_t n = 0; n < k->nic_count; n++)
			add_sibling(m, n, beside[i]);
	}
}
