#include <stdio.h>
#include <string.h>

#include "collector/claims.h"
#include "collector/depict_rows.h"
#include "collector/hops.h"
#include "collector/vlans.h"

enum { LIST_SIZE = 240 /* of VLANs that are written out */ };

struct depict_rows
depict_rows_of(struct making *m, size_t room)
{
	struct scene_row *items =
	    arena_array(&m->s->arena, room, sizeof(*items));

	return (struct depict_rows){ m, items, 0, items ? room : 0, false };
}

void
depict_rows_add(struct depict_rows *rows, enum answer_value value,
    const char *left, const char *right)
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
	char text[LIST_SIZE];
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
add_link(struct depict_rows *rows, const struct claim_topic *t,
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
	depict_rows_add(rows, value_of(t->verdict),
	    depict_text(rows->m, "%s%s%s%s",
		!now && (nic->speed[0] || up[0]) ? "was " : "", nic->speed,
		nic->speed[0] && up[0] ? ", " : "", up),
	    depict_text(rows->m, "%s", said));
}

static void
add_cable(struct depict_rows *rows, const struct claim_topic *t,
    const struct scene_nic *nic, const struct seen_nic *seen)
{
	const struct view *v = rows->m->v;
	const struct model_neighbor *n = v->topology->claims[seen->claim].said;
	const struct scene *s = rows->m->s;
	const struct scene_port *port = &s->ports[nic->port];
	const char *left = "";

	if (nic->state == CABLE_SURE && n->heard.first_heard > 0)
		left = depict_text(rows->m, "the same port since %s",
		    depict_clock(rows->m, n->heard.first_heard));
	depict_rows_add(rows, value_of(t->verdict), left,
	    depict_text(rows->m, "%s %.80s %.80s",
		nic->state == CABLE_SURE    ? "is"
		: nic->state == CABLE_STALE ? "was"
					    : "may be",
		s->switches[port->device].name, port->name));
}

/* The same rows stand at the line of a rack, in the same words. */
const char *
depict_rows_carried(struct making *m, const struct scene_nic *nic)
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
add_vlans(struct depict_rows *rows, const struct claim_topic *t,
    const struct scene_nic *nic)
{
	const char *carried = depict_rows_carried(rows->m, nic);
	const char *needed = needed_text(rows->m, nic);

	depict_rows_add(rows, value_of(t->verdict),
	    needed[0] ? needed : copied(rows->m, &t->host),
	    carried[0] ? carried : copied(rows->m, &t->other));
}

static void
add_mtu(struct depict_rows *rows, const struct claim_topic *t)
{
	depict_rows_add(rows, value_of(t->verdict),
	    depict_text(
		rows->m, "%s%s", t->host.text[0] ? "MTU " : "", t->host.text),
	    copied(rows->m, &t->other));
}

static void
add_topic(struct depict_rows *rows, const struct claim_topic *t,
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
		depict_rows_add(rows, value_of(t->verdict),
		    copied(rows->m, &t->host), copied(rows->m, &t->other));
}

static void
add_sides(struct making *m, struct scene_path *out, const struct seen_nic *seen)
{
	/* As people go about it: from the plug upwards. */
	static const char *const order[] = { "link", "cable", "vlans",
		"vlan_untagged", "mtu", "aggregation" };
	struct depict_rows rows = depict_rows_of(m, CLAIM_TOPICS_MOST);
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
	const struct model_host *h = leg->host;

	depict_rows_inside(m, out, w, leg);
	depict_rows_others(m, out, w, leg);
	out->left_age = depict_text(m, "read from %.60s", h->name);
	if (!verdict_host_is_current(h, m->v->now))
		out->left_age = depict_text(m, "%s, last seen %s",
		    out->left_age, depict_clock(m, depict_seen_at(h)));
	if (out->nic == SCENE_NONE || !nic)
		return;
	add_sides(m, out, nic);
	out->right_age = heard_text(m, nic);
}
