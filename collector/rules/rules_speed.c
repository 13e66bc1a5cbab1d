#include "collector/rules/rules_rate.h"

#include <inttypes.h>
#include <string.h>

#include "collector/rules/teams.h"

enum { MBITS_PER_GBIT = 1000 };

/* "10 Gbit/s", "100 Mbit/s". */
static const char *
speed_text(const struct saying *t, int64_t mbits)
{
	if (mbits >= MBITS_PER_GBIT && mbits % MBITS_PER_GBIT == 0)
		return judgements_text(
		    t->out, "%" PRId64 " Gbit/s", mbits / MBITS_PER_GBIT);
	return judgements_text(t->out, "%" PRId64 " Mbit/s", mbits);
}

static void
tell_slow(const struct saying *t, const struct team *team,
    const struct known_nic *slow, const struct known_nic *fast)
{
	struct judgement *j = tell(t, RULING_BROKEN,
	    judgements_text(t->out, "%s %s", team->name, slow->name));
	const struct known_port *port = tell_port(t, slow);
	struct fix_words words = fix_nothing();

	if (!j)
		return;
	words.nic = slow->name;
	tell_of_nic(t, j, slow);
	saying_claim(t, j, OWNED_BY_SYSTEMS, &slow->source,
	    judgements_text(t->out, "%s: %s, %s: %s", slow->name,
		speed_text(t, slow->speed), fast->name,
		speed_text(t, fast->speed)));
	if (port)
		saying_fix_port(t, j, slow, FIX_PORT_NEGOTIATES, fix_nothing());
	tell_host_fix(t, j, team->platform, FIX_SHOW_NIC, &words);
	saying_touch(t, j, slow, -1);
	j->nic = slow->name;
	j->sentence = judgements_text(t->out,
	    "%s, a leg of %s of %s, runs at %s, its fellow %s at %s: cable, "
	    "transceiver, or a fixed speed on %s",
	    slow->name, team->name, t->k->name, speed_text(t, slow->speed),
	    fast->name, speed_text(t, fast->speed),
	    port ? port->text : "the switch port");
	j->closes = "when the legs have one speed";
}

/* A slow leg that only stands by is a choice, not a fault. */
static bool
is_judged(const struct saying *t, const struct team_leg *leg)
{
	return team_leg_is_up(t, leg) && leg->state != LEG_STANDBY;
}

static void
judge_speeds(const struct saying *t, const struct team *team)
{
	const struct known_nic *fastest = NULL, *nic;
	const char *about;

	for (size_t i = 0; i < team->leg_count; i++) {
		nic = team->legs[i].nic;
		if (is_judged(t, &team->legs[i]) && nic->speed > 0 &&
		    (!fastest || nic->speed > fastest->speed))
			fastest = nic;
	}
	for (size_t i = 0; i < team->leg_count && team->leg_count > 1; i++) {
		nic = team->legs[i].nic;
		if (!is_judged(t, &team->legs[i]) || !fastest)
			continue;
		about = judgements_text(t->out, "%s %s", team->name, nic->name);
		if (nic->speed <= 0)
			tell_unknown(t, about, "the speed of the leg");
		else if (nic->speed < fastest->speed)
			tell_slow(t, team, nic, fastest);
		else if (team_is_whole(team))
			tell(t, RULING_HOLDS, about);
	}
}

void
rule_slow_leg(
    const struct rule *rule, const struct known *k, struct judgements *out)
{
	teams_each(&(struct saying){ rule, k, out }, judge_speeds);
}

static void
tell_duplex(const struct saying *t, const struct known_nic *nic,
    const struct known_neighbor *n)
{
	struct judgement *j = tell(t, RULING_BROKEN, nic->name);
	const struct known_port *port = tell_port(t, nic);
	struct fix_words words = fix_nothing();

	if (!j)
		return;
	words.nic = nic->name;
	tell_of_nic(t, j, nic);
	j->nic = nic->name;
	saying_claim(t, j, OWNED_BY_SYSTEMS, &nic->source,
	    judgements_text(t->out, "%s duplex", nic->duplex));
	saying_claim(t, j, OWNED_BY_NETWORK, &n->source,
	    judgements_text(t->out, "%s duplex", n->duplex));
	saying_fix_port(t, j, nic, FIX_PORT_NEGOTIATES, fix_nothing());
	tell_host_fix(t, j, tell_vswitch_platform(t, nic->vswitch),
	    FIX_NIC_NEGOTIATES, &words);
	saying_touch(t, j, nic, -1);
	j->sentence = judgements_text(t->out,
	    "%s of %s runs at %s duplex, %s at %s duplex: frames collide and "
	    "are lost, the more the busier it is; %s behind it",
	    nic->name, t->k->name, nic->duplex, port->text, n->duplex,
	    tell_machines(t, j));
	j->closes = "when both ends have one duplex: let both negotiate";
}

static void
judge_nic_duplex(const struct saying *t, const struct known_nic *nic)
{
	const struct known_neighbor *n = NULL;

	for (size_t i = 0; i < nic->neighbor_count && !n; i++) {
		if (tell_speaks(t, nic, &nic->neighbors[i]) &&
		    nic->neighbors[i].duplex[0])
			n = &nic->neighbors[i];
	}
	if (!tell_nic_is_current(t, nic) || nic->carrier != TOLD_YES ||
	    nic->duplex[0] == '\0')
		return;
	if (n && strcmp(n->duplex, nic->duplex) != 0)
		tell_duplex(t, nic, n);
	else if (n)
		tell(t, RULING_HOLDS, nic->name);
	else
		tell_unknown(t, nic->name,
		    "the duplex of the switch port; CDP tells it");
}

void
rule_duplex(
    const struct rule *rule, const struct known *k, struct judgements *out)
{
	const struct saying t = { rule, k, out };

	for (size_t i = 0; i < k->nic_count; i++)
		judge_nic_duplex(&t, &k->nics[i]);
}

/* The neighbor that says whether its port negotiates; NULL: none does. */
static const struct known_neighbor *
who_says_negotiation(const struct saying *t, const struct known_nic *nic)
{
	for (size_t i = 0; i < nic->neighbor_count; i++) {
		const struct known_neighbor *n = &nic->neighbors[i];

		if (tell_speaks(t, nic, n) && n->autonegotiates != TOLD_NOTHING)
			return n;
	}
	return NULL;
}

static void
tell_negotiation(const struct saying *t, const struct team *team,
    const struct known_nic *fixed, const struct known_nic *other)
{
	struct judgement *j = tell(t, RULING_BROKEN, team->name);

	if (!j)
		return;
	tell_of_nic(t, j, fixed);
	tell_of_nic(t, j, other);
	j->nic = fixed->name;
	saying_claim(t, j, OWNED_BY_NETWORK,
	    &who_says_negotiation(t, fixed)->source,
	    judgements_text(
		t->out, "%s does not negotiate", tell_port(t, fixed)->text));
	saying_claim(t, j, OWNED_BY_NETWORK,
	    &who_says_negotiation(t, other)->source,
	    judgements_text(
		t->out, "%s negotiates", tell_port(t, other)->text));
	saying_fix_port(t, j, fixed, FIX_PORT_NEGOTIATES, fix_nothing());
	j->sentence = judgements_text(t->out,
	    "the ports of %s of %s differ: %s has a fixed speed, %s "
	    "negotiates; a fixed end makes the other guess its duplex",
	    team->name, t->k->name, tell_port(t, fixed)->text,
	    tell_port(t, other)->text);
	j->closes = "when both ports do the same";
}

static void
judge_ports(const struct saying *t, const struct team *team)
{
	const struct known_nic *fixed = NULL, *free = NULL;
	const struct known_neighbor *n;
	size_t told = 0;

	for (size_t i = 0; i < team->leg_count; i++) {
		n = who_says_negotiation(t, team->legs[i].nic);
		if (!n)
			continue;
		told++;
		if (n->autonegotiates == TOLD_NO)
			fixed = team->legs[i].nic;
		else
			free = team->legs[i].nic;
	}
	if (team->leg_count < 2)
		return;
	if (fixed && free && fixed->speed == free->speed)
		tell_negotiation(t, team, fixed, free);
	else if (told == team->leg_count && team_is_whole(team))
		tell(t, RULING_HOLDS, team->name);
	else
		tell_unknown(
		    t, team->name, "LLDP with the MAC/PHY TLV from each port");
}

void
rule_negotiation(
    const struct rule *rule, const struct known *k, struct judgements *out)
{
	teams_each(&(struct saying){ rule, k, out }, judge_ports);
}
