/*
 * claims.h - what both sides claim of one cable, and whether they agree; pure.
 *
 *	facts of the NIC, of the links above it, of its neighbor -> [claims]
 *
 * Three values: yes, no, unknown.  What one side does not say is unknown: a
 * VLAN that a switch does not advertise may still be allowed.
 *
 * Memory, Errors, Units: as answers.h.
 */
#ifndef COLLECTOR_CLAIMS_H
#define COLLECTOR_CLAIMS_H

#include "collector/pieces.h"

/* "chain": what stands above the NIC, outermost first. */
void claims_chain(struct json *j, const struct seen_nic *nic);

/* "claims": an array, one for each topic. */
void claims_write(
    struct json *j, const struct view *v, const struct seen_nic *nic);

#endif
