/*
 * search.h - which hosts and switches a question may mean, without a look at
 * the others.
 *
 *	claims, topology -> [search] -> hosts and switches -> find
 *
 * All texts by which a host and what is in it may be asked for are signed
 * (signature.h), and those of a switch with its ports.  What is signed and
 * means nothing any more is signed anew by and by, so who asks compares each
 * host and switch that is given.
 *
 * Memory:  search_done.
 * Errors:  false when the heap is exhausted; then 'failed' is set, and nothing
 *          is known until all is taken anew.
 */
#ifndef COLLECTOR_SEARCH_H
#define COLLECTOR_SEARCH_H

#include "collector/numbers.h"
#include "collector/query.h"
#include "collector/search_doc.h"
#include "collector/signature.h"
#include "collector/slots.h"
#include "collector/topology.h"

struct search {
	struct slots docs;
	struct numbers by_host;   /* host_id -> place in docs */
	struct signature hosts;   /* by their places in docs */
	struct signature devices; /* by their places in the topology */
	bool failed;
};

/* The host is new, or has changed; 'outside': not only inside. */
void search_take_host(
    struct search *s, const struct model_host *h, bool outside);
void search_drop_host(struct search *s, int64_t host_id);

/* The device is new at its place, or has another id. */
void search_take_device(
    struct search *s, const struct topology *t, uint32_t device);

/* NULL: there is none. */
const struct search_doc *search_doc_of(
    const struct search *s, const struct model_host *h);

/* What may be meant, in no order; free() them. */
struct search_found {
	const struct search_doc **hosts;
	size_t host_count;
	uint32_t *devices;
	size_t device_count;
};
MUST_USE bool search_query(
    const struct search *s, const struct query *q, struct search_found *out);
/* The same of what may have a text that is exactly the whole question. */
MUST_USE bool search_exact(
    const struct search *s, const struct query *q, struct search_found *out);
MUST_USE bool search_vlan(
    const struct search *s, int vlan, struct search_found *out);
void search_found_done(struct search_found *f);

void search_done(struct search *s);

#endif
