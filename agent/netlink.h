/*
 * netlink.h - asks the kernel for links and follows their changes.
 *
 *	kernel -> [netlink] -> links, vfs, fdb
 *
 * Memory:  netlink_new/netlink_free.  A message is lent for the call.
 * Errors:  STATUS_SYSTEM; STATUS_TOO_LARGE when changes came faster than they
 *          were read and some are lost: ask for all links anew.
 * Source:  rtnetlink(7), netlink(7).
 */
#ifndef AGENT_NETLINK_H
#define AGENT_NETLINK_H

#include <linux/netlink.h>
#include <stddef.h>
#include <stdint.h>

#include "base/attributes.h"
#include "base/status.h"

struct netlink;

typedef void netlink_taker(void *owner, const struct nlmsghdr *message);

enum netlink_events {
	NETLINK_OF_LINKS,  /* and of their addresses */
	NETLINK_OF_BRIDGES /* MACs that they learn and forget */
};

/* Subscribes to changes. */
MUST_USE enum status netlink_new(
    enum netlink_events events, struct netlink **out_netlink);
void netlink_free(struct netlink *netlink);

/* Readable when there are changes. */
int netlink_fd(const struct netlink *netlink);

/* Hands over every change that waits; does not block. */
MUST_USE enum status netlink_read(
    struct netlink *netlink, netlink_taker *take, void *owner);

/* Of the MACs on these ports we want to hear nothing: the kernel drops the
 * changes before they wake us.  Of more ports than NETLINK_IGNORED_MOST those
 * beyond do wake us. */
enum { NETLINK_IGNORED_MOST = 1024 };
MUST_USE enum status netlink_ignore_ports(
    struct netlink *netlink, const uint32_t *ports, size_t count);

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

/* Asks for one link with its virtual functions. */
MUST_USE enum status netlink_ask_functions(
    uint32_t link, netlink_taker *take, void *owner);

/* Asks which MACs were learned on a port of a bridge; hands over at most
 * 'most' messages, STATUS_TOO_LARGE when there were more. */
MUST_USE enum status netlink_ask_learned(
    uint32_t port, size_t most, netlink_taker *take, void *owner);

#endif
