/*
 * search_doc.h - the texts by which what is inside one host is found.
 *
 *	claims of a host -> [search_doc] -> search, find_inside
 *
 * Each claim has a piece, made once when the claim is new: what is asked for is
 * compared with its texts, and the inside of a host is read only to be shown.
 * Texts stand as query_plain writes them.
 *
 * Memory:  search_doc_done; the host is lent.
 * Errors:  false when the heap is exhausted; the document is as it was.
 */
#ifndef COLLECTOR_SEARCH_DOC_H
#define COLLECTOR_SEARCH_DOC_H

#include "collector/model.h"
#include "collector/query.h"

enum search_tag {
	/* These begin a thing. */
	SEARCH_WORKLOAD,
	SEARCH_VNIC, /* of the workload before it */
	SEARCH_GROUP,
	SEARCH_VSWITCH,
	SEARCH_BOND, /* of the virtual switch before it */
	/* These belong to it. */
	SEARCH_NAME,
	SEARCH_UUID,
	SEARCH_ID,
	SEARCH_MAC,
	SEARCH_NETWORK,
	SEARCH_SWITCH_NAME, /* of the switch that it belongs to */
	SEARCH_LINK_NAME,   /* as it stands, not plain */
	SEARCH_TRUNKS       /* as they stand */
};

enum {
	SEARCH_LIVES = 6,       /* states of workloads, in their order */
	SEARCH_TITLE_MOST = 160 /* octets of each name in a title */
};

struct search_field {
	enum search_tag tag;
	struct plain_text text;
	size_t cut; /* of the plain text, what is of a title */
	/* Of what begins a thing: */
	bool machine;
	unsigned life;  /* of a workload: running before off */
	uint32_t place; /* of a bond: its uplink */
	int vlans[3];   /* of a port group: its own, two private ones; -1 */
};

struct search_piece {
	int64_t n; /* of its claim */
	uint32_t first, size;
	bool is_new;
};

struct search_doc {
	const struct model_host *host;
	struct search_piece *pieces; /* in the order of n */
	size_t count;
	char *octets;
	size_t gone;        /* pieces that were signed and are no more */
	uint64_t name_hash; /* of the host, when it was signed */
};

/* Takes over what the host says now. */
MUST_USE bool search_doc_renew(
    struct search_doc *d, const struct model_host *h);

/* Goes through the fields of a piece: 'at' begins at 0. */
bool search_doc_next(const struct search_doc *d,
    const struct search_piece *piece, size_t *at, struct search_field *out);

/* Does a virtual switch or vNIC have this name, as a link may? */
bool search_doc_names_link(const struct search_doc *d, const char *name);

void search_doc_done(struct search_doc *d);

#endif
