/*
 * vlan_listening.h - notes which VLANs arrive on the uplinks, in windows.
 *
 *	window -> [vlan_listening] -> capture_tagged -> tagged -> heard_vlans
 *
 * Each NIC that is listened on and has a carrier is heard for a while, every
 * so often, and when somebody asks.  Between windows there is no socket, so
 * frames cost nothing then.
 *
 * Memory:  part of struct agent; vlan_listening_done.
 * Errors:  logged here, once for each change of state.
 * Units:   milliseconds, unix seconds.
 */
#ifndef AGENT_VLAN_LISTENING_H
#define AGENT_VLAN_LISTENING_H

#include "agent/capture_tagged.h"
#include "agent/heard_vlans.h"
#include "agent/own_macs.h"
#include "agent/window.h"
#include "base/log.h"
#include "base/loop.h"

struct agent;
struct nic;

struct vlan_listening {
	struct window_plan plan; /* window_ms 0: never */
	struct heard_vlans heard;
	struct tagged_captures *captures;
	struct own_macs own; /* while a window is open */
	struct loop_timer timer;
	unsigned open;                /* windows */
	bool changed;                 /* and not told yet */
	struct instant changed_first; /* while 'changed' */
	struct log_gate gate;
};

/* Before the first link is told; STATUS_NO_MEMORY. */
MUST_USE enum status vlan_listening_init(struct agent *agent);
void vlan_listening_done(struct agent *agent);

/* The NIC has appeared, or its link has changed. */
void vlan_listening_follow(struct agent *agent, struct nic *nic);
/* It lost its carrier or is not listened on any more: forgets what was heard
 * there. */
void vlan_listening_end(struct agent *agent, struct nic *nic);

/* Opens a window now, on this NIC or (NULL) on all.  Gives how long the last
 * of them is open, in milliseconds; -1: no NIC is fit for it. */
int64_t vlan_listening_ask(struct agent *agent, struct nic *nic);

#endif
