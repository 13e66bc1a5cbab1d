#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/json_read.h"
#include "collector/knowing_making.h"
#include "collector/needs.h"
#include "collector/ports.h"

/* ---- virtual switches ---------------------------------------------------- */

static enum known_member_state
leg_of(enum member_state state)
{
	static const enum known_member_state legs[] = {
		[MEMBER_UNKNOWN] = LEG_UNKNOWN,
		[MEMBER_ACTIVE] = LEG_ACTIVE,
		[MEMBER_STANDBY] = LEG_STANDBY,
		[MEMBER_DOWN] = LEG_DOWN,
		[MEMBER_UNUSED] = LEG_UNUSED,
	};

	return legs[state];
}

static void
fill_uplink(
    struct arena *a, const struct inside_uplink *u, struct known_uplink *out)
{
	*out = (struct known_uplink){
		.name = u->name,
		.kind = u->kind,
		.mode = u->mode,
		.lacp = u->lacp,
		.partner_mac = u->partner_mac,
		.carries = u->carries,
		.vlan = u->vlan,
		.untagged = u->untagged,
		.members =
		    arena_array(a, u->member_count, sizeof(*out->members)),
	};
	for (size_t i = 0; out->members && i < u->member_count; i++)
		out->members[out->member_count++] = (struct known_member){
			.name = u->members[i].name,
			.nic = u->members[i].nic,
			.state = leg_of(u->members[i].state),
		};
}

/* When the host began to say this of it. */
static int64_t
since_of(const struct model_host *h, const char *facts)
{
	for (size_t i = 0; i < h->claim_count; i++) {
		if (h->claims[i].facts == facts)
			return h->claims[i].since;
	}
	return -1;
}

static void
fill_vswitch(struct knowing *m, const struct inside_vswitch *s,
    struct known_vswitch *out)
{
	struct json_value *facts CLEANUP(json_cleanup) =
	    json_parse_own(s->facts);
	struct arena *a = &m->k->arena;

	*out = (struct known_vswitch){
		.source = m->k->source,
		.name = s->name,
		.kind = s->kind,
		.uuid = s->uuid,
		.mtu = json_get_number(facts, "mtu", -1),
		.uplinks =
		    arena_array(a, s->uplink_count, sizeof(*out->uplinks)),
		.patch_count = s->patch_count,
		.vnic_count = s->vnic_count,
		.group_count = s->group_count,
	};
	out->source.since = since_of(m->host, s->facts);
	for (size_t i = 0; out->uplinks && i < s->uplink_count; i++)
		fill_uplink(
		    a, &s->uplinks[i], &out->uplinks[out->uplink_count++]);
}

/* ---- port groups --------------------------------------------------------- */

static void
need(struct known_vlans *out, int64_t vlan)
{
	/* 0 and 4095 are VMware's words for none and all. */
	if (vlan >= 1 && vlan < VLAN_IDS - 1)
		known_vlans_add(out, vlan);
}

static bool
takes_all(const struct inside_group *g)
{
	return strcmp(g->name, "trunk all") == 0 || vlans_are_all(g->trunks) ||
	       g->vlan == VLAN_IDS - 1;
}

void
knowing_needs(
    const struct inside_group *g, struct known_vlans *out, bool *out_all)
{
	bool trunks[VLAN_IDS];

	*out_all |= takes_all(g) || g->unknown_vlan;
	need(out, g->vlan);
	need(out, g->pvlan_primary);
	need(out, g->pvlan_secondary);
	if (g->trunks[0] == '\0' || takes_all(g))
		return;
	memset(trunks, 0, sizeof(trunks));
	if (!vlans_read(g->trunks, trunks))
		return;
	for (int id = 1; id < VLAN_IDS; id++) {
		if (trunks[id])
			need(out, id);
	}
}

const char *
knowing_vlans_text(struct knowing *m, const struct inside_group *g)
{
	if (g->unknown_vlan)
		return "";
	if (g->pvlan_primary > 0)
		return knowing_text(m, "private VLAN %lld of %lld",
		    (long long)g->pvlan_secondary, (long long)g->pvlan_primary);
	if (strcmp(g->name, "trunk all") == 0 || vlans_are_all(g->trunks))
		return "trunk of all VLANs";
	if (g->trunks[0])
		return knowing_text(m, "trunk %s", g->trunks);
	if (g->vlan > 0)
		return knowing_text(m, "VLAN %lld", (long long)g->vlan);
	return "untagged";
}

static void
fill_group(
    struct knowing *m, const struct inside_group *g, struct known_group *out)
{
	bool all = false;

	*out = (struct known_group){
		.source = m->k->source,
		.name = g->name,
		.id = g->id,
		.vswitch = g->vswitch,
		.vlans = knowing_vlans_text(m, g),
		.vlan = g->vlan,
		.trunks = g->trunks,
		.pvlan_primary = g->pvlan_primary,
		.pvlan_secondary = g->pvlan_secondary,
		.unknown = g->unknown_vlan,
		.vnic_count = g->vnic_count,
	};
	out->all = takes_all(g);
	out->untagged = needs_is_untagged(g) || g->vlan == 0;
	knowing_needs(g, &out->needs, &all);
	for (int id = 1; id < VLAN_IDS; id++)
		out->need_count += known_vlans_have(&out->needs, id);
}

/* ---- ways out ------------------------------------------------------------ */

static uint32_t
place_of(const void *item, const void *items, size_t size)
{
	return (uint32_t)((size_t)((const char *)item - (const char *)items) /
			  size);
}

static void
add_way(struct knowing *m, size_t capacity, const struct walk_leg *leg,
    const struct known_way *from)
{
	const struct inside *in = model_inside(m->host);
	struct known_way way = *from;
	char gap[WALK_TEXT_SIZE];

	way.vswitch = way.uplink = way.nic = KNOWN_NONE;
	way.gap = "";
	if (leg->switch_count > 0) {
		const struct inside_vswitch *last =
		    leg->switches[leg->switch_count - 1];

		way.vswitch = place_of(last, in->vswitches, sizeof(*last));
		if (leg->uplink)
			way.uplink = place_of(
			    leg->uplink, last->uplinks, sizeof(*leg->uplink));
	}
	if (leg->gap == GAP_NONE) {
		way.nic = leg->nic;
		way.state = leg_of(leg->member_state);
		way.by_group = leg->by_group;
	} else {
		way.gap = knowing_text(m, "%s", walk_gap_text(leg, gap));
	}
	if (m->k->way_count < capacity)
		m->k->ways[m->k->way_count++] = way;
	else
		m->k->ways_cut = true;
}

static void
fill_ways(struct knowing *m)
{
	const struct inside *in = model_inside(m->host);
	struct known *k = m->k;
	struct walk w = { .count = 0 };
	size_t capacity =
	    (in->group_count + k->link_count) * (k->nic_count + 1);

	if (capacity > KNOWN_WAYS_MOST)
		capacity = KNOWN_WAYS_MOST;
	k->ways = arena_array(&k->arena, capacity, sizeof(*k->ways));
	for (uint32_t i = 0; k->ways && i < in->group_count; i++) {
		struct known_way from = { .group = i, .link = KNOWN_NONE };

		walk_again(&w);
		walk_from_group(&w, m->host, i);
		for (size_t l = 0; l < w.count; l++)
			add_way(m, capacity, &w.legs[l], &from);
	}
	/* A VLAN device below a virtual switch is the switch's uplink. */
	for (uint32_t i = 0; k->ways && i < k->link_count; i++) {
		struct known_way from = { .group = KNOWN_NONE, .link = i };

		if (k->links[i].vlan < 1 || k->links[i].master[0])
			continue;
		walk_again(&w);
		walk_below_link(&w, m->host, &m->host->links[i]);
		for (size_t l = 0; l < w.count; l++)
			add_way(m, capacity, &w.legs[l], &from);
	}
	k->ways_cut |= w.cut;
	k->arena.failed |= w.failed;
	walk_done(&w);
}

/* ---- workloads ----------------------------------------------------------- */

static int
by_name(const void *a, const void *b)
{
	const struct known_machine *x = a, *y = b;
	int order = port_compare(x->name, y->name);

	return order != 0 ? order
			  : (x->first_vnic > y->first_vnic) -
				(x->first_vnic < y->first_vnic);
}

static void
fill_vnic(const struct inside_vnic *n, struct known_vnic *out)
{
	*out = (struct known_vnic){
		.name = n->name,
		.mac = n->mac,
		.type = n->type,
		.vswitch_name = n->vswitch_name,
		.group_name = n->group_name,
		.network = n->network,
		.connected = outline_told(n->connected),
		.vswitch = n->vswitch,
		.group = n->group,
		.nic = n->nic,
		.vf = n->vf,
	};
}

static void
fill_machines(struct knowing *m)
{
	const struct inside *in = model_inside(m->host);
	struct known *k = m->k;

	k->vnics = arena_array(&k->arena, in->vnic_count, sizeof(*k->vnics));
	k->machines =
	    arena_array(&k->arena, in->workload_count, sizeof(*k->machines));
	for (uint32_t i = 0; k->vnics && k->machines && i < in->workload_count;
	     i++) {
		const struct inside_workload *w = &in->workloads[i];

		k->machines[k->machine_count++] = (struct known_machine){
			.source = k->source,
			.id = w->id,
			.name = w->name,
			.kind = w->kind,
			.state = w->state,
			.first_vnic = (uint32_t)k->vnic_count,
			.vnic_count = w->vnic_count,
		};
		for (uint32_t v = 0; v < w->vnic_count; v++)
			fill_vnic(&w->vnics[v], &k->vnics[k->vnic_count++]);
	}
	if (k->machine_count > 1)
		qsort(k->machines, k->machine_count, sizeof(*k->machines),
		    by_name);
	/* The machines have been put in order. */
	for (uint32_t i = 0; i < k->machine_count; i++) {
		for (uint32_t v = 0; v < k->machines[i].vnic_count; v++)
			k->vnics[k->machines[i].first_vnic + v].machine = i;
	}
}

void
knowing_inside(struct knowing *m)
{
	const struct inside *in = model_inside(m->host);
	struct known *k = m->k;
	struct arena *a = &k->arena;

	k->vswitches = arena_array(a, in->vswitch_count, sizeof(*k->vswitches));
	for (size_t i = 0; k->vswitches && i < in->vswitch_count; i++)
		fill_vswitch(
		    m, &in->vswitches[i], &k->vswitches[k->vswitch_count++]);
	k->groups = arena_array(a, in->group_count, sizeof(*k->groups));
	for (size_t i = 0; k->groups && i < in->group_count; i++)
		fill_group(m, &in->groups[i], &k->groups[k->group_count++]);
	fill_machines(m);
	fill_ways(m);
}
