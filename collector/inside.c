#include "collector/inside.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/json_read.h"
#include "collector/facts.h"
#include "collector/index.h"
#include "collector/model.h"
#include "collector/team.h"

/* What was read of one host. */
struct model_inner {
	struct inside inside;
	struct arena arena;
	bool read;
};

/* Names of one host and the places that they stand for. */
struct reading {
	const struct model_host *host;
	struct inside *inside;
	struct arena *arena;
	struct index nics, links, vswitches, groups, vnics;
};

const char *
inside_member_word(enum member_state state)
{
	static const char *const words[] = { "unknown", "active", "standby",
		"down", "unused" };

	return words[state];
}

const char *
inside_workload_name(const struct inside *in, size_t at)
{
	const struct inside_workload *w = &in->workloads[at];

	for (size_t i = 0; i < in->workload_count; i++) {
		if (i != at && strcmp(in->workloads[i].name, w->name) == 0)
			return w->id;
	}
	return w->name;
}

bool
inside_is_machine(const struct inside_workload *w)
{
	return strcmp(w->kind, "kernel_port") != 0;
}

static enum member_state
state_of(const struct json_value *member)
{
	const char *word = json_get_string(member, "state");

	for (int i = MEMBER_ACTIVE; word && i <= MEMBER_UNUSED; i++) {
		if (strcmp(word, inside_member_word((enum member_state)i)) == 0)
			return (enum member_state)i;
	}
	return MEMBER_UNKNOWN;
}

static void
read_uplink(
    struct reading *r, const struct json_value *v, struct inside_uplink *out)
{
	const struct json_value *members = json_get(v, "members");
	struct arena *a = r->arena;

	*out = (struct inside_uplink){
		.name = facts_text(a, v, "name"),
		.kind = facts_text(a, v, "kind"),
		.mode = facts_text(a, v, "mode"),
		.lacp = facts_text(a, v, "lacp"),
		.partner_mac = facts_text(a, v, "partner_mac"),
		.carries = facts_text(a, v, "carries"),
		.vlan = json_get_number(v, "vlan", -1),
		.untagged = json_get_number(v, "untagged", -1),
	};
	out->is_link = index_find(&r->links, out->name) != INDEX_NONE;
	out->members =
	    arena_array(a, json_count(members), sizeof(*out->members));
	if (!out->members)
		return;
	for (v = json_first(members); v; v = json_next(v)) {
		struct inside_member *m = &out->members[out->member_count++];

		m->name = facts_text(a, v, "nic");
		m->nic = index_find(&r->nics, m->name);
		m->state = state_of(v);
	}
}

static void
read_vswitch(struct reading *r, const struct model_claim *c)
{
	struct json_value *v CLEANUP(json_cleanup) = json_parse_own(c->facts);
	struct inside *in = r->inside;
	uint32_t at = (uint32_t)in->vswitch_count;
	struct inside_vswitch *s = &in->vswitches[in->vswitch_count++];
	const struct json_value *list = json_get(v, "uplinks");

	s->facts = c->facts;
	s->name = facts_text(r->arena, v, "name");
	s->kind = facts_text(r->arena, v, "kind");
	s->uuid = facts_text(r->arena, v, "uuid");
	s->uplinks =
	    arena_array(r->arena, json_count(list), sizeof(*s->uplinks));
	for (list = json_first(list); list && s->uplinks;
	     list = json_next(list))
		read_uplink(r, list, &s->uplinks[s->uplink_count++]);
	list = json_get(v, "patches");
	s->patches =
	    arena_array(r->arena, json_count(list), sizeof(*s->patches));
	for (list = json_first(list); list && s->patches;
	     list = json_next(list)) {
		struct inside_patch *p = &s->patches[s->patch_count++];

		p->name = facts_text(r->arena, list, "name");
		p->peer_name = facts_text(r->arena, list, "peer_vswitch");
		p->peer = INSIDE_NONE;
	}
	index_add(&r->vswitches, s->name, at);
}

/* How a port group is found: by its switch and its name. */
static const char *
group_key(struct reading *r, const char *vswitch, const char *name)
{
	size_t size = strlen(vswitch) + strlen(name) + 2;
	char *key = arena_take(r->arena, size);

	if (key)
		(void)snprintf(key, size, "%s\n%s", vswitch, name);
	return key;
}

static void
read_group(struct reading *r, const struct model_claim *c)
{
	struct json_value *v CLEANUP(json_cleanup) = json_parse_own(c->facts);
	uint32_t at = (uint32_t)r->inside->group_count++;
	struct inside_group *g = &r->inside->groups[at];
	const struct json_value *pvlan = json_get(v, "pvlan");
	const char *key;

	*g = (struct inside_group){
		.facts = c->facts,
		.name = facts_text(r->arena, v, "name"),
		.vswitch_name = facts_text(r->arena, v, "vswitch"),
		.trunks = facts_text(r->arena, v, "trunks"),
		.id = facts_text(r->arena, v, "id"),
		.vlan = json_get_number(v, "vlan", -1),
		.pvlan_primary = json_get_number(pvlan, "primary", -1),
		.pvlan_secondary = json_get_number(pvlan, "secondary", -1),
		.unknown_vlan = json_get_boolean(v, "unknown_vlan", false),
	};
	team_read(r->arena, json_get(v, "team"), g);
	g->vswitch = index_find(&r->vswitches, g->vswitch_name);
	if (g->vswitch != INSIDE_NONE)
		r->inside->vswitches[g->vswitch].group_count++;
	key = group_key(r, g->vswitch_name, g->name);
	if (key)
		index_add(&r->groups, key, at);
}

static enum said
said_connected(const struct json_value *v)
{
	const struct json_value *member = json_get(v, "connected");

	if (!json_is_boolean(member))
		return SAID_NOTHING;
	return json_boolean_of(member, false) ? SAID_YES : SAID_NO;
}

static void
connect_vnic(struct reading *r, struct inside_vnic *n)
{
	const char *key;

	if (n->vswitch_name[0] == '\0')
		return;
	n->vswitch = index_find(&r->vswitches, n->vswitch_name);
	if (n->vswitch != INSIDE_NONE)
		r->inside->vswitches[n->vswitch].vnic_count++;
	if (n->group_name[0] == '\0')
		return;
	key = group_key(r, n->vswitch_name, n->group_name);
	n->group = key ? index_find(&r->groups, key) : INSIDE_NONE;
	if (n->group != INSIDE_NONE)
		r->inside->groups[n->group].vnic_count++;
}

static void
read_vnic(struct reading *r, const struct json_value *v, uint32_t workload)
{
	uint32_t at = (uint32_t)r->inside->vnic_count++;
	struct inside_vnic *n = &r->inside->vnics[at];

	*n = (struct inside_vnic){
		.name = facts_text(r->arena, v, "name"),
		.mac = facts_text(r->arena, v, "mac"),
		.vswitch_name = facts_text(r->arena, v, "vswitch"),
		.group_name = facts_text(r->arena, v, "port_group"),
		.type = facts_text(r->arena, v, "type"),
		.mode = facts_text(r->arena, v, "mode"),
		.network = facts_text(r->arena, v, "network"),
		.nic_name = facts_text(r->arena, v, "nic"),
		.vf = json_get_number(v, "vf", -1),
		.connected = said_connected(v),
		.workload = workload,
		.vswitch = INSIDE_NONE,
		.group = INSIDE_NONE,
	};
	n->nic = index_find(&r->nics, n->nic_name);
	connect_vnic(r, n);
	index_add(&r->vnics, n->name, at);
}

static void
read_workload(
    struct reading *r, const struct model_claim *c, const struct json_value *v)
{
	struct inside *in = r->inside;
	uint32_t at = (uint32_t)in->workload_count++;
	struct inside_workload *w = &in->workloads[at];

	*w = (struct inside_workload){
		.facts = c->facts,
		.id = facts_text(r->arena, v, "id"),
		.kind = facts_text(r->arena, v, "kind"),
		.name = facts_text(r->arena, v, "name"),
		.uuid = facts_text(r->arena, v, "uuid"),
		.state = facts_text(r->arena, v, "state"),
		.source = facts_text(r->arena, v, "source"),
		.first_vnic = (uint32_t)in->vnic_count,
	};
	if (w->name[0] == '\0')
		w->name = w->id;
	v = json_first(json_get(v, "vnics"));
	for (; v; v = json_next(v))
		read_vnic(r, v, at);
	w->vnic_count = (uint32_t)in->vnic_count - w->first_vnic;
}

/* All are parsed before the first is read: there must be room for their vNICs.
 */
static void
read_workloads(struct reading *r)
{
	const struct model_claim *claims = r->host->claims;
	size_t count = r->host->claim_count, vnics = 0;
	struct json_value **facts = calloc(count + 1, sizeof(*facts));

	r->arena->failed |= !facts;
	for (size_t i = 0; i < count && facts; i++) {
		if (claims[i].kind == CLAIM_WORKLOAD)
			facts[i] = json_parse_own(claims[i].facts);
		vnics += json_count(json_get(facts[i], "vnics"));
	}
	r->inside->vnics =
	    arena_array(r->arena, vnics, sizeof(*r->inside->vnics));
	for (size_t i = 0; i < count && facts; i++) {
		if (claims[i].kind == CLAIM_WORKLOAD && r->inside->vnics)
			read_workload(r, &claims[i], facts[i]);
		json_free(facts[i]);
	}
	free(facts);
}

static void
note_use(struct inside *in, uint32_t vswitch, uint32_t uplink, uint32_t member)
{
	const struct inside_uplink *u = &in->vswitches[vswitch].uplinks[uplink];
	struct inside_use *use;

	if (u->members[member].nic == INSIDE_NONE)
		return;
	use = &in->uses[u->members[member].nic];
	if (use->count++ == 0) {
		use->vswitch = vswitch;
		use->uplink = uplink;
		use->member = member;
	}
}

static void
connect_switches(struct reading *r)
{
	struct inside *in = r->inside;

	for (uint32_t i = 0; i < in->vswitch_count; i++) {
		struct inside_vswitch *s = &in->vswitches[i];

		for (size_t k = 0; k < s->patch_count; k++)
			s->patches[k].peer =
			    index_find(&r->vswitches, s->patches[k].peer_name);
		for (uint32_t k = 0; k < s->uplink_count; k++) {
			size_t members = s->uplinks[k].member_count;

			for (uint32_t m = 0; m < members; m++)
				note_use(in, i, k, m);
		}
	}
}

static void
mark_links(struct reading *r)
{
	for (size_t i = 0; i < r->host->link_count; i++) {
		const char *name = r->host->links[i].name;

		r->inside->named[i] =
		    index_find(&r->vswitches, name) != INDEX_NONE ||
		    index_find(&r->vnics, name) != INDEX_NONE;
	}
}

static bool
take_room(struct reading *r)
{
	size_t vswitches = 0, groups = 0, workloads = 0;
	const struct model_host *h = r->host;
	struct inside *in = r->inside;

	for (size_t i = 0; i < h->claim_count; i++) {
		vswitches += h->claims[i].kind == CLAIM_VSWITCH;
		groups += h->claims[i].kind == CLAIM_PORT_GROUP;
		workloads += h->claims[i].kind == CLAIM_WORKLOAD;
	}
	in->vswitches =
	    arena_array(r->arena, vswitches, sizeof(*in->vswitches));
	in->groups = arena_array(r->arena, groups, sizeof(*in->groups));
	/* One more: the place after the last is looked at. */
	in->workloads =
	    arena_array(r->arena, workloads + 1, sizeof(*in->workloads));
	in->uses = arena_array(r->arena, h->nic_count, sizeof(*in->uses));
	in->named = arena_array(r->arena, h->link_count, sizeof(*in->named));
	return !r->arena->failed;
}

/* NICs and links are filled already. */
static void
read_all(struct reading *r)
{
	const struct model_host *h = r->host;

	if (!take_room(r))
		return;
	for (size_t i = 0; i < h->nic_count; i++)
		index_add(&r->nics, h->nics[i].name, (uint32_t)i);
	for (size_t i = 0; i < h->link_count; i++)
		index_add(&r->links, h->links[i].name, (uint32_t)i);
	for (size_t i = 0; i < h->claim_count; i++) {
		if (h->claims[i].kind == CLAIM_VSWITCH)
			read_vswitch(r, &h->claims[i]);
	}
	for (size_t i = 0; i < h->claim_count; i++) {
		if (h->claims[i].kind == CLAIM_PORT_GROUP)
			read_group(r, &h->claims[i]);
	}
	read_workloads(r);
	connect_switches(r);
	mark_links(r);
	if (r->nics.failed || r->links.failed || r->vswitches.failed ||
	    r->groups.failed || r->vnics.failed)
		r->arena->failed = true;
}

static void
read_inner(const struct model_host *h, struct model_inner *inner)
{
	struct reading r = {
		.host = h, .inside = &inner->inside, .arena = &inner->arena
	};

	read_all(&r);
	index_done(&r.nics);
	index_done(&r.links);
	index_done(&r.vswitches);
	index_done(&r.groups);
	index_done(&r.vnics);
	inner->read = true;
	if (inner->arena.failed)
		inside_forget(inner);
}

/* ---- when it is read -------------------------------------------------------
 */

static _Thread_local bool ran_out;

const struct inside *
model_inside(const struct model_host *h)
{
	static const struct inside nothing;

	if (!h->inner)
		return &nothing;
	if (!h->inner->read)
		read_inner(h, h->inner);
	if (h->inner->read)
		return &h->inner->inside;
	ran_out = true;
	return &nothing;
}

bool
inside_ran_out(void)
{
	bool was = ran_out;

	ran_out = false;
	return was;
}

bool
inside_names_link(const struct inside *in, size_t link)
{
	return in->named && in->named[link];
}

struct model_inner *
inside_new(void)
{
	return calloc(1, sizeof(struct model_inner));
}

void
inside_forget(struct model_inner *inner)
{
	arena_done(&inner->arena);
	inner->inside = (struct inside){ .vswitches = NULL };
	inner->read = false;
}

void
inside_free(struct model_inner *inner)
{
	if (inner)
		arena_done(&inner->arena);
	free(inner);
}
