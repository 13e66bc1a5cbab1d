/*
 * ethernet.h - finds the discovery packet in a frame, under any stack of tags.
 *
 *	capture -> [ethernet] -> lldp, cdp, edp, fdp, sonmp
 *
 * What a frame is, its EtherType or SNAP protocol says.  Its destination does
 * not: captures hold LLDP to all kinds of addresses; the destination only
 * tells how far the frame may have travelled.
 *
 * Memory:  a plain value, but 'payload' borrows from the frame.
 * Errors:  STATUS_TRUNCATED; STATUS_UNKNOWN: not a discovery frame.
 * Units:   octets.
 * Source:  IEEE 802.3 clause 3.2 (length and type), 802.1Q clause 9 (tags),
 *          IEEE 802 clause 9.2 (LLC and SNAP); Cisco HDLC as PPP's RFC 1547
 *          names it.
 */
#ifndef AGENT_ETHERNET_H
#define AGENT_ETHERNET_H

#include "base/attributes.h"
#include "base/cursor.h"
#include "base/status.h"
#include "report/neighbor.h"

/* Reads the headers of an Ethernet frame into 'out' (MACs, tags, scope,
 * protocol) and gives what follows them.  A packet behind an 802.3 length is
 * cut to that length; when the length promises more than there is, what is
 * there counts, and out->skipped_tlvs tells of the loss.  On failure
 * out->protocol is PROTOCOL_NONE. */
MUST_USE enum status ethernet_read(
    struct cursor frame, struct neighbor *out, struct cursor *out_payload);

/* The same for Cisco HDLC (link type 104), which carries CDP only. */
MUST_USE enum status hdlc_read(
    struct cursor frame, struct neighbor *out, struct cursor *out_payload);

#endif
