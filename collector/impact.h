/*
 * impact.h - who loses what when some NICs lose their cable: that of a port,
 * those of a switch; pure.
 *
 *	topology, inside of the hosts -> [impact] -> answer
 *
 * A vNIC loses all when every way that it may take leaves by one of the NICs,
 * and redundancy when another way is left.  A way that is down already is no
 * way; one whose state nobody tells is.
 *
 * Memory:  impact_done frees; all else is lent from the view.
 * Errors:  'failed' when the heap is exhausted.
 */
#ifndef COLLECTOR_IMPACT_H
#define COLLECTOR_IMPACT_H

#include "collector/answers.h"

enum {
	/* NICs behind one switch: a large chassis has 576 ports, and extenders
	 * as many again. */
	IMPACT_NICS_MOST = 4096,
	/* More than anybody reads; they are counted all the same. */
	IMPACT_SHOWN_MOST = 1000
};

enum loss {
	LOSS_NONE,
	LOSS_REDUNDANCY, /* a way is left */
	LOSS_ALL,
	LOSS_UNKNOWN, /* where some of its ways lead is not told */
	LOSSES
};

struct impact_vnic {
	const struct model_host *host;
	uint32_t workload; /* place in its inside */
	uint32_t vnic;     /* of those of the workload */
	enum loss loss;
};

struct impact {
	const struct seen_nic **nics; /* host by host */
	size_t nic_count;
	size_t host_count;
	bool by_switch;            /* by what they hear, not by their names */
	struct impact_vnic *vnics; /* by loss: as many as are shown of each */
	size_t vnic_count, vnic_capacity;
	size_t counts[LOSSES];  /* vNICs of machines */
	size_t running[LOSSES]; /* of them, of machines that run */
	bool cut, failed;
};

/* Begins with no NIC; then those are added whose cable goes. */
void impact_init(struct impact *out);
void impact_add_nic(struct impact *x, const struct seen_nic *nic);
void impact_add_port(struct impact *x, const struct view *v, uint32_t port);
void impact_add_switch(struct impact *x, const struct view *v, uint32_t device);

/* Who loses what without them. */
void impact_judge(struct impact *x);
void impact_done(struct impact *x);

/* "none", "redundancy", "all", "unknown". */
const char *loss_word(enum loss loss);

#endif
