#include "collector/rules/teams.h"

#include <string.h>

static bool
is_one_of(const char *text, const char *const *words)
{
	for (; *words; words++) {
		if (strcmp(text, *words) == 0)
			return true;
	}
	return false;
}

static enum teaming
teaming_of(const char *mode, const char *lacp)
{
	static const char *const by_lacp[] = { "802.3ad", "lacp", NULL };
	static const char *const fixed[] = { "balance-rr", "balance-xor",
		"broadcast", "roundrobin", "loadbalance", "loadbalance_ip",
		NULL };
	static const char *const plain[] = { "active-backup", "activebackup",
		"balance-tlb", "balance-alb", "balance-slb", "balance-tcp",
		"loadbalance_srcid", "loadbalance_srcmac",
		"loadbalance_loadbased", "failover_explicit", NULL };

	if (strcmp(lacp, "negotiated") == 0 || strcmp(lacp, "configured") == 0)
		return TEAMING_LACP;
	if (is_one_of(mode, by_lacp))
		return TEAMING_LACP;
	if (is_one_of(mode, fixed))
		return TEAMING_STATIC;
	return is_one_of(mode, plain) ? TEAMING_PLAIN : TEAMING_UNKNOWN;
}

static void
add_leg(struct team *team, const struct known_nic *nic,
    enum known_member_state state)
{
	if (team->leg_count == TEAM_LEGS_MOST || state == LEG_UNUSED ||
	    nic->removed_at >= 0)
		return;
	if (nic->up == TOLD_NO || nic->carrier == TOLD_NO)
		state = LEG_DOWN;
	team->legs[team->leg_count++] =
	    (struct team_leg){ .nic = nic, .state = state };
}

static bool
is_kernel_bond(const struct known_link *link)
{
	return strcmp(link->kind, "bond") == 0;
}

static bool
has_bond_named(const struct known *k, const char *name)
{
	for (size_t i = 0; i < k->link_count; i++) {
		if (is_kernel_bond(&k->links[i]) &&
		    strcmp(k->links[i].name, name) == 0)
			return true;
	}
	return false;
}

/* NULL: it serves no virtual switch. */
static const struct known_uplink *
uplink_of(const struct known *k, const struct known_nic *nic)
{
	if (nic->vswitch >= k->vswitch_count ||
	    nic->uplink >= k->vswitches[nic->vswitch].uplink_count)
		return NULL;
	return &k->vswitches[nic->vswitch].uplinks[nic->uplink];
}

static void
count_untold(const struct known *k, struct team *team)
{
	size_t count = team->uplink ? team->uplink->member_count : 0;

	for (size_t i = 0; i < count; i++)
		team->untold += team->uplink->members[i].nic >= k->nic_count;
}

/* What the virtual switch above says of this leg of a bond. */
static enum known_member_state
state_above(const struct known *k, const struct known_nic *nic)
{
	const struct known_uplink *uplink = uplink_of(k, nic);
	size_t count = uplink ? uplink->member_count : 0;

	for (size_t i = 0; i < count; i++) {
		if (uplink->members[i].nic == (uint32_t)(nic - k->nics))
			return uplink->members[i].state;
	}
	if (strcmp(nic->bond_state, "active") == 0)
		return LEG_ACTIVE;
	return strcmp(nic->bond_state, "backup") == 0 ? LEG_STANDBY
						      : LEG_UNKNOWN;
}

static void
read_bond(
    const struct known *k, const struct known_link *link, struct team *out)
{
	*out = (struct team){
		.name = link->name,
		.mode = link->bond_mode,
		.teaming = teaming_of(link->bond_mode, ""),
		.platform = PLATFORM_LINUX,
		.source = &link->source,
		.vswitch = KNOWN_NONE,
	};
	for (size_t i = 0; i < k->nic_count; i++) {
		if (k->nics[i].bond != (uint32_t)(link - k->links))
			continue;
		add_leg(out, &k->nics[i], state_above(k, &k->nics[i]));
		if (!uplink_of(k, &k->nics[i]))
			continue;
		out->uplink = uplink_of(k, &k->nics[i]);
		out->vswitch = k->nics[i].vswitch;
	}
	count_untold(k, out);
}

static void
read_uplink(const struct saying *t, uint32_t vswitch,
    const struct known_uplink *uplink, struct team *out)
{
	const struct known *k = t->k;

	*out = (struct team){
		.name = uplink->name,
		.mode = uplink->mode,
		.teaming = teaming_of(uplink->mode, uplink->lacp),
		.platform = tell_vswitch_platform(t, vswitch),
		.source = &k->vswitches[vswitch].source,
		.uplink = uplink,
		.vswitch = vswitch,
	};
	for (size_t i = 0; i < uplink->member_count; i++) {
		const struct known_member *m = &uplink->members[i];

		if (m->nic < k->nic_count)
			add_leg(out, &k->nics[m->nic], m->state);
	}
	count_untold(k, out);
}

static bool
is_team(const struct known *k, const struct known_uplink *uplink)
{
	return (strcmp(uplink->kind, "bond") == 0 ||
		   strcmp(uplink->kind, "team") == 0) &&
	       !has_bond_named(k, uplink->name);
}

void
teams_each(const struct saying *t,
    void (*judge)(const struct saying *t, const struct team *team))
{
	const struct known *k = t->k;
	struct team team;

	for (size_t i = 0; i < k->link_count; i++) {
		if (!is_kernel_bond(&k->links[i]))
			continue;
		read_bond(k, &k->links[i], &team);
		judge(t, &team);
	}
	for (uint32_t i = 0; i < k->vswitch_count; i++) {
		const struct known_vswitch *s = &k->vswitches[i];

		for (size_t u = 0; u < s->uplink_count; u++) {
			if (!is_team(k, &s->uplinks[u]))
				continue;
			read_uplink(t, i, &s->uplinks[u], &team);
			judge(t, &team);
		}
	}
}

const char *
team_legs(const struct saying *t, const struct team *team)
{
	const char *names[TEAM_LEGS_MOST];

	for (size_t i = 0; i < team->leg_count; i++)
		names[i] = team->legs[i].nic->name;
	return tell_list(t, names, team->leg_count);
}

bool
team_is_whole(const struct team *team)
{
	return team->uplink && team->untold == 0;
}

bool
team_leg_is_up(const struct saying *t, const struct team_leg *leg)
{
	return tell_nic_is_current(t, leg->nic) &&
	       leg->nic->carrier == TOLD_YES && leg->state != LEG_DOWN;
}
