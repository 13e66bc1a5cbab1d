/*
 * report.h - writes what an agent tells the collector.
 *
 *	host, nics, neighbors, links -> [report] -> spool, show
 *
 * A writer, called in the order of the document: report_begin, report_nic
 * with the neighbors of that NIC between it and report_nic_end, then
 * report_links_begin, report_link ..., report_links_end, report_virtual,
 * report_end.  Nothing but the buffer
 * holds the document, so that a neighbor needs to be decoded only while it is
 * being written.
 *
 * Memory:  writes to the buffer given; keeps pointers for the calls only.
 * Errors:  those of the buffer: ask buffer_ok after report_end.
 * Units:   times in unix seconds.
 * Source:  schema/report.json.
 */
#ifndef REPORT_REPORT_H
#define REPORT_REPORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/json.h"
#include "report/host.h"
#include "report/neighbor.h"
#include "report/virtual.h"

enum {
	REPORT_VERSION = 1,
	REPORT_SIZE_MOST = 4 << 20, /* what a collector takes */
	REPORT_DIGEST_SIZE = 17,    /* 16 hexadecimal digits */
	REPORT_UNANSWERED_MOST = 4,
	/* The most: the collector takes for silent who says nothing for three
	 * of these. */
	REPORT_HEARTBEAT_S = 60
};

struct report_head {
	int64_t number; /* grows with each document of this host */
	int64_t sent_at;
	int64_t started_at; /* when the agent started */
	const char *agent_version;
	const char *program;        /* NULL: demarc-agent */
	const char *via;            /* which vCenter; NULL: none */
	const char *const *sources; /* ends with NULL; NULL: what is heard */
	/* What is on the host and does not answer, so that its part of the
	 * inside is unknown; NULL after the last. */
	const char *unanswered[REPORT_UNANSWERED_MOST + 1];
};

struct report {
	struct json json;
	size_t hashed; /* octets of the document that went into the digest */
	uint64_t digest;
	bool in_heard_vlans; /* the array is open */
};

/* The times of one neighbor, and the frame that is its evidence. */
struct report_neighbor {
	const struct neighbor *said;
	int64_t first_heard, last_heard, expires;
	uint64_t frames;
	bool own;
	const char *ended; /* reason; NULL while it is current */
	int64_t ended_at;
	const char *source; /* NULL: 'frame', else who told it: "vsphere" */
	const uint8_t *frame;
	size_t frame_size;
};

void report_begin(struct report *r, struct buffer *out,
    const struct report_head *head, const struct host *host);
void report_nic(struct report *r, const struct nic_view *nic);
void report_neighbor(struct report *r, const struct report_neighbor *n);
void report_nic_end(struct report *r);

/* A VLAN that arrives on the NIC; between report_nic_heard_vlans_begin and
 * report_nic_end, after the neighbors. */
struct report_heard_vlan {
	uint16_t id;
	uint8_t address_count, subnet_count;
	const char *const *addresses; /* of senders, a few of them */
	const char *const *subnets;
	int64_t first_heard, last_heard, expires;
	uint64_t frames;
};
/* How a NIC is listened to for VLANs; 'window_s' 0: told by its host. */
struct report_vlan_listening {
	uint32_t period_s; /* 0: only when asked */
	uint32_t window_s;
	int64_t since;
	bool filtered; /* the NIC drops VLANs that the host does not have */
	uint64_t frames_dropped, frames_lost;
};
void report_nic_heard_vlans_begin(
    struct report *r, const struct report_vlan_listening *how);
void report_nic_heard_vlan(
    struct report *r, const struct report_heard_vlan *vlan);

void report_links_begin(struct report *r);

/* The names of its bond or bridge and of what it stands on; NULL: none. */
struct report_link_names {
	const char *master, *lower, *active, *bond_mode;
};
void report_link(struct report *r, const struct link *link,
    const struct report_link_names *names);

void report_links_end(struct report *r);

/* What stands behind the NICs.  Afterwards members may be added to r->json,
 * which are not in the digest. */
void report_virtual(struct report *r, struct virtual *v);

/* Ends the document; 'out_digest' holds for everything in it that is not
 * volatile. */
void report_end(struct report *r, char out_digest[static REPORT_DIGEST_SIZE]);

/* A heartbeat: report_heartbeat_begin, report_heartbeat_heard for each that
 * is current, report_heartbeat_heard_vlans for each NIC where VLANs were
 * heard again, report_heartbeat_end. */
void report_heartbeat_begin(struct report *r, struct buffer *out,
    const struct report_head *head, const char *host_id);
struct report_heard {
	const char *nic;
	enum protocol protocol;
	const uint8_t *source_mac; /* NULL: it was not told */
	int64_t last_heard, expires;
};
void report_heartbeat_heard(struct report *r, const struct report_heard *heard);
struct report_heard_vlans {
	const char *nic;
	const struct vlans *vlans;
	int64_t last_heard, expires;
};
void report_heartbeat_heard_vlans(
    struct report *r, const struct report_heard_vlans *heard);
void report_heartbeat_end(
    struct report *r, const char digest[static REPORT_DIGEST_SIZE]);

#endif
