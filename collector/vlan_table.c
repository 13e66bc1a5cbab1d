#include "collector/vlan_table.h"

#include <stdlib.h>
#include <string.h>

#include "base/json_read.h"

static void
need(struct vlan_table *t, int64_t id, const struct model_host *h, bool current,
    uint32_t vnics)
{
	struct vlan_sum *v = &t->vlans[id];

	v->needed_by += vnics;
	v->hosts += v->last_host != h;
	v->last_host = h;
	v->current |= current;
}

/* A trunk of all VLANs needs none of them; false: it needs none at all. */
static bool
read_needed(const struct inside_group *g, bool set[static VLAN_IDS])
{
	const int64_t ids[] = { g->vlan, g->pvlan_primary, g->pvlan_secondary };

	memset(set, 0, VLAN_IDS * sizeof(*set));
	if (g->trunks[0] != '\0' && !vlans_are_all(g->trunks) &&
	    !vlans_read(g->trunks, set))
		return false;
	for (size_t i = 0; i < sizeof(ids) / sizeof(ids[0]); i++) {
		if (ids[i] > 0 && ids[i] < VLAN_IDS)
			set[ids[i]] = true;
	}
	return true;
}

static void
read_host(
    struct vlan_table *t, const struct view *v, const struct model_host *h)
{
	bool current = verdict_host_is_current(h, v->now);

	for (size_t i = 0; i < model_inside(h)->group_count; i++) {
		const struct inside_group *g = &model_inside(h)->groups[i];
		bool set[VLAN_IDS];

		if (!read_needed(g, set))
			continue;
		for (int id = vlans_next(set, 1); id < VLAN_IDS;
		     id = vlans_next(set, id + 1))
			need(t, id, h, current, g->vnic_count);
	}
	for (size_t i = 0; i < h->link_count; i++) {
		if (h->links[i].vlan > 0 && h->links[i].vlan < VLAN_IDS)
			need(t, h->links[i].vlan, h, current, 0);
	}
}

static void
read_wire(struct vlan_table *t, const struct view *v,
    const struct model_host *h, const struct model_nic *nic)
{
	for (size_t i = 0; i < nic->heard_vlan_count; i++) {
		const struct model_heard_vlan *heard = &nic->heard_vlans[i];
		struct vlan_sum *sum;

		if (heard->id < 1 || heard->id >= VLAN_IDS)
			continue;
		sum = &t->vlans[heard->id];
		sum->heard_on +=
		    verdict_is_current(h, nic, &heard->heard, v->now);
		if (heard->heard.last_heard > sum->last_heard)
			sum->last_heard = heard->heard.last_heard;
	}
}

static void
tell(struct vlan_table *t, int64_t id, uint32_t port, const char *name)
{
	struct vlan_sum *v;

	if (id < 1 || id >= VLAN_IDS)
		return;
	v = &t->vlans[id];
	v->ports += v->last_port != port + 1;
	v->last_port = port + 1;
	for (size_t i = 0; name && i < v->name_count; i++) {
		if (strcmp(v->names[i], name) == 0)
			return;
	}
	if (!name || name[0] == '\0' || v->name_count == VLAN_NAMES_MOST)
		return;
	name = arena_text(&t->arena, name);
	if (name)
		v->names[v->name_count++] = name;
}

static void
read_neighbor(
    struct vlan_table *t, const struct model_neighbor *n, uint32_t port)
{
	struct json_value *facts CLEANUP(json_cleanup) = NULL;
	const struct json_value *v;

	tell(t, n->native_vlan, port, NULL);
	tell(t, n->pvid, port, NULL);
	if (!strstr(n->facts, "\"vlans\":["))
		return;
	facts = json_parse_own(n->facts);
	for (v = json_first(json_get(facts, "vlans")); v; v = json_next(v))
		tell(t, json_get_number(v, "id", -1), port,
		    json_get_string(v, "name"));
}

static void
read_port(struct vlan_table *t, const struct topology *topology, uint32_t at)
{
	const struct port *p = &topology->ports[at];

	for (uint32_t k = 0; k < p->claim_count; k++) {
		const struct seen_claim *c = &topology->claims[p->claims[k]];

		if (verdict_state(topology, c) == STATE_CURRENT)
			read_neighbor(t, c->said, at);
	}
}

static int
compare_devices(const void *a, const void *b, void *context)
{
	const struct view *v = context;

	return topology_compare(
	    v->topology, *(const uint32_t *)a, *(const uint32_t *)b);
}

/* In the order of the switches, so that a VLAN's names have one, too. */
static void
read_ports(struct vlan_table *t, const struct view *v)
{
	const struct topology *topology = v->topology;
	struct view view = *v;
	size_t count = 0;
	uint32_t *devices =
	    arena_array(&t->arena, topology->device_count, sizeof(*devices));

	for (uint32_t i = 0; devices && i < topology->device_count; i++) {
		if (topology->devices[i].claim_count > 0)
			devices[count++] = i;
	}
	if (count > 1)
		qsort_r(
		    devices, count, sizeof(*devices), compare_devices, &view);
	for (size_t i = 0; i < count; i++) {
		const struct device *d = &topology->devices[devices[i]];

		for (uint32_t k = 0; k < d->port_count; k++)
			read_port(t, topology, d->first_port + k);
	}
}

struct vlan_table *
vlan_table_new(const struct view *v)
{
	struct vlan_table *t = calloc(1, sizeof(*t));

	for (int id = 0; t && id < VLAN_IDS; id++)
		t->vlans[id].last_heard = -1;
	for (size_t i = 0; t && i < v->model->count; i++) {
		const struct model_host *h = v->model->hosts[i];

		read_host(t, v, h);
		for (size_t k = 0; k < h->nic_count; k++)
			read_wire(t, v, h, &h->nics[k]);
	}
	if (t)
		read_ports(t, v);
	if (t && t->arena.failed) {
		vlan_table_free(t);
		return NULL;
	}
	return t;
}

void
vlan_table_free(struct vlan_table *t)
{
	if (!t)
		return;
	arena_done(&t->arena);
	free(t);
}

bool
vlan_table_has(const struct vlan_table *t, int id)
{
	const struct vlan_sum *v = &t->vlans[id];

	return v->hosts > 0 || v->ports > 0 || v->last_heard >= 0;
}

bool
vlan_table_needs(const struct inside_group *g, int id)
{
	if (g->vlan == id || g->pvlan_primary == id || g->pvlan_secondary == id)
		return true;
	return g->trunks[0] != '\0' && vlans_have(g->trunks, id) &&
	       !vlans_are_all(g->trunks);
}

bool
vlan_table_is_current(const struct vlan_table *t, int id)
{
	const struct vlan_sum *v = &t->vlans[id];

	return v->current || v->ports > 0 || v->heard_on > 0;
}

void
vlan_table_write(struct json *j, const struct vlan_table *t, int id)
{
	const struct vlan_sum *v = &t->vlans[id];

	json_add_number(j, "id", id);
	json_name(j, "names");
	json_array_begin(j);
	for (size_t i = 0; i < v->name_count; i++)
		json_string(j, v->names[i]);
	json_array_end(j);
	json_add_number(j, "needed_by", v->needed_by);
	json_add_number(j, "hosts", v->hosts);
	json_add_number(j, "told_on_ports", v->ports);
	json_add_number(j, "heard_on_nics", v->heard_on);
	if (v->last_heard >= 0)
		json_add_number(j, "last_heard", v->last_heard);
}
