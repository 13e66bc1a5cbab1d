#include <stdio.h>
#include <string.h>

#include "base/json_read.h"
#include "collector/carried.h"
#include "collector/depict_making.h"
#include "collector/needs.h"

/* A claim that is there from the beginning on; NULL without memory. */
static struct scene_claim *
add_claim(struct making *m, struct scene_nic *nic, enum claim_side side,
    enum claim_about about)
{
	struct scene_claim *c = &m->s->claims[m->s->claim_count++];

	nic->claim_count++;
	*c = (struct scene_claim){
		.side = side,
		.about = about,
		.vlans = "",
		.vlan = -1,
		.text = "",
		.source = "",
		.last_heard = -1,
	};
	return c;
}

/* ---- what the network says --------------------------------------------- */

static void
add_carried(struct making *m, struct scene_nic *out, const struct seen_nic *nic)
{
	struct scene_claim *claim;
	struct carried c;

	carried_read(&c, m->v, nic);
	if (!c.any_now && !c.any_was)
		return;
	claim = add_claim(m, out, CLAIM_NETWORK, ABOUT_CARRIES);
	claim->vlans = vlans_ranges(&m->s->arena, c.any_now ? c.now : c.was);
	claim->stale = !c.any_now;
	claim->last_heard = c.last_heard;
	claim->source = c.named && c.heard ? "named, frames heard"
			: c.named          ? "named by the switch"
					   : "frames heard";
}

/* What neighbors whose word is in 'state' say of untagged frames; CDP's before
 * LLDP's. */
static const struct seen_claim *
native_in(const struct view *v, const struct seen_nic *nic,
    enum claim_state state, int64_t *out_vlan)
{
	const struct seen_claim *claims =
	    &v->topology->claims[nic->first_claim];
	const struct seen_claim *by_pvid = NULL;

	for (uint32_t i = 0; nic->sure && i < nic->claim_count; i++) {
		const struct model_neighbor *n = claims[i].said;

		if (claims[i].note != NOTE_NEIGHBOR || claims[i].state != state)
			continue;
		if (n->native_vlan >= 0) {
			*out_vlan = n->native_vlan;
			return &claims[i];
		}
		if (n->pvid >= 0 && !by_pvid) {
			*out_vlan = n->pvid;
			by_pvid = &claims[i];
		}
	}
	return by_pvid;
}

static struct scene_claim *
add_native(struct making *m, struct scene_nic *out, const struct seen_nic *nic)
{
	int64_t vlan = -1;
	const struct seen_claim *said =
	    native_in(m->v, nic, STATE_CURRENT, &vlan);
	struct scene_claim *claim;

	if (!said)
		said = native_in(m->v, nic, STATE_STALE, &vlan);
	if (!said)
		return NULL;
	claim = add_claim(m, out, CLAIM_NETWORK, ABOUT_NATIVE);
	claim->vlan = vlan;
	claim->source = depict_protocol(m, said->said);
	claim->last_heard = said->said->heard.last_heard;
	claim->stale =
	    out->state == CABLE_STALE || said->state != STATE_CURRENT;
	return claim;
}

/* ---- what the host needs ----------------------------------------------- */

/* VLAN devices on the NIC, or on a bond of it, need their VLAN. */
static void
add_devices(const struct seen_nic *nic, bool needed[static VLAN_IDS])
{
	const struct model_host *h = nic->host;

	for (size_t i = 0; i < h->link_count; i++) {
		const struct model_link *l = &h->links[i];

		if (l->vlan < 1 || l->vlan >= VLAN_IDS || l->lower[0] == '\0')
			continue;
		if (strcmp(l->lower, nic->nic->name) == 0 ||
		    strcmp(l->lower, nic->nic->master) == 0)
			needed[l->vlan] = true;
	}
}

/* The port groups that send untagged by this NIC: one by name, or how many
 * more; a derived one is called as its switch. */
static const char *
untagged_name(struct making *m, const struct seen_nic *nic)
{
	const struct inside *in = model_inside(nic->host);
	size_t at = (size_t)(nic->nic - nic->host->nics), count = 0;
	const char *name = "";

	for (size_t i = 0; i < in->group_count && in->uses; i++) {
		const struct inside_group *g = &in->groups[i];

		if (g->vswitch == INSIDE_NONE ||
		    g->vswitch != in->uses[at].vswitch || !needs_is_untagged(g))
			continue;
		if (count++ == 0)
			name = depict_says_vlan(g) ? g->vswitch_name : g->name;
	}
	if (count > 1)
		return depict_text(m, "%.80s and %zu more", name, count - 1);
	/* A VLAN that its uplink takes the tag off. */
	if (count == 0 && in->uses && in->uses[at].count > 0)
		name = in->vswitches[in->uses[at].vswitch].name;
	return depict_text(m, "%.80s", name);
}

/* The one port group that needs the one VLAN; "". */
static const char *
needing_name(struct making *m, const struct seen_nic *nic, const char *vlans)
{
	const struct inside *in = model_inside(nic->host);
	const struct inside_group *found = NULL;
	size_t at = (size_t)(nic->nic - nic->host->nics);

	for (size_t i = 0; i < in->group_count && in->uses; i++) {
		const struct inside_group *g = &in->groups[i];
		char vlan[24];

		(void)snprintf(vlan, sizeof(vlan), "%lld", (long long)g->vlan);
		if (in->uses[at].count == 0 ||
		    g->vswitch != in->uses[at].vswitch ||
		    strcmp(vlan, vlans) != 0 || depict_says_vlan(g))
			continue;
		if (found)
			return "";
		found = g;
	}
	return found ? depict_text(m, "%.80s", found->name) : "";
}

static void
add_needs(struct making *m, struct scene_nic *out, const struct seen_nic *nic,
    struct scene_claim *native)
{
	bool current = verdict_host_is_current(nic->host, m->v->now);
	size_t first = m->s->claim_count;
	struct scene_claim *claim;
	const char *vlans;
	struct needs needs;

	needs_of_nic(nic->host, (uint32_t)(nic->nic - nic->host->nics), &needs);
	add_devices(nic, needs.vlans);
	vlans = vlans_ranges(&m->s->arena, needs.vlans);
	if (needs.untagged) {
		claim = add_claim(m, out, CLAIM_SYSTEMS, ABOUT_UNTAGGED);
		claim->text = untagged_name(m, nic);
		/* They stand face to face at the line. */
		claim->matters = native != NULL;
		if (native)
			native->matters = true;
	}
	if (vlans[0] != '\0') {
		claim = add_claim(m, out, CLAIM_SYSTEMS, ABOUT_NEEDS);
		claim->vlans = vlans;
		claim->text = needing_name(m, nic, vlans);
	}
	if (needs_more(&needs)[0] != '\0') {
		claim = add_claim(m, out, CLAIM_SYSTEMS, ABOUT_OTHER);
		claim->text = needs_more(&needs);
	}
	for (size_t i = first; i < m->s->claim_count; i++) {
		claim = &m->s->claims[i];
		claim->stale = !current;
		claim->last_heard = current ? -1 : depict_seen_at(nic->host);
		claim->source = depict_text(m, "%.80s", nic->host->name);
	}
}

/* "aggregate 12": a switch says by LLDP of which of its aggregates the port is,
 * by the number that this one has there; "". */
static const char *
aggregate_of(struct making *m, const struct seen_nic *nic)
{
	const struct seen_claim *claims =
	    &m->v->topology->claims[nic->first_claim];

	for (uint32_t i = 0; nic->sure && i < nic->claim_count; i++) {
		const char *facts = claims[i].said->facts;
		struct json_value *said CLEANUP(json_cleanup) = NULL;
		const struct json_value *a;
		int64_t number;

		if (claims[i].note != NOTE_NEIGHBOR ||
		    claims[i].state != STATE_CURRENT ||
		    !strstr(facts, "\"aggregation\""))
			continue;
		said = json_parse_own(facts);
		a = json_get(said, "aggregation");
		number = json_get_number(a, "port", 0);
		if (json_get_boolean(a, "enabled", false) && number > 0)
			return depict_text(
			    m, "aggregate %lld", (long long)number);
	}
	return "";
}

/* What is on a NIC without a link is said of no cable. */
void
depict_claims(struct making *m, struct scene_nic *out,
    const struct seen_nic *nic, bool inside)
{
	struct scene_claim *native;

	if (out->state == CABLE_DOWN)
		return;
	add_carried(m, out, nic);
	native = add_native(m, out, nic);
	if (!inside)
		return;
	add_needs(m, out, nic, native);
	if (out->port != SCENE_NONE && !*m->s->ports[out->port].aggregate)
		m->s->ports[out->port].aggregate = aggregate_of(m, nic);
}
