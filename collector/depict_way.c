#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "collector/depict_making.h"
#include "collector/depict_rows.h"
#include "collector/hit_inside.h"
#include "collector/hops.h"

/* ---- which of the legs ------------------------------------------------- */

static void
walk_from(struct walk *w, const struct view *v, const struct hit *hit)
{
	const struct seen_nic *nic = &v->topology->nics[hit->at];

	if (hit->kind == FIND_NIC)
		walk_from_nic(
		    w, nic->host, (uint32_t)(nic->nic - nic->host->nics));
	else
		hit_inside_walk(w, hit);
}

/* The better, the more is known of it: the leg in use whose port is known. */
static int
worth(const struct view *v, const struct walk_leg *leg)
{
	const struct seen_nic *nic = hops_nic(v, leg);
	int worth = 0;

	if (leg->gap != GAP_NONE || !nic)
		return leg->switch_count > 0 ? 1 : 0;
	if (leg->member_state == MEMBER_ACTIVE)
		worth += 8;
	else if (leg->member_state != MEMBER_UNUSED &&
		 leg->member_state != MEMBER_DOWN)
		worth += 4;
	if (nic->claim != TOPOLOGY_NONE && nic->sure)
		worth += nic->state == STATE_CURRENT ? 3 : 2;
	return worth + 2;
}

/* 'wanted': the NIC that is to be on the way; INSIDE_NONE: any. */
static const struct walk_leg *
best_leg(const struct view *v, const struct walk *w, uint32_t wanted)
{
	const struct walk_leg *best = NULL;

	for (size_t i = 0; i < w->count; i++) {
		const struct walk_leg *leg = &w->legs[i];

		if (wanted != INSIDE_NONE && leg->nic != wanted)
			continue;
		if (!best || worth(v, leg) > worth(v, best))
			best = leg;
	}
	return best;
}

/* ---- the question and its answer --------------------------------------- */

static const char *
question_of(struct making *m, const struct walk_leg *leg)
{
	bool of_nic = m->scope->way.kind == FIND_NIC;
	const char *host = leg->host->name;

	if (of_nic && leg->nic != INSIDE_NONE)
		return depict_text(m, "Which switch port does %.80s %.80s use?",
		    host, leg->host->nics[leg->nic].name);
	if (leg->workload && inside_is_machine(leg->workload))
		return depict_text(m, "Which switch port does %.80s use?",
		    depict_workload(m, leg->workload));
	if (leg->workload)
		return depict_text(m, "Which switch port does %.80s %.80s use?",
		    host, leg->workload->name);
	if (leg->group)
		return depict_text(m, "Which switch port does %.80s %.80s use?",
		    host, leg->group->name);
	return depict_text(m, "Which switch port does %.80s use?", host);
}

/* Whether this is the way that is taken, is known only if it is the only one.
 */
static const char *
remark_of(struct making *m, const struct walk *w, const struct walk_leg *leg)
{
	bool now = verdict_host_is_current(leg->host, m->v->now);
	size_t active = 0;

	for (size_t i = 0; i < w->count; i++)
		active += w->legs[i].vnic == leg->vnic &&
			  w->legs[i].member_state == MEMBER_ACTIVE;
	if (!leg->workload || leg->nic == INSIDE_NONE)
		return "";
	if (active == 1 && leg->member_state == MEMBER_ACTIVE)
		return depict_text(m, "%.80s %s",
		    depict_workload(m, leg->workload),
		    now ? "leaves the host over this uplink right now"
			: "left by this uplink when the host was last heard");
	if (active > 1)
		return depict_text(m,
		    "%.80s may %s the host over %zu uplinks; this is one",
		    depict_workload(m, leg->workload),
		    now ? "leave" : "have left", active);
	return "";
}

static void
answer(struct making *m, struct scene_path *out, const struct scene_nic *nic)
{
	const struct scene *s = m->s;
	const struct scene_port *port;

	if (nic->port == SCENE_NONE) {
		out->answer = "unknown";
		out->evidence = nic->state_text;
		return;
	}
	port = &s->ports[nic->port];
	out->port = nic->port;
	out->sure = nic->state == CABLE_SURE;
	out->answer = depict_text(m, "%s%.80s on %.80s",
	    nic->state == CABLE_STALE       ? "was "
	    : nic->state == CABLE_ONE_SIDED ? "perhaps "
					    : "",
	    port->name, s->switches[port->device].name);
	out->evidence = nic->state_text;
}

/* ---- the way ----------------------------------------------------------- */

static uint32_t
place_of(const void *item, const void *items, size_t size)
{
	return (uint32_t)((size_t)((const char *)item - (const char *)items) /
			  size);
}

static void
set_inside(struct making *m, struct scene_path *out,
    const struct depict_base *base, const struct walk_leg *leg)
{
	const struct inside *in = model_inside(leg->host);
	uint32_t *switches =
	    arena_array(&m->s->arena, WALK_SWITCHES_MOST, sizeof(*switches));

	if (leg->workload)
		out->machine =
		    base->machine + place_of(leg->workload, in->workloads,
					sizeof(*in->workloads));
	if (leg->vnic)
		out->vnic = base->vnic + inside_vnic_place(in, leg->vnic);
	if (leg->group && base->groups)
		out->group = base->groups[place_of(
		    leg->group, in->groups, sizeof(*in->groups))];
	for (size_t i = 0; switches && i < leg->switch_count; i++)
		switches[i] =
		    base->vswitch + place_of(leg->switches[i], in->vswitches,
					sizeof(*in->vswitches));
	out->vswitches = switches;
	out->vswitch_count = switches ? leg->switch_count : 0;
}

static void
make_path(struct making *m, const struct walk *w, const struct walk_leg *leg,
    const struct depict_wish *wish)
{
	const struct depict_base *base = depict_base_of(m, leg->host);
	struct scene_path *out = arena_take(&m->s->arena, sizeof(*out));
	char gap[WALK_TEXT_SIZE];

	if (!out || !base)
		return;
	*out = (struct scene_path){
		.question =
		    wish->question ? m->s->question : question_of(m, leg),
		.remark = remark_of(m, w, leg),
		.answer = "unknown",
		.evidence = "",
		.gap = depict_text(m, "%s", walk_gap_text(leg, gap)),
		.machine = SCENE_NONE,
		.vnic = SCENE_NONE,
		.group = SCENE_NONE,
		.nic = SCENE_NONE,
		.port = SCENE_NONE,
		.left_age = "",
		.right_age = "",
	};
	set_inside(m, out, base, leg);
	if (leg->nic != INSIDE_NONE && leg->gap == GAP_NONE) {
		out->nic = base->nic + leg->nic;
		answer(m, out, &m->s->nics[out->nic]);
	} else {
		out->evidence = out->gap;
	}
	depict_rows(m, out, w, leg);
	m->s->path = out;
}

/* The NIC that is highlighted is the one on the way of the scope, and the other
 * way round. */
static uint32_t
nic_of(const struct view *v, const struct scope *scope)
{
	const struct seen_nic *nic;

	if (!scope || !scope->has_way || scope->way.kind != FIND_NIC)
		return INSIDE_NONE;
	nic = &v->topology->nics[scope->way.at];
	return (uint32_t)(nic->nic - nic->host->nics);
}

static void
mark(struct making *m, const struct walk_leg *leg)
{
	const struct depict_base *base = depict_base_of(m, leg->host);
	const struct inside *in = model_inside(leg->host);

	if (!base)
		return;
	if (leg->nic != INSIDE_NONE)
		m->s->marked_nic = base->nic + leg->nic;
	if (leg->workload)
		m->s->marked_machine =
		    base->machine + place_of(leg->workload, in->workloads,
					sizeof(*in->workloads));
}

void
depict_way(struct making *m, const struct depict_wish *wish)
{
	const struct scope *lit = wish->highlight, *from = m->scope;
	uint32_t wanted = nic_of(m->v, lit);
	const struct walk_leg *leg;
	struct walk w = { .count = 0 };

	/* Which NIC, says the one; what leaves by it, the other. */
	if (lit && lit->has_way && (!from->has_way || wanted == INSIDE_NONE)) {
		from = lit;
		wanted = nic_of(m->v, m->scope);
	}
	if (!from->has_way)
		return;
	walk_from(&w, m->v, &from->way);
	leg = best_leg(m->v, &w, wanted);
	if (!leg)
		leg = best_leg(m->v, &w, INSIDE_NONE);
	if (leg) {
		mark(m, leg);
		if (m->scope->has_way)
			make_path(m, &w, leg, wish);
	}
	m->s->arena.failed |= w.failed;
	walk_done(&w);
}
