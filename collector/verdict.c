#include "collector/verdict.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Where the cable of a port is known to end. */
struct proof {
	uint32_t nic; /* by LLDP; TOPOLOGY_NONE: not known */
	const struct model_host *heard_by; /* the host that hears it by CDP */
	bool shared;                       /* several hosts do */
};

struct judging {
	struct topology *t;
	struct proof *proofs; /* of each port */
	int64_t now;
};

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

static enum claim_state
state_of(const struct judging *g, const struct seen_claim *c)
{
	const struct model_nic *nic = g->t->nics[c->nic].nic;

	if (c->said->ended_at >= 0)
		return STATE_ENDED;
	return verdict_is_current(c->host, nic, &c->said->heard, g->now)
		   ? STATE_CURRENT
		   : STATE_STALE;
}

static void
note_first(struct judging *g)
{
	for (uint32_t i = 0; i < g->t->claim_count; i++) {
		struct seen_claim *c = &g->t->claims[i];

		c->state = state_of(g, c);
		c->note = NOTE_NONE;
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
keep_best_state(struct judging *g, struct seen_nic *nic)
{
	struct seen_claim *claims = &g->t->claims[nic->first_claim];
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
keep_nearest_lldp(struct judging *g, const struct seen_nic *nic)
{
	struct seen_claim *claims = &g->t->claims[nic->first_claim];
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
    const struct judging *g, const struct seen_nic *nic, uint32_t port)
{
	const struct seen_claim *claims = &g->t->claims[nic->first_claim];

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
switch_speaks_lldp(const struct judging *g, const struct seen_nic *nic)
{
	const struct seen_claim *c = &g->t->claims[nic->first_claim];

	for (uint32_t i = 0; i < nic->claim_count; i++, c++) {
		if (c->note == NOTE_NONE && c->said->lldp &&
		    g->t->devices[c->device].switch_class)
			return true;
	}
	return false;
}

/* LLDP goes no farther than the next bridge; CDP is flooded by every bridge
 * that does not know it.  So LLDP of the same NIC is believed; of a station
 * it does not deny a switch that speaks only CDP. */
static void
note_flooded(struct judging *g, const struct seen_nic *nic)
{
	struct seen_claim *claims = &g->t->claims[nic->first_claim];
	bool by_switch = switch_speaks_lldp(g, nic);

	for (uint32_t i = 0; i < nic->claim_count; i++) {
		if (claims[i].note == NOTE_NONE && !claims[i].said->lldp &&
		    (by_switch ||
			!g->t->devices[claims[i].device].switch_class) &&
		    !lldp_names_port(g, nic, claims[i].port))
			claims[i].note = NOTE_NOT_BY_LLDP;
	}
}

/* Has 'c' missed a frame, and was another one first heard after it? */
static bool
fell_silent(const struct judging *g, const struct seen_claim *c,
    const struct seen_claim *other)
{
	const struct heard *h = &c->said->heard;

	if (c->port == other->port ||
	    other->said->heard.first_heard <= h->last_heard)
		return false;
	/* Senders repeat three or four times within the TTL. */
	return c->state != STATE_CURRENT ||
	       (c->said->ttl_s > 0 &&
		   g->now - h->last_heard > c->said->ttl_s / 2);
}

static void
note_silent(struct judging *g, const struct seen_nic *nic)
{
	struct seen_claim *claims = &g->t->claims[nic->first_claim];

	for (uint32_t i = 0; i < nic->claim_count; i++) {
		bool silent = false;

		for (uint32_t k = 0;
		     k < nic->claim_count && claims[i].note == NOTE_NONE; k++)
			silent |= claims[k].note == NOTE_NONE &&
				  fell_silent(g, &claims[i], &claims[k]);
		if (silent)
			claims[i].note = NOTE_FELL_SILENT;
	}
}

/* Stations and phones stand beside the switch that the NIC hears, too.  One
 * that speaks LLDP, while the switch does not, is a rival: the CDP of the
 * switch may have been flooded from afar. */
static void
note_beside(struct judging *g, const struct seen_nic *nic)
{
	struct seen_claim *claims = &g->t->claims[nic->first_claim];
	bool any_switch = false, by_switch = switch_speaks_lldp(g, nic);

	for (uint32_t i = 0; i < nic->claim_count; i++)
		any_switch |= claims[i].note == NOTE_NONE &&
			      g->t->devices[claims[i].device].switch_class;
	for (uint32_t i = 0; i < nic->claim_count && any_switch; i++) {
		if (claims[i].note == NOTE_NONE &&
		    (by_switch || !claims[i].said->lldp) &&
		    !g->t->devices[claims[i].device].switch_class)
			claims[i].note = NOTE_BESIDE;
	}
}

static void
note_proven_elsewhere(struct judging *g, const struct seen_nic *nic)
{
	uint32_t self = (uint32_t)(nic - g->t->nics);

	for (uint32_t i = 0; i < nic->claim_count; i++) {
		struct seen_claim *c = &g->t->claims[nic->first_claim + i];

		if (c->note == NOTE_NONE && c->state == STATE_CURRENT &&
		    g->proofs[c->port].nic != TOPOLOGY_NONE &&
		    g->proofs[c->port].nic != self)
			c->note = NOTE_PROVEN_ELSEWHERE;
	}
}

/* Counts what remains: devices, or ports when it is one device.  The claim
 * heard last, LLDP before others, stands for it. */
static void
count_rivals(struct judging *g, struct seen_nic *nic, uint32_t *out_ports)
{
	const struct seen_claim *best = NULL;
	uint32_t devices = 0, ports = 0;

	for (uint32_t i = 0; i < nic->claim_count; i++) {
		struct seen_claim *c = &g->t->claims[nic->first_claim + i];
		bool new_device = true, new_port = true;

		if (c->note != NOTE_NONE)
			continue;
		for (uint32_t k = 0; k < i; k++) {
			const struct seen_claim *d =
			    &g->t->claims[nic->first_claim + k];

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
reason_for_one(const struct judging *g, const struct seen_nic *nic)
{
	const struct seen_claim *claims = &g->t->claims[nic->first_claim];
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
	return g->proofs[g->t->claims[nic->claim].port].shared
		   ? REASON_SHARED
		   : REASON_ONE_PROTOCOL;
}

static void
decide(struct judging *g, struct seen_nic *nic)
{
	uint32_t ports;

	count_rivals(g, nic, &ports);
	if (nic->rivals == 0)
		nic->reason = REASON_ONLY_PASSED;
	else if (nic->rivals > 1)
		nic->reason = REASON_SEVERAL;
	else if (ports > 1)
		nic->reason = REASON_SEVERAL_PORTS;
	else
		nic->reason = reason_for_one(g, nic);
	if (nic->reason == REASON_SEVERAL_PORTS)
		nic->rivals = ports;
	nic->sure = nic->rivals == 1 && nic->reason != REASON_SHARED;
	for (uint32_t i = 0; i < nic->claim_count; i++) {
		struct seen_claim *c = &g->t->claims[nic->first_claim + i];

		if (c->note == NOTE_NONE)
			c->note = nic->sure ? NOTE_NEIGHBOR : NOTE_CANDIDATE;
	}
}

/* First walk: what LLDP alone can tell, and which ports it proves. */
static void
judge_lldp(struct judging *g, struct seen_nic *nic)
{
	bool by_lldp;

	nic->claim = TOPOLOGY_NONE;
	nic->sure = false;
	nic->rivals = 0;
	nic->state = STATE_CURRENT;
	nic->reason = nic->claim_count > 0 ? REASON_ONLY_PASSED : REASON_SILENT;
	if (!keep_best_state(g, nic))
		return;
	by_lldp = keep_nearest_lldp(g, nic);
	if (by_lldp)
		note_flooded(g, nic);
	note_silent(g, nic);
	for (uint32_t i = 0; i < nic->claim_count; i++) {
		struct seen_claim *c = &g->t->claims[nic->first_claim + i];
		struct proof *proof;

		if (c->note != NOTE_NONE || c->state != STATE_CURRENT)
			continue;
		proof = &g->proofs[c->port];
		if (by_lldp) {
			if (proof->nic == TOPOLOGY_NONE)
				proof->nic = (uint32_t)(nic - g->t->nics);
			continue;
		}
		if (proof->heard_by && proof->heard_by != c->host)
			proof->shared = true;
		proof->heard_by = c->host;
	}
}

/* Does LLDP of this NIC take part in the decision? */
static bool
hears_lldp(const struct judging *g, const struct seen_nic *nic)
{
	for (uint32_t i = 0; i < nic->claim_count; i++) {
		const struct seen_claim *c =
		    &g->t->claims[nic->first_claim + i];

		if (c->note == NOTE_NONE && c->said->lldp)
			return true;
	}
	return false;
}

enum status
verdict_all(struct topology *t, int64_t now)
{
	struct judging g = { .t = t, .now = now };

	g.proofs = calloc((size_t)t->port_count + 1, sizeof(*g.proofs));
	if (!g.proofs)
		return STATUS_NO_MEMORY;
	for (uint32_t i = 0; i < t->port_count; i++)
		g.proofs[i].nic = TOPOLOGY_NONE;
	note_first(&g);
	for (uint32_t i = 0; i < t->nic_count; i++)
		judge_lldp(&g, &t->nics[i]);
	for (uint32_t i = 0; i < t->nic_count; i++) {
		struct seen_nic *nic = &t->nics[i];

		if (nic->claim_count == 0)
			continue;
		if (!hears_lldp(&g, nic))
			note_proven_elsewhere(&g, nic);
		note_beside(&g, nic);
		decide(&g, nic);
	}
	free(g.proofs);
	return STATUS_OK;
}
