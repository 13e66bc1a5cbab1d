/*
 * teams.h - which leg of a team device carries traffic.
 *
 *	team_socket -> [teams] -> inside
 *
 * Reads what the driver says by generic netlink: whole lists when asked, only
 * what has changed when it tells by itself.  Pure.
 *
 * Memory:  teams_done frees.
 * Errors:  STATUS_MALFORMED; STATUS_TOO_LARGE: more teams than
 *          TEAM_DEVICES_MOST, or no memory for them.
 * Source:  linux/if_team.h.
 */
#ifndef AGENT_TEAMS_H
#define AGENT_TEAMS_H

#include <linux/netlink.h>
#include <stddef.h>

#include "base/attributes.h"
#include "base/status.h"
#include "report/virtual.h"

/* Each has a link of its own. */
enum { TEAM_DEVICES_MOST = 256, TEAM_MODE_SIZE = 24 };

struct team_port {
	uint32_t index;
	bool has_link, link; /* as the team's monitoring sees it */
	bool has_enabled, enabled;
};

struct team_device {
	uint32_t index;
	char mode[TEAM_MODE_SIZE]; /* "activebackup"; "": not known */
	bool has_active;
	uint32_t active; /* index of the port; 0: none */
	uint8_t port_count;
	struct team_port ports[UPLINK_MEMBERS_MOST];
};

struct teams {
	struct team_device *items;
	size_t count, capacity;
};

/* Takes a message of the family; gives whether it told something new. */
MUST_USE enum status teams_take(
    struct teams *teams, const struct nlmsghdr *message, bool *out_changed);
/* The team is gone, or what is known of it is not to be believed. */
void teams_forget(struct teams *teams, uint32_t index);
void teams_done(struct teams *teams);

/* NULL: nothing was told of it. */
const struct team_device *teams_find(const struct teams *teams, uint32_t index);

/* Of a leg of the team; 'team' may be NULL. */
enum member_state team_member_state(
    const struct team_device *team, const struct link *member);

#endif
