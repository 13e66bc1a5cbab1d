/*
 * diagnosis_leg.h - one way out of a host, hop by hop, and what rules say of
 * each hop.
 *
 *	diagnosis -> [diagnosis_leg] -> diagnosed_leg
 *
 * Memory, Errors, Units: as diagnosis.h.
 */
#ifndef COLLECTOR_RULES_DIAGNOSIS_LEG_H
#define COLLECTOR_RULES_DIAGNOSIS_LEG_H

#include "collector/rules/diagnosis.h"

/* What is put together, and the leg as far as it is known. */
struct diagnosing {
	struct diagnosis *out;
	const struct known *k;
	const struct judgements *judged;
	uint32_t machine, vnic, group, vswitch, uplink, nic;
};

/* The hops of the leg; 'gap' says why it ends before a NIC. */
void diagnosis_fill(
    const struct diagnosing *m, struct diagnosed_leg *leg, const char *gap);

/* How much a hop hurts: the higher, the more. */
unsigned diagnosis_weight(
    const struct judgements *judged, const struct diagnosed_hop *h);

/* At and beyond it, nothing passes. */
enum { DIAGNOSIS_STOPS = 4 + SEVERITY_ERROR };

#endif
