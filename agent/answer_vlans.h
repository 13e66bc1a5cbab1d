/*
 * answer_vlans.h - what the running agent answers about VLANs that it heard.
 *
 *	answer -> [answer_vlans] -> vlan_listening
 *
 * Memory:  writes to the buffer given.
 * Errors:  false: 'out' says what keeps the agent from listening.
 */
#ifndef AGENT_ANSWER_VLANS_H
#define AGENT_ANSWER_VLANS_H

#include <stdbool.h>

#include "agent/agent.h"
#include "base/buffer.h"

/* The table, of one NIC or (NULL) of all. */
void answer_vlans_table(const struct agent *agent, const char *nic,
    size_t width, struct buffer *out);

/* Opens a window; the answer is how many milliseconds it will be open. */
bool answer_vlans_now(struct agent *agent, const char *nic, struct buffer *out);

#endif
