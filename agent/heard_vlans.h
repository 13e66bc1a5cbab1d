/*
 * heard_vlans.h - which VLANs arrive on which NIC, and until when that holds.
 *
 *	vlan_listening -> [heard_vlans] -> compose, answer
 *
 * A VLAN is heard in windows; it is forgotten when so many windows have passed
 * without it that a quiet VLAN would have spoken.  Pure: is told the time, logs
 * nothing, opens nothing.
 *
 * Memory:  heard_vlans_init/heard_vlans_done; what is lent is lent until the
 *          next call that is not const.
 * Errors:  none leave; what a limit refuses is counted on the NIC.
 * Units:   struct instant for deadlines, unix seconds for people.
 */
#ifndef AGENT_HEARD_VLANS_H
#define AGENT_HEARD_VLANS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/clock.h"
#include "report/neighbor.h"

enum {
	HEARD_ADDRESSES_MOST = 4,
	/* A sender may invent every VLAN on every NIC.  So many are kept in
	 * all; a NIC may always have its share, so that the sender on another
	 * one does not take its place. */
	HEARD_VLANS_MOST = 8192,
	HEARD_VLANS_SHARE = 128,
	/* And so many of them with addresses of senders. */
	HEARD_ADDRESSED_MOST = 4096,
	/* Of one VLAN, more frames in one window tell nothing new. */
	HEARD_FRAMES_ENOUGH = 16
};

struct heard_vlan {
	uint16_t id;
	uint8_t address_count;
	uint32_t frames; /* those that were read; stays at its most */
	uint32_t window_frames;
	int64_t first_at, last_at; /* unix */
	struct instant last;
	struct address addresses[HEARD_ADDRESSES_MOST]; /* the first ones */
};

struct heard_vlans_nic {
	struct heard_vlans_nic *next;
	uint32_t nic;
	struct heard_vlan *items; /* ordered by id */
	size_t count, capacity;
	uint64_t lost;            /* frames of VLANs beyond the limits */
	int64_t since;            /* unix: the first window began */
	bool complete;            /* a whole window has passed */
	struct instant window_at; /* the last one began */
};

struct heard_vlans {
	struct heard_vlans_nic *first;
	size_t total, addressed;
	int64_t life_ms; /* a VLAN is current for so long after a frame */
};

void heard_vlans_init(struct heard_vlans *set, int64_t life_ms);
void heard_vlans_done(struct heard_vlans *set);

/* The two clocks at one moment. */
struct heard_when {
	struct instant now;
	int64_t unix_s;
};

const struct heard_vlans_nic *heard_vlans_find(
    const struct heard_vlans *set, uint32_t nic);

/* A window opens on a NIC.  Gives what is known of it; NULL: no memory. */
struct heard_vlans_nic *heard_vlans_begin(
    struct heard_vlans *set, uint32_t nic, struct heard_when when);

enum heard_news {
	HEARD_SAME,
	HEARD_NEW,     /* a VLAN that was not current */
	HEARD_ADDRESS, /* another sender */
	HEARD_LOST     /* beyond a limit, or no memory */
};
/* A frame of this VLAN (1..4094) came from 'sender', who may be
 * ADDRESS_NONE. */
enum heard_news heard_vlans_take(struct heard_vlans *set,
    struct heard_vlans_nic *nic, uint16_t id, const struct address *sender,
    struct heard_when when);

/* Were so many frames of the VLAN read in this window that no more is
 * needed? */
bool heard_vlans_enough(const struct heard_vlans_nic *nic, uint16_t vlan);

/* Forgets what is not current any more; gives how many VLANs that were. */
unsigned heard_vlans_expire(struct heard_vlans *set, struct instant now);
/* When the next one is to be forgotten; false: there is none. */
bool heard_vlans_next(const struct heard_vlans *set, struct instant *out);

/* The NIC lost its carrier or left: whatever comes next is another cable.
 * Gives how many VLANs were forgotten. */
size_t heard_vlans_forget(struct heard_vlans *set, uint32_t nic);

#endif
