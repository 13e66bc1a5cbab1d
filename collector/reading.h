/*
 * reading.h - a report while it is read: what its parts share.
 *
 *	incoming, incoming_heartbeat, incoming_vlans -> [reading] -> claims
 *
 * Memory:  claims and facts go to the report's arena.
 * Errors:  false or NULL; the mistake then says where and what.
 */
#ifndef COLLECTOR_READING_H
#define COLLECTOR_READING_H

#include "base/buffer.h"
#include "base/json_read.h"
#include "collector/incoming.h"
#include "collector/index.h"

/* Cleaning makes three octets of a bad one, and names are added. */
enum { READING_FACTS_MOST = 16 * 1024 * 1024 };

/* What is being read; one report at a time. */
struct reading {
	struct incoming *report;
	struct mistake *mistake;
	struct buffer facts;
	struct index seen; /* kind and key, for what stands twice */
	size_t capacity;
	unsigned heard_vlans; /* of all NICs */
	uint64_t said;        /* fingerprint of what is read now; 0: unknown */
};

/* Says that there is no memory left; gives false. */
bool reading_no_memory(struct reading *g);

/* Checks 'v' and gives its facts. */
const char *reading_facts(struct reading *g, const struct json_value *v,
    const struct member_rule *rule, const char *path);

/* What is volatile in the object of this kind. */
struct heard reading_heard(const struct json_value *v, enum claim_kind kind);

/* Enters the claim, whatever else there is. */
bool reading_add(struct reading *g, const struct incoming_claim *claim);

/* Enters the claim.  A neighbor, VLAN or NIC may stand twice, once in the past
 * and once again: the newer one stays. */
bool reading_keep(
    struct reading *g, const struct incoming_claim *claim, const char *path);

#endif
