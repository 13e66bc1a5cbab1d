/*
 * cdp_tlvs.h - the table of CDP's TLVs: what each may hold and who reads it.
 *
 * Used by cdp.c alone, whose loop knows no TLV; no reader here knows the loop.
 *
 * Memory:  a constant table; readers write to the neighbor they are given.
 * Errors:  a reader gives false when the TLV is of no use: it is then counted.
 * Units:   octets.
 * Source:  docs/PROTOCOLS.md.
 */
#ifndef AGENT_CDP_TLVS_H
#define AGENT_CDP_TLVS_H

#include <stdbool.h>

#include "base/cursor.h"
#include "report/neighbor.h"

enum { CDP_ROWS = 0x30 }; /* fits the bits of a uint64_t */

struct cdp_rule {
	uint16_t least, most; /* octets of the value */
	uint16_t fact;        /* what the reader is to call it */
	/* NULL: nobody reads this TLV. */
	bool (*read)(struct cursor *value, struct neighbor *n, unsigned fact);
};

/* The row of a type, below CDP_ROWS. */
unsigned cdp_row(unsigned type);
const struct cdp_rule *cdp_rule(unsigned row);

#endif
