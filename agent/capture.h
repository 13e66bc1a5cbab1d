/*
 * capture.h - hears discovery frames on NICs.
 *
 *	NIC -> [capture] -> decode -> neighbors
 *
 * One packet socket for each NIC, made so that not one frame of others ever
 * enters it: protocol 0, filter attached and locked, addresses joined, and
 * only then bound.  Never promiscuous, incoming frames only.  The outer VLAN
 * tag, which the kernel takes off, is put back into the octets.
 *
 * Memory:  captures_new/captures_free; a frame is lent for the call.
 * Errors:  STATUS_NOT_ALLOWED: needs CAP_NET_RAW; STATUS_NOT_FOUND: no such
 *          NIC; STATUS_SYSTEM.
 * Units:   octets.
 * Source:  packet(7);
 *          docs/decisions/0003-raw-sockets-live-libpcap-for-files.md.
 */
#ifndef AGENT_CAPTURE_H
#define AGENT_CAPTURE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/attributes.h"
#include "base/cursor.h"
#include "base/loop.h"
#include "base/status.h"

enum {
	/* The longest frame known of any of the protocols has 1522 octets;
	 * longer ones are counted, not read. */
	CAPTURE_FRAME_SIZE = 2048
};

struct captures;

/* 'frame' is what was kept of a frame of 'size' octets. */
typedef void captures_taker(
    void *owner, uint32_t nic, struct cursor frame, size_t size);

struct captures_settings {
	struct loop *loop;
	/* Nobody waits: frames may gather for a fifth of a second, so that
	 * one wake-up serves many. */
	bool batched;
	captures_taker *take;
	void *owner;
};

MUST_USE enum status captures_new(
    const struct captures_settings *settings, struct captures **out_captures);
void captures_free(struct captures *captures);

MUST_USE enum status captures_open(struct captures *captures, uint32_t nic);
void captures_close(struct captures *captures, uint32_t nic);

/* Hands over what waits on this NIC now, so that what is said of the NIC next
 * is not overtaken by frames from before. */
void captures_drain(struct captures *captures, uint32_t nic);

/* Frames that the kernel dropped since the last call because the socket was
 * full. */
uint32_t captures_take_drops(struct captures *captures, uint32_t nic);

#endif
