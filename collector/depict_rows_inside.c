#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "collector/depict_rows.h"
#include "collector/vlans.h"

enum {
	/* A workload, its port group, three states of a team, what holds the
	 * way back, and where it ends. */
	INSIDE_MOST = 7,
	NAMES_MOST = 4, /* of NICs that are written out */
	NAMES_SIZE = 240,
	LEAST_WEIGHT = 3
};

/* ---- inside the host --------------------------------------------------- */

/* "is"; of a host that is silent, "was". */
static const char *
is(const struct depict_rows *rows)
{
	return rows->then ? "was" : "is";
}

/* What a silent host said is no answer of now. */
static void
add_remark(struct depict_rows *rows, enum answer_value value, const char *text)
{
	if (rows->then)
		depict_rows_add(rows, ANSWER_UNKNOWN,
		    depict_text(rows->m, "%s when last heard", text), "");
	else
		depict_rows_add(rows, value, text, "");
}

/* ", vNIC 1 is connected". */
static const char *
plugged(struct depict_rows *rows, const struct inside_vnic *vnic)
{
	if (!vnic)
		return "";
	return depict_text(rows->m, ", %.40s %s %s", vnic->name, is(rows),
	    vnic->connected == SAID_NO ? "disconnected" : "connected");
}

static void
add_workload(struct depict_rows *rows, const struct walk_leg *leg)
{
	const struct inside_workload *w = leg->workload;
	bool runs = strcmp(w->state, "running") == 0;
	bool off = leg->vnic && leg->vnic->connected == SAID_NO;
	bool told = w->state[0] && strcmp(w->state, "unknown") != 0;
	enum answer_value value = !told  ? ANSWER_UNKNOWN
				  : runs ? ANSWER_YES
					 : ANSWER_NO;
	const char *name = depict_workload(rows->m, w);

	if (!inside_is_machine(w))
		return;
	if (leg->vnic && leg->vnic->connected == SAID_NOTHING &&
	    value == ANSWER_YES)
		add_remark(rows, value,
		    depict_text(
			rows->m, "%.80s %s %.20s", name, is(rows), w->state));
	else
		add_remark(rows, off ? ANSWER_NO : value,
		    depict_text(rows->m, "%.80s %s %.30s%s", name, is(rows),
			told ? w->state : "in no state that is told",
			plugged(rows, leg->vnic)));
}

static void
add_group(struct depict_rows *rows, const struct walk_leg *leg,
    const struct scene_path *path)
{
	const struct scene *s = rows->m->s;

	if (path->group != SCENE_NONE)
		add_remark(rows,
		    leg->group->unknown_vlan ? ANSWER_UNKNOWN : ANSWER_YES,
		    depict_text(rows->m, "%.80s %s on %.60s%s%.40s",
			leg->group->name, is(rows), leg->group->vswitch_name,
			s->groups[path->group].vlan[0] ? ", " : "",
			s->groups[path->group].vlan));
	else if (leg->vnic && leg->vnic->group_name[0] != '\0')
		depict_rows_add(rows, ANSWER_UNKNOWN,
		    depict_text(rows->m, "%.80s is not reported by the host",
			leg->vnic->group_name),
		    "");
}

/* The names of the NICs in this state, as the leg's port group sees them. */
static size_t
names_in_state(const struct walk *w, const struct walk_leg *leg,
    enum member_state state, char out[static NAMES_SIZE])
{
	size_t count = 0, length = 0;

	out[0] = '\0';
	for (size_t i = 0; i < w->count; i++) {
		const struct walk_leg *l = &w->legs[i];

		if (l->nic == INSIDE_NONE || l->member_state != state ||
		    l->vnic != leg->vnic || l->host != leg->host)
			continue;
		if (count++ < NAMES_MOST)
			length +=
			    (size_t)snprintf(out + length, NAMES_SIZE - length,
				"%s%.40s", length > 0 ? " + " : "",
				l->host->nics[l->nic].name);
	}
	if (count > NAMES_MOST)
		(void)snprintf(out + length, NAMES_SIZE - length,
		    " and %zu more", count - NAMES_MOST);
	return count;
}

static void
add_team(
    struct depict_rows *rows, const struct walk *w, const struct walk_leg *leg)
{
	const char *on = leg->switch_count > 0
			     ? leg->switches[leg->switch_count - 1]->name
			     : "";
	char names[NAMES_SIZE];
	size_t active = names_in_state(w, leg, MEMBER_ACTIVE, names);

	if (active > 0)
		add_remark(rows, ANSWER_YES,
		    depict_text(rows->m, "%s %s active in %.80s", names,
			active == 1  ? is(rows)
			: rows->then ? "were"
				     : "are",
			on));
	if (names_in_state(w, leg, MEMBER_STANDBY, names) > 0)
		add_remark(rows, active > 0 ? ANSWER_YES : ANSWER_UNKNOWN,
		    depict_text(rows->m, "%s on standby", names));
	if (names_in_state(w, leg, MEMBER_DOWN, names) > 0)
		add_remark(
		    rows, ANSWER_NO, depict_text(rows->m, "%s down", names));
}

void
depict_rows_inside(struct making *m, struct scene_path *out,
    const struct walk *w, const struct walk_leg *leg)
{
	struct depict_rows rows = depict_rows_of(m, INSIDE_MOST);
	char block[WALK_TEXT_SIZE];

	rows.then = !verdict_host_is_current(leg->host, m->v->now);
	if (leg->workload)
		add_workload(&rows, leg);
	add_group(&rows, leg, out);
	add_team(&rows, w, leg);
	if (walk_block_text(leg, block)[0] != '\0')
		depict_rows_add(&rows, rows.then ? ANSWER_UNKNOWN : ANSWER_NO,
		    depict_text(
			m, "%s%s", rows.then ? "when last heard: " : "", block),
		    "");
	if (out->gap[0] != '\0')
		depict_rows_add(&rows, ANSWER_UNKNOWN, out->gap, "");
	out->inside = rows.items;
	out->inside_count = rows.count;
}

/* ---- the other uplinks ------------------------------------------------- */

/* Is each VLAN that the host needs there known to be carried? */
static enum answer_value
carries_needed(const struct making *m, const struct scene_nic *nic)
{
	bool needed[VLAN_IDS] = { false }, carried[VLAN_IDS] = { false };

	for (uint32_t i = 0; i < nic->claim_count; i++) {
		const struct scene_claim *c =
		    &m->s->claims[nic->first_claim + i];

		if (c->about == ABOUT_NEEDS)
			(void)vlans_read(c->vlans, needed);
		else if (c->about == ABOUT_CARRIES && !c->stale)
			(void)vlans_read(c->vlans, carried);
	}
	for (int id = 0; id < VLAN_IDS; id++) {
		if (needed[id] && !carried[id])
			return ANSWER_UNKNOWN;
	}
	return ANSWER_YES;
}

static void
add_other(struct depict_rows *rows, const struct scene_nic *nic)
{
	const struct scene *s = rows->m->s;
	const char *carried = depict_rows_carried(rows->m, nic);

	if (nic->port == SCENE_NONE) {
		bool down =
		    nic->state == CABLE_DOWN && !s->hosts[nic->host].silent;

		depict_rows_add(rows, down ? ANSWER_NO : ANSWER_UNKNOWN,
		    depict_text(
			rows->m, "%.60s: %.120s", nic->name, nic->state_text),
		    "");
		return;
	}
	depict_rows_add(rows,
	    nic->state == CABLE_SURE ? ANSWER_YES : ANSWER_UNKNOWN,
	    depict_text(rows->m, "%.60s %s%.60s on %.80s", nic->name,
		nic->state == CABLE_SURE    ? "to "
		: nic->state == CABLE_STALE ? "was at "
					    : "perhaps at ",
		s->ports[nic->port].name,
		s->switches[s->ports[nic->port].device].name),
	    "");
	if (carried[0] != '\0')
		depict_rows_add(
		    rows, carries_needed(rows->m, nic), carried, "");
}

/* Those whose row comes first: where a port is known and a VLAN may be missing,
 * then where all is well, then what has no port; no link says least. */
static int
weight(const struct making *m, uint32_t place)
{
	const struct scene_nic *nic = &m->s->nics[place];

	if (nic->port != SCENE_NONE)
		return nic->state == CABLE_SURE &&
			       carries_needed(m, nic) == ANSWER_YES
			   ? 1
			   : 0;
	return nic->state == CABLE_DOWN ? LEAST_WEIGHT : 2;
}

/* NICs of a host, each once. */
struct uplinks {
	uint32_t *nics;
	size_t count, room;
};

static void
add_uplink(struct uplinks *u, uint32_t nic)
{
	for (size_t i = 0; i < u->count; i++) {
		if (u->nics[i] == nic)
			return;
	}
	if (u->count < u->room)
		u->nics[u->count++] = nic;
}

/* A NIC alone is asked for: those that serve the same uplink. */
static void
add_siblings(struct uplinks *u, uint32_t first, const struct walk_leg *leg)
{
	const struct inside_uplink *uplink = leg->uplink;

	for (size_t i = 0; uplink && i < uplink->member_count; i++) {
		if (uplink->members[i].nic != INSIDE_NONE &&
		    uplink->members[i].nic != leg->nic)
			add_uplink(u, first + uplink->members[i].nic);
	}
}

static struct uplinks
uplinks_of(struct making *m, const struct walk *w, const struct walk_leg *leg)
{
	uint32_t first = depict_base_of(m, leg->host)->nic;
	struct uplinks u = { .room = leg->host->nic_count };

	u.nics = arena_array(&m->s->arena, u.room + 1, sizeof(*u.nics));
	if (!u.nics)
		u.room = 0;
	for (size_t i = 0; i < w->count; i++) {
		const struct walk_leg *l = &w->legs[i];

		if (l->host == leg->host && l->nic != INSIDE_NONE &&
		    l->nic != leg->nic && l->vnic == leg->vnic &&
		    l->gap == GAP_NONE)
			add_uplink(&u, first + l->nic);
	}
	if (!leg->workload && !leg->group)
		add_siblings(&u, first, leg);
	return u;
}

void
depict_rows_others(struct making *m, struct scene_path *out,
    const struct walk *w, const struct walk_leg *leg)
{
	struct uplinks u = uplinks_of(m, w, leg);
	struct depict_rows rows = depict_rows_of(m, 2 * u.count + 1);

	for (int least = 0; least <= LEAST_WEIGHT; least++) {
		for (size_t i = 0; i < u.count; i++) {
			if (weight(m, u.nics[i]) == least)
				add_other(&rows, &m->s->nics[u.nics[i]]);
		}
	}
	out->other = rows.items;
	out->other_count = rows.count;
	out->other_uplinks = u.count;
}
