/*
 * sriov.h - the NICs of this host that have virtual functions, and where each
 * function is.
 *
 *	/sys, netlink, vfs -> [sriov] -> inside, compose
 *
 * Memory:  sriov_done frees; what is found is lent until the next look.
 * Errors:  none: what cannot be read stays unknown.
 * Source:  linux/if_link.h; /sys/class/net/X/device/sriov_numvfs, virtfnN.
 */
#ifndef AGENT_SRIOV_H
#define AGENT_SRIOV_H

#include "agent/links.h"
#include "agent/vfs.h"

/* A host with four cards of four ports has 16. */
enum { PFS_MOST = 64 };

struct vf_place {
	char bus[LINK_BUS_SIZE];  /* "0000:3b:02.1"; "": not known */
	char net[LINK_NAME_SIZE]; /* its device here; "": none */
};

struct pf {
	struct vfs vfs;
	struct vf_place places[VFS_MOST]; /* of vfs.items, in their order */
};

struct sriov {
	struct pf *items; /* in the order of links */
	size_t count;
};

/* 'sys' is "/sys", but for tests. */
void sriov_look(struct sriov *s, const struct links *links, const char *sys);
void sriov_done(struct sriov *s);

/* NULL: the link has no virtual functions. */
const struct pf *sriov_find(const struct sriov *s, uint32_t link);

/* The NIC whose function is at "0000:3b:02.1", and the place of that in
 * vfs.items; NULL: no function is there. */
const struct pf *sriov_find_bus(
    const struct sriov *s, const char *bus, unsigned *out_place);

#endif
