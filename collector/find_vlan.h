/*
 * find_vlan.h - finds a VLAN, and what has to do with it; pure.
 *
 * Memory, Errors: as finding.h.
 */
#ifndef COLLECTOR_FIND_VLAN_H
#define COLLECTOR_FIND_VLAN_H

#include "collector/finding.h"

/* The VLAN itself, switch ports that tell it, port groups and links with it. */
void find_vlan(struct finding *g, const struct search_found *where);

#endif
