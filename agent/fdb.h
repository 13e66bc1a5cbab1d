/*
 * fdb.h - which MACs bridges have learned on the ports that we ask about.
 *
 *	netlink -> [fdb] -> inside
 *
 * The one MAC that was learned on a port is that of the NIC behind it, which
 * is in a namespace or a machine that we do not look into.  Several are a
 * router or a bridge: then nothing is said.  Pure.
 *
 * A MAC that was forgotten for its silence stays what hangs there until
 * another one speaks or the port goes.
 *
 * Memory:  fdb_done frees.
 * Errors:  STATUS_MALFORMED: no neighbor message; STATUS_UNKNOWN: one that is
 *          of no concern (the bridge's own MACs, ARP).
 * Source:  rtnetlink(7), linux/neighbour.h.
 */
#ifndef AGENT_FDB_H
#define AGENT_FDB_H

#include <linux/netlink.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/attributes.h"
#include "base/status.h"
#include "report/neighbor.h"

enum {
	FDB_PORTS_MOST = 4096, /* as many as links */
	/* A machine with some VLANs of its own; with more it is a router, and
	 * whoever sends from a thousand MACs costs us nothing. */
	FDB_ENTRIES_MOST = 6
};

/* One learned or forgotten MAC. */
struct fdb_change {
	uint32_t port; /* index of the link */
	uint16_t vlan; /* 0: the bridge does not filter */
	bool gone;
	uint8_t mac[MAC_SIZE];
};

struct fdb_entry {
	uint16_t vlan;
	uint8_t mac[MAC_SIZE];
};

struct fdb_port {
	uint32_t index;
	uint8_t count;
	bool asked;   /* what was learned before we began to count */
	bool many;    /* more than fit: not counted any more */
	bool has_mac; /* exactly one was known, last */
	uint8_t mac[MAC_SIZE];
	struct fdb_entry entries[FDB_ENTRIES_MOST];
};

struct fdb {
	struct fdb_port *items; /* ordered by index */
	size_t count, capacity;
};

/* Reads one RTM_NEWNEIGH or RTM_DELNEIGH. */
MUST_USE enum status fdb_read(
    const struct nlmsghdr *message, struct fdb_change *out);

/* Begins to count on a port; gives whether it is new. */
bool fdb_want(struct fdb *fdb, uint32_t port);
void fdb_drop(struct fdb *fdb, uint32_t port);
void fdb_done(struct fdb *fdb);

enum fdb_news {
	FDB_SAME,
	FDB_CHANGED, /* another MAC is there, or none that can be told */
	FDB_OVERFLOW /* the same, and the port is not counted any more */
};
/* Changes on ports that are not wanted are ignored. */
enum fdb_news fdb_take(struct fdb *fdb, const struct fdb_change *change);

/* Begins anew on a port, of which changes may have been lost; what was known
 * stays until something else is told. */
void fdb_recount(struct fdb *fdb, uint32_t port);
/* The next port that is to be asked about, marked as asked; 0: none. */
uint32_t fdb_next_unasked(struct fdb *fdb);

/* Lent until the next want or drop; NULL: not wanted. */
const struct fdb_port *fdb_find(const struct fdb *fdb, uint32_t port);

#endif
