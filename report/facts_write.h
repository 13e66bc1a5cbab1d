/*
 * facts_write.h - facts of several fields, from raw octets to JSON.
 *
 *	neighbor.facts -> neighbor_json -> [facts_write] -> document
 *
 * A decoder keeps such a value as the octets that it checked for size and does
 * not format it; each function here writes one as a JSON value.  A value that
 * is shorter than it should be shows zeros.
 *
 * Memory:  writes to the buffer of 'j'.
 * Errors:  those of the buffer.
 * Source:  the clause stands at each function in facts_write.c.
 */
#ifndef REPORT_FACTS_WRITE_H
#define REPORT_FACTS_WRITE_H

#include "base/cursor.h"
#include "base/json.h"

/* 00112233aabb, as a JSON string. */
void facts_write_hex(struct json *j, struct cursor octets);

/* Subtype and value of a TLV that only its vendor understands. */
void facts_write_vendor_tlv(struct json *j, struct cursor octets);

void facts_write_power_bt(struct json *j, struct cursor octets);
void facts_write_med_policy(struct json *j, struct cursor octets);
void facts_write_med_location(struct json *j, struct cursor octets);
void facts_write_protocol_vlan(struct json *j, struct cursor octets);
void facts_write_protocol(struct json *j, struct cursor octets);
void facts_write_congestion(struct json *j, struct cursor octets);
void facts_write_eee(struct json *j, struct cursor octets);
void facts_write_ets(struct json *j, struct cursor octets);
void facts_write_pfc(struct json *j, struct cursor octets);
void facts_write_applications(struct json *j, struct cursor octets);
void facts_write_cin(struct json *j, struct cursor octets);
void facts_write_cee(struct json *j, struct cursor octets);
void facts_write_evb_bridge(struct json *j, struct cursor octets);
void facts_write_evb_draft(struct json *j, struct cursor octets);
void facts_write_cdcp(struct json *j, struct cursor octets);
void facts_write_vdp(struct json *j, struct cursor octets);
void facts_write_aci_appliances(struct json *j, struct cursor octets);
void facts_write_fabric_assignment(struct json *j, struct cursor octets);
void facts_write_profinet_delay(struct json *j, struct cursor octets);

#endif
