#include "collector/knowing.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "collector/knowing_making.h"
#include "collector/model_claims.h"
#include "collector/pieces.h"

enum {
	TEXT_SIZE = 512,
	/* What is put together, before it is cut at a character: no name that
	 * reports may have is longer. */
	WHOLE_SIZE = 4096
};

const char *
knowing_text(struct knowing *m, const char *format, ...)
{
	char whole[WHOLE_SIZE], text[TEXT_SIZE];
	const char *copy;
	va_list arguments;

	va_start(arguments, format);
	(void)vsnprintf(whole, sizeof(whole), format, arguments);
	va_end(arguments);
	text_copy(text, sizeof(text), whole);
	copy = arena_text(&m->k->arena, text);
	return copy ? copy : "";
}

struct known_source
knowing_told_by(struct knowing *m, const struct model_host *h, int64_t n)
{
	const struct model_claim *c = claims_of_number(h, n);

	return (struct known_source){
		.text = h->via[0] ? knowing_text(m, "vCenter %s", h->via)
				  : knowing_text(m, "agent on %s", h->name),
		.since = c ? c->since : -1,
		.last_heard = h->seen_at,
		.current = verdict_host_is_current(h, m->v->now),
	};
}

/* ---- switches and ports -------------------------------------------------- */

/* Room for one more behind 'count' items, twice as much when it is full. */
static void *
room_for_one(
    struct arena *a, void *items, size_t count, size_t *capacity, size_t size)
{
	size_t more = *capacity > 0 ? *capacity * 2 : 16;
	void *roomier;

	if (count < *capacity)
		return items;
	roomier = arena_array(a, more, size);
	if (!roomier)
		return NULL;
	if (count > 0)
		memcpy(roomier, items, count * size);
	*capacity = more;
	return roomier;
}

static uint32_t
switch_of(struct knowing *m, const struct device *d)
{
	struct known *k = m->k;
	size_t capacity = m->switch_capacity;
	struct known_switch *switches;

	for (uint32_t i = 0; i < k->switch_count; i++) {
		if (strcmp(k->switches[i].id, d->id) == 0)
			return i;
	}
	switches = room_for_one(&k->arena, k->switches, k->switch_count,
	    &m->switch_capacity, sizeof(*switches));
	if (!switches) {
		m->switch_capacity = capacity;
		return KNOWN_NONE;
	}
	k->switches = switches;
	k->switches[k->switch_count] = (struct known_switch){
		.name = d->brief,
		.id = d->id,
		.model = d->model,
		.software = d->software,
		.description = d->description,
		.vendor = "",
		.switch_class = d->switch_class,
	};
	return (uint32_t)k->switch_count++;
}

uint32_t
knowing_port(struct knowing *m, uint32_t port)
{
	const struct topology *t = m->v->topology;
	const struct port *p = &t->ports[port];
	const struct device *d = &t->devices[p->device];
	struct known *k = m->k;
	size_t capacity = m->port_capacity;
	uint32_t on = switch_of(m, d);
	struct known_port *ports;

	/* Siblings have ports of their own: only the last are compared. */
	for (size_t i = k->port_count; i > 0 && i + 8 > k->port_count; i--) {
		if (k->ports[i - 1].on == on &&
		    strcmp(k->ports[i - 1].name, p->brief) == 0)
			return (uint32_t)(i - 1);
	}
	ports = room_for_one(&k->arena, k->ports, k->port_count,
	    &m->port_capacity, sizeof(*ports));
	if (!ports || on == KNOWN_NONE) {
		m->port_capacity = ports ? m->port_capacity : capacity;
		return KNOWN_NONE;
	}
	k->ports = ports;
	k->ports[k->port_count] = (struct known_port){
		.on = on,
		.name = p->brief,
		.full = p->name,
		.text = knowing_text(m, "%s on %s", p->brief, d->brief),
		.fex = p->fex,
		.member = p->member,
	};
	return (uint32_t)k->port_count++;
}

/* ---- the host ------------------------------------------------------------ */

static void
fill_host(struct knowing *m)
{
	const struct model_host *h = m->host;
	struct known *k = m->k;

	k->now = m->v->now;
	k->source = knowing_told_by(m, h, 1);
	k->name = h->name;
	k->machine_id = h->machine_id;
	k->platform = h->platform;
	k->os = h->os;
	k->model = h->model;
	k->via = h->via;
	k->connection = h->connection;
	k->addresses = h->addresses.items;
	k->address_count = h->addresses.count;
	k->unanswered = h->unanswered.items;
	k->unanswered_count = h->unanswered.count;
	k->current = verdict_host_is_current(h, m->v->now);
	k->silent = verdict_host_is_silent(h, m->v->now);
	k->disconnected = h->disconnected;
	k->seen_at = h->seen_at;
	k->disconnected_since = h->disconnected ? h->connection_since : -1;
	k->clock_ahead_s = -h->shift;
	k->shared_id = model_is_shared(h);
	k->agent_started_at = h->speaker.started_at;
}

static uint32_t
bond_of(const struct known *k, const struct known_nic *nic)
{
	for (uint32_t i = 0; nic->master[0] && i < k->link_count; i++) {
		const struct known_link *l = &k->links[i];

		if (strcmp(l->name, nic->master) == 0 &&
		    (strcmp(l->kind, "bond") == 0 ||
			strcmp(l->kind, "team") == 0))
			return i;
	}
	return KNOWN_NONE;
}

static void
fill_nics(struct knowing *m, const struct outline *o)
{
	const struct inside *in = model_inside(m->host);
	struct known *k = m->k;
	const struct seen_nic *seen;
	uint32_t count;

	seen = piece_nics_of(m->v, m->host, &count);
	k->nics = arena_array(&k->arena, count, sizeof(*k->nics));
	for (uint32_t i = 0; k->nics && i < count && i < o->nic_count; i++) {
		struct known_nic *nic = &k->nics[k->nic_count++];

		*nic = o->nics[i];
		knowing_nic(m, &seen[i], nic);
		nic->bond = bond_of(k, nic);
		if (m->fleet)
			nic->flaps =
			    fleet_index_flaps(m->fleet, m->host, i, m->v->now);
		if (!in->uses || in->uses[i].count == 0)
			continue;
		nic->vswitch = in->uses[i].vswitch;
		nic->uplink = in->uses[i].uplink;
		nic->use_count = in->uses[i].count;
	}
}

static void
fill_links(struct knowing *m, const struct outline *o)
{
	struct known_source source = knowing_told_by(m, m->host, 0);
	struct known *k = m->k;

	k->links = arena_array(&k->arena, o->link_count, sizeof(*k->links));
	for (size_t i = 0; k->links && i < o->link_count; i++) {
		k->links[i] = o->links[i];
		k->links[i].source = source;
		k->link_count++;
	}
}

static void
fill(struct knowing *m, const struct outline *o)
{
	fill_host(m);
	fill_links(m, o);
	fill_nics(m, o);
	knowing_inside(m);
	if (!m->fleet)
		return;
	knowing_twins(m);
	knowing_siblings(m);
}

enum status
knowing_make(struct known *out, const struct view *v, struct fleet_index *fleet,
    const struct model_host *h)
{
	struct knowing m = { .k = out, .v = v, .fleet = fleet, .host = h };
	struct outline alone;
	const struct outline *o = NULL;

	known_init(out);
	if (fleet)
		o = fleet_index_outline(fleet, h);
	else if (outline_read(&alone, &out->arena, h))
		o = &alone;
	if (o)
		fill(&m, o);
	if (o && !out->arena.failed && !inside_ran_out())
		return STATUS_OK;
	known_done(out);
	return STATUS_NO_MEMORY;
}
