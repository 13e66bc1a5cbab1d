/*
 * capture_tagged.h - hears tagged broadcasts and multicasts for a while.
 *
 *	NIC -> [capture_tagged] -> tagged -> heard_vlans
 *
 * A packet socket of its own for each NIC that listens, and none in between.
 * It is made as those of capture.h are (filter before bind, incoming frames
 * only, never promiscuous), and takes the first octets of a frame only.
 *
 * A flood costs a bounded time: after each look the socket is left alone for
 * a fifth of a second, so that it takes what its small room holds and the
 * kernel drops the rest; VLANs of which enough was heard are refused by the
 * kernel; and after a number of frames a window takes no more.
 *
 * Memory:  tagged_captures_new/_free; a frame is lent for the call.
 * Errors:  STATUS_NOT_ALLOWED: needs CAP_NET_RAW; STATUS_NOT_FOUND: no such
 *          NIC; STATUS_SYSTEM.
 * Units:   frames, milliseconds.
 * Source:  packet(7);
 *          docs/decisions/0003-raw-sockets-live-libpcap-for-files.md.
 */
#ifndef AGENT_CAPTURE_TAGGED_H
#define AGENT_CAPTURE_TAGGED_H

#include <stdint.h>

#include "base/attributes.h"
#include "base/cursor.h"
#include "base/loop.h"
#include "base/status.h"

struct tagged_captures;

/* Takes the first octets of a frame, its outer tag in place.  Gives a VLAN of
 * which no more is wanted in this window; 0: go on. */
typedef uint16_t tagged_taker(void *owner, uint32_t nic, struct cursor frame);

MUST_USE enum status tagged_captures_new(struct loop *loop, tagged_taker *take,
    void *owner, struct tagged_captures **out_captures);
void tagged_captures_free(struct tagged_captures *captures);

MUST_USE enum status tagged_captures_open(
    struct tagged_captures *captures, uint32_t nic);

struct tagged_counts {
	uint32_t read;
	uint32_t dropped; /* by the kernel, of those that the filter let in */
};
/* Hands over what waits, and ends it. */
struct tagged_counts tagged_captures_close(
    struct tagged_captures *captures, uint32_t nic);

#endif
