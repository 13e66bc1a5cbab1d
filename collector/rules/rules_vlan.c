#include <stdlib.h>
#include <string.h>

#include "collector/rules/carrying.h"
#include "collector/rules/rules.h"
#include "collector/rules/saying.h"

/* ---- held back on this side ---------------------------------------------- */

static const struct known_uplink *
uplink_of(const struct known *k, const struct known_way *way)
{
	if (way->vswitch == KNOWN_NONE || way->uplink == KNOWN_NONE)
		return NULL;
	return &k->vswitches[way->vswitch].uplinks[way->uplink];
}

/* What the way needs and its own uplink does not let through. */
static bool
held_back(
    const struct known *k, const struct known_way *way, struct known_vlans *out)
{
	const struct known_uplink *u = uplink_of(k, way);
	struct known_vlans needs;
	bool untagged, any = false;

	*out = (struct known_vlans){ { 0 } };
	if (!u || u->carries[0] == '\0' || u->vlan > 0 ||
	    way->group == KNOWN_NONE)
		return false;
	carrying_needs(k, way, &needs, &untagged);
	for (int id = 1; id < VLAN_IDS; id++) {
		if (!known_vlans_have(&needs, id) || vlans_have(u->carries, id))
			continue;
		known_vlans_add(out, id);
		any = true;
	}
	return any;
}

static void
judge_held_back(const struct saying *s, const struct known_way *way,
    const struct known_vlans *vlans)
{
	const struct known_uplink *u = uplink_of(s->k, way);
	const struct known_group *g = &s->k->groups[way->group];
	const struct known_vswitch *v = &s->k->vswitches[way->vswitch];
	struct judgement *j =
	    saying_of_nic(s, RULING_BROKEN, &s->k->nics[way->nic], g->name);

	if (!j)
		return;
	j->sentence = judgements_text(s->out,
	    "%s, which port group %s needs, cannot leave %s: the uplink %s of "
	    "%s does not let it through.",
	    saying_vlans(s, vlans), g->name, s->k->name, u->name, v->name);
	j->closes = "when the uplink lets it through";
	judgement_of_group(s->out, j, g->name);
	saying_claim(s, j, OWNED_BY_SYSTEMS, &v->source,
	    judgements_text(s->out, "%s lets %s through", u->name, u->carries));
	saying_claim(s, j, OWNED_BY_SYSTEMS, &g->source,
	    judgements_text(s->out, "%s needs %s", g->name, g->vlans));
	saying_touch_group(s, j, way->group);
	for (int id = 1; id < VLAN_IDS; id++) {
		struct fix_words words = fix_nothing();

		if (!known_vlans_have(vlans, id))
			continue;
		words.vlan = id;
		words.vswitch = v->name;
		words.bond = u->name;
		saying_fix_host(
		    s, j, &s->k->nics[way->nic], FIX_UPLINK_VLAN, words);
		break;
	}
}

void
rule_vlan_held_back(
    const struct rule *rule, const struct known *k, struct judgements *out)
{
	struct saying s = { rule, k, out };
	struct known_vlans vlans;

	for (size_t i = 0; k->current && i < k->way_count; i++) {
		if (k->ways[i].nic != KNOWN_NONE &&
		    held_back(k, &k->ways[i], &vlans))
			judge_held_back(&s, &k->ways[i], &vlans);
	}
}

/* ---- needed and not carried ---------------------------------------------- */

/* How many hosts that are alike carry the VLAN by their counterpart. */
static size_t
siblings_with(const struct known *k, const struct known_nic *nic, int vlan,
    size_t *out_of)
{
	size_t with = 0;

	*out_of = 0;
	for (size_t i = 0; i < k->sibling_count; i++) {
		struct carrying c;

		if (&k->nics[k->siblings[i].of] != nic)
			continue;
		carrying_judge(&c, k, k->siblings[i].nic, vlan);
		*out_of += c.ruling != RULING_UNKNOWN;
		with += c.ruling == RULING_HOLDS;
	}
	return with;
}

/* "It is on Eth1/7 on sw1 (eno1). " */
static const char *
other_legs(const struct saying *s, const struct known_nic *nic, int vlan)
{
	for (size_t i = 0; i < s->k->nic_count; i++) {
		const struct known_nic *leg = &s->k->nics[i];
		struct carrying c;

		if (leg == nic || leg->vswitch == KNOWN_NONE ||
		    leg->vswitch != nic->vswitch)
			continue;
		carrying_judge(&c, s->k, leg, vlan);
		if (c.ruling == RULING_HOLDS)
			return judgements_text(s->out,
			    " %s carries it (%s): what leaves by %s is cut, "
			    "and the rest when %s fails.",
			    saying_port(s->k, leg), leg->name, nic->name,
			    leg->name);
	}
	return " Whatever leaves by it in this VLAN is lost.";
}

static const char *
by_whom(const struct saying *s, const struct carrying *c)
{
	if (c->why == CARRIED_NOT_AS_THERE)
		return judgements_text(s->out,
		    "the switch names its VLANs there and leaves it out, while "
		    "it names it on %s",
		    s->k->ports[c->other->port].text);
	return "the switch names all VLANs of the port, and it is not among "
	       "them";
}

/* The port groups that need the VLAN by this NIC; gives the first one. */
static const struct known_group *
groups_of(const struct saying *s, struct judgement *j,
    const struct known_nic *nic, int vlan)
{
	const struct known_group *first = NULL;

	for (size_t i = 0; i < s->k->way_count; i++) {
		const struct known_way *way = &s->k->ways[i];
		struct known_vlans needs;
		bool untagged;

		if (way->group == KNOWN_NONE || way->nic == KNOWN_NONE ||
		    &s->k->nics[way->nic] != nic)
			continue;
		carrying_needs(s->k, way, &needs, &untagged);
		if (!known_vlans_have(&needs, vlan))
			continue;
		if (!first)
			first = &s->k->groups[way->group];
		judgement_of_group(s->out, j, s->k->groups[way->group].name);
		saying_claim(s, j, OWNED_BY_SYSTEMS,
		    &s->k->groups[way->group].source,
		    judgements_text(s->out, "%s needs %s",
			s->k->groups[way->group].name,
			s->k->groups[way->group].vlans));
	}
	return first;
}

static void
say_not_carried(const struct saying *s, const struct known_nic *nic, int vlan,
    const struct carrying *c)
{
	struct fix_words words = fix_nothing();
	const struct known_group *group;
	struct judgement *j = saying_of_nic(
	    s, RULING_BROKEN, nic, judgements_text(s->out, "%d", vlan));
	size_t with, of;

	if (!j)
		return;
	group = groups_of(s, j, nic, vlan);
	with = siblings_with(s->k, nic, vlan, &of);
	j->sentence = judgements_text(s->out,
	    "VLAN %d%s%s%s does not arrive on %s %s: %s does not let it "
	    "through (%s).%s",
	    vlan, group ? " (port group " : "", group ? group->name : "",
	    group ? ")" : "", s->k->name, nic->name, saying_port(s->k, nic),
	    by_whom(s, c), other_legs(s, nic, vlan));
	if (with > 0)
		j->sentence = judgements_text(s->out,
		    "%s Of %zu hosts that are alike %zu have it.", j->sentence,
		    of, with);
	j->closes = "when the switch names the VLAN on the port, or its "
		    "frames arrive";
	saying_claim(s, j, OWNED_BY_NETWORK, &c->by->source,
	    judgements_text(s->out, "names %s", saying_vlans(s, c->by->named)));
	if (c->other)
		saying_claim(s, j, OWNED_BY_NETWORK, &c->other->source,
		    judgements_text(s->out, "%s: names VLAN %d",
			s->k->ports[c->other->port].text, vlan));
	saying_touch(s, j, nic, vlan);
	words.vlan = vlan;
	saying_fix_port(s, j, nic, FIX_ALLOW_VLAN, words);
}

/* What is needed of the port behind one NIC, by all ways together. */
static bool
needs_of(
    const struct known *k, const struct known_nic *nic, struct known_vlans *out)
{
	bool any = false;

	*out = (struct known_vlans){ { 0 } };
	for (size_t i = 0; i < k->way_count; i++) {
		const struct known_way *way = &k->ways[i];
		struct known_vlans needs;
		bool untagged;

		if (way->nic == KNOWN_NONE || &k->nics[way->nic] != nic)
			continue;
		carrying_needs(k, way, &needs, &untagged);
		for (size_t b = 0; b < VLAN_IDS / 64; b++) {
			out->bits[b] |= needs.bits[b];
			any |= needs.bits[b] != 0;
		}
	}
	return any;
}

/* What holds and what is unknown, for one port group on one way. */
static void
judge_way(const struct saying *s, const struct known_way *way)
{
	const struct known_nic *nic = &s->k->nics[way->nic];
	const struct known_group *g = &s->k->groups[way->group];
	struct known_vlans needs, unknown = { { 0 } };
	bool untagged, broken = false;
	struct judgement *j;

	carrying_needs(s->k, way, &needs, &untagged);
	for (int id = 1; id < VLAN_IDS; id++) {
		struct carrying c;

		if (!known_vlans_have(&needs, id))
			continue;
		carrying_judge(&c, s->k, nic, id);
		broken |= c.ruling == RULING_BROKEN;
		if (c.ruling == RULING_UNKNOWN)
			known_vlans_add(&unknown, id);
	}
	if (broken || saying_count(&needs) == 0)
		return;
	j = saying_of_nic(s,
	    saying_count(&unknown) > 0 ? RULING_UNKNOWN : RULING_HOLDS, nic,
	    judgements_text(s->out, "%s", g->name));
	if (!j)
		return;
	judgement_of_group(s->out, j, g->name);
	if (j->ruling == RULING_HOLDS)
		j->sentence = judgements_text(s->out,
		    "%s of port group %s arrives on %s %s.",
		    saying_vlans(s, &needs), g->name, s->k->name, nic->name);
	else
		j->sentence = judgements_text(s->out,
		    "Whether %s lets %s of port group %s through is unknown.",
		    saying_port(s->k, nic), saying_vlans(s, &unknown), g->name);
}

void
rule_vlan_not_carried(
    const struct rule *rule, const struct known *k, struct judgements *out)
{
	struct saying s = { rule, k, out };
	struct known_vlans needs;

	for (size_t i = 0; i < k->nic_count; i++) {
		if (!needs_of(k, &k->nics[i], &needs))
			continue;
		for (int id = 1; id < VLAN_IDS; id++) {
			struct carrying c;

			if (!known_vlans_have(&needs, id))
				continue;
			if (judgements_are_full(out, rule))
				return;
			carrying_judge(&c, k, &k->nics[i], id);
			if (c.ruling == RULING_BROKEN)
				say_not_carried(&s, &k->nics[i], id, &c);
		}
	}
	for (size_t i = 0; i < k->way_count; i++) {
		if (k->ways[i].nic != KNOWN_NONE &&
		    k->ways[i].group != KNOWN_NONE)
			judge_way(&s, &k->ways[i]);
	}
}

/* ---- nobody tells -------------------------------------------------------- */

static const char *
why_untold(const struct saying *s, const struct known_nic *nic,
    const struct carrying *c, const char **out_wanting)
{
	const struct known_listening *l = &nic->listening_vlans;

	*out_wanting = "VLAN names by LLDP from the switch, or frames of the "
		       "VLAN that arrive";
	switch (c->why) {
	case CARRIED_DISPUTED:
		return "what the switch says contradicts itself or what "
		       "arrives";
	case CARRIED_UNTAGGED:
		return "the switch has it for untagged frames";
	case CARRIED_NOT_NAMED:
		return l->told && !l->filtered
			   ? "the switch names others there and no frame of it "
			     "arrived in a whole window, so it is likely that "
			     "it does not"
			   : "the switch names others there, which it need not "
			     "do with all";
	case CARRIED_NAMES_NONE:
		return "the switch names no VLANs there";
	case CARRIED_NO_LINK:
		*out_wanting = "";
		return judgements_text(s->out, "%s has no link", nic->name);
	default:
		*out_wanting = "a neighbor on this NIC";
		return "nobody is known at the other end";
	}
}

static void
judge_untold(const struct saying *s, const struct known_nic *nic,
    const struct known_vlans *needs)
{
	struct carrying c, first = { .ruling = RULING_HOLDS };
	struct known_vlans unknown = { { 0 } };
	struct judgement *j;

	for (int id = 1; id < VLAN_IDS; id++) {
		if (!known_vlans_have(needs, id))
			continue;
		carrying_judge(&c, s->k, nic, id);
		if (c.ruling != RULING_UNKNOWN)
			continue;
		if (saying_count(&unknown) == 0)
			first = c;
		known_vlans_add(&unknown, id);
	}
	j = saying_of_nic(s, first.ruling, nic, "");
	if (!j)
		return;
	if (first.ruling == RULING_HOLDS) {
		j->sentence = judgements_text(s->out,
		    "Of each VLAN that %s %s needs it is known whether it "
		    "arrives.",
		    s->k->name, nic->name);
		return;
	}
	j->sentence = judgements_text(s->out,
	    "Whether %s lets %s through to %s %s is unknown: %s.",
	    saying_port(s->k, nic), saying_vlans(s, &unknown), s->k->name,
	    nic->name, why_untold(s, nic, &first, &j->wanting));
	j->listed = true;
	if (first.by)
		saying_claim(s, j, OWNED_BY_NETWORK, &first.by->source,
		    first.by->named ? judgements_text(s->out, "names %s",
					  saying_vlans(s, first.by->named))
				    : "names no VLANs");
	if (first.why == CARRIED_NAMES_NONE)
		saying_fix_port(s, j, nic, FIX_NAME_VLANS, fix_nothing());
}

void
rule_vlan_untold(
    const struct rule *rule, const struct known *k, struct judgements *out)
{
	struct saying s = { rule, k, out };
	struct known_vlans needs;

	for (size_t i = 0; i < k->nic_count; i++) {
		if (needs_of(k, &k->nics[i], &needs))
			judge_untold(&s, &k->nics[i], &needs);
	}
}
