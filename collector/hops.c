#include "collector/hops.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/json_read.h"
#include "collector/pieces.h"

enum { PORTS_NAMED_MOST = 16, PORT_SIZE = 512 };

static void
add_said(struct json *j, const char *name, const char *text)
{
	if (text[0] != '\0')
		json_add_string(j, name, text);
}

static void
add_unknown(struct json *j, const char *why)
{
	json_object_begin(j);
	json_add_string(j, "unknown", why);
	json_object_end(j);
}

static void
add_workload(struct json *j, const struct inside_workload *w)
{
	json_name(j, "workload");
	if (!w) {
		json_null(j);
		return;
	}
	json_object_begin(j);
	json_add_string(j, "id", w->id);
	json_add_string(j, "kind", w->kind);
	json_add_string(j, "name", w->name);
	add_said(j, "uuid", w->uuid);
	add_said(j, "state", w->state);
	add_said(j, "source", w->source);
	json_object_end(j);
}

static void
add_vnic(struct json *j, const struct walk_leg *leg, const char *why)
{
	const struct inside_vnic *n = leg->vnic;

	json_name(j, "vnic");
	if (!n && leg->gap == GAP_NO_VNIC) {
		add_unknown(j, why);
		return;
	}
	if (!n) {
		json_null(j);
		return;
	}
	json_object_begin(j);
	json_add_string(j, "name", n->name);
	add_said(j, "mac", n->mac);
	add_said(j, "type", n->type);
	add_said(j, "mode", n->mode);
	add_said(j, "network", n->network);
	add_said(j, "nic", n->nic_name);
	if (n->vf >= 0)
		json_add_number(j, "vf", n->vf);
	if (n->connected != SAID_NOTHING)
		json_add_boolean(j, "connected", n->connected == SAID_YES);
	json_object_end(j);
}

/* What the host says of it and the walk does not need: "team", "pvlan". */
static void
add_reported(struct json *j, const char *name, const char *facts)
{
	struct json_value *v CLEANUP(json_cleanup) = json_parse_own(facts);
	char *text = json_write_copy(json_get(v, name));

	if (text) {
		json_name(j, name);
		json_raw(j, text, strlen(text));
	}
	free(text);
}

static void
add_group_facts(struct json *j, const struct inside_group *g)
{
	if (g->vlan >= 0)
		json_add_number(j, "vlan", g->vlan);
	add_said(j, "trunks", g->trunks);
	if (g->unknown_vlan)
		json_add_boolean(j, "unknown_vlan", true);
	add_said(j, "id", g->id);
	if (g->choice_count > 0)
		add_reported(j, "team", g->facts);
	if (g->pvlan_primary >= 0)
		add_reported(j, "pvlan", g->facts);
}

static void
add_group(struct json *j, const struct walk_leg *leg)
{
	const struct inside_group *g = leg->group;

	json_name(j, "port_group");
	if (!g && !leg->vnic) {
		json_null(j);
		return;
	}
	json_object_begin(j);
	if (!g && leg->vnic->group_name[0] == '\0') {
		json_add_string(
		    j, "unknown", "the host does not tell its port group");
	} else {
		json_add_string(j, "name", g ? g->name : leg->vnic->group_name);
		if (g)
			add_group_facts(j, g);
	}
	json_object_end(j);
}

/* The gap stands where the way is not known to lead on. */
static void
add_switches(struct json *j, const struct walk_leg *leg, const char *why)
{
	bool lost = leg->gap == GAP_VSWITCH_UNTOLD ||
		    leg->gap == GAP_VSWITCH_UNKNOWN ||
		    leg->gap == GAP_SEVERAL || leg->gap == GAP_PATCH_UNKNOWN ||
		    leg->gap == GAP_TOO_DEEP;

	json_name(j, "vswitch");
	json_array_begin(j);
	for (size_t i = 0; i < leg->switch_count; i++) {
		json_object_begin(j);
		json_add_string(j, "name", leg->switches[i]->name);
		json_add_string(j, "kind", leg->switches[i]->kind);
		add_said(j, "uuid", leg->switches[i]->uuid);
		json_object_end(j);
	}
	if (lost)
		add_unknown(j, why);
	json_array_end(j);
}

static void
add_uplink(struct json *j, const struct walk_leg *leg, const char *why)
{
	const struct inside_uplink *u = leg->uplink;
	char block[WALK_TEXT_SIZE];

	json_name(j, "uplink");
	if (!u && leg->gap == GAP_NO_UPLINK) {
		add_unknown(j, why);
		return;
	}
	if (!u) {
		json_null(j);
		return;
	}
	json_object_begin(j);
	json_add_string(j, "name", u->name);
	json_add_string(j, "kind", u->kind);
	if (u->vlan >= 0)
		json_add_number(j, "vlan", u->vlan);
	add_said(j, "mode", u->mode);
	add_said(j, "lacp", u->lacp);
	add_said(j, "partner_mac", u->partner_mac);
	add_said(j, "carries", u->carries);
	if (u->untagged >= 0)
		json_add_number(j, "untagged", u->untagged);
	json_add_string(j, "member_state",
	    inside_member_word(
		leg->member ? leg->member_state : MEMBER_UNKNOWN));
	if (leg->by_group)
		json_add_boolean(j, "by_port_group", true);
	add_said(j, "holds_back", walk_block_text(leg, block));
	json_object_end(j);
}

void
hops_write(struct json *j, const struct walk_leg *leg)
{
	char why[WALK_TEXT_SIZE];

	(void)walk_gap_text(leg, why);
	add_workload(j, leg->workload);
	add_vnic(j, leg, why);
	add_group(j, leg);
	add_switches(j, leg, why);
	add_uplink(j, leg, why);
}

const struct seen_nic *
hops_nic(const struct view *v, const struct walk_leg *leg)
{
	if (leg->nic == INSIDE_NONE)
		return NULL;
	return verdict_nic(
	    v->topology, topology_first_nic(v->topology, leg->host) + leg->nic);
}

/* "Eth1/1 on leaf1a"; "" when the NIC does not hang there in this state. */
static void
write_port(const struct view *v, const struct walk_leg *leg,
    enum claim_state state, char out[static PORT_SIZE])
{
	const struct topology *t = v->topology;
	const struct seen_nic *nic = hops_nic(v, leg);
	const struct seen_claim *c;

	out[0] = '\0';
	if (!nic || nic->claim == TOPOLOGY_NONE || !nic->sure ||
	    nic->state != state)
		return;
	c = &t->claims[nic->claim];
	(void)snprintf(out, PORT_SIZE, "%s on %s", t->ports[c->port].brief,
	    t->devices[c->device].brief);
}

bool
hops_port(struct json *j, const struct view *v, const struct walk_leg *leg)
{
	char now[PORT_SIZE], stale[PORT_SIZE];

	write_port(v, leg, STATE_CURRENT, now);
	write_port(v, leg, STATE_STALE, stale);
	if (now[0] != '\0')
		json_add_string(j, "switch_port", now);
	else if (stale[0] != '\0')
		json_add_string(j, "stale_port", stale);
	return now[0] != '\0' || stale[0] != '\0';
}

static void
add_ports(struct json *j, const struct view *v, const struct walk *w,
    enum claim_state state)
{
	uint32_t seen[PORTS_NAMED_MOST];
	size_t count = 0;
	char text[PORT_SIZE];

	for (size_t i = 0; i < w->count && count < PORTS_NAMED_MOST; i++) {
		bool known = false;

		for (size_t k = 0; k < count; k++)
			known |= seen[k] == w->legs[i].nic;
		write_port(v, &w->legs[i], state, text);
		if (known || text[0] == '\0')
			continue;
		seen[count++] = w->legs[i].nic;
		json_string(j, text);
	}
}

static bool
has_stale(const struct view *v, const struct walk *w)
{
	char text[PORT_SIZE] = "";

	for (size_t i = 0; i < w->count && text[0] == '\0'; i++)
		write_port(v, &w->legs[i], STATE_STALE, text);
	return text[0] != '\0';
}

void
hops_ports(struct json *j, const struct view *v, const struct walk *w)
{
	json_name(j, "switches");
	json_array_begin(j);
	add_ports(j, v, w, STATE_CURRENT);
	json_array_end(j);
	if (!has_stale(v, w))
		return;
	json_name(j, "stale_ports");
	json_array_begin(j);
	add_ports(j, v, w, STATE_STALE);
	json_array_end(j);
}
