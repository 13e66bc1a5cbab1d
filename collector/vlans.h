/*
 * vlans.h - lists of VLANs as people write them: "10,20-30"; pure.
 *
 * Memory:  a set is the caller's.
 * Errors:  false when the text is no such list.
 * Units:   VLAN ids, 0 to 4095; 0 stands for frames with a priority only.
 */
#ifndef COLLECTOR_VLANS_H
#define COLLECTOR_VLANS_H

#include <stdbool.h>
#include <stddef.h>

#include "collector/arena.h"

enum {
	VLAN_IDS = 4096,
	VLANS_TEXT_MOST = 12288, /* every second VLAN takes 10 kB */
	VLANS_LIST_SIZE = 160    /* what vlans_list may need */
};

/* The first VLAN of the set from this one on; VLAN_IDS: there is none. */
int vlans_next(const bool set[static VLAN_IDS], int from);

/* Adds the VLANs of the list to 'set'; NULL: only checks. */
bool vlans_read(const char *text, bool *set);

/* Does the list name the VLAN? */
bool vlans_have(const char *text, int vlan);

/* Does the list name every VLAN that a frame may have? */
bool vlans_are_all(const char *text);

/* "10, 20, 140 and 3 more". */
void vlans_list(
    const bool set[static VLAN_IDS], char out[static VLANS_LIST_SIZE]);

/* "10,20,120-125", as vlans_read takes it; VLAN 0 is left out.  A text of the
 * arena; "" when it is empty, or without memory. */
const char *vlans_ranges(struct arena *a, const bool set[static VLAN_IDS]);

#endif
