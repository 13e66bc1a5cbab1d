/*
 * answer.h - what the running agent answers to show, vlans and doctor.
 *
 *	control -> [answer] -> compose
 *
 * Questions: "json", "json NIC", "table WIDTH", "table WIDTH NIC", "counts",
 * "vlans WIDTH", "vlans WIDTH NIC", "vlans-now", "vlans-now NIC".
 *
 * Memory:  writes to the buffer given.
 * Errors:  false: 'out' says what was wrong with the question.
 */
#ifndef AGENT_ANSWER_H
#define AGENT_ANSWER_H

#include <stdbool.h>

#include "agent/agent.h"
#include "base/buffer.h"

bool answer_question(
    struct agent *agent, const char *question, struct buffer *out);

#endif
