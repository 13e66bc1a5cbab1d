/*
 * edp.h - one packet of the Extreme Discovery Protocol in, one neighbor out.
 *
 *	capture -> ethernet -> [edp] -> neighbors -> report
 *
 * Pure: no socket, no clock, no log, no allocation.
 *
 * Memory:  '*out' is a plain value without pointers.
 * Errors:  STATUS_TRUNCATED: the header or a TLV goes beyond the packet.
 *          STATUS_MALFORMED: not version 1, a header of no sense, or a TLV
 *          without its marker.  '*out' then holds what could be read.
 *          STATUS_UNKNOWN: carries EAPS, ESRP or the like and nothing else;
 *          such packets may come from beyond the neighbor.
 * Units:   octets.  EDP has no TTL: HAS_TTL is never set.
 * Source:  Extreme Networks' description of ESRP and EDP frames, as quoted in
 *          Wireshark's packet-extreme.c; captures.
 */
#ifndef AGENT_EDP_H
#define AGENT_EDP_H

#include "base/attributes.h"
#include "base/cursor.h"
#include "base/status.h"
#include "report/neighbor.h"

/* Decodes 'packet', from the version on, into '*out', which is cleared and
 * knows its MACs already.
 *
 * A switch sends two kinds of packet in turn: name and port, or its VLANs.
 * Both name the machine by the same chassis ID; port_id is absent in the
 * second kind, and whoever keeps neighbors joins the two. */
MUST_USE enum status edp_decode(struct cursor packet, struct neighbor *out);

#endif
