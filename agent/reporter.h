/*
 * reporter.h - when the collector is told, and what.
 *
 *	agent -> [reporter] -> compose -> spool -> delivery
 *
 * After a change the whole report, a quiet moment later; else a heartbeat.
 * Without a collector it does nothing.
 *
 * Memory:  its state is a part of struct agent.
 * Errors:  logged, not returned: the listener goes on.
 */
#ifndef AGENT_REPORTER_H
#define AGENT_REPORTER_H

#include "agent/agent.h"

void reporter_init(struct agent *agent);

/* When all is open: sends the first report soon. */
void reporter_start(struct agent *agent);
void reporter_stop(struct agent *agent);

/* Something has changed that others want to know. */
void reporter_note_change(struct agent *agent, struct instant now);

#endif
