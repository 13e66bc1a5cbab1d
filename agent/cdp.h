/*
 * cdp.h - one CDP packet, version 1 or 2, in, one neighbor out.
 *
 *	capture -> ethernet -> [cdp] -> neighbors -> report
 *
 * Reads the Cisco Discovery Protocol and notes what the sender says of itself.
 * Pure: no socket, no clock, no log, no allocation.
 *
 * Memory:  '*out' is a plain value without pointers; copy it freely.
 * Errors:  STATUS_TRUNCATED: the header or a TLV goes beyond the packet.
 *          STATUS_MALFORMED: the version is neither 1 nor 2, or there is no
 *          device ID.  '*out' then holds what could be read: to show, never to
 *          believe; out->protocol is PROTOCOL_NONE when that is nothing.
 * Units:   sizes in octets, TTL in seconds, power in milliwatts.
 * Source:  Cisco publishes names, not layouts.  Layouts are those on which
 *          Wireshark and tcpdump agree with captures; docs/PROTOCOLS.md says
 *          it for each TLV.
 */
#ifndef AGENT_CDP_H
#define AGENT_CDP_H

#include "base/attributes.h"
#include "base/cursor.h"
#include "base/status.h"
#include "report/neighbor.h"

/* Decodes 'packet', from the octet of the version to the end that the 802.3
 * length gives, into '*out', which is cleared and knows its MACs already.
 *
 * A bad optional TLV is skipped and counted in out->skipped_tlvs.  A TLV that
 * claims less than its own header ends the list, and what was read holds.  A
 * wrong checksum is noted only.  out->ttl_s == 0 means goodbye. */
MUST_USE enum status cdp_decode(struct cursor packet, struct neighbor *out);

/* Reads a list of addresses (TLVs 0x0002 and 0x0016; FDP has the same) into
 * the management addresses.  False when it is shorter than its count says. */
bool cdp_read_addresses(struct cursor *value, struct neighbor *n);

#endif
