/*
 * walk.h - from a thing inside a host to the NICs that it leaves by; pure.
 *
 *	workload, vNIC, port group, virtual switch, uplink, NIC
 *	                    -> [walk] -> legs, one for each way out
 *
 * Patch ports lead from switch to switch: each switch is entered once, by the
 * shortest way, so a loop ends and nothing is walked twice.  A hop that nobody
 * tells is a leg with a gap; it is never left out.
 *
 * A port group of VMware may use some uplinks of its switch only: a walk from
 * it, or from what hangs on it, leaves out the others.
 *
 * Memory:  walk_done frees; legs point into the model.
 * Errors:  'failed' when the heap is exhausted, 'cut' when there are more legs
 *          than WALK_LEGS_MOST, or more to do than WALK_STEPS_MOST.
 */
#ifndef COLLECTOR_WALK_H
#define COLLECTOR_WALK_H

#include "collector/model.h"

enum {
	WALK_LEGS_MOST = 256, /* more than the uplinks of any host */
	WALK_SWITCHES_MOST = 8,
	/* Of all walks of one answer: 100,000 workloads take 2 million; so many
	 * take a tenth of a second. */
	WALK_STEPS_MOST = 16 * 1024 * 1024,
	WALK_TEXT_SIZE = 640
};

/* What is not known of a leg. */
enum walk_gap {
	GAP_NONE,
	GAP_NO_VNIC,         /* the workload has none */
	GAP_VSWITCH_UNTOLD,  /* the vNIC's switch is not said */
	GAP_VSWITCH_UNKNOWN, /* it is named, but not reported */
	GAP_NO_UPLINK,       /* the switch ends in the host */
	GAP_UNUSED,          /* the port group may use none of the uplinks */
	GAP_PATCH_UNKNOWN,   /* the other end of a patch port is not reported */
	GAP_TOO_DEEP,        /* more switches than WALK_SWITCHES_MOST */
	GAP_NO_MEMBER,       /* an uplink without NICs */
	GAP_NIC_UNKNOWN,     /* its NIC is not reported */
	GAP_SEVERAL,         /* a NIC that several uplinks share */
	GAP_NO_WAY           /* a link of the kernel that leads to no NIC */
};

struct walk_leg {
	const struct model_host *host;
	/* NULL: the walk did not begin there. */
	const struct inside_workload *workload;
	const struct inside_vnic *vnic;
	const struct inside_group *group;
	const struct inside_vswitch *switches[WALK_SWITCHES_MOST];
	size_t switch_count; /* from the workload outwards */
	const struct inside_uplink *uplink;
	const struct inside_member *member;
	enum member_state member_state;   /* as the port group sees it */
	bool by_group;                    /* and that is why */
	const struct inside_patch *patch; /* of GAP_PATCH_UNKNOWN */
	uint32_t nic; /* place in host->nics; INSIDE_NONE: no NIC */
	enum walk_gap gap;
};

struct walk {
	struct walk_leg *legs;
	size_t count, capacity;
	size_t steps; /* of all walks since it was empty */
	bool cut, failed;
};

/* Forgets the legs, not the steps: for the next walk of the same answer. */
void walk_again(struct walk *w);

void walk_from_workload(
    struct walk *w, const struct model_host *h, uint32_t workload);
void walk_from_vnic(struct walk *w, const struct model_host *h, uint32_t vnic);
void walk_from_group(
    struct walk *w, const struct model_host *h, uint32_t group);
void walk_from_vswitch(
    struct walk *w, const struct model_host *h, uint32_t vswitch);
void walk_from_uplink(struct walk *w, const struct model_host *h,
    uint32_t vswitch, uint32_t uplink);
void walk_from_nic(struct walk *w, const struct model_host *h, uint32_t nic);

/* The NICs below a link of the kernel: a bond, a bridge, a VLAN device. */
void walk_below_link(
    struct walk *w, const struct model_host *h, const struct model_link *link);

/* The same; when it is not told which are below, each may be the way. */
void walk_from_link(
    struct walk *w, const struct model_host *h, const struct model_link *link);

void walk_done(struct walk *w);

/* A sentence on the gap; "" when there is none. */
const char *walk_gap_text(
    const struct walk_leg *leg, char out[static WALK_TEXT_SIZE]);

/* Does the uplink hold back this VLAN?  "" when it is not known to. */
const char *walk_block_vlan(
    const struct walk_leg *leg, int64_t vlan, char out[static WALK_TEXT_SIZE]);

/* What the uplink does not let through of what the port group needs: "VLAN 50
 * is not let through bond0"; "" when nothing is known to be held back. */
const char *walk_block_text(
    const struct walk_leg *leg, char out[static WALK_TEXT_SIZE]);

#endif
