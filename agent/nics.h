/*
 * nics.h - the NICs of this host, those that are listened on and those that
 * have just left.
 *
 *	links -> [nics] -> agent, compose
 *
 * Decides which links are NICs of ours and what has changed on one; opening
 * and ending is done by who asked.  Pure but for the options.
 *
 * Memory:  nics_done frees; what is found is lent until it is removed.
 * Errors:  NULL: no memory.
 * Units:   times in unix seconds; struct instant for deadlines.
 */
#ifndef AGENT_NICS_H
#define AGENT_NICS_H

#include "agent/links.h"
#include "agent/options.h"
#include "agent/window.h"
#include "base/clock.h"
#include "report/host.h"

/* Whole hosts of virtual functions may go at once; we keep so many. */
enum { NICS_REMOVED_MOST = 64, NIC_REMOVED_KEPT_S = 24 * 3600 };

struct nic {
	struct nic *next;
	struct link link; /* as it was last */
	struct nic_facts facts;
	char slot[NIC_SLOT_SIZE];
	bool listening;
	char reason[NIC_REASON_SIZE]; /* why it is not listening */
	uint64_t dropped;
	int64_t carrier_changed_at;
	int64_t removed_at; /* 0: it is there */

	bool hears_vlans; /* 'window' has its times */
	/* It drops frames of VLANs that the host does not have. */
	bool vlans_filtered;
	uint64_t vlans_dropped; /* frames, by the kernel */
	struct window window;
	struct heard_vlans_nic *vlans; /* while the window is open */
	struct instant forget_at;
};

struct nics {
	struct nic *first;
};

/* What is to be done with a link. */
enum nic_role {
	NIC_NONE,  /* no NIC of ours */
	NIC_SHOWN, /* a NIC, but the options say not to listen */
	NIC_LISTEN
};
enum nic_role nic_role_of(
    const struct options *options, const struct link *link);

struct nic *nics_find(const struct nics *nics, uint32_t index);
/* One that was removed and had this name; NULL: none. */
struct nic *nics_find_removed(const struct nics *nics, const char *name);
struct nic *nics_add(struct nics *nics, const struct link *link);
void nics_forget(struct nics *nics, struct nic *nic);
void nics_done(struct nics *nics);

/* The removed one to forget first; NULL while they are few and young. */
struct nic *nics_overdue(const struct nics *nics, struct instant now);

/* Is this an address of one of our NICs? */
bool nics_own_mac(const struct nics *nics, const uint8_t mac[static MAC_SIZE]);

/* What a new state of the link means for what was heard. */
enum nic_carrier {
	NIC_CARRIER_SAME,
	NIC_CARRIER_CAME,
	NIC_CARRIER_LOST,
	/* Lost and back between two messages: the kernel tells of it at most
	 * once a second. */
	NIC_CARRIER_FLAPPED
};
enum nic_carrier nic_carrier_change(
    const struct link *before, const struct link *now);

/* Is there anything to tell others? */
bool nic_link_differs(const struct link *before, const struct link *now);

#endif
