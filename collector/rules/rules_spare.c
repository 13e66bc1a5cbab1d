#include "collector/rules/rules_bond.h"

#include <stdlib.h>
#include <string.h>

#include "base/age.h"
#include "collector/rules/teams.h"

static bool
is_arista(const struct saying *t, const struct known_port *port)
{
	const struct known_switch *s = &t->k->switches[port->on];

	return platform_of_switch(&(struct platform_said){
		   .model = s->model,
		   .software = s->software,
		   .description = s->description,
		   .vendors = s->vendor,
	       }) == PLATFORM_EOS;
}

/* The number of the module or stack member in a port's name: 1 of Eth1/9; -1:
 * there is none.  On Arista's fixed switches Ethernet49/1 is one lane of a
 * port, so there it takes a third number. */
static long
module_of(const struct saying *t, const struct known_port *port)
{
	bool lanes = is_arista(t, port);
	const char *slash = strchr(port->name, '/'), *number;

	if (!slash || (lanes && !strchr(slash + 1, '/')))
		return -1;
	number = strpbrk(port->name, "0123456789");
	return number && number < slash ? strtol(number, NULL, 10) : -1;
}

/* Do both ports fail with the same piece of hardware? */
static bool
is_one_piece(const struct saying *t, const struct known_port *a,
    const struct known_port *b)
{
	return a->on == b->on && a->fex == b->fex &&
	       module_of(t, a) == module_of(t, b);
}

static void
tell_one_switch(const struct saying *t, const struct team *team,
    const struct known_port *port)
{
	struct judgement *j = tell(t, RULING_BROKEN, team->name);
	const struct known_nic *nic;

	if (!j)
		return;
	for (size_t i = 0; i < team->leg_count; i++) {
		nic = team->legs[i].nic;
		tell_of_nic(t, j, nic);
		judgement_claims(t->out, j,
		    &(struct judged_claim){ .side = OWNED_BY_NETWORK,
			.text = judgements_text(t->out, "%s of %s ends on %s",
			    nic->name, t->k->name, tell_port(t, nic)->text),
			.source = nic->cable_source.text,
			.last_heard = nic->cable_source.last_heard,
			.current = nic->cable_source.current });
	}
	saying_touch(t, j, team->legs[0].nic, -1);
	j->sentence = judgements_text(t->out,
	    "all legs of %s of %s (%s) end on %s%s: when it fails or reloads, "
	    "the network of %s goes with it",
	    team->name, t->k->name, team_legs(t, team),
	    module_of(t, port) >= 0 ? "the same module of " : "",
	    t->k->switches[port->on].name, tell_machines(t, j));
	j->closes = "when a leg is cabled to another switch or module";
}

/* A team that makes a channel may be on one switch: often it must. */
static void
judge_switches(const struct saying *t, const struct team *team)
{
	const struct known_port *first = NULL, *port;
	bool untold = !team_is_whole(team);

	if (team->leg_count < 2 || team->teaming != TEAMING_PLAIN)
		return;
	for (size_t i = 0; i < team->leg_count; i++) {
		port = tell_port(t, team->legs[i].nic);
		if (!port || port->on >= t->k->switch_count) {
			untold = true;
			continue;
		}
		if (first && !is_one_piece(t, first, port)) {
			tell(t, RULING_HOLDS, team->name);
			return;
		}
		first = port;
	}
	if (untold || !first)
		tell_unknown(t, team->name,
		    "the switch port of each leg, by LLDP or CDP");
	else
		tell_one_switch(t, team, first);
}

void
rule_team_one_switch(
    const struct rule *rule, const struct known *k, struct judgements *out)
{
	teams_each(&(struct saying){ rule, k, out }, judge_switches);
}

/* "0000:3b:00" of "0000:3b:00.1": the functions of a card have it in common. */
static bool
is_one_card(const struct known_nic *a, const struct known_nic *b)
{
	size_t length = strcspn(a->bus, ".");

	return length > 0 && length == strcspn(b->bus, ".") &&
	       strncmp(a->bus, b->bus, length) == 0;
}

/* A NIC of another card that could be a leg as well: without one, there is
 * nothing to be done. */
static const struct known_nic *
find_other_card(const struct saying *t, const struct known_nic *leg)
{
	for (size_t i = 0; i < t->k->nic_count; i++) {
		const struct known_nic *nic = &t->k->nics[i];

		if (nic->bus[0] && !is_one_card(nic, leg) &&
		    tell_nic_is_current(t, nic) && nic->speed >= leg->speed &&
		    nic->carrier == TOLD_YES)
			return nic;
	}
	return NULL;
}

static void
judge_cards(const struct saying *t, const struct team *team)
{
	const struct known_nic *first, *other;
	struct judgement *j;

	if (team->leg_count < 2)
		return;
	first = team->legs[0].nic;
	for (size_t i = 0; i < team->leg_count; i++) {
		const struct known_nic *nic = team->legs[i].nic;

		if (!tell_nic_is_current(t, nic) || nic->bus[0] == '\0') {
			tell_unknown(
			    t, team->name, "on which card each leg is, now");
			return;
		}
		if (!is_one_card(first, nic)) {
			tell(t, RULING_HOLDS, team->name);
			return;
		}
	}
	other = find_other_card(t, first);
	if (!other || !team_is_whole(team))
		return;
	j = tell(t, RULING_BROKEN, team->name);
	if (!j)
		return;
	for (size_t i = 0; i < team->leg_count; i++)
		tell_of_nic(t, j, team->legs[i].nic);
	saying_claim(t, j, OWNED_BY_SYSTEMS, &first->source,
	    judgements_text(t->out, "%s: PCI %s; %s: PCI %s",
		team_legs(t, team), first->bus, other->name, other->bus));
	saying_touch(t, j, first, -1);
	j->sentence = judgements_text(t->out,
	    "all legs of %s of %s (%s) are on one card, though %s on another "
	    "one is up: when the card fails, the network of %s goes with it",
	    team->name, t->k->name, team_legs(t, team), other->name,
	    tell_machines(t, j));
	j->closes = "when a leg of another card is in the team";
}

void
rule_team_one_card(
    const struct rule *rule, const struct known *k, struct judgements *out)
{
	teams_each(&(struct saying){ rule, k, out }, judge_cards);
}

static void
judge_size(const struct saying *t, const struct team *team)
{
	size_t size = team->leg_count + team->untold;
	struct fix_words words = fix_nothing();
	struct judgement *j;

	/* Who names no legs may have others. */
	if (!team->uplink || size == 0 || !tell_is_current(t, team->source))
		return;
	if (size > 1)
		tell(t, RULING_HOLDS, team->name);
	else if (team->leg_count == 0)
		tell_unknown(t, team->name, "the state of its only leg");
	if (size > 1 || team->leg_count == 0)
		return;
	j = tell(t, RULING_BROKEN, team->name);
	if (!j)
		return;
	tell_of_nic(t, j, team->legs[0].nic);
	j->nic = team->legs[0].nic->name;
	saying_claim(t, j, OWNED_BY_SYSTEMS, team->source,
	    judgements_text(
		t->out, "%s: %s alone", team->name, team->legs[0].nic->name));
	words.vswitch = team->name;
	tell_host_fix(t, j, team->platform, FIX_ADD_UPLINK, &words);
	saying_touch(t, j, team->legs[0].nic, -1);
	j->sentence = judgements_text(t->out,
	    "%s of %s has one leg only, %s: when it fails, the network of %s "
	    "goes with it",
	    team->name, t->k->name, team->legs[0].nic->name,
	    tell_machines(t, j));
	j->closes = "when the team has a second leg";
}

/* How many ways the group may use, known or not, and whether its own team says
 * so. */
static size_t
count_ways(const struct known *k, uint32_t group, bool *out_by_group)
{
	size_t count = 0;

	*out_by_group = false;
	for (size_t i = 0; i < k->way_count; i++) {
		if (k->ways[i].group != group)
			continue;
		count += k->ways[i].state != LEG_UNUSED;
		*out_by_group |= k->ways[i].by_group;
	}
	return count;
}

static size_t
count_members(const struct known_vswitch *s)
{
	size_t count = 0;

	for (size_t i = 0; i < s->uplink_count; i++)
		count += s->uplinks[i].member_count;
	return count;
}

/* Storage by iSCSI binds a kernel port to one uplink on purpose: only port
 * groups with machines are judged. */
static void
judge_group(const struct saying *t, uint32_t place)
{
	const struct known *k = t->k;
	const struct known_group *group = &k->groups[place];
	struct judgement *j;
	bool by_group;

	if (count_ways(k, place, &by_group) != 1 || !by_group ||
	    group->vswitch >= k->vswitch_count ||
	    count_members(&k->vswitches[group->vswitch]) < 2 ||
	    !tell_is_current(t, &group->source))
		return;
	j = tell(t, RULING_BROKEN, group->name);
	if (!j)
		return;
	saying_touch_group(t, j, place);
	if (j->touched.count == 0) {
		j->ruling = RULING_HOLDS;
		return;
	}
	judgement_of_group(t->out, j, group->name);
	saying_claim(t, j, OWNED_BY_SYSTEMS, &group->source,
	    "one active uplink, none on standby");
	j->sentence = judgements_text(t->out,
	    "port group %s of %s may use one uplink only, though its switch "
	    "has more: when that fails, the network of %s goes with it",
	    group->name, k->name, tell_machines(t, j));
	j->closes = "when the port group has a second uplink, or a standby";
}

void
rule_team_one_leg(
    const struct rule *rule, const struct known *k, struct judgements *out)
{
	const struct saying t = { rule, k, out };

	teams_each(&t, judge_size);
	for (uint32_t i = 0; i < k->group_count; i++)
		judge_group(&t, i);
}

/* ", for 12 min now"; "" when nobody says since when. */
static const char *
since_text(const struct saying *t, int64_t since)
{
	char age[AGE_SIZE];

	if (since < 0 || since > t->k->now)
		return "";
	age_text(t->k->now - since, age);
	return judgements_text(t->out, ", for %s now", age);
}

struct standing {
	size_t active, up;
	const struct known_nic *down, *standby;
	int64_t since;
};

static struct standing
stand_of(const struct saying *t, const struct team *team)
{
	struct standing s = { .since = -1 };

	for (size_t i = 0; i < team->leg_count; i++) {
		const struct team_leg *leg = &team->legs[i];

		if (leg->state == LEG_DOWN) {
			s.down = leg->nic;
			if (leg->nic->carrier_changed_at > s.since)
				s.since = leg->nic->carrier_changed_at;
		}
		if (!team_leg_is_up(t, leg))
			continue;
		s.up++;
		s.active += leg->state == LEG_ACTIVE;
		if (leg->state == LEG_STANDBY)
			s.standby = leg->nic;
	}
	return s;
}

static void
judge_standby(const struct saying *t, const struct team *team)
{
	struct standing s = stand_of(t, team);
	struct judgement *j;

	if (team->leg_count < 2 || s.up == 0)
		return;
	if (s.active > 0) {
		tell(t, RULING_HOLDS, team->name);
		return;
	}
	if (!s.standby || !s.down || !team_is_whole(team) ||
	    !tell_nic_is_current(t, s.down))
		return;
	j = tell(t, RULING_BROKEN, team->name);
	if (!j)
		return;
	tell_of_nic(t, j, s.down);
	tell_of_nic(t, j, s.standby);
	saying_claim(t, j, OWNED_BY_SYSTEMS, &s.down->source,
	    judgements_text(t->out, "%s is down", s.down->name));
	saying_claim(t, j, OWNED_BY_SYSTEMS, team->source,
	    judgements_text(
		t->out, "%s is on standby, and carries", s.standby->name));
	saying_touch(t, j, s.standby, -1);
	j->nic = s.down->name;
	j->sentence = judgements_text(t->out,
	    "%s of %s runs on its standby leg %s%s, since %s is down; nothing "
	    "is left to fall back on for %s",
	    team->name, t->k->name, s.standby->name, since_text(t, s.since),
	    s.down->name, tell_machines(t, j));
	j->closes = "when an active leg is up again";
}

void
rule_team_on_standby(
    const struct rule *rule, const struct known *k, struct judgements *out)
{
	teams_each(&(struct saying){ rule, k, out }, judge_standby);
}
