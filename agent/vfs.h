/*
 * vfs.h - what a NIC with SR-IOV says of its virtual functions.
 *
 *	netlink -> [vfs] -> sriov
 *
 * Pure.
 *
 * Memory:  the caller's.
 * Errors:  STATUS_MALFORMED: no link message; STATUS_UNKNOWN: a NIC that has
 *          no virtual functions, or a message that is of no concern.  A
 *          function that is not understood is left out.
 * Source:  linux/if_link.h, IFLA_VFINFO_LIST.
 */
#ifndef AGENT_VFS_H
#define AGENT_VFS_H

#include <linux/netlink.h>

#include "base/attributes.h"
#include "base/status.h"
#include "report/host.h"

/* In the order of their numbers; each number once. */
struct vfs {
	uint32_t link; /* index of the NIC */
	uint16_t count;
	uint16_t lost; /* beyond VFS_MOST */
	struct vf items[VFS_MOST];
};

/* Reads the RTM_NEWLINK that answers a question with RTEXT_FILTER_VF. */
MUST_USE enum status vfs_read(const struct nlmsghdr *message, struct vfs *out);

/* NULL: it has none of that number. */
const struct vf *vfs_find(const struct vfs *vfs, uint32_t index);

#endif
