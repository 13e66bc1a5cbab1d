/*
 * compose_vlans.h - the VLANs that were heard, in a report or a heartbeat.
 *
 *	heard_vlans -> [compose_vlans] -> compose
 *
 * Memory:  writes to the report given.
 * Errors:  those of its buffer.
 * Source:  schema/report.json.
 */
#ifndef AGENT_COMPOSE_VLANS_H
#define AGENT_COMPOSE_VLANS_H

#include "agent/agent.h"
#include "report/report.h"

/* Between the neighbors of the NIC and its end; nothing while no window has
 * passed. */
void compose_nic_vlans(
    const struct agent *agent, struct report *r, const struct nic *nic);

/* Those that were heard again in the last window. */
void compose_heartbeat_vlans(
    const struct agent *agent, struct report *r, const struct nic *nic);

#endif
