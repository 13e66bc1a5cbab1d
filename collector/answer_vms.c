#include <stdlib.h>
#include <string.h>

#include "collector/hops.h"
#include "collector/named.h"
#include "collector/pieces.h"
#include "collector/vlan_table.h"

enum { HOST_SHARE = 16 }; /* of all steps, what one host may take */

/* A workload of one host. */
struct machine {
	const struct model_host *host;
	size_t host_at; /* its place in what was listed */
	uint32_t at;
	const struct inside_workload *workload;
};

static void
add_said(struct json *j, const char *name, const char *text)
{
	if (text[0] != '\0')
		json_add_string(j, name, text);
}

static void
add_vnics(struct json *j, const struct machine *m)
{
	json_name(j, "vnics");
	json_array_begin(j);
	for (uint32_t i = 0; i < m->workload->vnic_count; i++) {
		const struct inside_vnic *n = &m->workload->vnics[i];

		json_object_begin(j);
		json_add_string(j, "name", n->name);
		add_said(j, "mac", n->mac);
		add_said(j, "vswitch", n->vswitch_name);
		add_said(j, "port_group", n->group_name);
		add_said(j, "type", n->type);
		add_said(j, "network", n->network);
		if (n->connected != SAID_NOTHING)
			json_add_boolean(
			    j, "connected", n->connected == SAID_YES);
		json_object_end(j);
	}
	json_array_end(j);
}

static void
add_line(struct json *j, const struct view *v, const struct machine *m,
    const struct walk *w)
{
	const struct inside_workload *x = m->workload;

	json_add_string(j, "id", x->id);
	json_add_string(j, "name", x->name);
	json_add_string(j, "kind", x->kind);
	json_add_string(j, "state", x->state[0] ? x->state : "unknown");
	add_said(j, "uuid", x->uuid);
	add_said(j, "source", x->source);
	json_add_string(j, "host", m->host->name);
	json_add_string(j, "host_id", m->host->machine_id);
	json_add_boolean(j, "silent", verdict_host_is_silent(m->host, v->now));
	add_said(j, "connection", m->host->connection);
	piece_last_report(j, m->host);
	add_vnics(j, m);
	hops_ports(j, v, w);
	if (w->cut)
		json_add_boolean(j, "truncated", true);
}

static void
machine_key(const void *item, struct listing_key *out)
{
	const struct machine *m = item;

	out->parts[0] = m->workload->name;
	out->parts[1] = m->host->name;
	out->parts[2] = m->workload->id;
	out->parts[3] = m->host->machine_id;
}

/* Does a vNIC of the machine need the VLAN that is asked for? */
static bool
needs_vlan(const struct listing *l, const struct machine *m)
{
	const struct inside *in = model_inside(m->host);

	if (!l->filters[LISTING_VLAN])
		return true;
	for (uint32_t i = 0; i < m->workload->vnic_count; i++) {
		uint32_t group = m->workload->vnics[i].group;

		if (group != INSIDE_NONE &&
		    vlan_table_needs(&in->groups[group], (int)l->vlan))
			return true;
	}
	return false;
}

static bool
is_wanted(const struct listing *l, const struct machine *m)
{
	const struct inside_workload *w = m->workload;

	return (listing_is(l, LISTING_HOST, m->host->name) ||
		   listing_is(l, LISTING_HOST, m->host->machine_id)) &&
	       listing_is(l, LISTING_KIND, w->kind) &&
	       listing_is(
		   l, LISTING_STATE, w->state[0] ? w->state : "unknown") &&
	       (listing_has(l, w->name) || listing_has(l, w->id) ||
		   listing_has(l, w->uuid)) &&
	       needs_vlan(l, m);
}

/* All workloads of the hosts but the kernels' own ports; NULL: no memory. */
static struct machine *
list_machines(const struct named *of, size_t *out_count)
{
	size_t count = 0;
	struct machine *all;

	for (size_t i = 0; i < of->host_count; i++)
		count += model_inside(of->hosts[i])->workload_count;
	all = calloc(count + 1, sizeof(*all));
	count = 0;
	for (size_t i = 0; i < of->host_count && all; i++) {
		const struct model_host *h = of->hosts[i];

		for (uint32_t k = 0; k < model_inside(h)->workload_count; k++) {
			const struct inside_workload *w =
			    &model_inside(h)->workloads[k];

			if (inside_is_machine(w))
				all[count++] = (struct machine){ h, i, k, w };
		}
	}
	*out_count = count;
	return all;
}

/* Walks from the machine unless its host has had its share of the steps: one
 * host with a mesh of patch ports must not cut the answer of all others. */
static void
walk_machine(struct walk *w, const struct machine *m, size_t *spent)
{
	size_t before = w->steps;

	walk_again(w);
	if (spent[m->host_at] > WALK_STEPS_MOST / HOST_SHARE)
		w->cut = true;
	else
		walk_from_workload(w, m->host, m->at);
	spent[m->host_at] += w->steps - before;
}

/* What is carried from row to row. */
struct rows {
	const struct view *view;
	struct walk walk;
	size_t *spent; /* steps, by host */
	bool cut;
};

static void
machine_row(void *context, struct json *j, const void *item)
{
	struct rows *r = context;

	walk_machine(&r->walk, item, r->spent);
	r->cut |= r->walk.cut;
	add_line(j, r->view, item, &r->walk);
}

void
answer_vms(struct json *j, const struct view *v, struct listing *l)
{
	static const char *const columns[] = { "name", "kind", "state", "host",
		"id", "uuid", "source", "host_id", "silent", "connection",
		"last_report", "vnics.name", "vnics.mac", "vnics.vswitch",
		"vnics.port_group", "switches", "stale_ports", NULL };
	struct rows rows = { .view = v };
	struct listing_source all = { .name = "vms",
		.size = sizeof(struct machine),
		.key = machine_key,
		.row = machine_row,
		.context = &rows,
		.columns = columns,
		.cut = &rows.cut };
	struct machine *machines = NULL;
	struct named hosts;
	size_t count = 0;

	if (named_find(&hosts, v, l->filters[LISTING_HOST]))
		machines = list_machines(&hosts, &count);
	rows.spent = calloc(hosts.host_count + 1, sizeof(*rows.spent));
	for (size_t i = 0; i < count && machines; i++) {
		if (is_wanted(l, &machines[i]))
			machines[all.count++] = machines[i];
	}
	all.items = machines;
	if (machines && rows.spent)
		listing_write(l, j, v->now, &all);
	else
		j->out->failed = true;
	walk_done(&rows.walk);
	free(rows.spent);
	free(machines);
	named_done(&hosts);
}

/* How well it is meant: by UUID, host and name, id, name; 0: not at all. */
static int
rank_of(const struct machine *m, const struct query *q, const struct asked *a)
{
	const struct inside_workload *w = m->workload;

	if (w->uuid[0] != '\0' && strcmp(w->uuid, a->which) == 0)
		return 5;
	if (asked_is(a, m->host, w->name) || asked_is(a, m->host, w->id))
		return 4;
	if (strcmp(w->id, a->which) == 0)
		return 3;
	if (strcmp(w->name, a->which) == 0)
		return 2;
	return q && query_fit_name(&q->whole, w->name) == FIT_EXACT;
}

/* Is the one seen on two hosts, so that it has moved between them? */
static bool
is_same(const struct machine *m, const struct machine *n)
{
	return m == n || (m->workload->uuid[0] != '\0' &&
			     strcmp(m->workload->uuid, n->workload->uuid) == 0);
}

/* How much is to be had of where it is now: it runs, its host reports. */
static int
presence(const struct machine *m, int64_t now)
{
	return 2 * verdict_host_is_current(m->host, now) +
	       (strcmp(m->workload->state, "off") != 0);
}

/* Of one that has moved the place where it runs, or that spoke last. */
static bool
is_better(const struct machine *m, const struct machine *best, int64_t now)
{
	int here = presence(m, now), there = presence(best, now);

	if (!is_same(m, best))
		return false;
	return here != there ? here > there
			     : m->host->seen_at > best->host->seen_at;
}

static void
name_several(struct asked *a, const struct machine *all, size_t count,
    const uint8_t *ranks, int rank)
{
	for (size_t i = 0; i < count; i++) {
		if (ranks[i] == rank)
			asked_several(a, all[i].host,
			    model_workload_name(all[i].host, all[i].at));
	}
}

/* NULL: there is none, or there are several. */
static const struct machine *
machine_named(
    const struct machine *all, size_t count, struct asked *a, int64_t now)
{
	uint8_t *ranks = calloc(count + 1, sizeof(*ranks));
	const struct machine *best = NULL;
	struct query q;
	bool read = query_read(a->which, &q), several = false;
	int rank = 0;

	for (size_t i = 0; ranks && i < count; i++) {
		ranks[i] = (uint8_t)rank_of(&all[i], read ? &q : NULL, a);
		if (ranks[i] > rank) {
			rank = ranks[i];
			best = &all[i];
			several = false;
		} else if (rank > 0 && ranks[i] == rank) {
			several |= !is_same(&all[i], best);
			if (is_better(&all[i], best, now))
				best = &all[i];
		}
	}
	if (several)
		name_several(a, all, count, ranks, rank);
	free(ranks);
	return several ? NULL : best;
}

bool
answer_vm(struct json *j, const struct view *v, struct asked *asked)
{
	struct walk w = { .count = 0 };
	const struct machine *m = NULL;
	struct machine *all = NULL;
	struct named hosts;
	size_t count = 0;
	bool found;

	if (named_find(&hosts, v, asked->which))
		all = list_machines(&hosts, &count);
	if (all)
		m = machine_named(all, count, asked, v->now);
	found = m != NULL;
	if (found) {
		walk_from_workload(&w, m->host, m->at);
		json_object_begin(j);
		when_write(j, v->now, &v->when);
		json_name(j, "vm");
		json_object_begin(j);
		add_line(j, v, m, &w);
		json_object_end(j);
		answer_legs(j, v, &w);
		json_object_end(j);
		walk_done(&w);
	}
	free(all);
	named_done(&hosts);
	return found;
}
