/*
 * agent.h - the daemon: owns the state and connects what reaches, reads and
 * remembers.
 *
 *	netlink -> links -> nics --+
 *	capture -> decode ---------+-> neighbors -> compose -> spool -> delivery
 *	vlan_listening ------------+
 *	ovsdb, processes -> look --+-> answer -> control -> show
 *
 * Memory:  agent_new/agent_free.
 * Errors:  those that keep it from starting are logged; see agent_new.
 * Units:   milliseconds, unix seconds.
 */
#ifndef AGENT_AGENT_H
#define AGENT_AGENT_H

#include "agent/capture.h"
#include "agent/control.h"
#include "agent/delivery.h"
#include "agent/links.h"
#include "agent/look.h"
#include "agent/neighbors.h"
#include "agent/netlink.h"
#include "agent/nics.h"
#include "agent/options.h"
#include "agent/smbios.h"
#include "agent/spool.h"
#include "agent/vlan_listening.h"
#include "base/log.h"
#include "base/loop.h"
#include "report/report.h"

struct agent {
	const struct options *options;
	struct loop *loop;
	struct netlink *netlink;
	struct loop_watch netlink_watch;
	struct captures *captures;
	struct control *control;
	struct links links;
	struct nics nics;
	struct look look;
	struct neighbors neighbors;
	struct vlan_listening vlans;
	struct host host;
	struct smbios smbios;
	struct spool spool;
	struct delivery delivery;

	struct loop_timer expiry;      /* of neighbors */
	struct loop_timer links_again; /* when not all were told */
	struct loop_timer report;      /* after a quiet moment */
	struct loop_timer heartbeat;
	bool changed; /* since the last report */
	bool addresses_changed;
	struct instant changed_first; /* while 'changed' */

	int64_t started_at;
	int64_t number;                  /* of the last document */
	char digest[REPORT_DIGEST_SIZE]; /* of the last report */
	struct log_gate malformed_gate, spool_gate, links_gate;
};

/* Opens everything, gives root up; logs why when it cannot. */
MUST_USE enum status agent_new(
    const struct options *options, struct loop *loop, struct agent **out_agent);
void agent_free(struct agent *agent);

/* Asks the kernel for all links anew. */
void agent_ask_links(struct agent *agent);

/* After SIGCHLD. */
void agent_child_ended(struct agent *agent);

#endif
