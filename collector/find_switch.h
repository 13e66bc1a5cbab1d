/*
 * find_switch.h - finds a switch and its ports; pure.
 *
 * Memory, Errors: as find_trying.h.
 */
#ifndef COLLECTOR_FIND_SWITCH_H
#define COLLECTOR_FIND_SWITCH_H

#include "collector/find_trying.h"

/* The device at this place, if there is one. */
void find_device(struct trying *g, uint32_t at);

#endif
