/*
 * find_vlan.h - finds a VLAN, and what has to do with it; pure.
 *
 * Memory, Errors: as find_trying.h.
 */
#ifndef COLLECTOR_FIND_VLAN_H
#define COLLECTOR_FIND_VLAN_H

#include "collector/find_trying.h"

/* The VLAN itself, switch ports that tell it, port groups and links with it. */
void find_vlan(struct trying *g, const struct search_found *where);

#endif
