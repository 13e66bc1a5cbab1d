#include "collector/inside_read.h"

#include <stdio.h>
#include <string.h>

#include "base/json_read.h"
#include "collector/facts.h"
#include "collector/team.h"

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
read_uplink(struct inside_reading *r, const struct json_value *v,
    struct inside_uplink *out)
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
	out->is_link = index_find(&r->names->links, out->name) != INDEX_NONE;
	out->members =
	    arena_array(a, json_count(members), sizeof(*out->members));
	if (!out->members)
		return;
	for (v = json_first(members); v; v = json_next(v)) {
		struct inside_member *m = &out->members[out->member_count++];

		m->name = facts_text(a, v, "nic");
		m->nic = index_find(&r->names->nics, m->name);
		m->state = state_of(v);
	}
}

static void
read_vswitch(struct inside_reading *r, const struct model_claim *c)
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
	index_add(&r->names->vswitches, s->name, at);
}

/* How a port group is found: by its switch and its name. */
static const char *
group_key(struct inside_reading *r, const char *vswitch, const char *name)
{
	size_t size = strlen(vswitch) + strlen(name) + 2;
	char *key = arena_take(r->arena, size);

	if (key)
		(void)snprintf(key, size, "%s\n%s", vswitch, name);
	return key;
}

static void
read_group(struct inside_reading *r, const struct model_claim *c)
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
	g->vswitch = index_find(&r->names->vswitches, g->vswitch_name);
	if (g->vswitch != INSIDE_NONE)
		r->inside->vswitches[g->vswitch].group_count++;
	key = group_key(r, g->vswitch_name, g->name);
	if (key)
		index_add(&r->names->groups, key, at);
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
connect_vnic(struct inside_reading *r, struct inside_vnic *n)
{
	const char *key;

	if (n->vswitch_name[0] == '\0')
		return;
	n->vswitch = index_find(&r->names->vswitches, n->vswitch_name);
	if (n->group_name[0] == '\0')
		return;
	key = group_key(r, n->vswitch_name, n->group_name);
	n->group = key ? index_find(&r->names->groups, key) : INSIDE_NONE;
}

static void
read_vnic(struct inside_reading *r, const struct json_value *v,
    uint32_t workload, struct inside_vnic *n)
{
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
	n->nic = index_find(&r->names->nics, n->nic_name);
	connect_vnic(r, n);
}

void
inside_read_workload(struct inside_reading *r, uint32_t at)
{
	struct inside_workload *w = &r->inside->workloads[at];
	struct json_value *facts CLEANUP(json_cleanup) =
	    json_parse_own(w->facts);
	const struct json_value *v = facts, *vnics = json_get(v, "vnics");

	w->id = facts_text(r->arena, v, "id");
	w->kind = facts_text(r->arena, v, "kind");
	w->name = facts_text(r->arena, v, "name");
	w->uuid = facts_text(r->arena, v, "uuid");
	w->state = facts_text(r->arena, v, "state");
	w->source = facts_text(r->arena, v, "source");
	w->vnics = arena_array(r->arena, json_count(vnics), sizeof(*w->vnics));
	if (w->name[0] == '\0')
		w->name = w->id;
	w->vnic_count = 0;
	for (v = json_first(vnics); v && !r->arena->failed; v = json_next(v))
		read_vnic(r, v, at, &w->vnics[w->vnic_count++]);
	w->read = !r->arena->failed;
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
connect_switches(struct inside_reading *r)
{
	struct inside *in = r->inside;

	for (uint32_t i = 0; i < in->vswitch_count; i++) {
		struct inside_vswitch *s = &in->vswitches[i];

		for (size_t k = 0; k < s->patch_count; k++)
			s->patches[k].peer = index_find(
			    &r->names->vswitches, s->patches[k].peer_name);
		for (uint32_t k = 0; k < s->uplink_count; k++) {
			size_t members = s->uplinks[k].member_count;

			for (uint32_t m = 0; m < members; m++)
				note_use(in, i, k, m);
		}
	}
}

static bool
take_room(struct inside_reading *r)
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
	in->workloads =
	    arena_array(r->arena, workloads, sizeof(*in->workloads));
	in->uses = arena_array(r->arena, h->nic_count, sizeof(*in->uses));
	return !r->arena->failed;
}

static void
list_workloads(struct inside_reading *r)
{
	const struct model_host *h = r->host;

	for (size_t i = 0; i < h->claim_count; i++) {
		struct inside *in = r->inside;

		if (h->claims[i].kind == CLAIM_WORKLOAD)
			in->workloads[in->workload_count++] =
			    (struct inside_workload){
				    .facts = h->claims[i].facts,
				    .id = "",
				    .kind = "",
				    .name = "",
				    .uuid = "",
				    .state = "",
				    .source = "",
			    };
	}
}

void
inside_read_frame(struct inside_reading *r)
{
	const struct model_host *h = r->host;

	if (!take_room(r))
		return;
	for (size_t i = 0; i < h->nic_count; i++)
		index_add(&r->names->nics, h->nics[i].name, (uint32_t)i);
	for (size_t i = 0; i < h->link_count; i++)
		index_add(&r->names->links, h->links[i].name, (uint32_t)i);
	for (size_t i = 0; i < h->claim_count; i++) {
		if (h->claims[i].kind == CLAIM_VSWITCH)
			read_vswitch(r, &h->claims[i]);
	}
	for (size_t i = 0; i < h->claim_count; i++) {
		if (h->claims[i].kind == CLAIM_PORT_GROUP)
			read_group(r, &h->claims[i]);
	}
	list_workloads(r);
	connect_switches(r);
	if (r->names->nics.failed || r->names->links.failed ||
	    r->names->vswitches.failed || r->names->groups.failed)
		r->arena->failed = true;
}

void
inside_names_done(struct inside_names *names)
{
	index_done(&names->nics);
	index_done(&names->links);
	index_done(&names->vswitches);
	index_done(&names->groups);
}
