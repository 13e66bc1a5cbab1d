#include <stdio.h>
#include <string.h>

#include "base/age.h"
#include "collector/claims.h"
#include "collector/depict_rows.h"
#include "collector/hops.h"
#include "collector/vlans.h"

enum {
	SIDES_MOST = CLAIM_TOPICS_MOST,
	INSIDE_MOST = 5,
	OTHER_LEGS_MOST = 2,
	OTHER_MOST = 2 * OTHER_LEGS_MOST,
	NAMES_SIZE = 240
};

/* Rows while they are gathered. */
struct rows {
	struct making *m;
	struct scene_row *items;
	size_t count, room;
	bool then; /* of the host's inside: as it was when last heard */
};

static struct rows
rows_of(struct making *m, size_t room)
{
	struct scene_row *items =
	    arena_array(&m->s->arena, room, sizeof(*items));

	return (struct rows){ m, items, 0, items ? room : 0, false };
}

static void
add_row(struct rows *rows, enum answer_value value, const char *left,
    const char *right)
{
	if (rows->count < rows->room)
		rows->items[rows->count++] =
		    (struct scene_row){ left, right, value };
}

static enum answer_value
value_of(enum verdict verdict)
{
	return verdict == VERDICT_YES  ? ANSWER_YES
	       : verdict == VERDICT_NO ? ANSWER_NO
				       : ANSWER_UNKNOWN;
}

/* ---- what both sides say ----------------------------------------------- */

static const char *
copied(struct making *m, const struct said_text *said)
{
	return depict_text(m, "%s", said->text);
}

/* "10,20" as people write it. */
static const char *
spaced(struct making *m, const char *vlans)
{
	char text[NAMES_SIZE];
	size_t length = 0;

	for (; *vlans && length + 2 < sizeof(text); vlans++) {
		text[length++] = *vlans;
		if (*vlans == ',')
			text[length++] = ' ';
	}
	text[length] = '\0';
	return depict_text(m, "%s%s", text, *vlans ? "..." : "");
}

/* "10G full, up" against "full duplex". */
static void
add_link(struct rows *rows, const struct claim_topic *t,
    const struct scene_nic *nic, const struct seen_nic *seen)
{
	const struct model_nic *n = seen->nic;
	const char *said = t->other.text;
	bool now = verdict_host_is_current(seen->host, rows->m->v->now);
	const char *up = n->carrier == SAID_YES  ? "up"
			 : n->carrier == SAID_NO ? "no link"
						 : "";

	if (strcmp(said, "duplex full") == 0)
		said = "full duplex";
	else if (strcmp(said, "duplex half") == 0)
		said = "half duplex";
	add_row(rows, value_of(t->verdict),
	    depict_text(rows->m, "%s%s%s%s",
		!now && (nic->speed[0] || up[0]) ? "was " : "", nic->speed,
		nic->speed[0] && up[0] ? ", " : "", up),
	    depict_text(rows->m, "%s", said));
}

static void
add_cable(struct rows *rows, const struct claim_topic *t,
    const struct scene_nic *nic, const struct seen_nic *seen)
{
	const struct view *v = rows->m->v;
	const struct model_neighbor *n = v->topology->claims[seen->claim].said;
	const struct scene *s = rows->m->s;
	const struct scene_port *port = &s->ports[nic->port];
	const char *left = "";
	char age[AGE_SIZE];

	age_text(v->now - n->heard.first_heard, age);
	if (nic->state == CABLE_SURE && n->heard.first_heard > 0)
		left = depict_text(rows->m, "the same port for %s", age);
	add_row(rows, value_of(t->verdict), left,
	    depict_text(rows->m, "%s %.80s %.80s",
		nic->state == CABLE_SURE    ? "is"
		: nic->state == CABLE_STALE ? "was"
					    : "may be",
		s->switches[port->device].name, port->name));
}

/* The same rows stand at the line of a rack, in the same words. */
static const char *
carried_text(struct making *m, const struct scene_nic *nic)
{
	for (uint32_t i = 0; i < nic->claim_count; i++) {
		const struct scene_claim *c =
		    &m->s->claims[nic->first_claim + i];

		if (c->about == ABOUT_CARRIES)
			return depict_text(m, "%s VLAN %s",
			    c->stale ? "carried" : "carries",
			    spaced(m, c->vlans));
	}
	return "";
}

static const char *
needed_text(struct making *m, const struct scene_nic *nic)
{
	for (uint32_t i = 0; i < nic->claim_count; i++) {
		const struct scene_claim *c =
		    &m->s->claims[nic->first_claim + i];

		if (c->about == ABOUT_NEEDS)
			return depict_text(m, "%s VLAN %s",
			    c->stale ? "needed" : "needs", spaced(m, c->vlans));
	}
	return "";
}

/* What one of them says in many words stands here in few. */
static void
add_vlans(
    struct rows *rows, const struct claim_topic *t, const struct scene_nic *nic)
{
	const char *carried = carried_text(rows->m, nic);
	const char *needed = needed_text(rows->m, nic);

	add_row(rows, value_of(t->verdict),
	    needed[0] ? needed : copied(rows->m, &t->host),
	    carried[0] ? carried : copied(rows->m, &t->other));
}

static void
add_mtu(struct rows *rows, const struct claim_topic *t)
{
	add_row(rows, value_of(t->verdict),
	    depict_text(
		rows->m, "%s%s", t->host.text[0] ? "MTU " : "", t->host.text),
	    copied(rows->m, &t->other));
}

static void
add_topic(struct rows *rows, const struct claim_topic *t,
    const struct scene_nic *nic, const struct seen_nic *seen)
{
	if (strcmp(t->name, "cable") == 0 && nic->port != SCENE_NONE)
		add_cable(rows, t, nic, seen);
	else if (strcmp(t->name, "link") == 0)
		add_link(rows, t, nic, seen);
	else if (strcmp(t->name, "vlans") == 0)
		add_vlans(rows, t, nic);
	else if (strcmp(t->name, "mtu") == 0)
		add_mtu(rows, t);
	else
		add_row(rows, value_of(t->verdict), copied(rows->m, &t->host),
		    copied(rows->m, &t->other));
}

static void
add_sides(struct making *m, struct scene_path *out, const struct seen_nic *seen)
{
	/* As people go about it: from the plug upwards. */
	static const char *const order[] = { "link", "cable", "vlans",
		"vlan_untagged", "mtu", "aggregation" };
	struct rows rows = rows_of(m, SIDES_MOST);
	struct claim_list list;

	claims_judge(&list, m->v, seen);
	for (size_t k = 0; k < sizeof(order) / sizeof(order[0]); k++) {
		for (size_t i = 0; i < list.count; i++) {
			const struct claim_topic *t = &list.topics[i];

			if (strcmp(t->name, order[k]) == 0 &&
			    (t->host.text[0] || t->other.text[0]))
				add_topic(
				    &rows, t, &m->s->nics[out->nic], seen);
		}
	}
	out->sides = rows.items;
	out->side_count = rows.count;
}

/* ---- inside the host --------------------------------------------------- */

/* "is"; of a host that is silent, "was". */
static const char *
is(const struct rows *rows)
{
	return rows->then ? "was" : "is";
}

/* What a silent host said is no answer of now. */
static void
add_remark(struct rows *rows, enum answer_value value, const char *text)
{
	if (rows->then)
		add_row(rows, ANSWER_UNKNOWN,
		    depict_text(rows->m, "%s when last heard", text), "");
	else
		add_row(rows, value, text, "");
}

/* ", vNIC 1 is connected". */
static const char *
plugged(struct rows *rows, const struct inside_vnic *vnic)
{
	if (!vnic)
		return "";
	return depict_text(rows->m, ", %.40s %s %s", vnic->name, is(rows),
	    vnic->connected == SAID_NO ? "disconnected" : "connected");
}

static void
add_workload(struct rows *rows, const struct walk_leg *leg)
{
	const struct inside_workload *w = leg->workload;
	bool runs = strcmp(w->state, "running") == 0;
	bool off = leg->vnic && leg->vnic->connected == SAID_NO;
	bool told = w->state[0] && strcmp(w->state, "unknown") != 0;
	enum answer_value value = !told  ? ANSWER_UNKNOWN
				  : runs ? ANSWER_YES
					 : ANSWER_NO;

	if (!inside_is_machine(w))
		return;
	if (leg->vnic && leg->vnic->connected == SAID_NOTHING &&
	    value == ANSWER_YES)
		add_remark(rows, value,
		    depict_text(rows->m, "%.80s %s %.20s", w->name, is(rows),
			w->state));
	else
		add_remark(rows, off ? ANSWER_NO : value,
		    depict_text(rows->m, "%.80s %s %.30s%s", w->name, is(rows),
			told ? w->state : "in no state that is told",
			plugged(rows, leg->vnic)));
}

static void
add_group(struct rows *rows, const struct walk_leg *leg,
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
		add_row(rows, ANSWER_UNKNOWN,
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
		if (count++ < 4)
			length +=
			    (size_t)snprintf(out + length, NAMES_SIZE - length,
				"%s%.40s", length > 0 ? " + " : "",
				l->host->nics[l->nic].name);
	}
	return count;
}

static void
add_team(struct rows *rows, const struct walk *w, const struct walk_leg *leg)
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

static void
add_inside(struct making *m, struct scene_path *out, const struct walk *w,
    const struct walk_leg *leg)
{
	struct rows rows = rows_of(m, INSIDE_MOST);
	char block[WALK_TEXT_SIZE];

	rows.then = !verdict_host_is_current(leg->host, m->v->now);
	if (leg->workload)
		add_workload(&rows, leg);
	add_group(&rows, leg, out);
	add_team(&rows, w, leg);
	if (walk_block_text(leg, block)[0] != '\0')
		add_row(&rows, rows.then ? ANSWER_UNKNOWN : ANSWER_NO,
		    depict_text(
			m, "%s%s", rows.then ? "when last heard: " : "", block),
		    "");
	if (out->gap[0] != '\0')
		add_row(&rows, ANSWER_UNKNOWN, out->gap, "");
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
add_other(struct rows *rows, const struct scene_nic *nic)
{
	const struct scene *s = rows->m->s;
	const char *carried = carried_text(rows->m, nic);

	if (nic->port == SCENE_NONE) {
		bool down =
		    nic->state == CABLE_DOWN && !s->hosts[nic->host].silent;

		add_row(rows, down ? ANSWER_NO : ANSWER_UNKNOWN,
		    depict_text(
			rows->m, "%.60s: %.120s", nic->name, nic->state_text),
		    "");
		return;
	}
	add_row(rows, nic->state == CABLE_SURE ? ANSWER_YES : ANSWER_UNKNOWN,
	    depict_text(rows->m, "%.60s %s%.60s on %.80s", nic->name,
		nic->state == CABLE_SURE    ? "to "
		: nic->state == CABLE_STALE ? "was at "
					    : "perhaps at ",
		s->ports[nic->port].name,
		s->switches[s->ports[nic->port].device].name),
	    "");
	if (carried[0] != '\0')
		add_row(rows, carries_needed(rows->m, nic), carried, "");
}

static bool
is_before(const struct walk *w, size_t at)
{
	for (size_t i = 0; i < at; i++) {
		if (w->legs[i].nic == w->legs[at].nic &&
		    w->legs[i].host == w->legs[at].host)
			return true;
	}
	return false;
}

/* A NIC alone is asked for: those that serve the same uplink. */
static void
add_siblings(struct rows *rows, const struct depict_base *base,
    const struct walk_leg *leg)
{
	const struct inside_uplink *u = leg->uplink;

	for (size_t i = 0; u && i < u->member_count; i++) {
		if (u->members[i].nic != INSIDE_NONE &&
		    u->members[i].nic != leg->nic)
			add_other(rows,
			    &rows->m->s->nics[base->nic + u->members[i].nic]);
	}
}

static void
add_others(struct making *m, struct scene_path *out, const struct walk *w,
    const struct walk_leg *leg)
{
	const struct depict_base *base = depict_base_of(m, leg->host);
	struct rows rows = rows_of(m, OTHER_MOST);

	for (size_t i = 0; i < w->count; i++) {
		const struct walk_leg *l = &w->legs[i];

		if (l->host == leg->host && l->nic != INSIDE_NONE &&
		    l->nic != leg->nic && l->vnic == leg->vnic &&
		    l->gap == GAP_NONE && !is_before(w, i))
			add_other(&rows, &m->s->nics[base->nic + l->nic]);
	}
	if (!leg->workload && !leg->group)
		add_siblings(&rows, base, leg);
	out->other = rows.items;
	out->other_count = rows.count;
}

/* ---- all of them ------------------------------------------------------- */

/* By what the switch was heard, and what of it is heard on the wire. */
static const char *
heard_text(struct making *m, const struct seen_nic *nic)
{
	const struct model_neighbor *n;

	if (nic->claim == TOPOLOGY_NONE)
		return nic->nic->heard_vlan_count > 0 ? "frames heard" : "";
	n = m->v->topology->claims[nic->claim].said;
	return depict_text(m, "%s%s", depict_protocol(m, n),
	    nic->nic->heard_vlan_count > 0 ? ", and frames heard" : "");
}

void
depict_rows(struct making *m, struct scene_path *out, const struct walk *w,
    const struct walk_leg *leg)
{
	const struct seen_nic *nic = hops_nic(m->v, leg);
	char age[AGE_SIZE];

	add_inside(m, out, w, leg);
	add_others(m, out, w, leg);
	age_text(m->v->now - leg->host->seen_at, age);
	out->left_age =
	    depict_text(m, "read from %.60s, %s ago", leg->host->name, age);
	if (out->nic == SCENE_NONE || !nic)
		return;
	add_sides(m, out, nic);
	out->right_age = heard_text(m, nic);
}
