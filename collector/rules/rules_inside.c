#include "collector/rules/rules_virtual.h"

#include <inttypes.h>
#include <string.h>

#include "collector/rules/telling.h"

enum { ALIKE_LEAST = 2 }; /* siblings that make a rule of what they have */

/* Does the host itself have an address there?  Then it routes for the machines:
 * such a switch needs no uplink, as libvirt's default network. */
static bool
host_is_there(const struct known *k, uint32_t vswitch)
{
	for (size_t i = 0; i < k->machine_count; i++) {
		const struct known_machine *m = &k->machines[i];

		for (uint32_t v = 0; v < m->vnic_count; v++) {
			if (!tell_is_machine(m) &&
			    k->vnics[m->first_vnic + v].vswitch == vswitch)
				return true;
		}
	}
	return false;
}

/* Ports of tunnels are no uplinks: where there are such, an overlay may lead
 * out. */
static bool
has_tunnels(const struct known *k)
{
	static const char *const kinds[] = { "vxlan", "geneve", "gre", "gretap",
		"ip6gretap" };

	for (size_t i = 0; i < k->link_count; i++) {
		for (size_t n = 0; n < sizeof(kinds) / sizeof(*kinds); n++) {
			if (strcmp(k->links[i].kind, kinds[n]) == 0)
				return true;
		}
	}
	return false;
}

static void
tell_no_uplink(const struct saying *t, uint32_t place)
{
	const struct known_vswitch *s = &t->k->vswitches[place];
	struct judgement *j = tell(t, RULING_BROKEN, s->name);
	struct fix_words words = fix_nothing();

	if (!j)
		return;
	tell_touched_by_vswitch(t, j, place);
	if (j->touched.count == 0) {
		j->ruling = RULING_HOLDS;
		return;
	}
	judgement_of_vswitch(t->out, j, s->name);
	saying_claim(t, j, OWNED_BY_SYSTEMS, &s->source,
	    judgements_text(t->out,
		"%s has no uplink, and no address of the "
		"host",
		s->name));
	words.vswitch = s->name;
	tell_host_fix(
	    t, j, tell_vswitch_platform(t, place), FIX_ADD_UPLINK, &words);
	j->sentence = judgements_text(t->out,
	    "virtual switch %s of %s leads nowhere: it has no uplink; %s on "
	    "it",
	    s->name, t->k->name, tell_machines(t, j));
	j->closes = "when it has an uplink, or no machine is left on it";
}

void
rule_vswitch_no_uplink(
    const struct rule *rule, const struct known *k, struct judgements *out)
{
	const struct saying t = { rule, k, out };

	for (uint32_t i = 0; i < k->vswitch_count; i++) {
		const struct known_vswitch *s = &k->vswitches[i];

		if (s->uplink_count > 0 || s->patch_count > 0)
			tell(&t, RULING_HOLDS, s->name);
		else if (strcmp(s->kind, "opaque") == 0 || has_tunnels(k))
			tell_unknown(&t, s->name,
			    "where its tunnels lead; an overlay is not told");
		else if (!tell_is_current(&t, &s->source) ||
			 k->unanswered_count > 0)
			tell_unknown(&t, s->name,
			    "a whole report of the host that is of now");
		else if (s->vnic_count > 0 && !host_is_there(k, i))
			tell_no_uplink(&t, i);
	}
}

/* Is the host one of those that are like this one? */
static bool
is_sibling(const struct known *k, const char *host)
{
	for (size_t i = 0; i < k->sibling_count; i++) {
		if (strcmp(k->siblings[i].host, host) == 0)
			return true;
	}
	return false;
}

static void
tell_drift(const struct saying *t, const struct known_group *group,
    const struct known_drift *const *others, size_t count)
{
	struct judgement *j = tell(t, RULING_BROKEN, group->name);
	struct fix_words words = fix_nothing();

	if (!j)
		return;
	judgement_of_group(t->out, j, group->name);
	saying_claim(t, j, OWNED_BY_SYSTEMS, &group->source,
	    judgements_text(
		t->out, "%s on %s: %s", group->name, t->k->name, group->vlans));
	for (size_t i = 0; i < count; i++)
		saying_claim(t, j, OWNED_BY_SYSTEMS, &others[i]->source,
		    judgements_text(t->out, "%s on %s: %s", group->name,
			others[i]->host, others[i]->vlans));
	words.group = group->name;
	words.vswitch = group->vswitch < t->k->vswitch_count
			    ? t->k->vswitches[group->vswitch].name
			    : "";
	tell_host_fix(t, j, tell_vswitch_platform(t, group->vswitch),
	    FIX_GROUP_VLAN, &words);
	saying_touch_group(t, j, (uint32_t)(group - t->k->groups));
	j->sentence = judgements_text(t->out,
	    "port group %s is %s on %s, but %s on %s%s: a machine that moves "
	    "changes its network; %s here",
	    group->name, group->vlans, t->k->name, others[0]->vlans,
	    others[0]->host,
	    count > 1 ? judgements_text(
			    t->out, " and %zu more that are alike", count - 1)
		      : "",
	    tell_machines(t, j));
	j->closes = "when the hosts agree on its VLAN";
}

/* Who is with most of those alike is right: only the others are told.  Hosts
 * that are not alike may call different networks by one name. */
static void
judge_drifts(const struct saying *t, const struct known_group *group)
{
	const struct known_drift *others[KNOWN_ELSEWHERE_MOST];
	size_t count = 0, alike = t->k->alike_count;

	if (group->unknown || !tell_is_current(t, &group->source))
		return;
	for (size_t i = 0; i < group->drift_count; i++) {
		if (count < KNOWN_ELSEWHERE_MOST &&
		    group->drifts[i].source.current &&
		    is_sibling(t->k, group->drifts[i].host))
			others[count++] = &group->drifts[i];
	}
	if (count > 0 && count * 2 >= alike)
		tell_drift(t, group, others, count);
}

void
rule_group_drift(
    const struct rule *rule, const struct known *k, struct judgements *out)
{
	const struct saying t = { rule, k, out };

	for (size_t i = 0; i < k->group_count; i++)
		judge_drifts(&t, &k->groups[i]);
}

static const struct known_vf *
find_vf(const struct known_nic *nic, int64_t index)
{
	for (size_t i = 0; i < nic->vf_count; i++) {
		if (nic->vfs[i].index == index)
			return &nic->vfs[i];
	}
	return NULL;
}

/* How many siblings have functions of this VLAN that are all trusted, or all
 * not, other than this one; 0: they do not agree. */
static size_t
count_otherwise(
    const struct saying *t, uint32_t nic, const struct known_vf *mine)
{
	const struct known *k = t->k;
	size_t count = 0;
	bool has;

	for (size_t i = 0; i < k->sibling_count; i++) {
		const struct known_sibling *s = &k->siblings[i];

		if (s->of != nic || !s->nic->source.current)
			continue;
		has = false;
		for (size_t v = 0; v < s->nic->vf_count; v++) {
			const struct known_vf *vf = &s->nic->vfs[v];

			if (vf->vlan != mine->vlan || vf->mac[0] == '\0')
				continue;
			if (vf->trust == TOLD_NOTHING ||
			    vf->trust == mine->trust)
				return 0;
			has = true;
		}
		count += has;
	}
	return count;
}

static void
tell_vf(const struct saying *t, const struct known_machine *m,
    const struct known_vnic *vnic, const struct known_vf *vf)
{
	const struct known_nic *nic = &t->k->nics[vnic->nic];
	size_t count = count_otherwise(t, vnic->nic, vf);
	const char *trust = vf->trust == TOLD_YES ? "on" : "off";
	const char *other = vf->trust == TOLD_YES ? "off" : "on";
	struct fix_words words = fix_nothing();
	struct judgement *j;

	if (count < ALIKE_LEAST || count < t->k->alike_count)
		return;
	j = tell(t, RULING_BROKEN,
	    judgements_text(t->out, "%s vf %" PRId64, nic->name, vf->index));
	if (!j)
		return;
	judgement_of_nic(t->out, j, nic->name);
	judgement_of_machine(t->out, j, m->name);
	judgement_touches(j, m->name);
	j->nic = nic->name;
	saying_claim(t, j, OWNED_BY_SYSTEMS, &nic->source,
	    judgements_text(t->out,
		"%s vf %" PRId64 ": VLAN %" PRId64 ", trust %s", nic->name,
		vf->index, vf->vlan, trust));
	words.nic = nic->name;
	words.vf = vf->index;
	words.vlan = vf->vlan;
	words.trust = other;
	tell_host_fix(t, j, PLATFORM_LINUX, FIX_VF, &words);
	j->sentence = judgements_text(t->out,
	    "virtual function %" PRId64 " of %s on %s (%s) has trust %s, those "
	    "of VLAN %" PRId64 " on %zu hosts that are alike have it %s: "
	    "another MAC or promiscuous mode works there and not here",
	    vf->index, nic->name, t->k->name, m->name, trust, vf->vlan, count,
	    other);
	j->closes = "when the hosts set their functions alike";
}

void
rule_vf_differs(
    const struct rule *rule, const struct known *k, struct judgements *out)
{
	const struct saying t = { rule, k, out };

	for (size_t i = 0; i < k->machine_count; i++) {
		const struct known_machine *m = &k->machines[i];

		for (uint32_t v = 0; v < m->vnic_count; v++) {
			const struct known_vnic *vnic =
			    &k->vnics[m->first_vnic + v];
			const struct known_vf *vf = NULL;

			if (vnic->nic < k->nic_count && vnic->vf >= 0)
				vf = find_vf(&k->nics[vnic->nic], vnic->vf);
			if (vf && vf->trust != TOLD_NOTHING &&
			    tell_nic_is_current(&t, &k->nics[vnic->nic]))
				tell_vf(&t, m, vnic, vf);
		}
	}
}
