#include <string.h>

#include "collector/rules/carrying.h"
#include "collector/rules/rules.h"
#include "collector/rules/saying.h"

enum { MOVED_TOLD_S = 24 * 3600 };

/* ---- is anybody at the other end? ---------------------------------------- */

/* Why there is no neighbor; '*out_wanting' what would change that. */
static const char *
why_unheard(const struct saying *s, const struct known_nic *nic,
    const char **out_wanting)
{
	*out_wanting = "";
	if (nic->listening == TOLD_NO) {
		*out_wanting = "somebody who listens there";
		return judgements_text(s->out, "nobody listens there%s%s",
		    nic->listening_reason[0] ? ": " : "",
		    nic->listening_reason);
	}
	if (nic->firmware_lldp == TOLD_YES) {
		*out_wanting = "the LLDP agent in the NIC's firmware off";
		return "the LLDP agent in the NIC's firmware keeps the frames";
	}
	*out_wanting = "CDP or LLDP sent by the switch on this port";
	switch (nic->cable) {
	case KNOWN_CABLE_PASSED:
		return "what is heard there came through something else and "
		       "names another cable";
	case KNOWN_CABLE_STALE:
		return judgements_text(s->out, "%s was heard, and is no longer",
		    saying_port(s->k, nic));
	case KNOWN_CABLE_ENDED:
		return judgements_text(s->out, "%s was heard, which ended",
		    saying_port(s->k, nic));
	case KNOWN_CABLE_SEVERAL:
	case KNOWN_CABLE_SEVERAL_PORTS:
		*out_wanting = "LLDP, which goes no farther than one cable";
		return "several are heard there";
	case KNOWN_CABLE_SHARED:
		*out_wanting = "LLDP, which goes no farther than one cable";
		return judgements_text(s->out,
		    "%s is heard by other hosts, too, so its CDP has passed "
		    "through something",
		    saying_port(s->k, nic));
	default:
		return "nothing was ever heard there: the switch sends no CDP "
		       "or LLDP, or the NIC keeps it";
	}
}

static const struct known_neighbor *
speaker_of(const struct known_nic *nic)
{
	for (size_t i = 0; i < nic->neighbor_count; i++) {
		if (carrying_speaks(nic, &nic->neighbors[i]))
			return &nic->neighbors[i];
	}
	return NULL;
}

static void
judge_neighbor(const struct saying *s, const struct known_nic *nic)
{
	const struct known_neighbor *n = speaker_of(nic);
	struct judgement *j;

	/* No link, no neighbor: another rule tells that. */
	if (nic->carrier == TOLD_NO || nic->up == TOLD_NO)
		return;
	j = saying_of_nic(s,
	    n && nic->source.current ? RULING_HOLDS : RULING_UNKNOWN, nic, "");
	if (!j)
		return;
	for (size_t i = 0; i < nic->neighbor_count; i++) {
		if (nic->neighbors[i].note == KNOWN_NEIGHBOR)
			saying_claim(s, j, OWNED_BY_NETWORK,
			    &nic->neighbors[i].source, saying_port(s->k, nic));
	}
	if (j->ruling == RULING_HOLDS) {
		j->sentence = judgements_text(s->out, "%s %s is cabled to %s.",
		    s->k->name, nic->name, saying_port(s->k, nic));
		return;
	}
	if (!nic->source.current) {
		j->sentence = judgements_text(s->out,
		    "What %s %s is cabled to now is unknown: the host is not "
		    "heard.",
		    s->k->name, nic->name);
		return;
	}
	j->sentence =
	    judgements_text(s->out, "What %s %s is cabled to is unknown: %s.",
		s->k->name, nic->name, why_unheard(s, nic, &j->wanting));
	j->listed = true;
	saying_touch(s, j, nic, -1);
	if (nic->listening == TOLD_NO)
		saying_fix_host(s, j, nic, FIX_LISTEN, fix_nothing());
	saying_fix_port(s, j, nic, FIX_SEND_LLDP, fix_nothing());
}

void
rule_nic_neighbor(
    const struct rule *rule, const struct known *k, struct judgements *out)
{
	struct saying s = { rule, k, out };

	for (size_t i = 0; i < k->nic_count; i++) {
		if (k->nics[i].removed_at < 0 && saying_is_used(k, &k->nics[i]))
			judge_neighbor(&s, &k->nics[i]);
	}
}

/* ---- it was there -------------------------------------------------------- */

/* A neighbor whose claim ended in this way while the link stayed. */
static bool
has_ended(const struct known *k, const struct known_nic *nic,
    const struct known_neighbor *n, const char *reason)
{
	return k->current && nic->carrier == TOLD_YES && n->note != KNOWN_OWN &&
	       n->note != KNOWN_PASSED && n->port != KNOWN_NONE &&
	       n->ended_at >= 0 && strcmp(n->ended_reason, reason) == 0 &&
	       nic->carrier_changed_at <= n->ended_at;
}

static struct judgement *
of_ended(const struct saying *s, const struct known_nic *nic,
    const struct known_neighbor *n)
{
	const char *port = s->k->ports[n->port].text;
	struct judgement *j = saying_of_nic(s, RULING_BROKEN, nic,
	    judgements_text(s->out, "%s %s", n->protocol, port));

	if (!j)
		return NULL;
	judgement_of_port(s->out, j, port);
	saying_claim(s, j, OWNED_BY_NETWORK, &n->source, port);
	saying_claim(s, j, OWNED_BY_SYSTEMS, &nic->source, "carrier");
	if (speaker_of(nic))
		j->severity = SEVERITY_REMARK;
	else
		saying_touch(s, j, nic, -1);
	return j;
}

void
rule_neighbor_silent(
    const struct rule *rule, const struct known *k, struct judgements *out)
{
	struct saying s = { rule, k, out };

	for (size_t i = 0; i < k->nic_count; i++) {
		const struct known_nic *nic = &k->nics[i];

		for (size_t n = 0; n < nic->neighbor_count; n++) {
			const struct known_neighbor *was = &nic->neighbors[n];
			struct judgement *j;

			if (!has_ended(k, nic, was, "expired"))
				continue;
			j = of_ended(&s, nic, was);
			if (!j)
				return;
			j->sentence = judgements_text(out,
			    "%s fell silent on %s %s while the link stayed: "
			    "%s was switched off on the port, or its frames "
			    "are lost.",
			    k->ports[was->port].text, k->name, nic->name,
			    was->lldp ? "LLDP" : "CDP");
			j->closes = "when it is heard again";
			saying_fix_port(&s, j, nic,
			    was->lldp ? FIX_SEND_LLDP : FIX_SEND_CDP,
			    fix_nothing());
		}
	}
}

void
rule_neighbor_goodbye(
    const struct rule *rule, const struct known *k, struct judgements *out)
{
	struct saying s = { rule, k, out };

	for (size_t i = 0; i < k->nic_count; i++) {
		const struct known_nic *nic = &k->nics[i];

		for (size_t n = 0; n < nic->neighbor_count; n++) {
			const struct known_neighbor *was = &nic->neighbors[n];
			struct judgement *j;

			if (!has_ended(k, nic, was, "goodbye"))
				continue;
			j = of_ended(&s, nic, was);
			if (!j)
				return;
			j->sentence = judgements_text(out,
			    "%s said goodbye to %s %s: LLDP was switched off "
			    "there, or the switch restarts.",
			    k->ports[was->port].text, k->name, nic->name);
			j->closes = "when it is heard again";
			saying_fix_port(
			    &s, j, nic, FIX_SEND_LLDP, fix_nothing());
		}
	}
}

void
rule_cable_moved(
    const struct rule *rule, const struct known *k, struct judgements *out)
{
	struct saying s = { rule, k, out };

	for (size_t i = 0; i < k->nic_count; i++) {
		const struct known_nic *nic = &k->nics[i];
		const char *from;
		struct judgement *j;

		if (nic->former_port == KNOWN_NONE || nic->port == KNOWN_NONE ||
		    nic->cable != KNOWN_CABLE_SURE ||
		    nic->former_last_heard < k->now - MOVED_TOLD_S)
			continue;
		from = k->ports[nic->former_port].text;
		j = saying_of_nic(&s, RULING_BROKEN, nic,
		    judgements_text(out, "%s > %s", from, saying_port(k, nic)));
		if (!j)
			return;
		j->sentence = judgements_text(out,
		    "%s %s was moved from %s to %s. If nobody meant to, two "
		    "cables are exchanged.",
		    k->name, nic->name, from, saying_port(k, nic));
		j->closes = "a day after the former port was last heard";
		judgement_of_port(out, j, from);
		for (size_t n = 0; n < nic->neighbor_count; n++) {
			const struct known_neighbor *said = &nic->neighbors[n];

			if (said->port == nic->port ||
			    said->port == nic->former_port)
				saying_claim(&s, j, OWNED_BY_NETWORK,
				    &said->source, k->ports[said->port].text);
		}
		saying_touch(&s, j, nic, -1);
	}
}

/* ---- more than one ------------------------------------------------------- */

/* A switch that the NIC hears now, from whatever it passed through. */
static bool
is_heard_switch(const struct known_neighbor *n)
{
	return n->source.current && n->switch_class && n->port != KNOWN_NONE &&
	       n->note != KNOWN_OWN && n->note != KNOWN_PAST;
}

void
rule_neighbors_several(
    const struct rule *rule, const struct known *k, struct judgements *out)
{
	struct saying s = { rule, k, out };

	for (size_t i = 0; i < k->nic_count; i++) {
		const struct known_nic *nic = &k->nics[i];
		struct judgement *j;

		if (nic->cable != KNOWN_CABLE_SEVERAL)
			continue;
		j = saying_of_nic(&s, RULING_BROKEN, nic, "");
		if (!j)
			return;
		j->sentence = judgements_text(out,
		    "%s %s hears several switches: an unmanaged switch stands "
		    "between, or one of them lets CDP or LLDP of others "
		    "through.",
		    k->name, nic->name);
		j->closes = "when one of them is no longer heard";
		for (size_t n = 0; n < nic->neighbor_count; n++) {
			const struct known_neighbor *said = &nic->neighbors[n];

			if (!is_heard_switch(said))
				continue;
			judgement_of_port(out, j, k->ports[said->port].text);
			saying_claim(&s, j, OWNED_BY_NETWORK, &said->source,
			    k->ports[said->port].text);
		}
		saying_touch(&s, j, nic, -1);
	}
}

/* CDP of another port than the one that LLDP names. */
static const struct known_neighbor *
stranger_on(const struct known_nic *nic, const struct known_neighbor *lldp)
{
	for (size_t i = 0; i < nic->neighbor_count; i++) {
		const struct known_neighbor *n = &nic->neighbors[i];

		if (is_heard_switch(n) && !n->lldp && n->port != lldp->port)
			return n;
	}
	return NULL;
}

void
rule_neighbors_disagree(
    const struct rule *rule, const struct known *k, struct judgements *out)
{
	struct saying s = { rule, k, out };

	for (size_t i = 0; i < k->nic_count; i++) {
		const struct known_nic *nic = &k->nics[i];
		const struct known_neighbor *n = speaker_of(nic);
		const struct known_neighbor *other =
		    n && n->lldp ? stranger_on(nic, n) : NULL;
		struct judgement *j;

		if (!other)
			continue;
		j = saying_of_nic(&s, RULING_BROKEN, nic, "");
		if (!j)
			return;
		j->sentence = judgements_text(out,
		    "On %s %s LLDP names %s and CDP %s. LLDP is believed: it "
		    "goes no farther than the next bridge, which CDP does "
		    "where that does not know it.",
		    k->name, nic->name, k->ports[n->port].text,
		    k->ports[other->port].text);
		j->closes = "when both name one port";
		judgement_of_port(out, j, k->ports[other->port].text);
		saying_claim(&s, j, OWNED_BY_NETWORK, &n->source,
		    k->ports[n->port].text);
		saying_claim(&s, j, OWNED_BY_NETWORK, &other->source,
		    k->ports[other->port].text);
	}
}

void
rule_port_claimed_twice(
    const struct rule *rule, const struct known *k, struct judgements *out)
{
	struct saying s = { rule, k, out };

	for (size_t i = 0; i < k->nic_count; i++) {
		const struct known_nic *nic = &k->nics[i];

		for (size_t r = 0; r < nic->rival_count; r++) {
			const struct known_rival *rival = &nic->rivals[r];
			const char *port;
			struct judgement *j;

			if (!rival->lldp || rival->port == KNOWN_NONE)
				continue;
			port = k->ports[rival->port].text;
			j = saying_of_nic(&s, RULING_BROKEN, nic,
			    judgements_text(
				out, "%s %s", rival->host, rival->nic));
			if (!j)
				return;
			j->sentence = judgements_text(out,
			    "%s %s and %s %s both hear %s by LLDP: one port "
			    "has one cable, so a switch or hub stands between, "
			    "or two ports give themselves one name.",
			    k->name, nic->name, rival->host, rival->nic, port);
			j->closes = "when one of them hears another port";
			judgement_of_port(out, j, port);
			saying_claim(
			    &s, j, OWNED_BY_NETWORK, &rival->source, port);
			saying_touch(&s, j, nic, -1);
		}
	}
}

void
rule_cable_to_host(
    const struct rule *rule, const struct known *k, struct judgements *out)
{
	struct saying s = { rule, k, out };

	for (size_t i = 0; i < k->nic_count; i++) {
		const struct known_nic *nic = &k->nics[i];
		struct judgement *j;

		if (nic->opposite[0] == '\0' || !nic->source.current)
			continue;
		j = saying_of_nic(&s, RULING_BROKEN, nic, "");
		if (!j)
			return;
		j->sentence = judgements_text(out,
		    "%s %s is cabled to the host %s, not to a switch.", k->name,
		    nic->name, nic->opposite);
		j->closes = "when a switch alone is heard there";
		if (saying_is_used(k, nic))
			j->severity = SEVERITY_WARNING;
		for (size_t n = 0; n < nic->neighbor_count; n++) {
			const struct known_neighbor *said = &nic->neighbors[n];

			if (!said->switch_class && said->source.current)
				saying_claim(&s, j, OWNED_BY_SYSTEMS,
				    &said->source, "is no switch");
		}
		saying_touch(&s, j, nic, -1);
	}
}
