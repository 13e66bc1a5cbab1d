/*
 * outline.h - the facts of a host's outside, read once.
 *
 *	model -> facts as JSON -> [outline] -> knowing
 *
 * What rules ask of NICs, neighbors and links and the model does not keep:
 * speed, driver, which VLANs a switch names.  Nothing of it depends on the
 * time; who needs what was heard last, or what the judge says, fills it in.
 *
 * Memory:  the arena given; texts are lent from the model: it is dropped when
 *          the outside of the host is made anew.
 * Errors:  false when the heap is exhausted.
 * Units:   as known.h.
 */
#ifndef COLLECTOR_OUTLINE_H
#define COLLECTOR_OUTLINE_H

#include "base/attributes.h"
#include "collector/model.h"
#include "collector/rules/known.h"

struct outline {
	/* In the order of the model; without sources, places and cables. */
	struct known_nic *nics;
	size_t nic_count;
	struct known_link *links;
	size_t link_count;
};

MUST_USE bool outline_read(
    struct outline *out, struct arena *a, const struct model_host *h);

/* As the model says it. */
enum told outline_told(enum said said);

#endif
