#include "collector/needs.h"

#include <string.h>

#include "collector/incoming_rules.h"

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
make_circle(const struct inside *in, uint32_t vswitch, struct circle *c)
{
	add_to(c, vswitch);
	for (size_t i = 0; i < c->count; i++) {
		const struct inside_vswitch *s = &in->vswitches[c->members[i]];

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
need_group(const struct inside_uplink *u, const struct inside_group *g,
    struct needs *out)
{
	bool trunks[VLAN_IDS] = { false };

	if (g->vlan >= 0 && g->vlan < VLAN_IDS)
		need_vlan(u, (int)g->vlan, out);
	if (g->vlan < 0 && g->trunks[0] == '\0' &&
	    strcmp(g->name, "trunk all") != 0)
		out->untagged = true;
	if (strcmp(g->name, "trunk all") == 0 || vlans_are_all(g->trunks)) {
		out->trunk = true;
		return;
	}
	if (g->trunks[0] == '\0' || !vlans_read(g->trunks, trunks))
		return;
	for (int id = 1; id < VLAN_IDS; id++) {
		if (trunks[id])
			need_vlan(u, id, out);
	}
}

static void
need_uplink(const struct inside *in, uint32_t vswitch,
    const struct inside_uplink *u, struct needs *out)
{
	struct circle c = { .count = 0 };

	out->told = true;
	/* A VLAN device below the switch puts its tag on everything. */
	if (u->vlan > 0 && u->vlan < VLAN_IDS) {
		out->vlans[u->vlan] = true;
		return;
	}
	make_circle(in, vswitch, &c);
	for (size_t i = 0; i < in->group_count; i++) {
		uint32_t at = in->groups[i].vswitch;

		if (at != INSIDE_NONE && c.known[at])
			need_group(u, &in->groups[i], out);
	}
}

static bool
has_member(const struct inside_uplink *u, uint32_t nic)
{
	for (size_t i = 0; i < u->member_count; i++) {
		if (u->members[i].nic == nic)
			return true;
	}
	return false;
}

void
needs_of_nic(const struct model_host *h, uint32_t nic, struct needs *out)
{
	const struct inside *in = &h->inside;

	*out = (struct needs){ .told = false };
	if (!in->uses || in->uses[nic].count == 0)
		return;
	for (uint32_t i = 0; i < in->vswitch_count; i++) {
		const struct inside_vswitch *s = &in->vswitches[i];

		for (size_t k = 0; k < s->uplink_count; k++) {
			if (has_member(&s->uplinks[k], nic))
				need_uplink(in, i, &s->uplinks[k], out);
		}
	}
}
