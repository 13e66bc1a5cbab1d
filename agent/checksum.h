/*
 * checksum.h - the Internet checksum that CDP, FDP and EDP carry.
 *
 * Memory:  none.
 * Errors:  none; an empty or failed cursor is never right.
 * Source:  RFC 1071.
 */
#ifndef AGENT_CHECKSUM_H
#define AGENT_CHECKSUM_H

#include <stdbool.h>

#include "base/cursor.h"

/* Do the octets, their checksum field among them, sum up to all ones? */
bool checksum_is_right(struct cursor packet);

/* The same as Cisco counts.  An odd last octet x stands in the low half of
 * its word, where RFC 1071 has it in the high half, and from 0x80 on it counts
 * as 0xff00 + x - 1: IOS adds it as a signed number.  More than half of all
 * CDP frames of Cisco's have an odd length. */
bool checksum_is_right_for_cisco(struct cursor packet);

#endif
