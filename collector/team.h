/*
 * team.h - which uplinks of its switch a port group may use; pure.
 *
 *	"team" of a port group -> [team] -> walk, needs
 *
 * VMware lets each port group order the uplinks of its switch anew: active,
 * standby, unused.  Names are those of NICs or, of a LAG, the uplink's.
 *
 * Memory:  the arena of the host.
 * Errors:  an exhausted heap shows in the arena.
 */
#ifndef COLLECTOR_TEAM_H
#define COLLECTOR_TEAM_H

#include "base/json_read.h"
#include "collector/arena.h"
#include "collector/inside.h"

/* Fills the choices of the group; none without a team. */
void team_read(
    struct arena *a, const struct json_value *team, struct inside_group *out);

/* The state of a member in the eyes of the group (NULL: no group), which
 * stands on 's' or reaches it over a patch port.  True: the group's own team
 * made it so.  What it does not name is unknown; what is down stays down. */
bool team_state(const struct inside_group *group,
    const struct inside_vswitch *s, const struct inside_uplink *uplink,
    const struct inside_member *member, enum member_state *out);

#endif
