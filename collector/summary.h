/*
 * summary.h - what a switch or port is called, from all that say so.
 *
 * Memory:  texts go to the arena of the topology.
 * Errors:  an exhausted heap shows in the arena.
 */
#ifndef COLLECTOR_SUMMARY_H
#define COLLECTOR_SUMMARY_H

#include "collector/topology.h"

/* Fills names, ids, model and software of every device that has claims. */
void summary_devices(struct topology *t);

/* Fills names and description of every port that has claims. */
void summary_ports(struct topology *t);

#endif
