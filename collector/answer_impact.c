#include "collector/answer_impact.h"

#include <stdio.h>
#include <string.h>

#include "collector/impact.h"
#include "collector/pieces.h"

enum { NAME_SIZE = 512 };

/* ---- what goes --------------------------------------------------------- */

static bool
has_cable(enum find_kind kind)
{
	return kind == FIND_NIC || kind == FIND_PORT || kind == FIND_SWITCH;
}

/* "Eth1/9 leaf1a", as find takes it again. */
static void
name_of(const struct view *v, const struct hit *hit, char out[static NAME_SIZE])
{
	const struct topology *t = v->topology;

	if (hit->kind == FIND_NIC)
		(void)snprintf(out, NAME_SIZE, "%.200s %.200s", hit->host->name,
		    t->nics[hit->at].nic->name);
	else if (hit->kind == FIND_PORT)
		(void)snprintf(out, NAME_SIZE, "%.200s %.200s",
		    t->devices[t->ports[hit->at].device].brief,
		    t->ports[hit->at].brief);
	else
		(void)snprintf(
		    out, NAME_SIZE, "%.200s", t->devices[hit->at].name);
}

static void
name_another(struct asked *asked, const struct view *v, const struct hit *hit)
{
	char name[NAME_SIZE];
	size_t size = strlen(asked->names);

	if (asked->count++ >= ASKED_NAMED_MOST)
		return;
	name_of(v, hit, name);
	(void)snprintf(asked->names + size, sizeof(asked->names) - size, "%s%s",
	    size > 0 ? ", " : "", name);
}

/* Of the hits that fit best the first kind that has a cable; NULL: there is
 * none, or 'asked' counts several. */
static const struct hit *
choose(const struct view *v, const struct found *found, struct asked *asked)
{
	enum fit best = found_fit(found);
	const struct hit *first = NULL;

	for (size_t i = 0; best >= FIT_SHORT && i < found->count; i++) {
		const struct hit *hit = &found->hits[i];

		if (hit->fit < best)
			break;
		if (!has_cable(hit->kind) ||
		    (first && hit->kind != first->kind))
			continue;
		if (first && asked->count == 0)
			name_another(asked, v, first);
		if (first)
			name_another(asked, v, hit);
		else
			first = hit;
	}
	return asked->count > 0 ? NULL : first;
}

static void
add_cables(struct impact *x, const struct view *v, const struct hit *hit)
{
	if (hit->kind == FIND_NIC)
		impact_add_nic(x, verdict_nic(v->topology, hit->at));
	else if (hit->kind == FIND_PORT)
		impact_add_port(x, v, hit->at);
	else
		impact_add_switch(x, v, hit->at);
}

/* ---- as JSON ----------------------------------------------------------- */

static void
add_cable(struct json *j, const struct view *v, const struct seen_nic *nic)
{
	const struct topology *t = v->topology;

	json_object_begin(j);
	json_add_string(j, "host", nic->host->name);
	json_add_string(j, "nic", nic->nic->name);
	if (nic->claim != TOPOLOGY_NONE) {
		const struct port *p = &t->ports[t->claims[nic->claim].port];

		json_add_string(j, "switch", t->devices[p->device].brief);
		json_add_string(j, "port", p->brief);
		json_add_boolean(
		    j, "sure", nic->sure && nic->state == STATE_CURRENT);
	}
	json_object_end(j);
}

static void
add_vnic(struct json *j, const struct impact_vnic *n)
{
	const struct inside_workload *w = model_workload(n->host, n->workload);
	const struct inside_vnic *vnic = w ? &w->vnics[n->vnic] : NULL;

	if (!vnic)
		return;
	json_object_begin(j);
	json_add_string(j, "host", n->host->name);
	json_add_string(j, "name", model_workload_name(n->host, n->workload));
	json_add_string(j, "kind", w->kind);
	if (w->state[0] != '\0')
		json_add_string(j, "state", w->state);
	json_add_string(j, "vnic", vnic->name);
	if (vnic->group_name[0] != '\0')
		json_add_string(j, "port_group", vnic->group_name);
	json_object_end(j);
}

static void
add_loss(
    struct json *j, const char *name, const struct impact *x, enum loss loss)
{
	json_name(j, name);
	json_object_begin(j);
	json_add_number(j, "count", (int64_t)x->counts[loss]);
	json_add_number(j, "running", (int64_t)x->running[loss]);
	json_name(j, "vnics");
	json_array_begin(j);
	for (size_t i = 0; i < x->vnic_count; i++) {
		if (x->vnics[i].loss == loss)
			add_vnic(j, &x->vnics[i]);
	}
	json_array_end(j);
	if (x->counts[loss] > IMPACT_SHOWN_MOST)
		json_add_boolean(j, "truncated", true);
	json_object_end(j);
}

static void
write_impact(struct json *j, const struct view *v, const struct hit *hit,
    const struct impact *x)
{
	char name[NAME_SIZE];

	name_of(v, hit, name);
	json_name(j, "about");
	json_object_begin(j);
	json_add_string(j, "kind", find_kind_name(hit->kind));
	json_add_string(j, "name", name);
	json_object_end(j);
	json_add_number(j, "hosts", (int64_t)x->host_count);
	json_name(j, "cables");
	json_array_begin(j);
	for (size_t i = 0; i < x->nic_count; i++)
		add_cable(j, v, x->nics[i]);
	json_array_end(j);
	add_loss(j, "loses_all", x, LOSS_ALL);
	add_loss(j, "loses_redundancy", x, LOSS_REDUNDANCY);
	add_loss(j, "unknown", x, LOSS_UNKNOWN);
	if (x->cut)
		json_add_boolean(j, "truncated", true);
}

bool
answer_impact(struct json *j, const struct view *v, const struct query *q,
    const struct found *found, struct asked *asked)
{
	const struct hit *hit = choose(v, found, asked);
	struct impact x;

	if (!hit)
		return false;
	impact_init(&x);
	add_cables(&x, v, hit);
	impact_judge(&x);
	json_object_begin(j);
	when_write(j, v->now, &v->when);
	json_add_string(j, "of", q->whole.text);
	piece_read_as(j, q);
	write_impact(j, v, hit, &x);
	json_object_end(j);
	if (x.failed)
		j->out->failed = true;
	impact_done(&x);
	return true;
}
