/*
 * find.h - finds what a question names, in what is known; pure.
 *
 *	question -> query -> [find] -> hits -> answers
 *
 * Every word of a question must fit the thing or what it belongs to, in any
 * order: "leaf1a eth1/1" is "Eth1/1 leaf1a".  Exact hits come first, then
 * beginnings, then parts; each group by kind.
 *
 * Memory:  find_done frees; hits point into the topology.
 * Errors:  STATUS_NO_MEMORY.
 */
#ifndef COLLECTOR_FIND_H
#define COLLECTOR_FIND_H

#include "collector/query.h"
#include "collector/topology.h"

enum find_kind { FIND_NIC, FIND_HOST, FIND_SWITCH, FIND_PORT, FIND_LINK };

enum {
	/* More than a person reads; who asks for 'e' gets told so. */
	FIND_HITS_SHOWN = 100,
	FIND_HITS_MOST = 20000
};

struct hit {
	enum find_kind kind;
	enum fit fit;
	const char *why;               /* "MAC of the NIC" */
	const struct model_host *host; /* of a host or link */
	const struct model_link *link;
	uint32_t at; /* of a NIC, switch or port: its place in the topology */
};

struct found {
	struct hit *hits; /* best first */
	size_t count;     /* at most FIND_HITS_MOST */
	bool cut;         /* there are more */
};

MUST_USE enum status find(const struct topology *t, const struct model *m,
    const struct query *q, struct found *out);
void find_done(struct found *f);

/* "nic", "host", ... */
const char *find_kind_name(enum find_kind kind);

#endif
