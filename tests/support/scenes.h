/*
 * scenes.h - three situations worth a whiteboard, as scenes.
 *
 *	[scenes] -> layout -> sheet -> writers
 *
 * A rack with three sorts of hosts and three faults; the way of one NIC whose
 * port lacks a VLAN; a pod of 16 hosts of which four differ.
 *
 * Memory:  scene_done frees all.
 * Errors:  'arena.failed'.
 */
#ifndef TESTS_SUPPORT_SCENES_H
#define TESTS_SUPPORT_SCENES_H

#include "collector/draw/scene.h"

void scenes_rack(struct scene *s);
/* The rack, and from it the way of esx-07 vmnic3. */
void scenes_path(struct scene *s);
void scenes_pod(struct scene *s);

#endif
