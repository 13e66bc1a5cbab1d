/*
 * capture_tagged_filter.h - lets in the first octets of tagged broadcasts and
 * multicasts, and of some VLANs none any more.
 *
 *	[capture_tagged_filter] -> capture_tagged
 *
 * The kernel has taken the outer tag off when the filter runs, and notes it
 * beside the frame, where only the kernel's own instructions find it.  libpcap
 * compiles those for a NIC that it opened itself, and we open ours: so this
 * program is written by hand.  A tag that is still in the frame is found too.
 *
 * Memory:  the caller's.
 * Errors:  none.
 * Source:  linux/filter.h, SKF_AD_VLAN_TAG; the kernel's
 *          Documentation/networking/filter.rst.
 */
#ifndef AGENT_CAPTURE_TAGGED_FILTER_H
#define AGENT_CAPTURE_TAGGED_FILTER_H

#include <linux/filter.h>
#include <stddef.h>
#include <stdint.h>

enum {
	/* Two tags, ARP or the addresses of IPv6. */
	TAGGED_FRAME_SIZE = 96,
	/* A jump of the filter spans 255 instructions at most. */
	TAGGED_MUTED_MOST = 64,
	TAGGED_FILTER_MOST = TAGGED_MUTED_MOST + 24
};

struct tagged_filter {
	uint16_t size; /* instructions */
	struct sock_filter code[TAGGED_FILTER_MOST];
};

/* 'muted' are the VLANs of which no frame is wanted. */
void tagged_filter_make(
    struct tagged_filter *out, const uint16_t *muted, size_t count);

#endif
