/*
 * find_inside.h - finds what is inside the hosts: workloads, their vNICs, port
 * groups, virtual switches and bonds.
 *
 * It reads the host's document, not its inside: places are those that the
 * inside has when it is read.
 *
 * Memory, Errors: as find.h.
 */
#ifndef COLLECTOR_FIND_INSIDE_H
#define COLLECTOR_FIND_INSIDE_H

#include "collector/find_trying.h"

void find_inside(struct trying *g, const struct search_doc *d);

/* The port groups that use a VLAN. */
void find_inside_vlan(struct trying *g, const struct search_doc *d, int vlan);

#endif
