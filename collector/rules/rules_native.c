#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "collector/rules/carrying.h"
#include "collector/rules/rules.h"
#include "collector/rules/saying.h"

/* ---- untagged frames ----------------------------------------------------- */

/* "has VLAN 10 for untagged frames". */
static void
claim_untagged(const struct saying *s, struct judgement *j,
    const struct known_neighbor *by, int64_t vlan)
{
	if (by)
		saying_claim(s, j, OWNED_BY_NETWORK, &by->source,
		    vlan > 0 ? judgements_text(s->out,
				   "has VLAN %lld for untagged frames",
				   (long long)vlan)
			     : "takes no untagged frames");
}

static void
judge_untagged(const struct saying *s, const struct known_nic *nic)
{
	const struct known_neighbor *by = NULL;
	int64_t vlan = carrying_untagged(nic, &by);
	struct judgement *j = saying_of_nic(s,
	    !nic->source.current || vlan < 0 ? RULING_UNKNOWN
	    : vlan > 0                       ? RULING_HOLDS
					     : RULING_BROKEN,
	    nic, "");

	if (!j)
		return;
	claim_untagged(s, j, by, vlan);
	saying_claim(
	    s, j, OWNED_BY_SYSTEMS, &nic->source, "sends untagged frames");
	if (j->ruling == RULING_HOLDS) {
		j->sentence = judgements_text(s->out,
		    "Untagged frames of %s %s go into VLAN %lld on %s.",
		    s->k->name, nic->name, (long long)vlan,
		    saying_port(s->k, nic));
		return;
	}
	if (j->ruling == RULING_UNKNOWN) {
		j->sentence = judgements_text(s->out,
		    "Which VLAN untagged frames of %s %s go into is unknown%s.",
		    s->k->name, nic->name,
		    vlan == -2 ? ": CDP and LLDP of the port contradict each "
				 "other"
			       : "");
		return;
	}
	j->sentence = judgements_text(s->out,
	    "%s takes no untagged frames, and %s %s sends them: they are lost.",
	    saying_port(s->k, nic), s->k->name, nic->name);
	j->closes = "when the switch tells a VLAN for untagged frames, or none "
		    "are sent";
	saying_touch(s, j, nic, 0);
	saying_fix_port(s, j, nic, FIX_NATIVE_VLAN, fix_nothing());
}

void
rule_vlan_untagged(
    const struct rule *rule, const struct known *k, struct judgements *out)
{
	struct saying s = { rule, k, out };

	for (size_t i = 0; i < k->nic_count; i++) {
		if (carrying_sends_untagged(k, &k->nics[i]))
			judge_untagged(&s, &k->nics[i]);
	}
}

/* ---- tagged here, untagged there, or another number ---------------------- */

static struct judgement *
native_broken(const struct saying *s, const struct known_nic *nic, int64_t vlan,
    const struct known_neighbor *by, int64_t native)
{
	struct judgement *j = saying_of_nic(s, RULING_BROKEN, nic,
	    judgements_text(s->out, "%lld", (long long)vlan));

	if (!j)
		return NULL;
	claim_untagged(s, j, by, native);
	j->closes = "when both sides agree";
	return j;
}

/* A port group tags its frames with what the port has for untagged ones: what
 * comes back has no tag. */
static void
judge_tagged(const struct saying *s, const struct known_nic *nic,
    const struct known_way *way, int64_t native,
    const struct known_neighbor *by)
{
	const struct known_group *g =
	    way->group != KNOWN_NONE ? &s->k->groups[way->group] : NULL;
	struct fix_words words = fix_nothing();
	struct known_vlans needs;
	struct carrying c;
	struct judgement *j;
	bool untagged;

	carrying_needs(s->k, way, &needs, &untagged);
	if (!known_vlans_have(&needs, native))
		return;
	carrying_judge(&c, s->k, nic, (int)native);
	if (c.why != CARRIED_UNTAGGED)
		return;
	j = native_broken(s, nic, native, by, native);
	if (!j)
		return;
	j->sentence = judgements_text(s->out,
	    "%s %s tags the frames of VLAN %lld%s%s%s, and %s has that VLAN "
	    "without a tag: what comes back reaches the wrong place or none.",
	    s->k->name, nic->name, (long long)native, g ? " (port group " : "",
	    g ? g->name : "", g ? ")" : "", saying_port(s->k, nic));
	if (g) {
		judgement_of_group(s->out, j, g->name);
		saying_claim(s, j, OWNED_BY_SYSTEMS, &g->source,
		    judgements_text(s->out, "%s tags %s", g->name, g->vlans));
	}
	saying_touch(s, j, nic, (int)native);
	words.vlan = native;
	saying_fix_port(s, j, nic, FIX_ALLOW_VLAN, words);
}

/* The virtual switch has a number of its own for what leaves untagged, and
 * something is in it.  1 is what everything is in that nobody set. */
static void
judge_number(const struct saying *s, const struct known_nic *nic,
    int64_t native, const struct known_neighbor *by)
{
	const struct known_vswitch *v = &s->k->vswitches[nic->vswitch];
	int64_t own = v->uplinks[nic->uplink].untagged;
	const struct known_group *g = NULL;
	struct fix_words words = fix_nothing();
	struct judgement *j;

	for (size_t i = 0; i < s->k->group_count && !g; i++) {
		if (s->k->groups[i].vswitch == nic->vswitch &&
		    s->k->groups[i].vlan == own &&
		    s->k->groups[i].vnic_count > 0)
			g = &s->k->groups[i];
	}
	if (own <= 1 || own == native || !g)
		return;
	j = native_broken(s, nic, own, by, native);
	if (!j)
		return;
	j->sentence = judgements_text(s->out,
	    "VLAN %lld of %s leaves %s %s untagged, and %s puts untagged "
	    "frames into VLAN %lld.",
	    (long long)own, v->name, s->k->name, nic->name,
	    saying_port(s->k, nic), (long long)native);
	judgement_of_group(s->out, j, g->name);
	saying_claim(s, j, OWNED_BY_SYSTEMS, &v->source,
	    judgements_text(s->out, "sends VLAN %lld untagged by %s",
		(long long)own, v->uplinks[nic->uplink].name));
	saying_touch(s, j, nic, 0);
	words.vlan = own;
	saying_fix_port(s, j, nic, FIX_NATIVE_VLAN, words);
}

/* Legs of one uplink that put the same untagged frames into different VLANs. */
static void
judge_native_legs(const struct saying *s, const struct known_nic *nic,
    int64_t native, const struct known_neighbor *by)
{
	for (const struct known_nic *leg = s->k->nics; leg < nic; leg++) {
		const struct known_neighbor *other = NULL;
		int64_t there = carrying_untagged(leg, &other);
		struct judgement *j;

		if (leg->vswitch != nic->vswitch ||
		    leg->uplink != nic->uplink || there <= 0 || there == native)
			continue;
		j = native_broken(s, nic, 0, by, native);
		if (!j)
			return;
		claim_untagged(s, j, other, there);
		judgement_of_nic(s->out, j, leg->name);
		j->sentence = judgements_text(s->out,
		    "Untagged frames of %s go into VLAN %lld on %s (%s) and "
		    "into VLAN %lld on %s (%s), though both are legs of one "
		    "uplink.",
		    s->k->name, (long long)there, saying_port(s->k, leg),
		    leg->name, (long long)native, saying_port(s->k, nic),
		    nic->name);
		saying_touch(s, j, nic, 0);
		return;
	}
}

void
rule_vlan_native(
    const struct rule *rule, const struct known *k, struct judgements *out)
{
	struct saying s = { rule, k, out };

	for (size_t i = 0; k->current && i < k->nic_count; i++) {
		const struct known_nic *nic = &k->nics[i];
		const struct known_neighbor *by = NULL;
		int64_t native = carrying_untagged(nic, &by);

		if (native <= 0)
			continue;
		for (size_t w = 0; w < k->way_count; w++) {
			if (k->ways[w].nic == i)
				judge_tagged(&s, nic, &k->ways[w], native, by);
		}
		if (nic->vswitch == KNOWN_NONE)
			continue;
		judge_number(&s, nic, native, by);
		if (carrying_sends_untagged(k, nic))
			judge_native_legs(&s, nic, native, by);
	}
}

/* ---- names --------------------------------------------------------------- */

static const struct known_vlan_name *
named_on(const struct known_nic *nic, int64_t vlan,
    const struct known_neighbor **out_by)
{
	for (size_t i = 0; i < nic->neighbor_count; i++) {
		const struct known_neighbor *n = &nic->neighbors[i];

		for (size_t k = 0; carrying_speaks(nic, n) && k < n->name_count;
		     k++) {
			*out_by = n;
			if (n->names[k].id == vlan &&
			    n->names[k].name[0] != '\0')
				return &n->names[k];
		}
	}
	return NULL;
}

/* Another port group has the very name that the switch gives to this one's
 * VLAN: one of the two numbers is wrong. */
static const struct known_group *
called_so(const struct known *k, const struct known_group *g, const char *name)
{
	for (size_t i = 0; i < k->group_count; i++) {
		const struct known_group *other = &k->groups[i];

		if (other != g && other->vlan > 0 && other->vlan != g->vlan &&
		    strcasecmp(other->name, name) == 0)
			return other;
	}
	return NULL;
}

static void
judge_name(const struct saying *s, const struct known_nic *nic,
    const struct known_group *g)
{
	const struct known_neighbor *by = NULL;
	const struct known_vlan_name *name = named_on(nic, g->vlan, &by);
	const struct known_group *other;
	struct judgement *j;

	if (!name || strcasecmp(name->name, g->name) == 0)
		return;
	other = called_so(s->k, g, name->name);
	if (!other)
		return;
	j = saying_of_nic(s, RULING_BROKEN, nic, g->name);
	if (!j)
		return;
	j->sentence = judgements_text(s->out,
	    "VLAN %lld is called %s on %s; on %s port group %s is in it, and "
	    "%s is in VLAN %lld. One of the two numbers may be wrong.",
	    (long long)g->vlan, name->name, saying_port(s->k, nic), s->k->name,
	    g->name, other->name, (long long)other->vlan);
	j->closes = "when names and numbers agree";
	judgement_of_group(s->out, j, g->name);
	judgement_of_group(s->out, j, other->name);
	saying_claim(s, j, OWNED_BY_NETWORK, &by->source,
	    judgements_text(s->out, "names VLAN %d, %s", name->id, name->name));
	saying_claim(s, j, OWNED_BY_SYSTEMS, &g->source,
	    judgements_text(s->out, "%s: %s", g->name, g->vlans));
	saying_claim(s, j, OWNED_BY_SYSTEMS, &other->source,
	    judgements_text(s->out, "%s: %s", other->name, other->vlans));
}

void
rule_vlan_name(
    const struct rule *rule, const struct known *k, struct judgements *out)
{
	struct saying s = { rule, k, out };

	for (size_t i = 0; k->current && i < k->way_count; i++) {
		const struct known_way *way = &k->ways[i];

		if (way->nic != KNOWN_NONE && way->group != KNOWN_NONE &&
		    k->groups[way->group].vlan > 0)
			judge_name(
			    &s, &k->nics[way->nic], &k->groups[way->group]);
	}
}
