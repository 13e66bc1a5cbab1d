/*
 * capture_filter.h - which frames a socket lets in, and to which addresses
 * the NIC must listen for them.
 *
 *	[capture_filter] -> capture
 *
 * The filter judges by destination address, not by EtherType: so a frame is
 * heard whatever stack of tags it carries.  Of what others send to the same
 * addresses, it keeps out what it can tell: spanning tree, 802.1X, PTP, VTP,
 * DTP, UDLD, PAgP.
 *
 * Memory:  the caller's.
 * Errors:  STATUS_SYSTEM: libpcap did not compile the filter.
 * Source:  pcap-filter(7); docs/PROTOCOLS.md lists the addresses.
 */
#ifndef AGENT_CAPTURE_FILTER_H
#define AGENT_CAPTURE_FILTER_H

#include <linux/filter.h>
#include <stddef.h>
#include <stdint.h>

#include "base/attributes.h"
#include "base/status.h"

enum { CAPTURE_FILTER_MOST = 128, CAPTURE_ADDRESSES_MOST = 16 };

struct capture_filter {
	uint16_t size; /* instructions */
	struct sock_filter code[CAPTURE_FILTER_MOST];
};

MUST_USE enum status capture_filter_compile(struct capture_filter *out);

struct capture_address {
	uint8_t octets[6];
};

/* The addresses that the protocols are sent to; gives their number. */
size_t capture_addresses(const struct capture_address **out_addresses);

#endif
