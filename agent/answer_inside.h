/*
 * answer_inside.h - the inside of the host as people read it.
 *
 *	inside -> [answer_inside] -> answer
 *
 * Memory:  appends to the caller's buffer.
 * Errors:  none.
 * Units:   columns of the terminal.
 */
#ifndef AGENT_ANSWER_INSIDE_H
#define AGENT_ANSWER_INSIDE_H

#include "base/buffer.h"
#include "report/virtual.h"

/* A list for each vSwitch: its uplinks, its port groups, who hangs there.
 * Nothing when there is no vSwitch. */
void answer_inside_write(
    const struct virtual *v, size_t width, struct buffer *out);

#endif
