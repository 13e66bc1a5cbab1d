/*
 * netlink.h - asks the kernel for all links and follows their changes.
 *
 *	kernel -> [netlink] -> links
 *
 * Memory:  netlink_new/netlink_free.  A message is lent for the call.
 * Errors:  STATUS_SYSTEM; STATUS_TOO_LARGE when changes came faster than they
 *          were read and some are lost: ask for all links anew.
 * Source:  rtnetlink(7), netlink(7).
 */
#ifndef AGENT_NETLINK_H
#define AGENT_NETLINK_H

#include <linux/netlink.h>

#include "base/attributes.h"
#include "base/status.h"

struct netlink;

typedef void netlink_taker(void *owner, const struct nlmsghdr *message);

/* Subscribes to changes of links and addresses. */
MUST_USE enum status netlink_new(struct netlink **out_netlink);
void netlink_free(struct netlink *netlink);

/* Readable when there are changes. */
int netlink_fd(const struct netlink *netlink);

/* Hands over every change that waits; does not block. */
MUST_USE enum status netlink_read(
    struct netlink *netlink, netlink_taker *take, void *owner);

enum netlink_table {
	NETLINK_LINKS,
	NETLINK_BRIDGE_VLANS, /* a link message of family AF_BRIDGE for each */
	NETLINK_ADDRESSES
};

/* Asks for a whole table and hands each message over; blocks for some
 * milliseconds.  When it changed meanwhile, one may come twice.  STATUS_BUSY:
 * it changed each time that it was asked for; what came is true, but not all
 * need have come. */
MUST_USE enum status netlink_dump(
    enum netlink_table table, netlink_taker *take, void *owner);

#endif
