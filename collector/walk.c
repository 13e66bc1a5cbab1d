#include "collector/walk.h"

#include <stdlib.h>
#include <string.h>

#include "collector/incoming_rules.h"
#include "collector/team.h"

enum {
	LINKS_DEEP_MOST = 8, /* a VLAN on a bond in a bridge ... */
	LEG_STEPS = 8        /* what it costs to keep a leg */
};

/* The switches of one host in the order in which they are entered. */
struct round {
	struct walk *walk;
	struct walk_leg from; /* what every leg begins with */
	uint32_t entered[REPORT_VSWITCHES_MOST];
	uint32_t came_from[REPORT_VSWITCHES_MOST]; /* place in 'entered' */
	bool known[REPORT_VSWITCHES_MOST];         /* by place in the host */
	size_t count;
	size_t legs_before;
	const struct inside_patch *loose; /* leads to no reported switch */
	size_t loose_at;
	bool too_deep, unused;
};

/* One answer may take many walks; a report whose patch ports form a mesh would
 * hold up all others. */
static void
count_steps(struct walk *w, size_t steps)
{
	w->steps += steps;
	if (w->steps > WALK_STEPS_MOST)
		w->cut = true;
}

static void
add_leg(struct walk *w, const struct walk_leg *leg)
{
	if (w->count >= WALK_LEGS_MOST) {
		w->cut = true;
		return;
	}
	if (w->count == w->capacity) {
		size_t capacity = w->capacity * 2 + 8;
		struct walk_leg *more =
		    realloc(w->legs, capacity * sizeof(*more));

		if (!more) {
			w->failed = true;
			return;
		}
		w->legs = more;
		w->capacity = capacity;
	}
	w->legs[w->count++] = *leg;
	count_steps(w, LEG_STEPS);
}

static void
add_gap(struct walk *w, struct walk_leg leg, enum walk_gap gap)
{
	leg.nic = INSIDE_NONE;
	leg.gap = gap;
	add_leg(w, &leg);
}

/* One leg for each NIC of the uplink; from a workload or port group only those
 * that it may use.  Gives whether some were left out. */
static bool
add_members(
    struct walk *w, struct walk_leg leg, const struct inside_uplink *uplink)
{
	bool choosy = leg.group || leg.vnic, left_out = false;

	leg.uplink = uplink;
	if (uplink->member_count == 0)
		add_gap(w, leg, GAP_NO_MEMBER);
	for (size_t i = 0; i < uplink->member_count && !w->cut; i++) {
		leg.member = &uplink->members[i];
		leg.by_group =
		    team_state(leg.group, leg.switches[leg.switch_count - 1],
			uplink, leg.member, &leg.member_state);
		count_steps(w, 1 + (leg.group ? leg.group->choice_count : 0));
		if (choosy && leg.member_state == MEMBER_UNUSED) {
			left_out = true;
			continue;
		}
		leg.nic = leg.member->nic;
		leg.gap = leg.nic == INSIDE_NONE ? GAP_NIC_UNKNOWN : GAP_NONE;
		add_leg(w, &leg);
	}
	return left_out;
}

/* The way to an entered switch; false when it is too long to be shown. */
static bool
read_way(const struct round *r, size_t at, struct walk_leg *leg)
{
	size_t depth = 1, step;

	for (step = at; step != 0; step = r->came_from[step])
		depth++;
	if (depth > WALK_SWITCHES_MOST)
		return false;
	leg->switch_count = depth;
	for (step = at;; step = r->came_from[step]) {
		leg->switches[--depth] =
		    &model_frame(leg->host)->vswitches[r->entered[step]];
		if (step == 0)
			return true;
	}
}

static void
enter(struct round *r, uint32_t vswitch, size_t from)
{
	if (r->known[vswitch] || r->count == REPORT_VSWITCHES_MOST)
		return;
	r->known[vswitch] = true;
	r->entered[r->count] = vswitch;
	r->came_from[r->count++] = (uint32_t)from;
}

static void
follow_patches(struct round *r, size_t at)
{
	const struct inside_vswitch *s =
	    &model_frame(r->from.host)->vswitches[r->entered[at]];

	count_steps(r->walk, s->patch_count + 1);
	for (size_t i = 0; i < s->patch_count; i++) {
		if (s->patches[i].peer != INSIDE_NONE) {
			enter(r, s->patches[i].peer, at);
		} else if (!r->loose) {
			r->loose = &s->patches[i];
			r->loose_at = at;
		}
	}
}

/* A patch port may stand among the uplinks, too: it is followed as a patch. */
static void
leave_by_uplinks(struct round *r, size_t at)
{
	const struct inside_vswitch *s =
	    &model_frame(r->from.host)->vswitches[r->entered[at]];
	struct walk_leg leg = r->from;

	if (!read_way(r, at, &leg)) {
		r->too_deep = true;
		return;
	}
	for (size_t i = 0; i < s->uplink_count && !r->walk->cut; i++) {
		if (strcmp(s->uplinks[i].kind, "patch") != 0)
			r->unused |= add_members(r->walk, leg, &s->uplinks[i]);
	}
}

/* No way out was found: why. */
static void
say_dead_end(struct round *r)
{
	struct walk_leg leg = r->from;

	if (r->too_deep || !read_way(r, r->loose ? r->loose_at : 0, &leg)) {
		(void)read_way(r, 0, &leg);
		add_gap(r->walk, leg, GAP_TOO_DEEP);
	} else if (r->loose) {
		leg.patch = r->loose;
		add_gap(r->walk, leg, GAP_PATCH_UNKNOWN);
	} else if (r->unused) {
		add_gap(r->walk, leg, GAP_UNUSED);
	} else {
		add_gap(r->walk, leg, GAP_NO_UPLINK);
	}
}

static void
leave_switch(struct walk *w, const struct walk_leg *from, uint32_t vswitch)
{
	struct round r = { .walk = w, .from = *from, .legs_before = w->count };

	enter(&r, vswitch, 0);
	for (size_t i = 0; i < r.count && !w->cut; i++) {
		leave_by_uplinks(&r, i);
		follow_patches(&r, i);
	}
	if (w->count == r.legs_before && !w->cut && !w->failed)
		say_dead_end(&r);
}

static void
leave_by_vnic(
    struct walk *w, const struct model_host *h, const struct inside_vnic *n)
{
	struct walk_leg leg = {
		.host = h, .workload = model_workload(h, n->workload), .vnic = n
	};

	if (n->group != INSIDE_NONE)
		leg.group = &model_frame(h)->groups[n->group];
	leg.nic = n->nic;
	if (n->vswitch != INSIDE_NONE)
		leave_switch(w, &leg, n->vswitch);
	else if (n->vswitch_name[0] != '\0')
		add_gap(w, leg, GAP_VSWITCH_UNKNOWN);
	else if (n->nic != INSIDE_NONE)
		add_leg(w, &leg); /* a part of the NIC itself: a VF */
	else
		add_gap(w, leg, GAP_VSWITCH_UNTOLD);
}

void
walk_from_vnic(struct walk *w, const struct model_host *h, uint32_t vnic)
{
	const struct inside_vnic *n = model_vnic(h, vnic);

	if (n)
		leave_by_vnic(w, h, n);
}

void
walk_from_workload(
    struct walk *w, const struct model_host *h, uint32_t workload)
{
	const struct inside_workload *x = model_workload(h, workload);

	for (uint32_t i = 0; x && i < x->vnic_count && !w->cut; i++)
		leave_by_vnic(w, h, &x->vnics[i]);
	if (x && x->vnic_count == 0)
		add_gap(w, (struct walk_leg){ .host = h, .workload = x },
		    GAP_NO_VNIC);
}

void
walk_from_group(struct walk *w, const struct model_host *h, uint32_t group)
{
	struct walk_leg leg = { .host = h,
		.group = &model_frame(h)->groups[group] };

	if (leg.group->vswitch != INSIDE_NONE)
		leave_switch(w, &leg, leg.group->vswitch);
	else
		add_gap(w, leg, GAP_VSWITCH_UNKNOWN);
}

void
walk_from_vswitch(struct walk *w, const struct model_host *h, uint32_t vswitch)
{
	leave_switch(w, &(struct walk_leg){ .host = h }, vswitch);
}

void
walk_from_uplink(struct walk *w, const struct model_host *h, uint32_t vswitch,
    uint32_t uplink)
{
	const struct inside_vswitch *s = &model_frame(h)->vswitches[vswitch];
	struct walk_leg leg = {
		.host = h, .switches = { s }, .switch_count = 1
	};

	(void)add_members(w, leg, &s->uplinks[uplink]);
}

void
walk_from_nic(struct walk *w, const struct model_host *h, uint32_t nic)
{
	const struct inside_use *use =
	    model_frame(h)->uses ? &model_frame(h)->uses[nic] : NULL;
	struct walk_leg leg = { .host = h, .nic = nic };

	for (size_t i = 0; i < w->count; i++) {
		if (w->legs[i].host == h && w->legs[i].nic == nic)
			return;
	}
	if (use && use->count > 1) {
		leg.gap = GAP_SEVERAL;
	} else if (use && use->count == 1) {
		const struct inside_vswitch *s =
		    &model_frame(h)->vswitches[use->vswitch];

		leg.switches[0] = s;
		leg.switch_count = 1;
		leg.uplink = &s->uplinks[use->uplink];
		leg.member = &leg.uplink->members[use->member];
		leg.member_state = leg.member->state;
	}
	add_leg(w, &leg);
}

static const struct model_link *
link_named(const struct model_host *h, const char *name)
{
	for (size_t i = 0; i < h->link_count && name[0] != '\0'; i++) {
		if (strcmp(h->links[i].name, name) == 0)
			return &h->links[i];
	}
	return NULL;
}

/* Does the NIC stand below the link, by its masters? */
static bool
is_below(const struct model_host *h, const struct model_nic *nic,
    const struct model_link *link)
{
	const char *master = nic->master;

	for (int i = 0; i < LINKS_DEEP_MOST; i++) {
		const struct model_link *above;

		if (strcmp(master, link->name) == 0)
			return true;
		above = link_named(h, master);
		if (!above)
			return false;
		master = above->master;
	}
	return false;
}

void
walk_below_link(
    struct walk *w, const struct model_host *h, const struct model_link *link)
{
	/* Names are compared, so many links of many NICs take long. */
	count_steps(w, 1 + h->nic_count * h->link_count / 16);
	if (w->cut)
		return;
	for (int i = 0; i < LINKS_DEEP_MOST && link->lower[0] != '\0'; i++) {
		const struct model_link *lower = link_named(h, link->lower);

		for (uint32_t k = 0; !lower && k < h->nic_count; k++) {
			if (strcmp(h->nics[k].name, link->lower) == 0)
				walk_from_nic(w, h, k);
		}
		if (!lower)
			break;
		link = lower;
	}
	for (uint32_t i = 0; i < h->nic_count; i++) {
		if (is_below(h, &h->nics[i], link))
			walk_from_nic(w, h, i);
	}
}

void
walk_from_link(
    struct walk *w, const struct model_host *h, const struct model_link *link)
{
	size_t before = w->count;

	walk_below_link(w, h, link);
	if (w->count == before && !w->cut)
		add_gap(w, (struct walk_leg){ .host = h }, GAP_NO_WAY);
}

void
walk_again(struct walk *w)
{
	w->count = 0;
	w->cut = w->steps > WALK_STEPS_MOST;
}

void
walk_done(struct walk *w)
{
	free(w->legs);
	*w = (struct walk){ 0 };
}
