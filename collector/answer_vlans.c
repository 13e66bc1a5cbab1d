#include <stdlib.h>
#include <string.h>

#include "base/json_read.h"
#include "collector/pieces.h"
#include "collector/vlans.h"

enum { NAMES_MOST = 4 };

/* What all hosts and switch ports say of one VLAN. */
struct vlan {
	const char *names[NAMES_MOST];
	size_t name_count;
	uint32_t needed_by, hosts, ports;
	const struct model_host *last_host; /* counted already */
	uint32_t last_port;                 /* counted already, + 1 */
};

struct table {
	struct vlan vlans[VLAN_IDS];
	struct arena arena; /* for names */
};

static void
need(struct table *t, int id, const struct model_host *h,
    const struct inside_group *g)
{
	struct vlan *v = &t->vlans[id];

	v->needed_by += g->vnic_count;
	v->hosts += v->last_host != h;
	v->last_host = h;
}

/* A trunk of all VLANs needs none of them. */
static void
read_host(struct table *t, const struct model_host *h)
{
	for (size_t i = 0; i < h->inside.group_count; i++) {
		const struct inside_group *g = &h->inside.groups[i];
		bool set[VLAN_IDS] = { false };

		if (g->trunks[0] != '\0' && !vlans_are_all(g->trunks) &&
		    !vlans_read(g->trunks, set))
			continue;
		if (g->vlan > 0 && g->vlan < VLAN_IDS)
			set[g->vlan] = true;
		for (int id = 1; id < VLAN_IDS; id++) {
			if (set[id])
				need(t, id, h, g);
		}
	}
}

static void
tell(struct table *t, int64_t id, uint32_t port, const char *name)
{
	struct vlan *v;

	if (id < 1 || id >= VLAN_IDS)
		return;
	v = &t->vlans[id];
	v->ports += v->last_port != port + 1;
	v->last_port = port + 1;
	for (size_t i = 0; name && i < v->name_count; i++) {
		if (strcmp(v->names[i], name) == 0)
			return;
	}
	if (!name || name[0] == '\0' || v->name_count == NAMES_MOST)
		return;
	name = arena_text(&t->arena, name);
	if (name)
		v->names[v->name_count++] = name;
}

static void
read_neighbor(struct table *t, const struct model_neighbor *n, uint32_t port)
{
	struct json_value *facts CLEANUP(json_cleanup) = NULL;
	char error[JSON_ERROR_SIZE];
	const struct json_value *v;

	tell(t, n->native_vlan, port, NULL);
	tell(t, n->pvid, port, NULL);
	if (!strstr(n->facts, "\"vlans\":[") ||
	    json_parse(n->facts, strlen(n->facts), &facts, error) != STATUS_OK)
		return;
	for (v = json_first(json_get(facts, "vlans")); v; v = json_next(v))
		tell(t, json_get_number(v, "id", -1), port,
		    json_get_string(v, "name"));
}

static void
read_ports(struct table *t, const struct topology *topology)
{
	for (uint32_t i = 0; i < topology->port_count; i++) {
		const struct port *p = &topology->ports[i];

		for (uint32_t k = 0; k < p->claim_count; k++) {
			const struct seen_claim *c =
			    &topology->claims[p->claims[k]];

			if (c->state == STATE_CURRENT)
				read_neighbor(t, c->said, i);
		}
	}
}

static void
add_vlan(struct json *j, int id, const struct vlan *v)
{
	json_object_begin(j);
	json_add_number(j, "id", id);
	json_name(j, "names");
	json_array_begin(j);
	for (size_t i = 0; i < v->name_count; i++)
		json_string(j, v->names[i]);
	json_array_end(j);
	json_add_number(j, "needed_by", v->needed_by);
	json_add_number(j, "hosts", v->hosts);
	json_add_number(j, "told_on_ports", v->ports);
	json_object_end(j);
}

static void
add_table(struct json *j, const struct view *v, const struct table *t)
{
	int64_t count = 0;

	for (int id = 1; id < VLAN_IDS; id++)
		count += t->vlans[id].hosts > 0 || t->vlans[id].ports > 0;
	json_object_begin(j);
	json_add_number(j, "now", v->now);
	json_add_number(j, "count", count);
	json_name(j, "vlans");
	json_array_begin(j);
	for (int id = 1; id < VLAN_IDS; id++) {
		if (t->vlans[id].hosts > 0 || t->vlans[id].ports > 0)
			add_vlan(j, id, &t->vlans[id]);
	}
	json_array_end(j);
	json_object_end(j);
}

void
answer_vlans(struct json *j, const struct view *v)
{
	struct table *t = calloc(1, sizeof(*t));

	if (!t) {
		j->out->failed = true;
		return;
	}
	for (size_t i = 0; i < v->model->count; i++)
		read_host(t, v->model->hosts[i]);
	read_ports(t, v->topology);
	if (t->arena.failed)
		j->out->failed = true;
	add_table(j, v, t);
	arena_done(&t->arena);
	free(t);
}
