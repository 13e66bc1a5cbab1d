/*
 * neighbors.h - who is heard on which NIC, and until when.
 *
 *	decode -> [neighbors] -> compose, show
 *
 * Keeps of each neighbor the raw frame with its times, not the decoded value:
 * a tenth of the memory, a frame that says the same again is known by
 * comparing octets, and the frame is the evidence that goes with the report.
 * Pure: is told the time, logs nothing, opens nothing.
 *
 * Memory:  neighbors_init/neighbors_done.  What is lent is lent until the
 *          next call that is not const.
 * Errors:  none leave; what a limit refuses is counted on the NIC.
 * Units:   struct instant for deadlines, unix seconds for people.
 * Source:  IEEE 802.1AB-2016, 9.2 (receive state machine).
 */
#ifndef AGENT_NEIGHBORS_H
#define AGENT_NEIGHBORS_H

#include "base/attributes.h"
#include "base/clock.h"
#include "base/cursor.h"
#include "report/host.h"
#include "report/neighbor.h"

enum {
	/* A NIC has one neighbor, behind a careless bridge some more; a
	 * sender that invents them must not fill the memory. */
	NEIGHBORS_PER_NIC_MOST = 32,
	NEIGHBORS_ENDED_MOST = 8,
	/* EDP and SONMP have no TTL; three times their usual interval. */
	NEIGHBORS_TTL_S = 180,
	NEIGHBORS_ENDED_KEPT_S = 24 * 3600
};

enum end_reason {
	END_NONE, /* it is current */
	END_EXPIRED,
	END_GOODBYE,
	END_LINK_DOWN,
	END_REPLACED, /* the sender has another name, or another one came */
	END_NIC_REMOVED
};

struct heard {
	struct heard *next; /* on the same NIC, oldest first */
	enum protocol protocol;
	enum scope scope;
	enum end_reason ended;
	bool own; /* sent by a NIC of this very host */
	uint8_t source_mac[MAC_SIZE];
	uint64_t device, port; /* fingerprints of chassis id, both ids */
	uint64_t frames;
	int64_t first_at, last_at; /* unix */
	int64_t expires_at;        /* unix */
	int64_t ended_at;          /* unix */
	struct instant last;
	struct instant until; /* expires, or when ended: is forgotten */
	uint16_t ttl_s;
	uint16_t size;
	uint8_t frame[]; /* 'size' octets */
};

struct neighbors_nic {
	struct neighbors_nic *next;
	uint32_t nic; /* index of the link */
	struct nic_counts counts;
	bool shared; /* several LLDP senders take turns here */
	struct heard *first;
};

struct neighbors {
	struct neighbors_nic *first;
};

/* One frame that was heard. */
struct hearing {
	uint32_t nic;
	struct cursor frame;
	bool own;
	struct instant now;
	int64_t unix_s;
};

enum neighbors_change {
	NEIGHBORS_SAME,    /* known already: nothing to tell */
	NEIGHBORS_UPDATED, /* the same neighbor says something new */
	NEIGHBORS_NEW,     /* nobody knew it, or it had ended */
	NEIGHBORS_ENDED,   /* it says goodbye */
	NEIGHBORS_LOST     /* a limit was reached: only counted */
};

void neighbors_init(struct neighbors *neighbors);
void neighbors_done(struct neighbors *neighbors);

/* The NIC's own list, made when there is none yet; NULL: no memory. */
struct neighbors_nic *neighbors_nic(struct neighbors *neighbors, uint32_t nic);
const struct neighbors_nic *neighbors_find_nic(
    const struct neighbors *neighbors, uint32_t nic);

/* Forgets a NIC and everything heard there. */
void neighbors_forget_nic(struct neighbors *neighbors, uint32_t nic);

/* The NIC came back under another index: what was heard goes with it. */
void neighbors_move_nic(
    struct neighbors *neighbors, uint32_t from, uint32_t to);

/* True when the very same frame is current on this NIC: its times are now
 * fresh, and there is no need to decode it. */
bool neighbors_refresh(
    struct neighbors *neighbors, const struct hearing *hearing);

/* Takes a frame that was decoded: 'said' is what it says.
 *
 * A sender that takes another name replaces itself.  Another sender of LLDP to
 * the nearest bridge replaces the one before: no bridge forwards that, so the
 * cable was moved.  When the one before speaks again within its TTL, the NIC
 * is shared, and from then on all are kept.  CDP, which bridges flood,
 * replaces nobody. */
enum neighbors_change neighbors_take(struct neighbors *neighbors,
    const struct hearing *hearing, const struct neighbor *said);

/* Takes back what was known before a restart: 'hearing' is the last one of
 * 'frames' since 'first_at'.  False: known already, or it has expired. */
bool neighbors_restore(struct neighbors *neighbors,
    const struct hearing *hearing, const struct neighbor *said,
    int64_t first_at, uint64_t frames);

/* Ends everything current on the NIC that was last heard before 'before'.
 * Gives how many ended. */
struct ending {
	uint32_t nic;
	enum end_reason reason;
	struct instant before;
	struct instant now;
	int64_t unix_s;
};
unsigned neighbors_end_nic(
    struct neighbors *neighbors, const struct ending *ending);

/* Ends those whose TTL has passed and forgets those that ended long ago.
 * Gives how many that changed. */
unsigned neighbors_expire(
    struct neighbors *neighbors, struct instant now, int64_t unix_s);

/* When neighbors_expire has something to do; false: never. */
bool neighbors_next(const struct neighbors *neighbors, struct instant *out_at);

/* "expired", "goodbye" ...; "" for END_NONE. */
const char *end_reason_name(enum end_reason reason);

#endif
