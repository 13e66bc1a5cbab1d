/*
 * incoming.h - a report document: JSON in, checked values out.
 *
 *	POST body -> [incoming] -> ingest -> rows with [since, until)
 *
 * A report becomes claims: one for the host, one for each NIC, link,
 * neighbor, VLAN heard, virtual switch, port group and workload.  A claim has a
 * key (which thing), facts (what is said of it, as JSON that is equal when the
 * facts are equal) and what is volatile, apart.
 *
 * Memory:  incoming_init/incoming_done; everything is lent from the report.
 * Errors:  STATUS_MALFORMED, STATUS_NO_MEMORY; '*mistake' then says where and
 *          what.
 * Units:   unix seconds by the clock of the host.
 * Source:  schema/report.json.
 */
#ifndef COLLECTOR_INCOMING_H
#define COLLECTOR_INCOMING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/attributes.h"
#include "base/status.h"
#include "collector/arena.h"
#include "collector/rules.h"

enum { MACHINE_ID_SIZE = 33, DIGEST_SIZE = 17 };

enum claim_kind {
	CLAIM_HOST,
	CLAIM_NIC,
	CLAIM_LINK,
	CLAIM_NEIGHBOR,
	CLAIM_VSWITCH,
	CLAIM_PORT_GROUP,
	CLAIM_WORKLOAD,
	CLAIM_HEARD_VLAN, /* its key is "ens1f0 140" */
	CLAIM_LAST = CLAIM_HEARD_VLAN
};

struct form;

/* What is volatile in a claim; it makes no new row.  -1: not said. */
struct heard {
	int64_t first_heard, last_heard, expires;
	int64_t frames;             /* of a neighbor or VLAN; of a NIC: heard */
	int64_t dropped, malformed; /* of a NIC */
};

struct incoming_claim {
	enum claim_kind kind;
	const char *key;   /* one of its kind in a host */
	const char *facts; /* a JSON object */
	const char *frame; /* base64; NULL: none */
	struct heard heard;
	uint64_t said; /* fingerprint of what it was read from; 0: none */
	/* 0: it was read.  Else key and facts are those of the claim of this
	 * number, which was read from the same octets once. */
	int64_t n;
};

/* Asked for claims of a host that were read from octets with these
 * fingerprints. */
struct incoming_recall {
	uint64_t said;
	enum claim_kind kind;
	int64_t n; /* filled; 0: there is none */
};
struct incoming_memory {
	void (*recall)(void *context, const char *machine_id,
	    struct incoming_recall *items, size_t count);
	/* Gives the form of the last report of the host to one more holder;
	 * NULL: there is none.  NULL itself: there never is. */
	struct form *(*form)(void *context, const char *machine_id);
	void *context;
};

/* A claim that is said again, with other numbers. */
struct incoming_again {
	int64_t n; /* its number */
	struct heard heard;
};

/* One line of a heartbeat. */
struct incoming_line {
	const char *nic, *protocol, *source_mac;
	int64_t last_heard, expires;
};

/* One line of a heartbeat on the VLANs that a NIC heard at one time. */
struct incoming_vlans {
	const char *nic, *vlans; /* "10,20-30" */
	int64_t last_heard, expires;
};

struct incoming {
	int64_t number; /* grows from report to report */
	int64_t sent_at;
	int64_t posted_at; /* when it was handed over; -1: not said */
	char digest[DIGEST_SIZE];
	char machine_id[MACHINE_ID_SIZE];
	const char *via; /* which vCenter tells of it; "": none, or not said */
	bool heartbeat;  /* then lines, else 'claims' */
	struct incoming_claim *claims;
	size_t claim_count;
	struct incoming_line *lines;
	size_t line_count;
	struct incoming_vlans *vlan_lines;
	size_t vlan_line_count;
	/* Of a report all of which was recalled; or NULL. */
	struct form *form;
	bool by_form; /* it is that of the last report: no claims, but these */
	struct incoming_again *again;
	size_t again_count;
	const char *text; /* lent until incoming_own; NULL: not needed */
	size_t text_size;
	char *own_text;
	struct mistake *mistake; /* of incoming_read_again; NULL: none */
	struct arena arena;
};

void incoming_init(struct incoming *r);
void incoming_done(struct incoming *r);

MUST_USE enum status incoming_read(
    struct incoming *r, const char *text, size_t size, struct mistake *mistake);

/* The same, but what was read before is recalled and not read again.  From any
 * thread from which 'memory' may be asked. */
MUST_USE enum status incoming_read_known(struct incoming *r, const char *text,
    size_t size, const struct incoming_memory *memory, struct mistake *mistake);

/* Keeps the text of a report of which claims were recalled, before it goes. */
MUST_USE enum status incoming_own(struct incoming *r);

/* Reads all of such a report; its mistake stays with it. */
MUST_USE enum status incoming_read_again(struct incoming *r);

/* Names a kind as the store does: "host", "nic", "port_group". */
const char *claim_kind_name(enum claim_kind kind);

#endif
