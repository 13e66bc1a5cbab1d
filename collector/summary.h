/*
 * summary.h - what a switch or port is called, from all that say so.
 *
 * Memory:  texts go to the arena given.
 * Errors:  an exhausted heap shows in the arena.
 */
#ifndef COLLECTOR_SUMMARY_H
#define COLLECTOR_SUMMARY_H

#include "collector/topology.h"

/* Fills the names, model and software of a device that has claims. */
void summary_device(struct topology *t, struct arena *a, struct device *d);

/* Fills the names of a port that has claims. */
void summary_port(struct topology *t, struct arena *a, struct port *p);

/* What its operator calls the port, as it was heard last; "".  Lent from the
 * model. */
const char *summary_description(const struct topology *t, const struct port *p);

#endif
