/*
 * look_parts.h - the parts of look.h that have a file of their own.
 *
 *	look -> [look_learned] -> netlink, fdb
 *	look -> [look_teams] -> team_socket, teams
 *	look -> [look_libvirt] -> libvirt, domains
 *
 * Memory:  part of struct look; ..._done.
 * Errors:  logged there.
 */
#ifndef AGENT_LOOK_PARTS_H
#define AGENT_LOOK_PARTS_H

#include "agent/agent.h"

/* Is it a port that belongs to somebody who is not in this namespace? */
bool look_is_somebodys(const struct agent *agent, const struct link *link);

void look_learned_init(struct agent *agent);
void look_learned_done(struct agent *agent);
/* A link that is new or has changed; gives whether to ask soon. */
bool look_learned_note(struct agent *agent, const struct link *link);
/* Asks about ports that were not asked about; not longer than a moment, then
 * once more a second later. */
void look_learned_ask(struct agent *agent);

void look_bonds_init(struct agent *agent);
/* A leg of a bond that has changed. */
void look_bonds_note(
    struct agent *agent, const struct link *before, const struct link *leg);

void look_teams_init(struct agent *agent);
void look_teams_done(struct agent *agent);
/* A team or a leg of one, new or changed. */
void look_teams_note(
    struct agent *agent, const struct link *before, const struct link *link);

void look_libvirt_open(struct agent *agent);
void look_libvirt_done(struct agent *agent);

#endif
