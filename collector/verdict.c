#include "collector/verdict.h"

#include <string.h>

bool
verdict_host_is_silent(const struct model_host *h, int64_t now)
{
	return now - h->seen_at > HOST_SILENT_S;
}

bool
verdict_host_is_current(const struct model_host *h, int64_t now)
{
	return !verdict_host_is_silent(h, now) && !h->disconnected;
}

bool
verdict_is_current(const struct model_host *h, const struct model_nic *nic,
    const struct heard *heard, int64_t now)
{
	if (!verdict_host_is_current(h, now) || now > heard->expires ||
	    nic->carrier == SAID_NO || nic->up == SAID_NO)
		return false;
	/* Heard before the cable was last plugged in: of the old cable. */
	return nic->carrier_changed_at <= heard->last_heard ||
	       nic->carrier_changed_at > h->seen_at;
}

bool
verdict_note_is_phantom(enum note note)
{
	return note == NOTE_NOT_BY_LLDP || note == NOTE_PROVEN_ELSEWHERE ||
	       note == NOTE_TUNNELLED;
}

/* ---- the state of one claim -------------------------------------------- */

enum claim_state
verdict_state(const struct topology *t, const struct seen_claim *c)
{
	const struct model_nic *nic = t->nics[c->nic].nic;

	if (c->said->ended_at >= 0)
		return STATE_ENDED;
	return verdict_is_current(c->host, nic, &c->said->heard, t->now)
		   ? STATE_CURRENT
		   : STATE_STALE;
}

static void
note_first(const struct topology *t, const struct seen_nic *nic)
{
	for (uint32_t i = 0; i < nic->claim_count; i++) {
		struct seen_claim *c = &t->claims[nic->first_claim + i];

		c->state = verdict_state(t, c);
		c->note = NOTE_NONE;
		c->remains = false;
		if (c->said->own)
			c->note = NOTE_OWN;
		else if (c->said->reach == REACH_TUNNELLED)
			c->note = NOTE_TUNNELLED;
	}
}

/* ---- one NIC ----------------------------------------------------------- */

/* Only the claims of the best state take part: current before stale before
 * ended; of those that ended, the last ones. */
static bool
keep_best_state(const struct topology *t, struct seen_nic *nic)
{
	struct seen_claim *claims = &t->claims[nic->first_claim];
	enum claim_state best = STATE_ENDED;
	int64_t last_end = -1;
	bool any = false;

	for (uint32_t i = 0; i < nic->claim_count; i++) {
		if (claims[i].note != NOTE_NONE)
			continue;
		any = true;
		if (claims[i].state < best)
			best = claims[i].state;
		if (claims[i].said->ended_at > last_end)
			last_end = claims[i].said->ended_at;
	}
	for (uint32_t i = 0; i < nic->claim_count; i++) {
		struct seen_claim *c = &claims[i];

		if (c->note != NOTE_NONE)
			continue;
		if (c->state != best ||
		    (best == STATE_ENDED && c->said->ended_at < last_end))
			c->note = NOTE_PAST;
	}
	nic->state = best;
	return any;
}

/* LLDP to several group addresses: the nearest scope names the neighbor. */
static bool
keep_nearest_lldp(const struct topology *t, const struct seen_nic *nic)
{
	struct seen_claim *claims = &t->claims[nic->first_claim];
	enum reach nearest = REACH_TUNNELLED;

	for (uint32_t i = 0; i < nic->claim_count; i++) {
		if (claims[i].note == NOTE_NONE && claims[i].said->lldp &&
		    claims[i].said->reach < nearest)
			nearest = claims[i].said->reach;
	}
	for (uint32_t i = 0; i < nic->claim_count; i++) {
		if (claims[i].note == NOTE_NONE && claims[i].said->lldp &&
		    claims[i].said->reach > nearest)
			claims[i].note = NOTE_FARTHER;
	}
	return nearest != REACH_TUNNELLED;
}

static bool
lldp_names_port(
    const struct topology *t, const struct seen_nic *nic, uint32_t port)
{
	const struct seen_claim *claims = &t->claims[nic->first_claim];

	for (uint32_t i = 0; i < nic->claim_count; i++) {
		if (claims[i].said->lldp && claims[i].note == NOTE_NONE &&
		    claims[i].port == port)
			return true;
	}
	return false;
}

/* Does a switch speak LLDP here, and not only what may stand beside one: a
 * service processor on the same cable, a phone? */
static bool
switch_speaks_lldp(const struct topology *t, const struct seen_nic *nic)
{
	const struct seen_claim *c = &t->claims[nic->first_claim];

	for (uint32_t i = 0; i < nic->claim_count; i++, c++) {
		if (c->note == NOTE_NONE && c->said->lldp &&
		    t->devices[c->device].switch_class)
			return true;
	}
	return false;
}

/* LLDP goes no farther than the next bridge; CDP is flooded by every bridge
 * that does not know it.  So LLDP of the same NIC is believed; of a station
 * it does not deny a switch that speaks only CDP. */
static void
note_flooded(const struct topology *t, const struct seen_nic *nic)
{
	struct seen_claim *claims = &t->claims[nic->first_claim];
	bool by_switch = switch_speaks_lldp(t, nic);

	for (uint32_t i = 0; i < nic->claim_count; i++) {
		if (claims[i].note == NOTE_NONE && !claims[i].said->lldp &&
		    (by_switch || !t->devices[claims[i].device].switch_class) &&
		    !lldp_names_port(t, nic, claims[i].port))
			claims[i].note = NOTE_NOT_BY_LLDP;
	}
}

/* Has 'c' missed a frame, and was another one first heard after it? */
static bool
fell_silent(const struct topology *t, const struct seen_claim *c,
    const struct seen_claim *other)
{
	const struct heard *h = &c->said->heard;

	if (c->port == other->port ||
	    other->said->heard.first_heard <= h->last_heard)
		return false;
	/* Senders repeat three or four times within the TTL. */
	return c->state != STATE_CURRENT ||
	       (c->said->ttl_s > 0 &&
		   t->now - h->last_heard > c->said->ttl_s / 2);
}

static void
note_silent(const struct topology *t, const struct seen_nic *nic)
{
	struct seen_claim *claims = &t->claims[nic->first_claim];

	for (uint32_t i = 0; i < nic->claim_count; i++) {
		bool silent = false;

		for (uint32_t k = 0;
		     k < nic->claim_count && claims[i].note == NOTE_NONE; k++)
			silent |= claims[k].note == NOTE_NONE &&
				  fell_silent(t, &claims[i], &claims[k]);
		if (silent)
			claims[i].note = NOTE_FELL_SILENT;
	}
}

/* Stations and phones stand beside the switch that the NIC hears, too.  One
 * that speaks LLDP, while the switch does not, is a rival: the CDP of the
 * switch may have been flooded from afar. */
static void
note_beside(const struct topology *t, const struct seen_nic *nic)
{
	struct seen_claim *claims = &t->claims[nic->first_claim];
	bool any_switch = false, by_switch = switch_speaks_lldp(t, nic);

	for (uint32_t i = 0; i < nic->claim_count; i++)
		any_switch |= claims[i].note == NOTE_NONE &&
			      t->devices[claims[i].device].switch_class;
	for (uint32_t i = 0; i < nic->claim_count && any_switch; i++) {
		if (claims[i].note == NOTE_NONE &&
		    (by_switch || !claims[i].said->lldp) &&
		    !t->devices[claims[i].device].switch_class)
			claims[i].note = NOTE_BESIDE;
	}
}

/* What the NIC tells alone: what remains of its claims, and whether that is
 * LLDP's word. */
static void
look_at(const struct topology *t, struct seen_nic *nic)
{
	if (nic->looked_at == t->moment)
		return;
	nic->looked_at = t->moment;
	nic->claim = TOPOLOGY_NONE;
	nic->sure = false;
	nic->rivals = 0;
	nic->state = STATE_CURRENT;
	nic->reason = nic->claim_count > 0 ? REASON_ONLY_PASSED : REASON_SILENT;
	nic->by_lldp = false;
	note_first(t, nic);
	if (!keep_best_state(t, nic))
		return;
	nic->by_lldp = keep_nearest_lldp(t, nic);
	if (nic->by_lldp)
		note_flooded(t, nic);
	note_silent(t, nic);
	for (uint32_t i = 0; i < nic->claim_count; i++) {
		struct seen_claim *c = &t->claims[nic->first_claim + i];

		c->remains = c->note == NOTE_NONE;
	}
}

/* What the NICs that hear a port prove of its cable.  Each is judged only as
 * far as it can be alone, so there is no circle. */
static const struct proof *
proof_of(const struct topology *t, uint32_t at)
{
	struct port *port = &t->ports[at];
	struct proof proof = { t->moment, TOPOLOGY_NONE, false };
	const struct model_host *heard_by = NULL;

	if (port->proof.judged_at == t->moment)
		return &port->proof;
	for (uint32_t i = 0; i < port->claim_count; i++) {
		const struct seen_claim *c = &t->claims[port->claims[i]];
		struct seen_nic *nic = &t->nics[c->nic];

		look_at(t, nic);
		if (!c->remains || c->state != STATE_CURRENT)
			continue;
		if (nic->by_lldp) {
			if (proof.nic == TOPOLOGY_NONE)
				proof.nic = c->nic;
			continue;
		}
		/* Claims stand host by host. */
		proof.shared |= heard_by && heard_by != c->host;
		heard_by = c->host;
	}
	port->proof = proof;
	return &port->proof;
}

static void
note_proven_elsewhere(const struct topology *t, const struct seen_nic *nic)
{
	uint32_t self = (uint32_t)(nic - t->nics);

	for (uint32_t i = 0; i < nic->claim_count; i++) {
		struct seen_claim *c = &t->claims[nic->first_claim + i];
		uint32_t proven;

		if (c->note != NOTE_NONE || c->state != STATE_CURRENT)
			continue;
		proven = proof_of(t, c->port)->nic;
		if (proven != TOPOLOGY_NONE && proven != self)
			c->note = NOTE_PROVEN_ELSEWHERE;
	}
}

/* Counts what remains: devices, or ports when it is one device.  The claim
 * heard last, LLDP before others, stands for it. */
static void
count_rivals(
    const struct topology *t, struct seen_nic *nic, uint32_t *out_ports)
{
	const struct seen_claim *best = NULL;
	uint32_t devices = 0, ports = 0;

	for (uint32_t i = 0; i < nic->claim_count; i++) {
		struct seen_claim *c = &t->claims[nic->first_claim + i];
		bool new_device = true, new_port = true;

		if (c->note != NOTE_NONE)
			continue;
		for (uint32_t k = 0; k < i; k++) {
			const struct seen_claim *d =
			    &t->claims[nic->first_claim + k];

			if (d->note != NOTE_NONE)
				continue;
			new_device &= d->device != c->device;
			new_port &= d->port != c->port;
		}
		devices += new_device;
		ports += new_port;
		if (!best || c->said->lldp > best->said->lldp ||
		    (c->said->lldp == best->said->lldp &&
			c->said->heard.last_heard >
			    best->said->heard.last_heard)) {
			best = c;
			nic->claim = nic->first_claim + i;
		}
	}
	nic->rivals = devices;
	*out_ports = ports;
}

static enum reason
reason_for_one(const struct topology *t, const struct seen_nic *nic)
{
	const struct seen_claim *claims = &t->claims[nic->first_claim];
	bool lldp = false, other = false;

	if (nic->state == STATE_ENDED)
		return REASON_ENDED;
	if (nic->state == STATE_STALE)
		return REASON_STALE;
	for (uint32_t i = 0; i < nic->claim_count; i++) {
		if (claims[i].note != NOTE_NONE)
			continue;
		lldp |= claims[i].said->lldp;
		other |= !claims[i].said->lldp;
	}
	if (lldp)
		return other ? REASON_BOTH : REASON_LLDP;
	return proof_of(t, t->claims[nic->claim].port)->shared
		   ? REASON_SHARED
		   : REASON_ONE_PROTOCOL;
}

static void
decide(const struct topology *t, struct seen_nic *nic)
{
	uint32_t ports;

	count_rivals(t, nic, &ports);
	if (nic->rivals == 0)
		nic->reason = REASON_ONLY_PASSED;
	else if (nic->rivals > 1)
		nic->reason = REASON_SEVERAL;
	else if (ports > 1)
		nic->reason = REASON_SEVERAL_PORTS;
	else
		nic->reason = reason_for_one(t, nic);
	if (nic->reason == REASON_SEVERAL_PORTS)
		nic->rivals = ports;
	nic->sure = nic->rivals == 1 && nic->reason != REASON_SHARED;
	for (uint32_t i = 0; i < nic->claim_count; i++) {
		struct seen_claim *c = &t->claims[nic->first_claim + i];

		if (c->note == NOTE_NONE)
			c->note = nic->sure ? NOTE_NEIGHBOR : NOTE_CANDIDATE;
	}
}

/* Does LLDP of this NIC take part in the decision? */
static bool
hears_lldp(const struct topology *t, const struct seen_nic *nic)
{
	for (uint32_t i = 0; i < nic->claim_count; i++) {
		const struct seen_claim *c = &t->claims[nic->first_claim + i];

		if (c->note == NOTE_NONE && c->said->lldp)
			return true;
	}
	return false;
}

static void
judge(const struct topology *t, struct seen_nic *nic)
{
	if (nic->judged_at == t->moment)
		return;
	look_at(t, nic);
	nic->judged_at = t->moment;
	if (nic->claim_count == 0)
		return;
	if (!hears_lldp(t, nic))
		note_proven_elsewhere(t, nic);
	note_beside(t, nic);
	decide(t, nic);
}

void
verdict_at(struct topology *t, int64_t now)
{
	t->now = now;
	t->moment++;
}

const struct seen_nic *
verdict_nic(const struct topology *t, uint32_t at)
{
	judge(t, &t->nics[at]);
	return &t->nics[at];
}

const struct seen_claim *
verdict_claim(const struct topology *t, uint32_t at)
{
	judge(t, &t->nics[t->claims[at].nic]);
	return &t->claims[at];
}

void
verdict_all(struct topology *t, int64_t now)
{
	verdict_at(t, now);
	for (uint32_t i = 0; i < t->nic_count; i++) {
		if (t->nics[i].host)
			judge(t, &t->nics[i]);
	}
}
