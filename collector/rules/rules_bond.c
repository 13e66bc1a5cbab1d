#include "collector/rules/rules_bond.h"

#include <string.h>

#include "collector/rules/teams.h"

/* Bits of the state that LACP sends (IEEE 802.1AX-2020, 6.4.2.3). */
enum {
	LACP_IN_SYNC = 1 << 3,
	LACP_DEFAULTED = 1 << 6, /* no answer ever came */
	LACP_EXPIRED = 1 << 7    /* the answers have ended */
};

/* What the switch does on one leg, seen from what the team expects. */
enum answer { ANSWER_UNTOLD, ANSWER_AS_EXPECTED, ANSWER_OTHERWISE };

/* The neighbor that says whether its port is in a channel; NULL: none does. */
static const struct known_neighbor *
who_says_channel(const struct saying *t, const struct known_nic *nic)
{
	for (size_t i = 0; i < nic->neighbor_count; i++) {
		const struct known_neighbor *n = &nic->neighbors[i];

		if (tell_speaks(t, nic, n) && n->aggregated != TOLD_NOTHING)
			return n;
	}
	return NULL;
}

/* Does anybody answer the LACP of this leg, as its kernel sees it? */
static enum told
is_answered(const struct known_nic *nic)
{
	if (nic->lacp_actor < 0)
		return TOLD_NOTHING;
	if (nic->lacp_actor & (LACP_DEFAULTED | LACP_EXPIRED))
		return TOLD_NO;
	return nic->lacp_partner >= 0 && nic->lacp_partner & LACP_IN_SYNC
		   ? TOLD_YES
		   : TOLD_NOTHING;
}

static enum answer
answer_of(const struct saying *t, const struct team *team,
    const struct known_nic *nic)
{
	const struct known_neighbor *n = who_says_channel(t, nic);
	enum told channel = n ? n->aggregated : TOLD_NOTHING;
	enum told wanted = team->teaming == TEAMING_PLAIN ? TOLD_NO : TOLD_YES;

	/* Who hears LACP himself needs nobody's word. */
	if (team->teaming == TEAMING_LACP && is_answered(nic) != TOLD_NOTHING)
		channel = is_answered(nic);
	if (channel == TOLD_NOTHING)
		return ANSWER_UNTOLD;
	return channel == wanted ? ANSWER_AS_EXPECTED : ANSWER_OTHERWISE;
}

/* "eno1 (Eth1/1 on sw1)". */
static const char *
leg_text(const struct saying *t, const struct known_nic *nic)
{
	const struct known_port *port = tell_port(t, nic);

	return port ? judgements_text(t->out, "%s (%s)", nic->name, port->text)
		    : nic->name;
}

static void
claim_of_leg(const struct saying *t, struct judgement *j,
    const struct team *team, const struct known_nic *nic)
{
	const struct known_neighbor *n = who_says_channel(t, nic);

	if (team->teaming == TEAMING_LACP && is_answered(nic) == TOLD_NO)
		saying_claim(t, j, OWNED_BY_SYSTEMS, &nic->source,
		    judgements_text(
			t->out, "%s: nobody answers its LACP", nic->name));
	if (n)
		saying_claim(t, j, OWNED_BY_NETWORK, &n->source,
		    n->aggregated == TOLD_YES ? "the port is in a channel"
					      : "the port is in no channel");
}

static void
fix_of_leg(const struct saying *t, struct judgement *j, const struct team *team,
    const struct known_nic *nic)
{
	const struct known_port *port = tell_port(t, nic);

	if (port)
		saying_fix_port(t, j, nic,
		    team->teaming == TEAMING_PLAIN ? FIX_LEAVE_CHANNEL
						   : FIX_JOIN_CHANNEL,
		    fix_nothing());
}

static const char *
one_sided_sentence(const struct saying *t, const struct team *team,
    const char *legs, const struct judgement *j)
{
	const char *machines = tell_machines(t, j), *host = t->k->name;

	if (team->teaming == TEAMING_PLAIN)
		return judgements_text(t->out,
		    "%s of %s makes no channel (%s), but the switch has %s in "
		    "one: it spreads frames over legs that do not take them, "
		    "and MACs flap; %s behind it",
		    team->name, host, team->mode, legs, machines);
	return judgements_text(t->out,
	    "%s of %s %s, but the switch does not on %s: the leg carries "
	    "nothing, or frames come back on another; %s behind it",
	    team->name, host,
	    team->teaming == TEAMING_LACP ? "does LACP" : "is a static channel",
	    legs, machines);
}

static void
tell_one_sided(const struct saying *t, const struct team *team,
    const struct known_nic *const *bad, size_t count)
{
	struct judgement *j = tell(t, RULING_BROKEN, team->name);
	struct fix_words words = fix_nothing();
	const char *legs[TEAM_LEGS_MOST];

	if (!j)
		return;
	saying_claim(t, j, OWNED_BY_SYSTEMS, team->source,
	    judgements_text(t->out, "%s: %s", team->name,
		team->mode[0] ? team->mode : "LACP"));
	for (size_t i = 0; i < count; i++) {
		legs[i] = leg_text(t, bad[i]);
		tell_of_nic(t, j, bad[i]);
		claim_of_leg(t, j, team, bad[i]);
		fix_of_leg(t, j, team, bad[i]);
	}
	words.bond = team->name;
	tell_host_fix(t, j, team->platform,
	    team->teaming == TEAMING_LACP ? FIX_BOND_PLAIN : FIX_BOND_LACP,
	    &words);
	saying_touch(t, j, bad[0], -1);
	j->nic = count == 1 ? bad[0]->name : "";
	j->sentence = one_sided_sentence(t, team, tell_list(t, legs, count), j);
	j->closes = "when both sides say the same of a channel";
}

static void
judge_answers(const struct saying *t, const struct team *team)
{
	const struct known_nic *bad[TEAM_LEGS_MOST];
	size_t count = 0, good = 0, up = 0;
	enum answer answer;

	if (team->teaming == TEAMING_UNKNOWN)
		return;
	for (size_t i = 0; i < team->leg_count; i++) {
		if (!team_leg_is_up(t, &team->legs[i]))
			continue;
		up++;
		answer = answer_of(t, team, team->legs[i].nic);
		if (answer == ANSWER_OTHERWISE)
			bad[count++] = team->legs[i].nic;
		good += answer == ANSWER_AS_EXPECTED;
	}
	if (count > 0)
		tell_one_sided(t, team, bad, count);
	else if (up > 0 && good == up && team_is_whole(team))
		tell(t, RULING_HOLDS, team->name);
	else if (up > good || team->untold > 0)
		tell_unknown(t, team->name,
		    "LLDP with the link aggregation TLV from the switch, or "
		    "the state of LACP on each leg");
}

void
rule_lacp_one_sided(
    const struct rule *rule, const struct known *k, struct judgements *out)
{
	teams_each(&(struct saying){ rule, k, out }, judge_answers);
}

/* Two legs that are answered by different partners; false: there are none. */
static bool
find_strangers(const struct saying *t, const struct team *team,
    const struct known_nic *out[2], size_t *out_answered)
{
	const struct known_nic *first = NULL, *nic;

	*out_answered = 0;
	for (size_t i = 0; i < team->leg_count; i++) {
		nic = team->legs[i].nic;
		if (!team_leg_is_up(t, &team->legs[i]) ||
		    is_answered(nic) != TOLD_YES || nic->lacp_aggregator < 0)
			continue;
		(*out_answered)++;
		if (first && first->lacp_aggregator != nic->lacp_aggregator) {
			out[0] = first;
			out[1] = nic;
			return true;
		}
		if (!first)
			first = nic;
	}
	return false;
}

static void
tell_strangers(const struct saying *t, const struct team *team,
    const struct known_nic *const pair[2])
{
	struct judgement *j = tell(t, RULING_BROKEN, team->name);
	const struct known_port *port;

	if (!j)
		return;
	for (size_t i = 0; i < 2; i++) {
		tell_of_nic(t, j, pair[i]);
		saying_claim(t, j, OWNED_BY_SYSTEMS, &pair[i]->source,
		    judgements_text(t->out, "%s is in aggregate %d",
			leg_text(t, pair[i]), (int)pair[i]->lacp_aggregator));
		port = tell_port(t, pair[i]);
		if (port)
			saying_fix_port(
			    t, j, pair[i], FIX_SHOW_PORT, fix_nothing());
	}
	saying_touch(t, j, pair[0], -1);
	j->sentence = judgements_text(t->out,
	    "the legs of %s of %s have different LACP partners: %s and %s. A "
	    "cable is in the wrong switch, or the switches are no longer one "
	    "to LACP (MLAG, vPC); only one of the legs carries; %s behind it",
	    team->name, t->k->name, leg_text(t, pair[0]), leg_text(t, pair[1]),
	    tell_machines(t, j));
	j->closes = "when all legs have the same LACP partner";
}

static void
judge_partner(const struct saying *t, const struct team *team)
{
	const struct known_nic *pair[2];
	size_t answered;

	if (team->teaming != TEAMING_LACP || team->leg_count < 2)
		return;
	if (find_strangers(t, team, pair, &answered))
		tell_strangers(t, team, pair);
	else if (answered == team->leg_count && team_is_whole(team))
		tell(t, RULING_HOLDS, team->name);
	else if (answered < team->leg_count || team->untold > 0)
		tell_unknown(t, team->name,
		    "which LACP partner each leg has; a vCenter and Open "
		    "vSwitch do not tell it");
}

void
rule_lacp_partners(
    const struct rule *rule, const struct known *k, struct judgements *out)
{
	teams_each(&(struct saying){ rule, k, out }, judge_partner);
}
