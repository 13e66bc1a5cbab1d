#include <stdlib.h>

#include "collector/rules/rules.h"
#include "collector/rules/saying.h"

enum { CLOCK_OFF_S = 60, FLAPS_MANY = 4, FRAMES_SOME = 10, FRAMES_MANY = 1000 };

static struct judgement *
of_host(const struct saying *s, enum ruling ruling)
{
	struct judgement *j = judgements_add(s->out, s->rule, ruling);

	if (j)
		j->about = "host";
	return j;
}

void
rule_host_silent(
    const struct rule *rule, const struct known *k, struct judgements *out)
{
	struct saying s = { rule, k, out };
	struct judgement *j = of_host(
	    &s, k->silent || k->disconnected ? RULING_BROKEN : RULING_HOLDS);

	if (!j)
		return;
	if (k->silent)
		j->sentence = judgements_text(out,
		    "Nothing is heard of %s any more: %s is down, or cannot "
		    "reach the collector. All that is shown of the host is of "
		    "when it last reported.",
		    k->name,
		    k->via[0] ? "demarc-vsphere or its vCenter" : "its agent");
	else if (k->disconnected)
		j->sentence = judgements_text(out,
		    "vCenter %s has no connection to %s (%s). All that is "
		    "shown of the host is of before.",
		    k->via, k->name, k->connection);
	else
		j->sentence = judgements_text(out, "%s reports.", k->name);
	saying_claim(&s, j, OWNED_BY_SYSTEMS, &k->source,
	    k->silent         ? "reported"
	    : k->disconnected ? k->connection
			      : "reports");
	if (j->ruling != RULING_BROKEN)
		return;
	j->closes = "with the host's next report";
	if (k->silent && !k->via[0])
		judgement_mends(out, j,
		    &(struct judged_fix){
			.side = OWNED_BY_SYSTEMS,
			.where = k->name,
			.platform = "Linux",
			.command = fix_command(&out->arena, PLATFORM_LINUX,
			    FIX_RESTART_AGENT,
			    &(struct fix_words){ .vlan = -1, .mtu = -1 }),
		    });
}

void
rule_host_twice(
    const struct rule *rule, const struct known *k, struct judgements *out)
{
	struct saying s = { rule, k, out };
	struct judgement *j;

	if (!k->shared_id)
		return;
	j = of_host(&s, RULING_BROKEN);
	if (!j)
		return;
	j->sentence = judgements_text(out,
	    "Two hosts report with the machine id %s, and each replaces the "
	    "other: one was cloned without a new id.",
	    k->machine_id);
	j->closes = "when one of them has another id";
	saying_claim(
	    &s, j, OWNED_BY_SYSTEMS, &k->source, "reports with this id");
}

void
rule_host_clock(
    const struct rule *rule, const struct known *k, struct judgements *out)
{
	struct saying s = { rule, k, out };
	int64_t off = llabs(k->clock_ahead_s);
	struct judgement *j =
	    of_host(&s, off > CLOCK_OFF_S ? RULING_BROKEN : RULING_HOLDS);

	if (!j)
		return;
	if (j->ruling == RULING_HOLDS) {
		j->sentence = "Its clock agrees with the collector's.";
		return;
	}
	j->sentence = judgements_text(out,
	    "The clock of %s is more than %lld minutes %s: its log cannot be "
	    "compared with those of switches. (What is shown here is put "
	    "right.)",
	    k->name, (long long)(off / 60),
	    k->clock_ahead_s > 0 ? "ahead" : "behind");
	j->closes = "when the clock is right";
	saying_claim(&s, j, OWNED_BY_SYSTEMS, &k->source, "its own clock");
}

/* ---- NICs ---------------------------------------------------------------- */

static void
judge_link(const struct saying *s, const struct known_nic *nic)
{
	bool off = nic->up == TOLD_NO;
	bool down = !off && nic->carrier == TOLD_NO;
	enum ruling ruling = !nic->source.current       ? RULING_UNKNOWN
			     : off || down              ? RULING_BROKEN
			     : nic->carrier == TOLD_YES ? RULING_HOLDS
							: RULING_UNKNOWN;
	struct judgement *j = saying_of_nic(s, ruling, nic, "");

	if (!j)
		return;
	if (ruling == RULING_HOLDS)
		j->sentence = judgements_text(
		    s->out, "%s %s has a link.", s->k->name, nic->name);
	else if (off)
		j->sentence = judgements_text(s->out,
		    "%s %s is switched off, and is in use.", s->k->name,
		    nic->name);
	else if (down)
		j->sentence = judgements_text(s->out,
		    "%s %s has no link: no cable, a bad one, or %s is shut.",
		    s->k->name, nic->name,
		    nic->port != KNOWN_NONE ? saying_port(s->k, nic)
					    : "the switch port");
	else
		j->sentence = judgements_text(s->out,
		    "Whether %s %s has a link is not told.", s->k->name,
		    nic->name);
	saying_claim(s, j, OWNED_BY_SYSTEMS, &nic->source,
	    off                        ? "switched off"
	    : nic->carrier == TOLD_YES ? "carrier"
	    : down                     ? "no carrier"
				       : "");
	if (ruling != RULING_BROKEN)
		return;
	j->owner = off ? OWNED_BY_SYSTEMS : s->rule->owner;
	j->closes = "when the link is back";
	saying_touch(s, j, nic, -1);
	saying_fix_host(
	    s, j, nic, off ? FIX_NIC_UP : FIX_SHOW_NIC, fix_nothing());
	if (down)
		saying_fix_port(s, j, nic, FIX_SHOW_PORT, fix_nothing());
}

void
rule_nic_link(
    const struct rule *rule, const struct known *k, struct judgements *out)
{
	struct saying s = { rule, k, out };

	for (size_t i = 0; i < k->nic_count; i++) {
		if (k->nics[i].removed_at < 0 && saying_is_used(k, &k->nics[i]))
			judge_link(&s, &k->nics[i]);
	}
}

void
rule_nic_flaps(
    const struct rule *rule, const struct known *k, struct judgements *out)
{
	struct saying s = { rule, k, out };

	for (size_t i = 0; i < k->nic_count; i++) {
		const struct known_nic *nic = &k->nics[i];
		struct judgement *j;

		if (nic->flaps < FLAPS_MANY)
			continue;
		j = saying_of_nic(&s, RULING_BROKEN, nic, "");
		if (!j)
			return;
		j->sentence = judgements_text(out,
		    "The link of %s %s to %s comes and goes, %d times and "
		    "more within the last hour: cable, transceiver, or a port "
		    "that is taken down again and again.",
		    k->name, nic->name, saying_port(k, nic), FLAPS_MANY);
		j->closes = "when the link has been quiet for an hour";
		saying_claim(&s, j, OWNED_BY_SYSTEMS, &nic->source,
		    "its carrier changed again and again");
		saying_touch(&s, j, nic, -1);
		saying_fix_host(&s, j, nic, FIX_SHOW_NIC, fix_nothing());
		saying_fix_port(&s, j, nic, FIX_SHOW_PORT, fix_nothing());
	}
}

void
rule_nic_firmware(
    const struct rule *rule, const struct known *k, struct judgements *out)
{
	struct saying s = { rule, k, out };

	for (size_t i = 0; i < k->nic_count; i++) {
		const struct known_nic *nic = &k->nics[i];
		struct fix_words words = fix_nothing();
		struct judgement *j;

		if (nic->firmware_lldp == TOLD_NOTHING || !nic->source.current)
			continue;
		j = saying_of_nic(&s,
		    nic->firmware_lldp == TOLD_YES ? RULING_BROKEN
						   : RULING_HOLDS,
		    nic, "");
		if (!j)
			return;
		saying_claim(&s, j, OWNED_BY_SYSTEMS, &nic->source,
		    judgements_text(out, "driver %s, its LLDP agent is %s",
			nic->driver,
			nic->firmware_lldp == TOLD_YES ? "on" : "off"));
		if (j->ruling == RULING_HOLDS) {
			j->sentence = judgements_text(out,
			    "The LLDP agent in the firmware of %s %s is off.",
			    k->name, nic->name);
			continue;
		}
		j->sentence = judgements_text(out,
		    "The firmware of %s %s (%s) runs an LLDP agent that keeps "
		    "all LLDP from the host: what is at the other end of its "
		    "cable can be known by CDP alone.",
		    k->name, nic->name, nic->driver);
		j->closes = "when the driver says that it is off";
		if (nic->cable == KNOWN_CABLE_SURE)
			j->severity = SEVERITY_REMARK;
		words.flag = nic->firmware_flag;
		saying_fix_host(&s, j, nic, FIX_FIRMWARE_LLDP, words);
	}
}

void
rule_frames_malformed(
    const struct rule *rule, const struct known *k, struct judgements *out)
{
	struct saying s = { rule, k, out };

	for (size_t i = 0; i < k->nic_count; i++) {
		const struct known_nic *nic = &k->nics[i];
		struct judgement *j;

		if (nic->frames_malformed < 1 || !nic->source.current)
			continue;
		j = saying_of_nic(&s, RULING_BROKEN, nic, "");
		if (!j)
			return;
		j->sentence = judgements_text(out,
		    "%s of CDP or LLDP that %s %s hears from %s are malformed "
		    "and not believed: an error in the sender's software, or "
		    "somebody who plays.",
		    nic->frames_malformed > FRAMES_MANY   ? "Many frames"
		    : nic->frames_malformed > FRAMES_SOME ? "Some frames"
							  : "A few frames",
		    k->name, nic->name, saying_port(k, nic));
		j->closes = "when the agent starts anew and hears none";
		saying_claim(&s, j, OWNED_BY_SYSTEMS, &nic->source,
		    "counts malformed frames");
	}
}
