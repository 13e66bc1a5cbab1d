/*
 * places.h - where the daemon stands: its account, its spool, the socket at
 * which it answers.
 *
 *	agent -> [places] -> privilege, spool, control
 *
 * Memory:  what is opened is a part of struct agent.
 * Errors:  logged here, with what to change; the status says that it failed.
 */
#ifndef AGENT_PLACES_H
#define AGENT_PLACES_H

#include "agent/agent.h"
#include "agent/privilege.h"

MUST_USE enum status places_find_account(
    const struct options *options, struct account *out);

MUST_USE enum status places_open_control(
    struct agent *agent, const struct account *account);

/* Nothing to open without a collector. */
MUST_USE enum status places_open_spool(
    struct agent *agent, const struct account *account);

MUST_USE enum status places_give_up(
    const struct agent *agent, const struct account *account);

#endif
