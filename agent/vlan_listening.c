#include "agent/vlan_listening.h"

#include <errno.h>
#include <string.h>

#include "agent/agent.h"
#include "agent/ethtool.h"
#include "agent/reporter.h"
#include "agent/tagged.h"

enum {
	MS_PER_S = 1000,
	/* A VLAN is current for so many periods after a frame: quiet ones
	 * still have an ARP request in an hour. */
	PERIODS_CURRENT = 12,
	CURRENT_MS = 3600 * MS_PER_S, /* where there is no period */
	/* While other windows are open, their news may be told along. */
	TOGETHER_MS = 10000
};

static struct heard_when
when_at(struct instant now)
{
	return (struct heard_when){ .now = now, .unix_s = clock_unix_s() };
}

/* ---- frames -------------------------------------------------------------- */

static void
note_change(struct vlan_listening *v, struct instant now)
{
	if (!v->changed)
		v->changed_first = now;
	v->changed = true;
}

static uint16_t
take_frame(void *owner, uint32_t index, struct cursor octets)
{
	struct agent *agent = owner;
	struct vlan_listening *v = &agent->vlans;
	struct nic *nic = nics_find(&agent->nics, index);
	struct heard_when when = when_at(clock_now());
	struct tagged frame;

	if (!nic || !nic->vlans || tagged_read(octets, &frame) != STATUS_OK ||
	    own_macs_have(&v->own, frame.source_mac))
		return 0;
	switch (heard_vlans_take(
	    &v->heard, nic->vlans, frame.vlan, &frame.sender, when)) {
	case HEARD_NEW:
		log_debug("%s: heard VLAN %u", nic->link.name, frame.vlan);
		note_change(v, when.now);
		break;
	case HEARD_ADDRESS:
		note_change(v, when.now);
		break;
	case HEARD_LOST:
		return frame.vlan;
	case HEARD_SAME:
		break;
	}
	return heard_vlans_enough(nic->vlans, frame.vlan) ? frame.vlan : 0;
}

/* ---- windows ------------------------------------------------------------- */

static void
add_own(struct own_macs *own, bool known, const uint8_t *mac)
{
	if (known)
		own_macs_add(own, mac);
}

/* Whoever starts while a window is open is not known in it. */
static void
learn_own(struct agent *agent)
{
	struct own_macs *own = &agent->vlans.own;
	struct virtual inside;

	for (size_t i = 0; i < agent->links.count; i++) {
		const struct link *l = &agent->links.items[i];

		add_own(own, l->has_mac, l->mac);
		add_own(own, l->has_permanent_mac, l->permanent_mac);
	}
	virtual_init(&inside);
	look_describe(agent, &inside);
	for (uint32_t i = 0; i < inside.vnics.count; i++) {
		const struct vnic *vnic = virtual_vnic(&inside, i);

		add_own(own, vnic->has_mac, vnic->mac);
	}
	virtual_done(&inside);
	own_macs_sort(own);
}

static void
open_window(struct agent *agent, struct nic *nic, struct instant now)
{
	struct vlan_listening *v = &agent->vlans;
	enum status status = tagged_captures_open(v->captures, nic->link.index);
	uint32_t held;
	bool filtered;

	nic->vlans = NULL;
	if (status == STATUS_OK)
		nic->vlans =
		    heard_vlans_begin(&v->heard, nic->link.index, when_at(now));
	if (!nic->vlans) {
		(void)tagged_captures_close(v->captures, nic->link.index);
		if (log_gate(&v->gate, now.ms, &held))
			log_warning("%s: cannot listen for VLANs: %s",
			    nic->link.name,
			    status == STATUS_SYSTEM ? strerror(errno)
						    : status_text(status));
		return;
	}
	if (v->open++ == 0)
		learn_own(agent);
	filtered =
	    !nic->link.promiscuous && ethtool_filters_vlans(nic->link.name);
	if (filtered != nic->vlans_filtered)
		note_change(v, now);
	nic->vlans_filtered = filtered;
}

static void
close_window(struct agent *agent, struct nic *nic)
{
	struct vlan_listening *v = &agent->vlans;
	struct tagged_counts counts;

	if (!nic->vlans)
		return;
	counts = tagged_captures_close(v->captures, nic->link.index);
	nic->vlans_dropped += counts.dropped;
	if (!nic->vlans->complete)
		note_change(v, clock_now());
	nic->vlans->complete = true;
	nic->vlans = NULL;
	if (--v->open == 0)
		own_macs_done(&v->own);
}

static void
tell(struct agent *agent, struct instant now)
{
	struct vlan_listening *v = &agent->vlans;

	if (!v->changed || (v->open > 0 && instant_ms_between(v->changed_first,
					       now) < TOGETHER_MS))
		return;
	v->changed = false;
	reporter_note_change(agent, now);
}

static void
plan(struct agent *agent)
{
	struct vlan_listening *v = &agent->vlans;
	struct instant at = { 0 }, one;
	bool any = heard_vlans_next(&v->heard, &at);

	for (const struct nic *n = agent->nics.first; n; n = n->next) {
		if (!n->hears_vlans || !window_next(&n->window, &one))
			continue;
		if (!any || one.ms < at.ms)
			at = one;
		any = true;
	}
	if (any)
		loop_timer_set(agent->loop, &v->timer, at);
	else
		loop_timer_stop(agent->loop, &v->timer);
}

/* A socket that is closed waits for the kernel, some milliseconds: so one at a
 * time, and others have their turn between. */
static void
step(void *owner, struct instant now)
{
	struct agent *agent = owner;
	struct vlan_listening *v = &agent->vlans;
	bool closed = false;

	for (struct nic *n = agent->nics.first; n && !closed; n = n->next) {
		if (!n->hears_vlans)
			continue;
		switch (window_step(&n->window, &v->plan, now)) {
		case WINDOW_OPEN:
			open_window(agent, n, now);
			break;
		case WINDOW_CLOSE:
			close_window(agent, n);
			closed = true;
			break;
		case WINDOW_WAIT:
			break;
		}
	}
	if (heard_vlans_expire(&v->heard, now) > 0)
		note_change(v, now);
	tell(agent, now);
	plan(agent);
}

/* ---- NICs ---------------------------------------------------------------- */

/* The same NIC of the same host begins at the same moment after each start;
 * FNV-1a. */
static uint64_t
number_of(const struct agent *agent, const struct nic *nic)
{
	uint64_t number = 0xcbf29ce484222325u;

	for (const char *c = agent->host.id; *c; c++)
		number = (number ^ (uint8_t)*c) * 0x100000001b3u;
	for (const char *c = nic->link.name; *c; c++)
		number = (number ^ (uint8_t)*c) * 0x100000001b3u;
	return number >> 16;
}

void
vlan_listening_follow(struct agent *agent, struct nic *nic)
{
	struct vlan_listening *v = &agent->vlans;
	bool fit = v->plan.window_ms > 0 && nic->listening && nic->link.up &&
		   nic->link.carrier;

	if (fit == nic->hears_vlans)
		return;
	if (!fit) {
		vlan_listening_end(agent, nic);
		return;
	}
	nic->hears_vlans = true;
	window_start(
	    &nic->window, &v->plan, clock_now(), number_of(agent, nic));
	plan(agent);
}

void
vlan_listening_end(struct agent *agent, struct nic *nic)
{
	struct vlan_listening *v = &agent->vlans;

	if (!nic->hears_vlans)
		return;
	close_window(agent, nic);
	nic->hears_vlans = false;
	nic->window = (struct window){ 0 };
	if (heard_vlans_find(&v->heard, nic->link.index)) {
		(void)heard_vlans_forget(&v->heard, nic->link.index);
		note_change(v, clock_now());
	}
	tell(agent, clock_now());
	plan(agent);
}

int64_t
vlan_listening_ask(struct agent *agent, struct nic *nic)
{
	struct vlan_listening *v = &agent->vlans;
	struct instant now = clock_now();
	int64_t longest_ms = -1;

	for (struct nic *n = agent->nics.first; n; n = n->next) {
		if (!n->hears_vlans || (nic && n != nic))
			continue;
		window_ask(&n->window, &v->plan, now);
		longest_ms = v->plan.window_ms;
	}
	plan(agent);
	return longest_ms;
}

/* ---- beginning and end --------------------------------------------------- */

enum status
vlan_listening_init(struct agent *agent)
{
	struct vlan_listening *v = &agent->vlans;
	const struct options *o = agent->options;
	int64_t life_ms = CURRENT_MS;

	v->plan =
	    (struct window_plan){ .window_ms = o->vlan_window_s * MS_PER_S,
		    .period_ms = o->vlan_period_s * MS_PER_S };
	if (o->vlan_period_s > 0)
		life_ms = PERIODS_CURRENT * v->plan.period_ms;
	heard_vlans_init(&v->heard, life_ms);
	v->timer = (struct loop_timer){ .fire = step, .owner = agent };
	return tagged_captures_new(
	    agent->loop, take_frame, agent, &v->captures);
}

void
vlan_listening_done(struct agent *agent)
{
	struct vlan_listening *v = &agent->vlans;

	tagged_captures_free(v->captures);
	v->captures = NULL;
	loop_timer_stop(agent->loop, &v->timer);
	own_macs_done(&v->own);
	heard_vlans_done(&v->heard);
}
