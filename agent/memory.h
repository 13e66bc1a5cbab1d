/*
 * memory.h - what was heard, kept over a restart of the agent.
 *
 *	neighbors -> [memory] -> a file beside the spool -> neighbors
 *
 * Without it an agent that is upgraded would tell the collector for a minute
 * that all NICs are silent.  Only what is still true is taken back: the same
 * boot, the same NIC, a link that has not gone down since, a TTL that has not
 * passed.
 *
 * Memory:  the caller's agent.
 * Errors:  none leave: without the file the agent hears it all again.
 * Source:  one line a neighbor; memory.c says what stands in it.
 */
#ifndef AGENT_MEMORY_H
#define AGENT_MEMORY_H

#include "agent/agent.h"

void memory_save(const struct agent *agent);

/* Gives how many neighbors were taken back. */
unsigned memory_load(struct agent *agent);

/* The two halves, without the file. */
void memory_write(
    const struct agent *agent, const char *boot, struct buffer *out);
unsigned memory_read(struct agent *agent, const char *boot, char *text);

#endif
