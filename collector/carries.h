/*
 * carries.h - does a way out of a host carry a VLAN, and who says so; pure.
 *
 *	facts of neighbors, VLANs heard, what the uplink lets through
 *		-> [carries] -> answers
 *
 * Three values.  yes: a switch names the VLAN on this port, and not as that of
 * untagged frames, or tagged frames of it arrive, and that is current.  no:
 * this side holds it back, there is no carrier, or the switch says that it
 * takes no untagged frames.  Else unknown: what a switch does not name it may
 * still let through.
 *
 * Memory:  texts are lent from the model; what a neighbor's facts hold is
 *          copied.
 * Errors:  none; evidence beyond CARRY_SAID_MOST is left out.
 * Units:   VLAN ids, 0 for untagged frames; unix seconds.
 */
#ifndef COLLECTOR_CARRIES_H
#define COLLECTOR_CARRIES_H

#include "collector/answers.h"

enum {
	CARRY_SAID_MOST = 12, /* protocols times what each can say */
	CARRY_TEXT_SIZE = 320,
	CARRY_VLANS_MOST = 32 /* of one port group that are shown */
};

enum carry_verdict { CARRY_UNKNOWN, CARRY_NO, CARRY_YES };

/* One claim for or against. */
struct carry_said {
	const char *by;             /* "lldp", "wire", "host" */
	enum carry_verdict verdict; /* if it is current */
	bool by_vcenter, untagged, current;
	char text[96], name[64];
	int64_t last_heard;                  /* -1: not heard */
	const struct model_heard_vlan *wire; /* NULL: told */
};

struct carry {
	int vlan;
	bool is_untagged; /* the switch has the VLAN for untagged frames */
	enum carry_verdict verdict;
	char text[CARRY_TEXT_SIZE];
	struct carry_said said[CARRY_SAID_MOST];
	size_t count;
};

/* 'held_back': what the uplink says; "": nothing. */
void carries_judge(struct carry *out, const struct view *v,
    const struct seen_nic *nic, int vlan, const char *held_back);

/* Is it the word of the NIC's neighbor, current or not? */
bool carries_may_tell(const struct seen_claim *claim);

/* "vlan", "verdict", "text", "evidence" into the open object. */
void carries_members(struct json *j, const struct carry *c);

/* "carries": an array, one for each VLAN of the leg's port group. */
void carries_write(
    struct json *j, const struct view *v, const struct walk_leg *leg);

#endif
