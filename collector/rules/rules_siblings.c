#include "collector/rules/carrying.h"
#include "collector/rules/rules.h"
#include "collector/rules/saying.h"

enum {
	/* Fewer hosts are no custom that one could break. */
	SIBLINGS_LEAST = 3
};

/* Is what so many of so many do what one expects of the rest?  This says how
 * much it matters, not whether it is so: else a host of which nothing is known
 * any more would make an exception of another one. */
static bool
is_custom(size_t with, size_t of)
{
	return with * 4 >= of * 3;
}

/* ---- legs ---------------------------------------------------------------- */

static void
needed_anywhere(const struct known *k, struct known_vlans *out)
{
	*out = (struct known_vlans){ { 0 } };
	for (size_t i = 0; i < k->group_count; i++) {
		for (size_t b = 0; b < VLAN_IDS / 64; b++)
			out->bits[b] |= k->groups[i].needs.bits[b];
	}
}

/* VLANs that the port of 'with' carries and that of 'without' does not. */
static bool
legs_differ(const struct known *k, const struct known_nic *with,
    const struct known_nic *without, struct known_vlans *out)
{
	bool any = false;

	*out = (struct known_vlans){ { 0 } };
	for (size_t i = 0; i < with->neighbor_count; i++) {
		const struct known_neighbor *n = &with->neighbors[i];

		if (!carrying_speaks(with, n))
			continue;
		for (size_t v = 0; v < n->name_count; v++) {
			struct carrying here, there;
			int id = n->names[v].id;

			carrying_judge(&here, k, with, id);
			carrying_judge(&there, k, without, id);
			if (here.ruling != RULING_HOLDS ||
			    there.ruling != RULING_BROKEN)
				continue;
			known_vlans_add(out, id);
			any = true;
		}
	}
	return any;
}

/* What port groups need another rule tells, too. */
static bool
are_all_needed(const struct known *k, const struct known_vlans *vlans)
{
	struct known_vlans needed;

	needed_anywhere(k, &needed);
	for (size_t b = 0; b < VLAN_IDS / 64; b++) {
		if (vlans->bits[b] & ~needed.bits[b])
			return false;
	}
	return true;
}

static void
judge_legs(const struct saying *s, const struct known_nic *with,
    const struct known_nic *without)
{
	struct fix_words words = fix_nothing();
	struct known_vlans vlans;
	struct judgement *j;

	if (!legs_differ(s->k, with, without, &vlans))
		return;
	j = saying_of_nic(s, RULING_BROKEN, without, with->name);
	if (!j)
		return;
	if (are_all_needed(s->k, &vlans))
		j->severity = SEVERITY_REMARK;
	j->sentence = judgements_text(s->out,
	    "%s %s and %s are legs of one uplink, and %s carries %s, which %s "
	    "does not. What is in there, or comes to be, is cut on one leg.",
	    s->k->name, with->name, without->name, saying_port(s->k, with),
	    saying_vlans(s, &vlans), saying_port(s->k, without));
	j->closes = "when both ports name the same VLANs";
	judgement_of_nic(s->out, j, with->name);
	judgement_of_port(s->out, j, saying_port(s->k, with));
	for (size_t i = 0; i < with->neighbor_count; i++) {
		if (with->neighbors[i].named)
			saying_claim(s, j, OWNED_BY_NETWORK,
			    &with->neighbors[i].source,
			    judgements_text(s->out, "names %s",
				saying_vlans(s, with->neighbors[i].named)));
	}
	for (int id = 1; id < VLAN_IDS && words.vlan < 0; id++) {
		if (known_vlans_have(&vlans, id))
			words.vlan = id;
	}
	saying_fix_port(s, j, without, FIX_ALLOW_VLAN, words);
}

void
rule_vlan_legs(
    const struct rule *rule, const struct known *k, struct judgements *out)
{
	struct saying s = { rule, k, out };

	for (size_t a = 0; k->current && a < k->nic_count; a++) {
		for (size_t b = 0; b < k->nic_count; b++) {
			if (a != b && k->nics[a].vswitch != KNOWN_NONE &&
			    k->nics[a].vswitch == k->nics[b].vswitch &&
			    k->nics[a].uplink == k->nics[b].uplink)
				judge_legs(&s, &k->nics[a], &k->nics[b]);
		}
	}
}

/* ---- VLANs of hosts that are alike --------------------------------------- */

struct tally {
	size_t with, of;
	const struct known_sibling *example; /* one that has it */
};

static struct tally
tally_of(const struct known *k, uint32_t nic, int vlan)
{
	struct tally t = { 0, 0, NULL };

	for (size_t i = 0; i < k->sibling_count; i++) {
		struct carrying c;

		if (k->siblings[i].of != nic)
			continue;
		carrying_judge(&c, k, k->siblings[i].nic, vlan);
		t.of += c.ruling != RULING_UNKNOWN;
		t.with += c.ruling == RULING_HOLDS;
		if (c.ruling == RULING_HOLDS && !t.example)
			t.example = &k->siblings[i];
	}
	return t;
}

static void
say_siblings(const struct saying *s, uint32_t at, int vlan,
    const struct tally *t, const struct carrying *c)
{
	const struct known_nic *nic = &s->k->nics[at];
	struct fix_words words = fix_nothing();
	struct judgement *j = saying_of_nic(
	    s, RULING_BROKEN, nic, judgements_text(s->out, "%d", vlan));

	if (!j)
		return;
	if (!is_custom(t->with, t->of))
		j->severity = SEVERITY_REMARK;
	/* This one is counted, too. */
	j->sentence = judgements_text(s->out,
	    "%zu of %zu hosts that are alike carry VLAN %d, %s %s (%s) does "
	    "not.",
	    t->with, t->of + 1, vlan, s->k->name, nic->name,
	    saying_port(s->k, nic));
	j->closes = "when the port carries it, or the others do not";
	saying_claim(s, j, OWNED_BY_NETWORK, &c->by->source,
	    judgements_text(s->out, "names %s", saying_vlans(s, c->by->named)));
	saying_claim(s, j, OWNED_BY_NETWORK, &t->example->nic->cable_source,
	    judgements_text(s->out, "%s %s carries VLAN %d", t->example->host,
		t->example->nic->name, vlan));
	saying_touch(s, j, nic, vlan);
	words.vlan = vlan;
	saying_fix_port(s, j, nic, FIX_ALLOW_VLAN, words);
}

/* VLANs that counterparts are named to carry. */
static void
candidates_of(const struct known *k, uint32_t nic, struct known_vlans *out)
{
	*out = (struct known_vlans){ { 0 } };
	for (size_t i = 0; i < k->sibling_count; i++) {
		const struct known_nic *there = k->siblings[i].nic;

		for (size_t n = 0;
		     k->siblings[i].of == nic && n < there->neighbor_count;
		     n++) {
			const struct known_vlans *named =
			    there->neighbors[n].named;

			for (size_t b = 0; named && b < VLAN_IDS / 64; b++)
				out->bits[b] |= named->bits[b];
		}
	}
}

void
rule_siblings_carry(
    const struct rule *rule, const struct known *k, struct judgements *out)
{
	struct saying s = { rule, k, out };

	for (uint32_t i = 0; k->current && i < k->nic_count; i++) {
		struct known_vlans candidates;

		candidates_of(k, i, &candidates);
		for (int id = 1; id < VLAN_IDS - 1; id++) {
			struct carrying c;
			struct tally t;

			if (!known_vlans_have(&candidates, id))
				continue;
			carrying_judge(&c, k, &k->nics[i], id);
			if (c.ruling != RULING_BROKEN)
				continue;
			t = tally_of(k, i, id);
			if (t.with >= SIBLINGS_LEAST)
				say_siblings(&s, i, id, &t, &c);
		}
	}
}

/* ---- untagged frames of hosts that are alike ----------------------------- */

/* How many counterparts have this VLAN for untagged frames; '*out_by' one who
 * says so. */
static size_t
count_native(const struct known *k, uint32_t nic, int64_t vlan,
    const struct known_neighbor **out_by)
{
	size_t count = 0;

	for (size_t i = 0; i < k->sibling_count; i++) {
		const struct known_neighbor *by = NULL;

		if (k->siblings[i].of != nic ||
		    carrying_untagged(k->siblings[i].nic, &by) != vlan)
			continue;
		*out_by = by;
		count++;
	}
	return count;
}

/* What most counterparts have; -1: not even SIBLINGS_LEAST agree. */
static int64_t
custom_native(const struct known *k, uint32_t nic, int64_t here,
    const struct known_neighbor **out_by, size_t *out_count)
{
	int64_t custom = -1;

	*out_count = SIBLINGS_LEAST - 1;
	for (size_t i = 0; i < k->sibling_count; i++) {
		const struct known_neighbor *by = NULL;
		int64_t there = carrying_untagged(k->siblings[i].nic, &by);
		size_t count;

		if (k->siblings[i].of != nic || there <= 0 || there == here ||
		    there == custom)
			continue;
		count = count_native(k, nic, there, &by);
		if (count <= *out_count)
			continue;
		*out_count = count;
		*out_by = by;
		custom = there;
	}
	return custom;
}

static void
say_native(const struct saying *s, uint32_t at, int64_t here,
    const struct known_neighbor *by)
{
	const struct known_nic *nic = &s->k->nics[at];
	const struct known_neighbor *there_by = NULL, *same_by = NULL;
	size_t count;
	int64_t custom = custom_native(s->k, at, here, &there_by, &count);
	struct judgement *j;

	if (custom < 0)
		return;
	j = saying_of_nic(s, RULING_BROKEN, nic, "");
	if (!j)
		return;
	/* Nobody is hurt by what nothing is sent into. */
	if (count_native(s->k, at, here, &same_by) * 3 > count ||
	    !carrying_sends_untagged(s->k, nic))
		j->severity = SEVERITY_REMARK;
	j->sentence = judgements_text(s->out,
	    "Untagged frames of %s %s go into VLAN %lld on %s, those of %zu "
	    "hosts that are alike into VLAN %lld.",
	    s->k->name, nic->name, (long long)here, saying_port(s->k, nic),
	    count, (long long)custom);
	j->closes = "when the ports agree";
	saying_claim(s, j, OWNED_BY_NETWORK, &by->source,
	    judgements_text(
		s->out, "has VLAN %lld for untagged frames", (long long)here));
	saying_claim(s, j, OWNED_BY_NETWORK, &there_by->source,
	    judgements_text(s->out, "has VLAN %lld for untagged frames",
		(long long)custom));
	saying_touch(s, j, nic, 0);
}

void
rule_siblings_native(
    const struct rule *rule, const struct known *k, struct judgements *out)
{
	struct saying s = { rule, k, out };

	for (uint32_t i = 0; k->current && i < k->nic_count; i++) {
		const struct known_neighbor *by = NULL;
		int64_t here = carrying_untagged(&k->nics[i], &by);

		if (here > 0)
			say_native(&s, i, here, by);
	}
}

/* ---- carried for nobody -------------------------------------------------- */

/* It is never broken: who else needs a VLAN of a port, no host can tell. */
static void
judge_unneeded(const struct saying *s, const struct known_nic *nic,
    const struct known_vlans *needed)
{
	struct known_vlans idle = { { 0 } };
	struct judgement *j;

	for (size_t i = 0; i < nic->neighbor_count; i++) {
		const struct known_neighbor *n = &nic->neighbors[i];

		for (size_t v = 0; carrying_speaks(nic, n) && v < n->name_count;
		     v++) {
			int id = n->names[v].id;

			if (!known_vlans_have(needed, id) &&
			    !known_vlans_have(&s->k->alike_needs, id) &&
			    n->pvid != id && n->native_vlan != id)
				known_vlans_add(&idle, id);
		}
	}
	if (saying_count(&idle) == 0)
		return;
	j = saying_of_nic(s, RULING_UNKNOWN, nic, "");
	if (!j)
		return;
	j->sentence = judgements_text(s->out,
	    "%s carries %s to %s %s, which no port group here or on the %zu "
	    "hosts that are alike needs.",
	    saying_port(s->k, nic), saying_vlans(s, &idle), s->k->name,
	    nic->name, s->k->alike_count);
}

void
rule_vlan_unneeded(
    const struct rule *rule, const struct known *k, struct judgements *out)
{
	struct saying s = { rule, k, out };
	struct known_vlans needed;
	bool all = k->alike_need_all;

	needed_anywhere(k, &needed);
	for (size_t i = 0; i < k->group_count; i++)
		all |= k->groups[i].all || k->groups[i].unknown;
	for (size_t i = 0; i < k->link_count; i++)
		known_vlans_add(&needed, k->links[i].vlan);
	for (size_t i = 0; k->current && !all && i < k->nic_count; i++) {
		if (k->nics[i].use_count > 0)
			judge_unneeded(&s, &k->nics[i], &needed);
	}
}
