/*
 * links.h - rtnetlink messages to links, and the set of all links.
 *
 *	netlink -> [links] -> agent, listen, doctor
 *
 * Pure: no socket, no clock, no log.
 *
 * Memory:  links_init/links_done; a link found is lent until the next take
 *          or remove.
 * Errors:  STATUS_MALFORMED: no link message; STATUS_UNKNOWN: a message that
 *          is of no concern (a bridge's own view of its port);
 *          STATUS_TOO_LARGE: more links than LINKS_MOST.
 * Source:  rtnetlink(7), linux/if_link.h.
 */
#ifndef AGENT_LINKS_H
#define AGENT_LINKS_H

#include <linux/netlink.h>
#include <stddef.h>

#include "base/attributes.h"
#include "base/status.h"
#include "report/host.h"
#include "report/virtual.h"

/* A host with more links is full of containers; those beyond are counted. */
enum { LINKS_MOST = 4096 };

struct links {
	struct link *items; /* ordered by index */
	bool *seen;         /* since links_begin_dump, one for each item */
	size_t count, capacity;
	uint32_t lost; /* beyond LINKS_MOST */
};

/* Reads one RTM_NEWLINK or RTM_DELLINK. */
MUST_USE enum status link_read(
    const struct nlmsghdr *message, struct link *out);

void links_init(struct links *links);
void links_done(struct links *links);

/* Adds the link or takes its new state. */
MUST_USE enum status links_take(struct links *links, const struct link *link);
void links_remove(struct links *links, uint32_t index);

/* Between the two, links_take marks what a dump holds; afterwards
 * links_next_unseen gives the index of each that was not in it (0: no more);
 * the caller removes it before asking again. */
void links_begin_dump(struct links *links);
uint32_t links_next_unseen(const struct links *links);

const struct link *links_find(const struct links *links, uint32_t index);
/* Also by alternative name. */
const struct link *links_find_name(const struct links *links, const char *name);

/* An Ethernet device with hardware behind it, and no part of another one. */
bool link_is_nic(const struct link *link);

/* Of a member of a bond, and of the bond. */
enum member_state link_member_state(
    const struct link *bond, const struct link *member);
enum lacp_state link_lacp_state(const struct link *bond);
/* Has LACP done with this leg: do both sides send and receive on it?  Also of a
 * link that it has nothing to do with. */
bool link_lacp_is_settled(const struct link *member);
/* Is it in another state or bond than before, LACP's own octets aside? */
bool link_leg_changed(const struct link *before, const struct link *member);

/* "balance-rr" ...; "" when unknown. */
const char *link_bond_mode_name(const struct link *link);

/* macvtap or macvlan: a NIC of its own on another device. */
bool link_is_macvlan(const struct link *link);
/* "bridge", "vepa" ... as libvirt spells them; "" when unknown. */
const char *link_macvlan_mode_name(const struct link *link);

#endif
