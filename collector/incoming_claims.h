/*
 * incoming_claims.h - one thing that a report tells, as a claim.
 *
 *	incoming, incoming_parts -> [incoming_claims] -> reading
 *
 * Memory:  claims go to the report's arena.
 * Errors:  false; the mistake then says where and what.
 */
#ifndef COLLECTOR_INCOMING_CLAIMS_H
#define COLLECTOR_INCOMING_CLAIMS_H

#include "collector/reading.h"

/* The host's claim holds the agent too: {"host":{...},"agent":{...}}. */
bool claim_host(struct reading *g, const struct json_value *document);

/* A NIC or link: what has a name of its own. */
bool claim_named(struct reading *g, const struct json_value *v,
    enum claim_kind kind, const char *path);

bool claim_neighbor(struct reading *g, const struct json_value *v,
    const char *nic_name, const char *path);

/* A virtual switch, port group or workload. */
bool claim_inside(struct reading *g, const struct json_value *v,
    enum claim_kind kind, const char *path);

#endif
