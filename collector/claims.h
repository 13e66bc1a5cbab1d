/*
 * claims.h - what both sides claim of one cable, and whether they agree; pure.
 *
 *	facts of the NIC, of the links above it, of its neighbor -> [claims]
 *
 * Three values: yes, no, unknown.  What one side does not say is unknown: a
 * VLAN that a switch does not advertise may still be allowed.
 *
 * Memory, Errors, Units: as answers.h.
 */
#ifndef COLLECTOR_CLAIMS_H
#define COLLECTOR_CLAIMS_H

#include "collector/pieces.h"

enum {
	CLAIM_TEXT_SIZE = 512,
	CLAIM_SOURCE_SIZE = 40, /* all five protocols */
	CLAIM_TOPICS_MOST = 6
};

enum verdict { VERDICT_UNKNOWN, VERDICT_NO, VERDICT_YES };

/* One side of a topic; text "": it says nothing. */
struct said_text {
	char text[CLAIM_TEXT_SIZE];
	char source[CLAIM_SOURCE_SIZE]; /* "lldp, cdp" */
	int64_t last_heard;
};

struct claim_topic {
	const char *name; /* "link" */
	struct said_text host, other;
	enum verdict verdict;
	enum verdict was; /* of sides that are no longer current */
};

struct claim_list {
	struct claim_topic topics[CLAIM_TOPICS_MOST];
	size_t count;
};

/* Of a NIC without a neighbor there are none. */
void claims_judge(
    struct claim_list *out, const struct view *v, const struct seen_nic *nic);

/* "chain": what stands above the NIC, outermost first. */
void claims_chain(struct json *j, const struct seen_nic *nic);

/* "claims": an array, one for each topic. */
void claims_write(
    struct json *j, const struct view *v, const struct seen_nic *nic);

#endif
