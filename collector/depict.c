#include "collector/depict.h"

#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/buffer.h"
#include "base/json_read.h"
#include "collector/depict_making.h"
#include "collector/draw/then.h"
#include "collector/percent.h"
#include "collector/pieces.h"
#include "collector/verdict_text.h"

enum {
	TEXT_SIZE = 1024,
	HREF_MOST = 4096,
	ABOUT_MOST = 60, /* octets of what a switch says of itself */
	GIGABIT = 1000   /* Mbit/s */
};

/* ---- texts ------------------------------------------------------------- */

const char *
depict_text(struct making *m, const char *format, ...)
{
	char text[TEXT_SIZE];
	const char *copy;
	va_list arguments;

	va_start(arguments, format);
	(void)vsnprintf(text, sizeof(text), format, arguments);
	va_end(arguments);
	copy = text[0] ? arena_text(&m->s->arena, text) : NULL;
	return copy ? copy : "";
}

const char *
depict_href(struct making *m, const char *page, const char *argument)
{
	struct buffer out CLEANUP(buffer_done) = { .limit = HREF_MOST };
	const char *copy;

	buffer_printf(&out, "%s/#/%s/", m->origin, page);
	percent_add(&out, argument);
	copy = arena_text(&m->s->arena, buffer_string(&out));
	return copy ? copy : "";
}

static const char *
protocol_name(struct making *m, const struct model_neighbor *n)
{
	char name[16];
	size_t i;

	for (i = 0; n->protocol[i] && i + 1 < sizeof(name); i++)
		name[i] = (char)toupper((unsigned char)n->protocol[i]);
	name[i] = '\0';
	return depict_text(m, "%s", name);
}

const char *
depict_protocol(struct making *m, const struct model_neighbor *n)
{
	const char *name = protocol_name(m, n);

	return n->by_vcenter ? depict_text(m, "%s by vCenter", name) : name;
}

const struct depict_base *
depict_base_of(const struct making *m, const struct model_host *h)
{
	for (size_t i = 0; i < m->scope->host_count; i++) {
		if (m->bases[i].host == h && m->bases[i].inside)
			return &m->bases[i];
	}
	return NULL;
}

/* ---- switches ---------------------------------------------------------- */

/* What stands behind "Version ": of all that a switch says of its software
 * people know it by that. */
static const char *
version_of(struct making *m, const char *software)
{
	const char *found = strcasestr(software, "version ");
	size_t size;

	if (!found)
		return strlen(software) < ABOUT_MOST / 2 ? software : "";
	found += strlen("version ");
	size = strcspn(found, " ,;\n\r\xc2");
	return depict_text(m, "%.*s", (int)(size < 24 ? size : 24), found);
}

static const char *
about_switch(struct making *m, const struct device *d)
{
	const char *version = version_of(m, d->software);
	const char *model = d->model;

	if (model[0] == '\0')
		return depict_text(m, "%.*s", ABOUT_MOST, version);
	return depict_text(
	    m, "%.*s%s%s", ABOUT_MOST, model, version[0] ? ", " : "", version);
}

static uint32_t
add_switch(struct making *m, uint32_t device)
{
	const struct device *d = &m->v->topology->devices[device];
	uint32_t at = numbers_find(&m->switches, device);
	struct scene *s = m->s;

	if (at != NUMBERS_NONE)
		return at;
	at = (uint32_t)s->switch_count++;
	s->switches[at] = (struct scene_switch){
		.id = depict_text(m, "switch:%s", d->id),
		.name = arena_text(&s->arena, d->brief),
		.href = depict_href(m, "switch", d->id),
		.about = about_switch(m, d),
	};
	s->arena.failed |= !numbers_set(&m->switches, device, at);
	return at;
}

static uint32_t
add_port(struct making *m, uint32_t port)
{
	const struct topology *t = m->v->topology;
	const struct port *p = &t->ports[port];
	const struct device *d = &t->devices[p->device];
	uint32_t at = numbers_find(&m->ports, port);
	struct scene *s = m->s;

	if (at != NUMBERS_NONE)
		return at;
	at = (uint32_t)s->port_count++;
	s->ports[at] = (struct scene_port){
		.id = depict_text(m, "port:%s/%s", d->id, p->key),
		.name = arena_text(&s->arena, p->brief),
		.device = add_switch(m, p->device),
		.order = port - d->first_port,
		.aggregate = "",
	};
	s->arena.failed |= !numbers_set(&m->ports, port, at);
	return at;
}

/* ---- cables ------------------------------------------------------------ */

const char *
depict_clock(struct making *m, int64_t when)
{
	char text[THEN_CLOCK_SIZE];

	return depict_text(m, "%s UTC", then_clock(m->v->now, when, text));
}

static enum cable_state
state_of(const struct making *m, const struct seen_nic *nic)
{
	if (nic->nic->carrier == SAID_NO || nic->nic->up == SAID_NO)
		return CABLE_DOWN;
	if (nic->claim == TOPOLOGY_NONE)
		return CABLE_NONE;
	if (nic->state != STATE_CURRENT ||
	    !verdict_host_is_current(nic->host, m->v->now))
		return CABLE_STALE;
	return nic->sure ? CABLE_SURE : CABLE_ONE_SIDED;
}

static const char *
state_text(struct making *m, const struct seen_nic *nic, enum cable_state state)
{
	const struct topology *t = m->v->topology;
	const struct model_neighbor *n =
	    nic->claim != TOPOLOGY_NONE ? t->claims[nic->claim].said : NULL;
	char reason[VERDICT_TEXT_SIZE];

	if (state == CABLE_DOWN &&
	    !verdict_host_is_current(nic->host, m->v->now))
		return nic->nic->up == SAID_NO ? "was switched off"
					       : "had no link";
	if (state == CABLE_DOWN)
		return nic->nic->up == SAID_NO ? "switched off" : "no link";
	if (n && state == CABLE_SURE && n->heard.first_heard > 0)
		return depict_text(m, "heard by %s since %s",
		    depict_protocol(m, n),
		    depict_clock(m, n->heard.first_heard));
	if (n && state == CABLE_SURE)
		return depict_text(m, "heard by %s", depict_protocol(m, n));
	if (n && state == CABLE_STALE && nic->state == STATE_ENDED)
		return depict_text(m, "ended: %s", n->ended_reason);
	if (n && state == CABLE_STALE)
		return depict_text(m, "last heard by %s %s",
		    depict_protocol(m, n),
		    depict_clock(m, n->heard.last_heard));
	return depict_text(m, "%s", verdict_reason_text(t, nic, reason));
}

/* "10G full". */
static const char *
speed_of(struct making *m, const struct model_nic *nic)
{
	struct json_value *facts CLEANUP(json_cleanup) =
	    json_parse_own(nic->facts);
	int64_t speed = json_get_number(facts, "speed_mbps", -1);
	const char *duplex = json_get_string(facts, "duplex");

	if (speed <= 0)
		return "";
	if (speed >= GIGABIT)
		return depict_text(m, "%gG%s%s", (double)speed / GIGABIT,
		    duplex ? " " : "", duplex ? duplex : "");
	return depict_text(
	    m, "%dM%s%s", (int)speed, duplex ? " " : "", duplex ? duplex : "");
}

static void
add_nic(struct making *m, uint32_t host, const struct seen_nic *nic)
{
	const struct topology *t = m->v->topology;
	const struct model_nic *n = nic->nic;
	enum cable_state state = state_of(m, nic);
	struct scene *s = m->s;
	struct scene_nic *out = &s->nics[s->nic_count++];

	*out = (struct scene_nic){
		.id =
		    depict_text(m, "nic:%s/%s", nic->host->machine_id, n->name),
		.name = arena_text(&s->arena, n->name),
		.mac = arena_text(&s->arena, n->mac),
		.host = host,
		.order = (uint32_t)(n - nic->host->nics),
		.bond = SCENE_NONE,
		.port = SCENE_NONE,
		.state = state,
		.state_text = state_text(m, nic, state),
		.speed = state == CABLE_DOWN ? "" : speed_of(m, n),
	};
	if (nic->claim != TOPOLOGY_NONE && state != CABLE_DOWN)
		out->port = add_port(m, t->claims[nic->claim].port);
}

/* ---- hosts ------------------------------------------------------------- */

static void
add_host(struct making *m, uint32_t at)
{
	const struct model_host *h = m->scope->hosts[at];
	const struct seen_nic *nics;
	struct scene *s = m->s;
	uint32_t count;

	m->bases[at] = (struct depict_base){
		.host = h,
		.nic = (uint32_t)s->nic_count,
	};
	s->hosts[s->host_count++] = (struct scene_host){
		.id = depict_text(m, "host:%s", h->machine_id),
		.name = arena_text(&s->arena, h->name),
		.href = depict_href(m, "host", h->machine_id),
		.about = depict_text(m, "%.60s%s%.40s", h->os,
		    h->slot[0] ? ", bay " : "", h->slot),
		.silent = !verdict_host_is_current(h, m->v->now),
		.seen_at = depict_seen_at(h),
	};
	nics = piece_nics_of(m->v, h, &count);
	for (uint32_t i = 0; i < count; i++)
		add_nic(m, at, &nics[i]);
}

/* What is said of its cables, and, if it is chosen, what stands inside. */
static void
fill_host(struct making *m, uint32_t at)
{
	struct depict_base *base = &m->bases[at];
	const struct seen_nic *nics;
	struct scene *s = m->s;
	uint32_t count;

	base->vswitch = (uint32_t)s->vswitch_count;
	base->machine = (uint32_t)s->machine_count;
	base->vnic = (uint32_t)s->vnic_count;
	s->hosts[at].inside_unread = !base->inside;
	nics = piece_nics_of(m->v, base->host, &count);
	for (uint32_t i = 0; i < count; i++) {
		struct scene_nic *nic = &s->nics[base->nic + i];

		nic->first_claim = (uint32_t)s->claim_count;
		depict_claims(m, nic, &nics[i], base->inside);
	}
	if (base->inside)
		depict_inside(m, at);
}

/* ---- the whole --------------------------------------------------------- */

/* "CDP + LLDP": by what the ports are known. */
static const char *
protocols_of(struct making *m)
{
	const struct topology *t = m->v->topology;
	const char *all = "";

	for (size_t i = 0; i < m->scope->host_count; i++) {
		uint32_t count;
		const struct seen_nic *nics =
		    piece_nics_of(m->v, m->scope->hosts[i], &count);

		for (uint32_t k = 0; k < count; k++) {
			const char *name;

			if (nics[k].claim == TOPOLOGY_NONE)
				continue;
			name = protocol_name(m, t->claims[nics[k].claim].said);
			if (!strstr(all, name))
				all = depict_text(m, "%s%s%s", all,
				    all[0] ? " + " : "", name);
		}
	}
	return all;
}

/* "seen: CDP 31/32, hosts 15/16": of the NICs with a link those whose port is
 * known, and the hosts that report. */
static const char *
remark_of(struct making *m)
{
	size_t linked = 0, sure = 0, silent = 0;
	const char *protocols = protocols_of(m);
	struct scene *s = m->s;

	for (size_t i = 0; i < s->nic_count; i++) {
		linked += s->nics[i].state != CABLE_DOWN;
		sure += s->nics[i].state == CABLE_SURE;
	}
	for (size_t i = 0; i < s->host_count; i++)
		silent += s->hosts[i].silent;
	return depict_text(m, "seen: %s %zu/%zu, hosts %zu/%zu",
	    protocols[0] ? protocols : "cables", sure, linked,
	    s->host_count - silent, s->host_count);
}

static enum status
fill(struct making *m, const struct depict_wish *wish)
{
	struct scene *s = m->s;
	enum status status;

	s->id = depict_text(m, "%s", m->scope->id);
	s->title =
	    depict_text(m, "%s", wish->title ? wish->title : m->scope->title);
	s->question =
	    depict_text(m, "%s", wish->question ? wish->question : "");
	if (wish->href)
		s->href = arena_text(&s->arena, wish->href);
	s->now = m->v->now;
	for (uint32_t i = 0; i < m->scope->host_count; i++)
		add_host(m, i);
	/* Which hosts a page has, their cables say. */
	status = depict_choose(m, wish->page);
	if (status != STATUS_OK)
		return status;
	for (uint32_t i = 0; i < m->scope->host_count; i++)
		fill_host(m, i);
	s->remark = remark_of(m);
	depict_findings(m);
	depict_way(m, wish);
	return STATUS_OK;
}

enum status
depict(struct scene *out, const struct view *v, const struct scope *scope,
    const struct depict_wish *wish)
{
	struct making m = { .s = out,
		.v = v,
		.scope = scope,
		.origin = wish->origin ? wish->origin : "" };
	enum status status = STATUS_NO_MEMORY;

	scene_init(out);
	if (depict_room(&m))
		status = fill(&m, wish);
	numbers_done(&m.switches);
	numbers_done(&m.ports);
	return out->arena.failed ? STATUS_NO_MEMORY : status;
}
