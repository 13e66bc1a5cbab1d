/*
 * depict_making.h - what the parts of depict share: a scene that is being
 * made, and where in it each host's things begin.
 *
 *	hosts, cables -> choice of insides -> claims, insides -> the way
 *
 * The NICs, virtual switches, workloads and vNICs of a host stand one behind
 * the other in the order of the model, so a place in the host is a place in the
 * scene; of port groups only those that hang on something do.
 *
 * Memory:  the arena of the scene.
 * Errors:  an exhausted heap shows in the arena; then arrays may be NULL.
 */
#ifndef COLLECTOR_DEPICT_MAKING_H
#define COLLECTOR_DEPICT_MAKING_H

#include "collector/depict.h"
#include "collector/numbers.h"
#include "collector/verdict.h"

struct depict_base {
	const struct model_host *host;
	uint32_t nic, vswitch, machine, vnic;
	uint32_t *groups; /* by their places in the host; SCENE_NONE */
	bool inside;      /* what stands inside is in the scene */
};

struct making {
	struct scene *s;
	const struct view *v;
	const struct scope *scope;
	const char *origin;        /* of links; "" */
	struct depict_base *bases; /* one for each host of the scope */
	/* Places in the topology to places in the scene. */
	struct numbers switches, ports;
};

/* A copy, as by printf; "" without memory. */
const char *depict_text(struct making *m, const char *format, ...)
    PRINTF_LIKE(2, 3);

/* "14:05 UTC", "Nov 21 14:05 UTC": as then.h has it. */
const char *depict_clock(struct making *m, int64_t when);

/* When the host was last known as it is: of one that its vCenter lost, then. */
int64_t depict_seen_at(const struct model_host *h);

/* A page of the dashboard, "ORIGIN/#/host/ID", its argument escaped. */
const char *depict_href(
    struct making *m, const char *page, const char *argument);

/* "CDP", "LLDP, told by vCenter". */
const char *depict_protocol(struct making *m, const struct model_neighbor *n);

/* Room for as much as there can be of hosts and cables. */
MUST_USE bool depict_room(struct making *m);

/* Says, when all hosts have their cables, whose inside is read, and makes room
 * for that; 'page' is of the ladders.  STATUS_TOO_LARGE; STATUS_NO_MEMORY. */
MUST_USE enum status depict_choose(struct making *m, unsigned page);

/* NULL: the host is not in the scene, or not its inside. */
const struct depict_base *depict_base_of(
    const struct making *m, const struct model_host *h);

/* What people call it; of a port that somebody hangs on whom nobody names,
 * "machine on vnet0". */
const char *depict_workload(struct making *m, const struct inside_workload *w);

/* Does the name of the port group say all of its VLANs, as "tag 140" does?  A
 * name that people gave may say another one. */
bool depict_says_vlan(const struct inside_group *g);

/* What both sides say of the cable; the systems, and the aggregate of its port,
 * if the 'inside' is read. */
void depict_claims(struct making *m, struct scene_nic *out,
    const struct seen_nic *nic, bool inside);

/* Bonds of the NICs, virtual switches, port groups, workloads, vNICs. */
void depict_inside(struct making *m, uint32_t host);

/* What does not fit, the worst first; when all things are there. */
void depict_findings(struct making *m);

/* The way of the scope, or of what is to be highlighted. */
void depict_way(struct making *m, const struct depict_wish *wish);

#endif
