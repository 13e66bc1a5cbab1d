#include "collector/rules/diagnosis.h"

#include "collector/rules/diagnosis_leg.h"

static void
add_leg(struct diagnosing *m, enum known_member_state state, const char *gap)
{
	struct diagnosis *out = m->out;
	struct diagnosed_leg *leg;

	if (out->leg_count == DIAGNOSED_LEGS_MOST) {
		out->cut = true;
		return;
	}
	leg = &out->legs[out->leg_count++];
	*leg = (struct diagnosed_leg){
		.vnic = m->vnic, .nic = m->nic, .state = state
	};
	diagnosis_fill(m, leg, gap);
}

/* ---- all legs ---------------------------------------------------------- */

static void
add_ways(struct diagnosing *m)
{
	const struct known *k = m->k;
	bool any = false;

	for (size_t i = 0; i < k->way_count; i++) {
		const struct known_way *w = &k->ways[i];

		if (w->group != m->group)
			continue;
		any = true;
		m->vswitch = w->vswitch;
		m->uplink = w->uplink;
		m->nic = w->nic;
		add_leg(m, w->state, w->gap);
	}
	m->vswitch = m->uplink = m->nic = KNOWN_NONE;
	if (!any)
		add_leg(m, LEG_UNKNOWN, "where it leads is not told");
}

static void
add_vnic(struct diagnosing *m, uint32_t at)
{
	const struct known_vnic *vnic = &m->k->vnics[at];

	m->vnic = at;
	m->group = vnic->group;
	m->vswitch = vnic->vswitch;
	m->uplink = KNOWN_NONE;
	m->nic = vnic->nic;
	if (vnic->nic != KNOWN_NONE || vnic->group == KNOWN_NONE)
		add_leg(m, vnic->nic != KNOWN_NONE ? LEG_ACTIVE : LEG_UNKNOWN,
		    vnic->nic != KNOWN_NONE ? ""
					    : "its port group is not told");
	else
		add_ways(m);
}

static void
add_nic(struct diagnosing *m, uint32_t at)
{
	const struct known_nic *nic = &m->k->nics[at];
	enum known_member_state state = LEG_UNKNOWN;

	m->nic = at;
	m->vswitch = nic->vswitch;
	m->uplink = nic->uplink;
	if (m->vswitch != KNOWN_NONE && m->uplink != KNOWN_NONE) {
		const struct known_uplink *u =
		    &m->k->vswitches[m->vswitch].uplinks[m->uplink];

		for (size_t i = 0; i < u->member_count; i++) {
			if (u->members[i].nic == at)
				state = u->members[i].state;
		}
	}
	add_leg(m, state, "");
}

static void
add_all(struct diagnosing *m, const struct diagnosis_of *of)
{
	const struct known *k = m->k;

	m->machine = of->machine;
	if (of->vnic != KNOWN_NONE) {
		m->machine = k->vnics[of->vnic].machine;
		add_vnic(m, of->vnic);
	} else if (of->machine != KNOWN_NONE) {
		const struct known_machine *machine = &k->machines[of->machine];

		for (uint32_t i = 0; i < machine->vnic_count; i++)
			add_vnic(m, machine->first_vnic + i);
		if (machine->vnic_count == 0)
			add_leg(m, LEG_UNKNOWN, "it has no vNIC");
	} else if (of->nic != KNOWN_NONE) {
		add_nic(m, of->nic);
	} else {
		for (uint32_t i = 0; i < k->nic_count; i++)
			add_nic(m, i);
		if (k->nic_count == 0)
			add_leg(m, LEG_UNKNOWN, "none of its NICs is told");
	}
}

/* ---- the outcome ------------------------------------------------------- */

static unsigned
use(enum known_member_state state)
{
	static const unsigned order[] = {
		[LEG_ACTIVE] = 4,
		[LEG_UNKNOWN] = 3,
		[LEG_STANDBY] = 2,
		[LEG_DOWN] = 1,
		[LEG_UNUSED] = 0,
	};

	return order[state];
}

/* By insertion: there are few, and those alike stay in their order. */
static void
sort_legs(struct diagnosis *d)
{
	for (size_t i = 1; i < d->leg_count; i++) {
		struct diagnosed_leg leg = d->legs[i];
		size_t at = i;

		for (; at > 0 && use(d->legs[at - 1].state) < use(leg.state);
		     at--)
			d->legs[at] = d->legs[at - 1];
		d->legs[at] = leg;
	}
}

static unsigned
weight_of_leg(
    const struct diagnosis *d, const struct judgements *judged, uint32_t at)
{
	const struct diagnosed_leg *leg = &d->legs[at];
	const struct diagnosed_hop *h;

	if (leg->broken == KNOWN_NONE)
		return 0;
	h = &leg->hops[leg->broken];
	/* Among those alike, the hop nearest to the machine. */
	return diagnosis_weight(judged, h) * (HOP_SWITCH + 1) +
	       (unsigned)(HOP_SWITCH - h->hop);
}

static void
find_worst(struct diagnosis *d, const struct judgements *judged)
{
	unsigned most = 0;

	d->worst = KNOWN_NONE;
	for (uint32_t i = 0; i < d->leg_count; i++) {
		unsigned mine = weight_of_leg(d, judged, i);

		if (mine > most) {
			most = mine;
			d->worst = i;
		}
	}
}

static bool
is_in_use(const struct diagnosed_leg *leg)
{
	return leg->state == LEG_ACTIVE || leg->state == LEG_UNKNOWN;
}

/* A warning is a risk, or slows: frames still pass. */
static bool
is_stopped(const struct judgements *judged, const struct diagnosed_leg *leg)
{
	return leg->broken != KNOWN_NONE &&
	       diagnosis_weight(judged, &leg->hops[leg->broken]) ==
		   DIAGNOSIS_STOPS;
}

static enum extent
extent_of(const struct diagnosis *d, const struct judgements *judged)
{
	size_t used = 0, stopped_used = 0, stopped = 0;

	for (size_t i = 0; i < d->leg_count; i++) {
		bool stops = is_stopped(judged, &d->legs[i]);

		used += is_in_use(&d->legs[i]);
		stopped += stops;
		stopped_used += stops && is_in_use(&d->legs[i]);
	}
	if (stopped == 0)
		return EXTENT_NONE;
	if (stopped == d->leg_count)
		return EXTENT_ALL;
	if (stopped_used == 0)
		return EXTENT_STANDBY;
	return used == stopped_used ? EXTENT_ALL : EXTENT_SOME;
}

static enum ruling
ruling_of_all(const struct diagnosis *d)
{
	if (d->worst != KNOWN_NONE)
		return RULING_BROKEN;
	for (size_t i = 0; i < d->leg_count; i++) {
		for (size_t k = 0; k < d->legs[i].hop_count; k++) {
			if (d->legs[i].hops[k].ruling == RULING_UNKNOWN)
				return RULING_UNKNOWN;
		}
	}
	return d->leg_count > 0 ? RULING_HOLDS : RULING_UNKNOWN;
}

void
diagnose(struct diagnosis *out, const struct known *known,
    const struct judgements *judged, const struct diagnosis_of *of)
{
	struct diagnosing m = { .out = out, .k = known, .judged = judged };

	*out = (struct diagnosis){ .worst = KNOWN_NONE };
	out->legs =
	    arena_array(&out->arena, DIAGNOSED_LEGS_MOST, sizeof(*out->legs));
	if (!out->legs)
		return;
	m.machine = m.vnic = m.group = KNOWN_NONE;
	m.vswitch = m.uplink = m.nic = KNOWN_NONE;
	add_all(&m, of);
	sort_legs(out);
	find_worst(out, judged);
	out->ruling = ruling_of_all(out);
	out->extent = extent_of(out, judged);
}

void
diagnosis_done(struct diagnosis *d)
{
	arena_done(&d->arena);
	*d = (struct diagnosis){ .worst = KNOWN_NONE };
}

const char *
diagnosed_state_word(enum known_member_state state)
{
	static const char *const words[] = {
		[LEG_UNKNOWN] = "unknown",
		[LEG_ACTIVE] = "active",
		[LEG_STANDBY] = "standby",
		[LEG_DOWN] = "down",
		[LEG_UNUSED] = "unused",
	};

	return words[state];
}

const char *
extent_word(enum extent extent)
{
	static const char *const words[] = {
		[EXTENT_NONE] = "none",
		[EXTENT_STANDBY] = "standby",
		[EXTENT_SOME] = "some",
		[EXTENT_ALL] = "all",
	};

	return words[extent];
}
