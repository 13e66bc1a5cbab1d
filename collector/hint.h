/*
 * hint.h - what a vCenter tells of the neighbor of a NIC; pure.
 *
 *	neighbor with "source":"vsphere" -> [hint] -> model
 *
 * ESXi hears the frame and hands on a part of it: who sent it is lost, and with
 * LLDP the kinds of chassis and port id.  They are read by their look, so that
 * the same switch heard by an agent is the same switch.
 *
 * Memory:  the arena of the host.
 * Errors:  an exhausted heap shows in the arena.
 */
#ifndef COLLECTOR_HINT_H
#define COLLECTOR_HINT_H

#include "collector/arena.h"
#include "collector/model.h"

/* Fills what is not said of n's ids, and marks it as told by a vCenter. */
void hint_read(struct arena *a, struct model_neighbor *n);

#endif
