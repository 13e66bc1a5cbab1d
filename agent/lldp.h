/*
 * lldp.h - one LLDP frame in, one neighbor out.
 *
 *	capture -> ethernet -> [lldp] -> neighbors -> report
 *
 * Reads an LLDPDU and notes what the sender says of itself.  Pure: no socket,
 * no clock, no log, no allocation.
 *
 * Memory:  '*out' is a plain value without pointers; copy it freely.
 * Errors:  STATUS_TRUNCATED, STATUS_MALFORMED; '*out' then holds what could
 *          be read: to show, never to believe.
 * Units:   TTL in seconds.
 * Source:  IEEE 802.1AB-2016; clause numbers in lldp.c are of that edition.
 *          docs/PROTOCOLS.md lists every TLV and what vendors make of it.
 */
#ifndef AGENT_LLDP_H
#define AGENT_LLDP_H

#include "base/attributes.h"
#include "base/cursor.h"
#include "base/status.h"
#include "report/neighbor.h"

/* Decodes 'pdu', the octets that follow EtherType 0x88cc, into '*out', which
 * neighbor_clear has emptied; what is set there already stays.
 *
 * Chassis ID, port ID and TTL must stand first, in this order, once each and
 * well-formed, else the frame is bad (9.2.7.7).  A bad optional TLV costs
 * only itself and is counted in out->skipped_tlvs; so does one that the end
 * of the frame cuts off.  A missing End TLV is no fault.
 * out->ttl_s == 0 means that the neighbor says goodbye (8.5.4). */
MUST_USE enum status lldp_decode(struct cursor pdu, struct neighbor *out);

#endif
