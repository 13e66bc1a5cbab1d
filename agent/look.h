/*
 * look.h - keeps the inside of this host up to date: asks again what has
 * changed, when something says that it has.
 *
 *	agent -> [look] -> netlink, ovsdb, libvirt, processes -> inside
 *
 * Nothing is asked without a reason.  Events of links lead to one look after a
 * short moment; when somebody on a port is still unknown then, a few more
 * looks follow, ten seconds apart and more.
 *
 * Memory:  part of struct agent; look_done.
 * Errors:  logged here.
 * Units:   milliseconds.
 */
#ifndef AGENT_LOOK_H
#define AGENT_LOOK_H

#include <linux/netlink.h>

#include "agent/bridge_vlans.h"
#include "agent/fdb.h"
#include "agent/netlink.h"
#include "agent/domains.h"
#include "agent/libvirt.h"
#include "agent/ovs.h"
#include "agent/ovsdb.h"
#include "agent/processes.h"
#include "agent/sriov.h"
#include "agent/team_socket.h"
#include "agent/teams.h"
#include "base/log.h"
#include "base/loop.h"

struct agent;

/* Of links with addresses; a host with more routes for others. */
enum { LOOK_ADDRESSED_MOST = 4096 };

/* The MACs behind ports of bridges; see look_learned.c. */
struct look_learned {
	struct fdb fdb;
	struct netlink *netlink; /* NULL: no port is wanted yet */
	struct loop_watch watch;
	struct loop_timer again; /* after changes were lost */
	bool stale;
};

/* The state of team devices; see look_teams.c. */
struct look_teams {
	struct teams teams;
	struct team_socket *socket; /* NULL: there was no team yet */
	struct loop_watch watch;
	struct log_gate gate;
};

struct look {
	struct bridge_vlans vlans;
	struct ovs ovs;
	struct ovsdb *ovsdb;   /* NULL: not asked for */
	struct opener *opener; /* NULL: not needed, or of no use */
	struct domains domains;
	struct libvirt *libvirt; /* NULL: not asked for */
	struct processes processes;
	struct sriov sriov;
	struct look_learned learned;
	struct look_teams teams;
	uint32_t *addressed; /* indices of links, LOOK_ADDRESSED_MOST of room */
	size_t addressed_count;

	/* What is to be asked again. */
	bool vlans_stale, addresses_stale, processes_stale, sriov_stale;
	struct loop_timer soon, again, bonds;
	unsigned bonds_asked;     /* since a leg has changed */
	struct instant looked_at; /* at the processes, last */
	unsigned repeats;
};

/* Before the first link is told. */
void look_init(struct agent *agent);

/* While we are root, and before memory grows. */
void look_split_opener(struct agent *agent, const struct account *account);

/* Opens what needs root, and looks for the first time.  The links are known
 * already. */
void look_open(struct agent *agent);
void look_done(struct agent *agent);

/* What the kernel tells besides the links' own state. */
void look_note_message(struct agent *agent, const struct nlmsghdr *message);
/* A link that is new ('before' is NULL) or has changed. */
void look_note_link(
    struct agent *agent, const struct link *before, const struct link *link);

void look_note_gone(struct agent *agent, uint32_t index);

/* The picture of this moment; the caller ends it. */
void look_describe(const struct agent *agent, struct virtual *out);

#endif
