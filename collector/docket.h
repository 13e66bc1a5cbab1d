/*
 * docket.h - which hosts are to be judged, and a thread that does it.
 *
 *	hosts that changed, moments that come -> [docket] -> judge, one host
 *	after the other
 *
 * A host that changed goes before those that it touches, and before all that
 * only wait for the first judging after a start; one that waits already waits
 * once.
 *
 * Where many wait, it judges a quarter of the time, so that reports and
 * questions go first; what one change touches is judged at once.
 *
 * Memory:  docket_new/docket_free.
 * Errors:  a host that there is no memory for is not judged until it changes
 *          again.
 * Units:   unix seconds.
 */
#ifndef COLLECTOR_DOCKET_H
#define COLLECTOR_DOCKET_H

#include <stdbool.h>
#include <stdint.h>

#include "base/attributes.h"
#include "base/status.h"

/* Why a host is judged. */
enum docket_cause {
	DOCKET_DUE,     /* its moment has come */
	DOCKET_TOUCHED, /* another host changed, or none was judged yet */
	DOCKET_CHANGED
};

struct docket_settings {
	/* Judges one host, and gives the moment when it is due again; -1:
	 * when it changes. */
	int64_t (*judge)(
	    void *context, int64_t host_id, enum docket_cause cause);
	void *context;
};

struct docket;

MUST_USE enum status docket_new(
    const struct docket_settings *settings, struct docket **out);
/* No host is judged after it. */
void docket_stop(struct docket *d);
void docket_free(struct docket *d);

/* From any thread. */
void docket_put(struct docket *d, int64_t host_id, enum docket_cause cause);

/* Puts those whose moment has come. */
void docket_sweep(struct docket *d, int64_t now);

/* Waits until no host waits: for tests and measurements. */
void docket_settle(struct docket *d);

#endif
