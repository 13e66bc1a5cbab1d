/*
 * tagged.h - of which VLAN is this frame, and who sent it?
 *
 *	capture_tagged -> [tagged] -> heard_vlans
 *
 * Reads a broadcast or multicast that came with a tag.  The VLAN is that of
 * the outer tag: what is inside of a second one belongs to somebody else, and
 * its sender's address is not looked for.  Pure.
 *
 * A frame that a switch sends to its neighbor only says nothing of a VLAN:
 * 01:80:c2:00:00:00 to 0f, and CDP's address, to which Cisco's switches send
 * in VLAN 1 even where VLAN 1 is not allowed.
 *
 * Memory:  a plain value.
 * Errors:  STATUS_UNKNOWN: it tells of no VLAN; STATUS_TRUNCATED.
 * Source:  IEEE 802.1Q-2018, 9.6 (VID 0 and 4095), table 8-1 (addresses that
 *          are not forwarded); RFC 826, RFC 791, RFC 8200.
 */
#ifndef AGENT_TAGGED_H
#define AGENT_TAGGED_H

#include "base/attributes.h"
#include "base/cursor.h"
#include "base/status.h"
#include "report/neighbor.h"

struct tagged {
	uint16_t vlan; /* 1..4094 */
	uint8_t source_mac[MAC_SIZE];
	/* The sender's IP address, ADDRESS_NONE when the frame names none that
	 * tells of a subnet. */
	struct address sender;
};

/* 'frame' may be cut anywhere behind its tag. */
MUST_USE enum status tagged_read(struct cursor frame, struct tagged *out);

#endif
