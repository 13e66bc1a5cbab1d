/*
 * own_macs.h - is this the address of somebody on this host?
 *
 *	links, virtual -> [own_macs] -> vlan_listening
 *
 * What a guest broadcasts by one leg may come back by another; then it says
 * nothing of what the switch sends here.
 *
 * Memory:  own_macs_done frees; an empty one is { 0 }.
 * Errors:  addresses for which there is no memory are left out.
 */
#ifndef AGENT_OWN_MACS_H
#define AGENT_OWN_MACS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "report/neighbor.h"

struct own_macs {
	uint8_t (*items)[MAC_SIZE];
	size_t count, capacity;
};

void own_macs_add(struct own_macs *macs, const uint8_t mac[static MAC_SIZE]);
/* After the last one was added, before the first is asked for. */
void own_macs_sort(struct own_macs *macs);
bool own_macs_have(
    const struct own_macs *macs, const uint8_t mac[static MAC_SIZE]);
void own_macs_done(struct own_macs *macs);

#endif
