#include "collector/needs.h"

#include <string.h>

#include "collector/incoming_rules.h"
#include "collector/team.h"

/* A host has some dozens of port groups; a report may hold so many, and patch
 * ports in a mesh, that one answer would hold up all others. */
enum { STEPS_MOST = 1024 * 1024 };

/* The NIC that is asked for, and how it serves one switch. */
struct serving {
	const struct inside *in;
	const struct inside_vswitch *s;
	const struct inside_uplink *uplink;
	const struct inside_member *member;
	struct needs *out;
	size_t steps;
};

static bool
may_go_on(struct serving *x, size_t steps)
{
	x->steps += steps;
	if (x->steps > STEPS_MOST)
		x->out->cut = true;
	return !x->out->cut;
}

/* The switches that may leave by one switch: it and those patched to it. */
struct circle {
	uint32_t members[REPORT_VSWITCHES_MOST];
	bool known[REPORT_VSWITCHES_MOST];
	size_t count;
};

static void
add_to(struct circle *c, uint32_t vswitch)
{
	if (vswitch == INSIDE_NONE || c->known[vswitch] ||
	    c->count == REPORT_VSWITCHES_MOST)
		return;
	c->known[vswitch] = true;
	c->members[c->count++] = vswitch;
}

/* Patch ports stand in pairs: who is reached also reaches. */
static void
make_circle(struct serving *x, uint32_t vswitch, struct circle *c)
{
	add_to(c, vswitch);
	for (size_t i = 0; i < c->count; i++) {
		const struct inside_vswitch *s =
		    &x->in->vswitches[c->members[i]];

		if (!may_go_on(x, s->patch_count + 1))
			return;

		for (size_t k = 0; k < s->patch_count; k++)
			add_to(c, s->patches[k].peer);
	}
}

static void
need_vlan(const struct inside_uplink *u, int vlan, struct needs *out)
{
	if (vlan == 0 || vlan == u->untagged)
		out->untagged = true;
	else if (u->carries[0] == '\0' || vlans_have(u->carries, vlan))
		out->vlans[vlan] = true;
}

static void
need_pvlan(const struct inside_uplink *u, int64_t vlan, struct needs *out)
{
	if (vlan > 0 && vlan < VLAN_IDS)
		need_vlan(u, (int)vlan, out);
}

static void
need_group(struct serving *x, const struct inside_group *g)
{
	const struct inside_uplink *u = x->uplink;
	bool trunks[VLAN_IDS] = { false };
	struct needs *out = x->out;

	if (g->vlan >= 0 && g->vlan < VLAN_IDS)
		need_vlan(u, (int)g->vlan, out);
	need_pvlan(u, g->pvlan_primary, out);
	need_pvlan(u, g->pvlan_secondary, out);
	if (needs_is_untagged(g))
		out->untagged = true;
	out->unknown |= g->unknown_vlan;
	if (strcmp(g->name, "trunk all") == 0 || vlans_are_all(g->trunks)) {
		out->trunk = true;
		return;
	}
	if (g->trunks[0] == '\0' || !vlans_read(g->trunks, trunks))
		return;
	for (int id = vlans_next(trunks, 1); id < VLAN_IDS;
	     id = vlans_next(trunks, id + 1))
		need_vlan(u, id, out);
}

/* Of a port group that may not use this member the NIC needs nothing. */
static bool
may_leave(const struct serving *x, const struct inside_group *g)
{
	enum member_state state;

	(void)team_state(g, x->s, x->uplink, x->member, &state);
	return state != MEMBER_UNUSED;
}

static void
need_uplink(struct serving *x, uint32_t vswitch)
{
	struct circle c = { .count = 0 };
	const struct inside_uplink *u = x->uplink;

	x->out->told = true;
	/* A VLAN device below the switch puts its tag on everything. */
	if (u->vlan > 0 && u->vlan < VLAN_IDS) {
		x->out->vlans[u->vlan] = true;
		return;
	}
	make_circle(x, vswitch, &c);
	for (size_t i = 0; i < x->in->group_count; i++) {
		const struct inside_group *g = &x->in->groups[i];

		if (!may_go_on(x, 1))
			return;
		if (g->vswitch == INSIDE_NONE || !c.known[g->vswitch])
			continue;
		if (!may_go_on(x, g->choice_count + strlen(g->trunks)))
			return;
		if (may_leave(x, g))
			need_group(x, g);
	}
}

static const struct inside_member *
member_of(const struct inside_uplink *u, uint32_t nic)
{
	for (size_t i = 0; i < u->member_count; i++) {
		if (u->members[i].nic == nic)
			return &u->members[i];
	}
	return NULL;
}

bool
needs_is_untagged(const struct inside_group *g)
{
	return !g->unknown_vlan && g->vlan < 0 && g->trunks[0] == '\0' &&
	       g->pvlan_primary < 0 && strcmp(g->name, "trunk all") != 0;
}

const char *
needs_more(const struct needs *needs)
{
	if (needs->trunk)
		return "lets all VLANs through";
	return needs->unknown ? "the VLAN of a port group is unknown" : "";
}

void
needs_of_nic(const struct model_host *h, uint32_t nic, struct needs *out)
{
	const struct inside *in = model_frame(h);
	struct serving x = { .in = in, .out = out };

	*out = (struct needs){ .told = false };
	if (!in->uses || in->uses[nic].count == 0)
		return;
	for (uint32_t i = 0; i < in->vswitch_count && !out->cut; i++) {
		x.s = &in->vswitches[i];
		for (size_t k = 0; k < x.s->uplink_count; k++) {
			x.uplink = &x.s->uplinks[k];
			x.member = member_of(x.uplink, nic);
			if (!may_go_on(&x, x.uplink->member_count))
				return;
			if (x.member)
				need_uplink(&x, i);
		}
	}
}
