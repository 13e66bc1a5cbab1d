/* The part of look.h that asks again while LACP settles. */
#include "agent/look_parts.h"

enum {
	/* LACP settles after the event that tells of a leg, without one: a
	 * partner is chosen within 3 s, a leg waits 2 s to be aggregated. */
	BONDS_MS = 1000,
	BONDS_ASKED_MOST = 5
};

/* Is there a leg that is up, and that LACP has not aggregated? */
static bool
lacp_settles(const struct links *links)
{
	for (size_t i = 0; i < links->count; i++) {
		if (links->items[i].carrier &&
		    !link_lacp_is_settled(&links->items[i]))
			return true;
	}
	return false;
}

static void
ask(void *owner, struct instant now)
{
	struct agent *agent = owner;
	struct look *look = &agent->look;

	look->bonds_asked++;
	agent_ask_links(agent);
	if (!look->bonds.set && look->bonds_asked < BONDS_ASKED_MOST &&
	    lacp_settles(&agent->links))
		loop_timer_set(
		    agent->loop, &look->bonds, instant_after(now, BONDS_MS));
}

/* What LACP says of a leg changes while it settles: that begins nothing. */
void
look_bonds_note(
    struct agent *agent, const struct link *before, const struct link *leg)
{
	struct look *look = &agent->look;

	if (link_leg_changed(before, leg))
		look->bonds_asked = 0;
	if (!look->bonds.set && look->bonds_asked < BONDS_ASKED_MOST)
		loop_timer_set(agent->loop, &look->bonds,
		    instant_after(clock_now(), BONDS_MS));
}

void
look_bonds_init(struct agent *agent)
{
	agent->look.bonds = (struct loop_timer){ .fire = ask, .owner = agent };
}
