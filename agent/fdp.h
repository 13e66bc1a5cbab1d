/*
 * fdp.h - one packet of the Foundry Discovery Protocol in, one neighbor out.
 *
 *	capture -> ethernet -> [fdp] -> neighbors -> report
 *
 * FDP looks like CDP with other meanings: the capabilities are a text, and it
 * tells the VLANs of the port.  Pure: no socket, no clock, no log, no
 * allocation.
 *
 * Memory:  '*out' is a plain value without pointers.
 * Errors:  STATUS_TRUNCATED: the header or a TLV goes beyond the packet.
 *          STATUS_MALFORMED: not version 1, or no device ID.  '*out' then
 *          holds what could be read.
 * Units:   sizes in octets, TTL in seconds.
 * Source:  Foundry publishes no layout: captures, Wireshark, ladvd.
 */
#ifndef AGENT_FDP_H
#define AGENT_FDP_H

#include "base/attributes.h"
#include "base/cursor.h"
#include "base/status.h"
#include "report/neighbor.h"

/* Decodes 'packet', from the version on, into '*out', which is cleared and
 * knows its MACs already. */
MUST_USE enum status fdp_decode(struct cursor packet, struct neighbor *out);

#endif
