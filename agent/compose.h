/*
 * compose.h - the agent's state as a report or a heartbeat.
 *
 *	agent -> [compose] -> spool, answer
 *
 * Memory:  writes to the buffer given.
 * Errors:  those of the buffer.
 * Source:  schema/report.json.
 */
#ifndef AGENT_COMPOSE_H
#define AGENT_COMPOSE_H

#include <stdbool.h>

#include "agent/agent.h"
#include "base/buffer.h"
#include "report/report.h"

/* Takes over what the kernel counted since the last time. */
void compose_refresh(struct agent *agent);

/* Everything up to the end of the workloads; the caller may add members and
 * then calls report_end.  'nic' limits it to one NIC and the links; NULL: all.
 */
void compose_begin(const struct agent *agent, struct report *r,
    struct buffer *out, const char *nic);

/* One whole report, numbered 'agent->number'. */
void compose_report(const struct agent *agent, struct buffer *out,
    char out_digest[static REPORT_DIGEST_SIZE]);
void compose_heartbeat(const struct agent *agent, struct buffer *out);

/* A NIC as reports see it. */
struct nic_view compose_view(const struct agent *agent, const struct nic *nic);

#endif
