/*
 * teams.h - several NICs as one: bonds of the kernel and of Open vSwitch, and
 * teams of VMware, seen in one way.
 *
 *	known links, uplinks -> [teams] -> rules of bonds
 *
 * Memory:  a plain value; what it points to is of the known.
 * Errors:  legs beyond TEAM_LEGS_MOST are left out.
 */
#ifndef COLLECTOR_RULES_TEAMS_H
#define COLLECTOR_RULES_TEAMS_H

#include "collector/rules/telling.h"

enum { TEAM_LEGS_MOST = 32 };

/* What a team expects of the switch. */
enum teaming {
	TEAMING_UNKNOWN,
	TEAMING_LACP,
	TEAMING_STATIC, /* a channel without a protocol */
	TEAMING_PLAIN   /* nothing: each leg is a port of its own */
};

struct team_leg {
	const struct known_nic *nic;
	enum known_member_state state;
};

struct team {
	const char *name, *mode;
	enum teaming teaming;
	enum platform platform;
	const struct known_source *source;
	const struct known_uplink *uplink; /* NULL: below no virtual switch */
	uint32_t vswitch;                  /* KNOWN_NONE */
	struct team_leg legs[TEAM_LEGS_MOST];
	size_t leg_count; /* those that it does not use left out */
	size_t untold;    /* legs that are named, and of which no NIC tells */
};

/* Has 'judge' judge each team of the host. */
void teams_each(const struct saying *t,
    void (*judge)(const struct saying *t, const struct team *team));

/* "eno1 and eno2". */
const char *team_legs(const struct saying *t, const struct team *team);

/* Are these all its legs?  A bond below no virtual switch names none. */
bool team_is_whole(const struct team *team);

/* Is the leg up, by what is known now? */
bool team_leg_is_up(const struct saying *t, const struct team_leg *leg);

#endif
