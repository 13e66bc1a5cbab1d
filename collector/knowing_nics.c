#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "collector/knowing_making.h"

enum { RIVALS_MOST = 8, PROTOCOL_SIZE = 16 };

/* ---- what it hears ------------------------------------------------------- */

static enum known_note
note_of(enum note note)
{
	static const enum known_note notes[] = {
		[NOTE_NONE] = KNOWN_CANDIDATE,
		[NOTE_NEIGHBOR] = KNOWN_NEIGHBOR,
		[NOTE_CANDIDATE] = KNOWN_CANDIDATE,
		[NOTE_OWN] = KNOWN_OWN,
		[NOTE_TUNNELLED] = KNOWN_PASSED,
		[NOTE_FARTHER] = KNOWN_PASSED,
		[NOTE_NOT_BY_LLDP] = KNOWN_PASSED,
		[NOTE_PROVEN_ELSEWHERE] = KNOWN_PASSED,
		[NOTE_BESIDE] = KNOWN_BESIDE,
		[NOTE_FELL_SILENT] = KNOWN_PAST,
		[NOTE_PAST] = KNOWN_PAST,
	};

	return notes[note];
}

/* "LLDP on esx-07 vmnic1, told by vCenter vc1". */
static struct known_source
source_of(struct knowing *m, const struct seen_claim *c)
{
	const struct model_neighbor *n = c->said;
	const struct model_nic *nic = m->v->topology->nics[c->nic].nic;
	char protocol[PROTOCOL_SIZE];

	text_copy(protocol, sizeof(protocol), n->protocol);
	for (char *p = protocol; *p; p++)
		*p = (char)(*p >= 'a' && *p <= 'z' ? *p - 'a' + 'A' : *p);
	return (struct known_source){
		.text =
		    n->by_vcenter
			? knowing_text(m, "%s on %s %s, told by vCenter %s",
			      protocol, c->host->name, nic->name, c->host->via)
			: knowing_text(m, "%s on %s %s", protocol,
			      c->host->name, nic->name),
		.since = n->heard.first_heard,
		.last_heard = n->heard.last_heard,
		.current = c->state == STATE_CURRENT,
	};
}

/* The outline is shared: what is of this moment goes into a copy. */
static void
fill_neighbors(
    struct knowing *m, const struct seen_nic *seen, struct known_nic *out)
{
	const struct seen_claim *claims =
	    &m->v->topology->claims[seen->first_claim];
	const struct known_neighbor *outlined = out->neighbors;
	size_t count = out->neighbor_count;

	out->neighbor_count = 0;
	out->neighbors =
	    arena_array(&m->k->arena, count, sizeof(*out->neighbors));
	for (uint32_t i = 0; out->neighbors && i < seen->claim_count; i++) {
		const struct seen_claim *c = &claims[i];
		size_t at = (size_t)(c->said - seen->nic->neighbors);
		struct known_neighbor *n;

		if (at >= count || out->neighbor_count == count)
			continue;
		n = &out->neighbors[out->neighbor_count++];
		*n = outlined[at];
		n->source = source_of(m, c);
		n->note = note_of(c->note);
		if (c->device == TOPOLOGY_NONE)
			continue;
		n->port = knowing_port(m, c->port);
		if (n->port != KNOWN_NONE && n->vendor[0])
			m->k->switches[m->k->ports[n->port].on].vendor =
			    n->vendor;
	}
}

static void
fill_heard(
    struct knowing *m, const struct seen_nic *seen, struct known_nic *out)
{
	const struct model_nic *nic = seen->nic;
	const char *text = "";

	out->heard_vlans = arena_array(
	    &m->k->arena, nic->heard_vlan_count, sizeof(*out->heard_vlans));
	if (!out->heard_vlans)
		return;
	if (nic->heard_vlan_count > 0)
		text = seen->host->via[0]
			   ? knowing_text(m,
				 "frames on %s %s, told by "
				 "vCenter %s",
				 seen->host->name, nic->name, seen->host->via)
			   : knowing_text(m, "frames on %s %s",
				 seen->host->name, nic->name);
	for (size_t i = 0; i < nic->heard_vlan_count; i++) {
		const struct model_heard_vlan *h = &nic->heard_vlans[i];

		out->heard_vlans[out->heard_vlan_count++] =
		    (struct known_heard_vlan){
			    .id = h->id,
			    .source = {
				.text = text,
				.since = h->heard.first_heard,
				.last_heard = h->heard.last_heard,
				.current = verdict_is_current(seen->host, nic,
				    &h->heard, m->v->now),
			    },
		    };
	}
}

/* ---- where its cable ends ------------------------------------------------ */

static enum known_cable
cable_of(const struct seen_nic *seen)
{
	if (seen->claim == TOPOLOGY_NONE)
		return seen->reason == REASON_SILENT ? KNOWN_CABLE_UNHEARD
						     : KNOWN_CABLE_PASSED;
	if (seen->state == STATE_ENDED)
		return KNOWN_CABLE_ENDED;
	if (seen->state == STATE_STALE)
		return KNOWN_CABLE_STALE;
	switch (seen->reason) {
	case REASON_SEVERAL:
		return KNOWN_CABLE_SEVERAL;
	case REASON_SEVERAL_PORTS:
		return KNOWN_CABLE_SEVERAL_PORTS;
	case REASON_SHARED:
		return KNOWN_CABLE_SHARED;
	case REASON_ONLY_PASSED:
		return KNOWN_CABLE_PASSED;
	default:
		return seen->sure ? KNOWN_CABLE_SURE : KNOWN_CABLE_SEVERAL;
	}
}

static void
fill_cable(
    struct knowing *m, const struct seen_nic *seen, struct known_nic *out)
{
	const struct topology *t = m->v->topology;

	out->cable = cable_of(seen);
	if (seen->claim == TOPOLOGY_NONE || out->cable == KNOWN_CABLE_SEVERAL ||
	    out->cable == KNOWN_CABLE_SEVERAL_PORTS)
		return;
	out->port = knowing_port(m, t->claims[seen->claim].port);
	out->cable_source = source_of(m, &t->claims[seen->claim]);
}

/* The port that was the last one before: what it said is no longer current. */
static void
fill_former(
    struct knowing *m, const struct seen_nic *seen, struct known_nic *out)
{
	const struct topology *t = m->v->topology;
	const struct seen_claim *last = NULL;

	if (seen->claim == TOPOLOGY_NONE)
		return;
	for (uint32_t i = 0; i < seen->claim_count; i++) {
		const struct seen_claim *c = &t->claims[seen->first_claim + i];

		if (c->device == TOPOLOGY_NONE || c->state == STATE_CURRENT ||
		    c->port == t->claims[seen->claim].port ||
		    c->said->reach == REACH_TUNNELLED)
			continue;
		if (!last ||
		    c->said->heard.last_heard > last->said->heard.last_heard)
			last = c;
	}
	if (!last)
		return;
	out->former_port = knowing_port(m, last->port);
	out->former_ended_at = last->said->ended_at;
	out->former_last_heard = last->said->heard.last_heard;
}

/* Who else hears the port that this claim names, on its own NIC undisputed. */
static void
add_rivals(
    struct knowing *m, const struct seen_claim *own, struct known_nic *out)
{
	const struct topology *t = m->v->topology;
	const struct port *p = &t->ports[own->port];

	for (uint32_t i = 0; i < p->claim_count; i++) {
		const struct seen_claim *c = &t->claims[p->claims[i]];

		if (c->nic == own->nic || out->rival_count == RIVALS_MOST)
			continue;
		(void)verdict_claim(t, p->claims[i]);
		if (c->state != STATE_CURRENT || !c->remains)
			continue;
		out->rivals[out->rival_count++] = (struct known_rival){
			.host = c->host->name,
			.nic = t->nics[c->nic].nic->name,
			.source = source_of(m, c),
			.port = knowing_port(m, own->port),
			.lldp = c->said->lldp,
		};
	}
}

static void
fill_rivals(
    struct knowing *m, const struct seen_nic *seen, struct known_nic *out)
{
	const struct topology *t = m->v->topology;
	bool any = false;

	for (uint32_t i = 0; i < seen->claim_count; i++) {
		const struct seen_claim *c = &t->claims[seen->first_claim + i];

		if (c->state != STATE_CURRENT || !c->remains ||
		    t->ports[c->port].claim_count < 2)
			continue;
		if (!any)
			out->rivals = arena_array(
			    &m->k->arena, RIVALS_MOST, sizeof(*out->rivals));
		any = true;
		if (out->rivals)
			add_rivals(m, c, out);
	}
}

/* ---- a host at the other end --------------------------------------------- */

struct opposite {
	struct knowing *m;
	const struct model_nic *self_nic;
	const char *mac, *found;
};

static void
look_for_opposite(void *context, int64_t host_id)
{
	struct opposite *o = context;
	const struct model_host *h = model_find(o->m->v->model, host_id);

	for (size_t i = 0; h && i < h->nic_count && !o->found; i++) {
		const struct model_nic *n = &h->nics[i];

		if (n == o->self_nic ||
		    (strcmp(n->permanent_mac, o->mac) != 0 &&
			strcmp(n->mac, o->mac) != 0))
			continue;
		o->found = knowing_text(o->m, "%s %s", h->name, n->name);
	}
}

static void
fill_opposite(
    struct knowing *m, const struct seen_nic *seen, struct known_nic *out)
{
	struct opposite o = { .m = m, .self_nic = seen->nic };

	for (size_t i = 0; i < out->neighbor_count && !o.found; i++) {
		const struct known_neighbor *n = &out->neighbors[i];

		if (!n->lldp || n->switch_class || !n->source.current ||
		    n->note == KNOWN_OWN || n->note == KNOWN_PASSED)
			continue;
		o.mac = n->source_mac;
		fleet_index_of_mac(m->fleet, o.mac, look_for_opposite, &o);
	}
	if (o.found)
		out->opposite = o.found;
}

void
knowing_nic(
    struct knowing *m, const struct seen_nic *seen, struct known_nic *out)
{
	out->source = knowing_told_by(m, seen->host, seen->nic->n);
	out->frames_heard = seen->nic->heard.frames;
	out->frames_malformed = seen->nic->heard.malformed;
	out->frames_dropped = seen->nic->heard.dropped;
	fill_neighbors(m, seen, out);
	fill_heard(m, seen, out);
	fill_cable(m, seen, out);
	/* Of a sibling that is enough. */
	if (seen->host != m->host)
		return;
	fill_former(m, seen, out);
	fill_rivals(m, seen, out);
	if (m->fleet)
		fill_opposite(m, seen, out);
}
