/*
 * identity.h - one switch is one switch, however many NICs heard it and
 * whatever it called itself there.
 *
 *	neighbors of all NICs -> [identity] -> devices -> topology
 *
 * Joining rules, strongest first; each join keeps what made it:
 *   1. the same source MAC on the same NIC (by CDP and by LLDP);
 *   2. the same serial; the same chassis MAC; the same management address
 *      with the same name, where a short name equals a full one;
 *   3. the same full name, unless it is a factory name or two devices of that
 *      name are known to differ by serial or by chassis MAC.
 *
 * A chassis MAC that equals the frame's source MAC is that of the port (some
 * Nexus): it joins what is equal, but never tells two devices apart.  Nor does
 * one that a vCenter tells, who does not say from which MAC the frame came.
 *
 * Memory:  identity_done frees; inputs are lent and must outlive it.
 * Errors:  STATUS_NO_MEMORY.
 * Source:  docs/DESIGN.md, section 5.
 */
#ifndef COLLECTOR_IDENTITY_H
#define COLLECTOR_IDENTITY_H

#include "base/attributes.h"
#include "base/status.h"
#include "collector/arena.h"
#include "collector/index.h"
#include "collector/model.h"
#include "collector/said.h"

enum join_rule {
	JOIN_SOURCE_MAC,
	JOIN_SERIAL,
	JOIN_CHASSIS_MAC,
	JOIN_ADDRESS_AND_NAME,
	JOIN_NAME
};

struct identity_claim {
	const struct model_neighbor *said;
	uint32_t nic; /* a number of the NIC that heard it */
};

/* Two claims are of one device, because both say 'by'. */
struct join {
	enum join_rule rule;
	uint32_t a, b; /* claims */
	const char *by;
};

struct identity {
	uint32_t *device_of; /* of each claim: 0 .. device_count - 1 */
	uint32_t device_count;
	struct join *joins;
	size_t join_count;
	struct arena arena;
};

MUST_USE enum status identity_join(
    struct identity *out, const struct identity_claim *claims, size_t count);
void identity_done(struct identity *id);

/* Gives each thing the neighbor says by which it may be joined, as a number.
 * Of two claims without a common one, also by way of others, none is joined
 * with the other, unless one NIC heard both from one source MAC. */
void identity_keys(const struct model_neighbor *n,
    void (*each)(void *context, uint64_t key), void *context);

/* The rule in words: "same source MAC by two protocols on one NIC". */
const char *join_rule_text(enum join_rule rule);

#endif
