/*
 * sonmp.h - one hello of SONMP in, one neighbor out.
 *
 *	capture -> ethernet -> [sonmp] -> neighbors -> report
 *
 * SynOptics' protocol, later Bay's, Nortel's (NDP) and Avaya's: eleven octets
 * without a TLV.  Pure: no socket, no clock, no log, no allocation.
 *
 * Memory:  '*out' is a plain value without pointers.
 * Errors:  STATUS_TRUNCATED: fewer than eleven octets.
 * Units:   SONMP has no TTL: HAS_TTL is never set.
 * Source:  SYNOPTICS-ROOT-MIB (SnpxChassisType, SnpxBackplaneType) and
 *          S5-ETH-MULTISEG-TOPOLOGY-MIB; captures.
 */
#ifndef AGENT_SONMP_H
#define AGENT_SONMP_H

#include "base/attributes.h"
#include "base/cursor.h"
#include "base/status.h"
#include "report/neighbor.h"

/* Decodes 'packet' into '*out', which is cleared and knows its MACs already.
 * The network address is the chassis ID; the port ID is "slot/port". */
MUST_USE enum status sonmp_decode(struct cursor packet, struct neighbor *out);

#endif
