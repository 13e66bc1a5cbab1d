/*
 * find_switch.h - finds a switch and its ports; pure.
 *
 * Memory, Errors: as finding.h.
 */
#ifndef COLLECTOR_FIND_SWITCH_H
#define COLLECTOR_FIND_SWITCH_H

#include "collector/finding.h"

/* The device at this place, if there is one. */
void find_device(struct finding *g, uint32_t at);

#endif
