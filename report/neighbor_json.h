/*
 * neighbor_json.h - a neighbor as JSON, the same members everywhere.
 *
 *	neighbor -> [neighbor_json] -> read --json, show --json, report, API
 *
 * Memory:  writes to the buffer of 'j'; keeps nothing.
 * Errors:  those of the buffer.
 * Source:  docs/PROTOCOLS.md lists the members; schema/report.json holds them.
 */
#ifndef REPORT_NEIGHBOR_JSON_H
#define REPORT_NEIGHBOR_JSON_H

#include "base/json.h"
#include "report/neighbor.h"

/* Adds the members (protocol, source_mac, ... unknown_tlvs, skipped_tlvs) to
 * the object that 'j' has open. */
void neighbor_json_members(struct json *j, const struct neighbor *n);

/* Writes one whole object. */
void neighbor_json(struct json *j, const struct neighbor *n);

#endif
