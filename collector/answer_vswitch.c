#include <stdlib.h>
#include <string.h>

#include "collector/hops.h"
#include "collector/pieces.h"
#include "collector/verdict_text.h"

enum { PARTS_MOST = 4096 }; /* vCenter takes 2,500 hosts */

/* Which virtual switch is asked for. */
struct wanted {
	struct asked *asked;
	struct query query;
	bool read;
};

struct part {
	const struct model_host *host;
	const struct inside_vswitch *s;
};

/* How well it is meant: by uuid, by host and name, by name; 0: not at all. */
static int
rank_of(const struct wanted *w, const struct part *p)
{
	if (p->s->uuid[0] != '\0' && strcmp(p->s->uuid, w->asked->which) == 0)
		return 4;
	if (asked_is(w->asked, p->host, p->s->name))
		return 3;
	if (strcmp(p->s->name, w->asked->which) == 0)
		return 2;
	return w->read &&
	       query_fit_name(&w->query.whole, p->s->name) == FIT_EXACT;
}

static bool
is_part(const struct part *best, const struct part *p)
{
	if (p->s == best->s)
		return true;
	return p->s->uuid[0] != '\0' && strcmp(p->s->uuid, best->s->uuid) == 0;
}

/* Calls 'visit' with each virtual switch of each host. */
static void
each_part(const struct model *m,
    void (*visit)(void *context, const struct part *p), void *context)
{
	for (size_t i = 0; i < m->count; i++) {
		const struct inside *in = model_inside(m->hosts[i]);

		for (size_t k = 0; k < in->vswitch_count; k++)
			visit(context,
			    &(struct part){ m->hosts[i], &in->vswitches[k] });
	}
}

struct sought {
	struct wanted wanted;
	struct part best;
	int rank;
	bool several; /* that are not one */
};

/* Of a switch of several hosts the part whose host spoke last. */
static void
compare(void *context, const struct part *p)
{
	struct sought *s = context;
	int rank = rank_of(&s->wanted, p);

	if (rank == 0 || rank < s->rank)
		return;
	if (rank > s->rank) {
		s->several = false;
	} else {
		s->several |= !is_part(&s->best, p);
		if (p->host->seen_at <= s->best.host->seen_at)
			return;
	}
	s->rank = rank;
	s->best = *p;
}

static void
name_several(void *context, const struct part *p)
{
	struct sought *s = context;

	if (rank_of(&s->wanted, p) == s->rank)
		asked_several(s->wanted.asked, p->host, p->s->name);
}

struct gathering {
	struct part best;
	struct part *parts; /* of the virtual switch */
	size_t count;
	unsigned others; /* of its name, but not it */
	bool cut;
};

static void
gather(void *context, const struct part *p)
{
	struct gathering *g = context;

	if (!is_part(&g->best, p))
		g->others += strcmp(p->s->name, g->best.s->name) == 0;
	else if (g->count == PARTS_MOST)
		g->cut = true;
	else
		g->parts[g->count++] = *p;
}

static int
compare_parts(const void *a, const void *b)
{
	const struct part *p = a, *q = b;
	int order = port_compare(p->host->name, q->host->name);

	return order ? order : strcmp(p->host->machine_id, q->host->machine_id);
}

static void
add_said(struct json *j, const char *name, const char *text)
{
	if (text[0] != '\0')
		json_add_string(j, name, text);
}

/* Where the NIC hangs, and since when it is known. */
static void
add_cable(struct json *j, const struct view *v, const struct part *p,
    const struct inside_member *m)
{
	struct walk_leg leg = { .host = p->host, .nic = m->nic };
	const struct seen_nic *nic = hops_nic(v, &leg);

	if (!nic)
		return;
	(void)hops_port(j, v, &leg);
	json_add_string(j, "heard", verdict_nic_state(nic));
	if (nic->claim != TOPOLOGY_NONE)
		json_add_number(j, "last_heard",
		    v->topology->claims[nic->claim].said->heard.last_heard);
}

static void
add_members(struct json *j, const struct view *v, const struct part *p)
{
	json_name(j, "members");
	json_array_begin(j);
	for (size_t i = 0; i < p->s->uplink_count; i++) {
		const struct inside_uplink *u = &p->s->uplinks[i];

		for (size_t k = 0; k < u->member_count; k++) {
			json_object_begin(j);
			json_add_string(j, "uplink", u->name);
			json_add_string(j, "kind", u->kind);
			add_said(j, "mode", u->mode);
			add_said(j, "lacp", u->lacp);
			json_add_string(j, "nic", u->members[k].name);
			json_add_string(j, "state",
			    inside_member_word(u->members[k].state));
			add_cable(j, v, p, &u->members[k]);
			json_object_end(j);
		}
	}
	json_array_end(j);
}

static void
add_groups(struct json *j, const struct part *p)
{
	const struct inside *in = model_inside(p->host);

	json_name(j, "port_groups");
	json_array_begin(j);
	for (size_t i = 0; i < in->group_count; i++) {
		const struct inside_group *g = &in->groups[i];

		if (g->vswitch == INSIDE_NONE ||
		    &in->vswitches[g->vswitch] != p->s)
			continue;
		json_object_begin(j);
		piece_members(j, g->facts);
		json_add_number(j, "vnics", g->vnic_count);
		json_object_end(j);
	}
	json_array_end(j);
}

static void
add_part(struct json *j, const struct view *v, const struct part *p)
{
	json_object_begin(j);
	json_add_string(j, "host", p->host->name);
	json_add_string(j, "host_id", p->host->machine_id);
	json_add_boolean(j, "silent", verdict_host_is_silent(p->host, v->now));
	piece_last_report(j, p->host);
	piece_host_standing(j, p->host);
	json_add_string(j, "name", p->s->name);
	json_add_string(j, "kind", p->s->kind);
	add_members(j, v, p);
	add_groups(j, p);
	json_add_number(j, "vnics", p->s->vnic_count);
	json_object_end(j);
}

static void
add_all(struct json *j, const struct view *v, const struct gathering *g)
{
	json_object_begin(j);
	when_write(j, v->now, &v->when);
	json_name(j, "vswitch");
	json_object_begin(j);
	json_add_string(j, "name", g->best.s->name);
	json_add_string(j, "kind", g->best.s->kind);
	add_said(j, "uuid", g->best.s->uuid);
	json_add_number(j, "others", g->others);
	json_object_end(j);
	json_name(j, "hosts");
	json_array_begin(j);
	for (size_t i = 0; i < g->count; i++)
		add_part(j, v, &g->parts[i]);
	json_array_end(j);
	if (g->cut)
		json_add_boolean(j, "truncated", true);
	json_object_end(j);
}

bool
answer_vswitch(struct json *j, const struct view *v, struct asked *asked)
{
	struct sought s = { .wanted = { .asked = asked } };
	struct gathering g = { .count = 0 };

	s.wanted.read = query_read(asked->which, &s.wanted.query);
	each_part(v->model, compare, &s);
	if (s.several)
		each_part(v->model, name_several, &s);
	if (s.rank == 0 || s.several)
		return false;
	g.best = s.best;
	g.parts = calloc(PARTS_MOST, sizeof(*g.parts));
	if (!g.parts) {
		j->out->failed = true;
		return true;
	}
	each_part(v->model, gather, &g);
	qsort(g.parts, g.count, sizeof(*g.parts), compare_parts);
	add_all(j, v, &g);
	free(g.parts);
	return true;
}
