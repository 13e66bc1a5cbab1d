/*
 * find.h - finds what a question names, in what is known; pure.
 *
 *	question -> query -> search -> [find] -> hits -> answers
 *
 * Every word of a question must fit the thing or what it belongs to, in any
 * order: "leaf1a eth1/1" is "Eth1/1 leaf1a".  Exact hits come first, then
 * beginnings, then parts; each group by kind, what runs before what is off.
 *
 * Memory:  find_done frees; hits point into the topology.
 * Errors:  STATUS_NO_MEMORY.
 */
#ifndef COLLECTOR_FIND_H
#define COLLECTOR_FIND_H

#include "collector/query.h"
#include "collector/search.h"
#include "collector/topology.h"

/* In the order in which hits that fit alike are shown. */
enum find_kind {
	FIND_NIC,
	FIND_HOST,
	FIND_VM, /* a container or namespace, too */
	FIND_VNIC,
	FIND_SWITCH,
	FIND_PORT,
	FIND_PORT_GROUP,
	FIND_VSWITCH,
	FIND_UPLINK, /* a bond that is no link of the kernel */
	FIND_VLAN,
	FIND_KERNEL_PORT,
	FIND_LINK
};

enum {
	/* More than a person reads; who asks for 'e' gets told so. */
	FIND_HITS_SHOWN = 100,
	FIND_HITS_MOST = 20000
};

struct hit {
	enum find_kind kind;
	enum fit fit;
	const char *why;               /* "MAC of the NIC" */
	const struct model_host *host; /* of all but switches and ports */
	const struct model_link *link;
	/* Of a NIC, switch or port: its place in the topology; of what is
	 * inside a host: its place there; of a VLAN: its id. */
	uint32_t at;
	uint32_t uplink; /* of the virtual switch 'at' */
	bool late;       /* something else is rather meant */
	uint32_t vf;     /* number of the NIC's VF that fits, + 1; 0: none */
	unsigned life;   /* of a workload or vNIC: running before off */
};

struct found {
	struct hit *hits; /* best first */
	size_t count;     /* past FIND_HITS_MOST only exact ones */
	bool cut;         /* there are more */
};

/* What is known, as far as it is looked at. */
struct find_in {
	const struct topology *topology;
	const struct model *model;
	const struct search *search; /* NULL: every host is looked at */
};
MUST_USE enum status find(
    const struct find_in *in, const struct query *q, struct found *out);
/* Only what fits exactly; nearly as fast as a look into a table.  By the names
 * of its host and itself written as one word nothing is found. */
MUST_USE enum status find_exactly(
    const struct find_in *in, const struct query *q, struct found *out);
void find_done(struct found *f);

/* How well the best hit fits; below FIT_SHORT nothing is called so, and the
 * hits only come close. */
enum fit found_fit(const struct found *f);

/* "nic", "host", ... */
const char *find_kind_name(enum find_kind kind);

#endif
