#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "collector/carries.h"
#include "collector/heard_vlans.h"
#include "collector/hops.h"
#include "collector/pieces.h"
#include "collector/vlan_table.h"

enum {
	ROWS_MOST = 5000, /* NICs, and port groups, of one answer */
	NEEDED_BY_MOST = 8,
	NEED_TEXT_SIZE = 256
};

/* What needs the VLAN on a NIC: a port group, an uplink, or a link. */
struct need {
	const char *vswitch, *name; /* "": a link */
};

struct row {
	const struct seen_nic *nic;
	bool needed, untagged; /* it leaves without its tag */
	const char *held_back; /* by an uplink of this name; NULL: no */
	struct need needs[NEEDED_BY_MOST];
	size_t need_count;
};

struct asking {
	const struct view *v;
	int vlan;
	struct row *rows; /* by the place of the NIC, until they are sorted */
	struct walk walk; /* of one port group after the other */
};

static void
add_need(struct row *row, const char *vswitch, const char *name)
{
	row->needed = true;
	for (size_t i = 0; i < row->need_count; i++) {
		if (strcmp(row->needs[i].vswitch, vswitch) == 0 &&
		    strcmp(row->needs[i].name, name) == 0)
			return;
	}
	if (row->need_count < NEEDED_BY_MOST)
		row->needs[row->need_count++] = (struct need){ vswitch, name };
}

/* Each NIC that the walk has come to needs the VLAN for this. */
static void
need_on_legs(struct asking *a, const char *vswitch, const char *name)
{
	for (size_t i = 0; i < a->walk.count; i++) {
		const struct walk_leg *leg = &a->walk.legs[i];
		const struct inside_uplink *u = leg->uplink;
		const struct seen_nic *nic = hops_nic(a->v, leg);
		char text[WALK_TEXT_SIZE];
		struct row *row;

		/* A VLAN device below the switch puts its own tag on. */
		if (!nic || (leg->group && u && u->vlan > 0))
			continue;
		row = &a->rows[nic - a->v->topology->nics];
		add_need(row, vswitch, name);
		if (leg->group && u && u->untagged == a->vlan)
			row->untagged = true;
		if (leg->group && *walk_block_vlan(leg, a->vlan, text))
			row->held_back = u->name;
	}
}

static void
need_groups(struct asking *a, const struct model_host *h)
{
	for (uint32_t i = 0; i < model_inside(h)->group_count; i++) {
		const struct inside_group *g = &model_inside(h)->groups[i];

		if (!vlan_table_needs(g, a->vlan))
			continue;
		walk_again(&a->walk);
		walk_from_group(&a->walk, h, i);
		need_on_legs(a, g->vswitch_name, g->name);
	}
}

/* VLAN devices, below a virtual switch or not. */
static void
need_devices(struct asking *a, const struct model_host *h)
{
	for (uint32_t i = 0; i < model_inside(h)->vswitch_count; i++) {
		const struct inside_vswitch *s = &model_inside(h)->vswitches[i];

		for (uint32_t k = 0; k < s->uplink_count; k++) {
			if (s->uplinks[k].vlan != a->vlan)
				continue;
			walk_again(&a->walk);
			walk_from_uplink(&a->walk, h, i, k);
			need_on_legs(a, s->name, s->uplinks[k].name);
		}
	}
	for (size_t i = 0; i < h->link_count; i++) {
		if (h->links[i].vlan != a->vlan)
			continue;
		walk_again(&a->walk);
		walk_below_link(&a->walk, h, &h->links[i]);
		need_on_legs(a, "", h->links[i].name);
	}
}

/* ---- one NIC ----------------------------------------------------------- */

/* Is the VLAN spoken of on this NIC?  That it has no carrier says nothing. */
static bool
is_spoken_of(const struct row *row, const struct carry *c)
{
	if (row->needed)
		return true;
	for (size_t i = 0; i < c->count; i++) {
		if (strcmp(c->said[i].by, "host") != 0)
			return true;
	}
	return false;
}

static void
add_needs(struct json *j, const struct row *row)
{
	char text[NEED_TEXT_SIZE];

	json_add_boolean(j, "needed", row->needed);
	if (!row->needed)
		return;
	json_name(j, "needed_by");
	json_array_begin(j);
	for (size_t i = 0; i < row->need_count; i++) {
		(void)snprintf(text, sizeof(text), "%.120s%s%.120s",
		    row->needs[i].vswitch, row->needs[i].vswitch[0] ? " " : "",
		    row->needs[i].name);
		json_string(j, text);
	}
	json_array_end(j);
}

static void
add_port(struct json *j, const struct view *v, const struct seen_nic *nic)
{
	const struct topology *t = v->topology;
	const struct model_host *h = nic->host;
	struct walk_leg leg = { .host = h,
		.nic = (uint32_t)(nic->nic - h->nics) };

	if (hops_port(j, v, &leg))
		json_add_string(j, "switch_id",
		    t->devices[t->claims[nic->claim].device].id);
}

static void
add_row(struct json *j, const struct asking *a, const struct row *row,
    const struct carry *c)
{
	const struct seen_nic *nic = row->nic;
	const struct model_host *h = nic->host;
	const struct model_heard_vlan *heard =
	    heard_vlans_find(nic->nic, a->vlan);

	json_object_begin(j);
	json_add_string(j, "host", h->name);
	json_add_string(j, "host_id", h->machine_id);
	json_add_boolean(j, "silent", verdict_host_is_silent(h, a->v->now));
	if (h->connection[0] != '\0')
		json_add_string(j, "connection", h->connection);
	json_add_string(j, "nic", nic->nic->name);
	add_port(j, a->v, nic);
	add_needs(j, row);
	carries_members(j, c);
	if (heard) {
		json_name(j, "heard");
		piece_heard_vlan(j, a->v, nic, heard);
	}
	json_object_end(j);
}

static int
compare_rows(const void *a, const void *b)
{
	const struct row *m = a, *n = b;
	int order = port_compare(m->nic->host->name, n->nic->host->name);

	if (order == 0)
		order =
		    strcmp(m->nic->host->machine_id, n->nic->host->machine_id);
	return order ? order : (m->nic > n->nic) - (m->nic < n->nic);
}

/* True: there are more than are shown. */
static bool
add_nics(struct json *j, struct asking *a)
{
	size_t shown = 0, count = 0;
	bool cut = false;

	for (uint32_t i = 0; i < a->v->topology->nic_count; i++) {
		if (a->rows[i].nic)
			a->rows[count++] = a->rows[i];
	}
	if (count > 0)
		qsort(a->rows, count, sizeof(*a->rows), compare_rows);
	json_name(j, "nics");
	json_array_begin(j);
	for (size_t i = 0; i < count && !cut; i++) {
		const struct row *row = &a->rows[i];
		char held_back[WALK_TEXT_SIZE] = "";
		struct carry c;

		if (row->held_back)
			(void)snprintf(held_back, sizeof(held_back),
			    "%.200s does not let VLAN %d through",
			    row->held_back, a->vlan);
		carries_judge(
		    &c, a->v, row->nic, row->untagged ? 0 : a->vlan, held_back);
		if (!is_spoken_of(row, &c))
			continue;
		cut = shown++ == ROWS_MOST;
		if (!cut)
			add_row(j, a, row, &c);
	}
	json_array_end(j);
	return cut;
}

static bool
add_groups(struct json *j, const struct asking *a)
{
	const struct model *m = a->v->model;
	size_t shown = 0;

	json_name(j, "port_groups");
	json_array_begin(j);
	for (size_t i = 0; i < m->count; i++) {
		const struct inside *in = model_inside(m->hosts[i]);

		for (size_t k = 0; k < in->group_count; k++) {
			const struct inside_group *g = &in->groups[k];

			if (!vlan_table_needs(g, a->vlan) ||
			    shown++ >= ROWS_MOST)
				continue;
			json_object_begin(j);
			json_add_string(j, "host", m->hosts[i]->name);
			json_add_string(j, "host_id", m->hosts[i]->machine_id);
			json_add_string(j, "vswitch", g->vswitch_name);
			json_add_string(j, "name", g->name);
			json_add_number(j, "vnics", g->vnic_count);
			json_object_end(j);
		}
	}
	json_array_end(j);
	return shown > ROWS_MOST;
}

static void
answer(struct json *j, struct asking *a, const struct vlan_table *t)
{
	const struct view *v = a->v;
	bool cut;

	for (uint32_t i = 0; i < v->topology->nic_count; i++)
		if (v->topology->nics[i].host)
			a->rows[i].nic = verdict_nic(v->topology, i);
	for (size_t i = 0; i < v->model->count; i++) {
		need_groups(a, v->model->hosts[i]);
		need_devices(a, v->model->hosts[i]);
	}
	json_object_begin(j);
	when_write(j, v->now, &v->when);
	json_name(j, "vlan");
	json_object_begin(j);
	vlan_table_write(j, t, a->vlan);
	json_object_end(j);
	cut = add_nics(j, a);
	cut |= add_groups(j, a) || a->walk.steps > WALK_STEPS_MOST;
	if (cut)
		json_add_boolean(j, "truncated", true);
	if (a->walk.failed)
		j->out->failed = true;
	json_object_end(j);
}

bool
answer_vlan(struct json *j, const struct view *v, struct asked *asked)
{
	struct asking a = { .v = v };
	struct vlan_table *t;
	struct query q;
	bool found;

	if (!query_read(asked->which, &q) || q.whole.vlan < 1)
		return false;
	a.vlan = q.whole.vlan;
	t = vlan_table_new(v);
	a.rows = calloc((size_t)v->topology->nic_count + 1, sizeof(*a.rows));
	found = t && vlan_table_has(t, a.vlan);
	if (!t || !a.rows)
		j->out->failed = true;
	else if (found)
		answer(j, &a, t);
	walk_done(&a.walk);
	free(a.rows);
	vlan_table_free(t);
	return found || j->out->failed;
}
