/*
 * hearing.h - remembers what the NICs of one host heard, and since when.
 *
 *	QueryNetworkHint -> [hearing] -> compose
 *
 * A hint says what is true now.  So what it says is heard as of the moment it
 * was asked for; it holds until it would have been asked for a second time,
 * longer when its own time to live is longer, and at most three times.
 *
 * Memory:  hearing_done frees; a zeroed struct is empty.
 * Errors:  STATUS_NO_MEMORY.
 * Units:   unix seconds.
 */
#ifndef VSPHERE_HEARING_H
#define VSPHERE_HEARING_H

#include "report/neighbor.h"
#include "vsphere/values.h"

enum {
	/* Two protocols and, say, 50 VLANs on each of 16 NICs. */
	SEEN_MOST = 4096
};

/* Since when a neighbor, or a VLAN, is heard on a NIC. */
struct seen {
	uint64_t key;
	int64_t first;
	uint32_t polls;
};

struct hearing {
	struct list *hints; /* struct hint_value; NULL: none yet */
	int64_t polled_at;
	uint32_t period_s;
	struct seen *seen;
	size_t seen_count;
};

void hearing_done(struct hearing *hearing);

/* Takes 'hints' over.  '*out_changed': they say something else, beyond
 * counters and times. */
MUST_USE enum status hearing_take(struct hearing *hearing,
    struct list *taken_hints, int64_t now, bool *out_changed);

/* Until when what was heard with this time to live holds. */
int64_t hearing_expires(const struct hearing *hearing, uint32_t ttl_s);

/* The key of a neighbor, or of a VLAN (with PROTOCOL_NONE). */
uint64_t hearing_key_of_neighbor(const struct list *hints,
    const struct hint_value *hint, enum protocol protocol);
uint64_t hearing_key_of_vlan(
    const struct list *hints, const struct hint_value *hint, uint32_t vlan);

/* Since when; a key that was never seen: of now. */
struct seen hearing_since(const struct hearing *hearing, uint64_t key);

/* Walks the VLANs of a hint: "10\n10.0.10.0/24" and so on.  Splits a pair:
 * the number, and in '*out_rest' what follows. */
uint32_t hearing_split(const char *pair, const char **out_rest);

#endif
