/*
 * claiming.h - what claims and claim_vlans share: both sides of one cable.
 *
 *	NIC, its neighbors, what its host needs -> [claiming] -> claims
 *
 * Of sides that are not current the verdict is unknown, and "was" tells it.
 *
 * Memory:  texts are lent from the model; facts are freed by claims_write.
 * Errors:  those of the buffer; texts that are too long are cut.
 * Units:   unix seconds; -1: not heard.
 */
#ifndef COLLECTOR_CLAIMING_H
#define COLLECTOR_CLAIMING_H

#include "base/json_read.h"
#include "collector/claims.h"
#include "collector/needs.h"

enum {
	CLAIM_CHAIN_MOST = 8, /* a bond in a bridge in a bridge ... */
	CLAIM_SIDES_MOST = 16 /* claims of a neighbor that take part */
};

/* The facts of one neighbor that speaks for the verdict. */
struct side {
	const struct seen_claim *claim;
	struct json_value *facts;
};

struct cable {
	const struct view *view;
	const struct seen_nic *nic;
	struct json_value *nic_facts;
	struct needs needs; /* of what is inside the host */
	struct side sides[CLAIM_SIDES_MOST];
	size_t side_count;
	const struct model_link *chain[CLAIM_CHAIN_MOST]; /* innermost first */
	size_t chain_count;
};

struct topic {
	const char *name;
	enum verdict verdict; /* if both sides are current */
	bool by_host;         /* or if the host is: it knows alone */
};

void claiming_add(struct claim_list *out, const struct cable *c,
    const struct topic *topic, const struct said_text *host,
    const struct said_text *other);

struct said_text claiming_nothing(void);
struct said_text claiming_kernel(void);

/* Adds ", text" to a list unless it is there. */
void claiming_source(char *list, size_t capacity, const char *text);

/* A neighbor says something: adds "; text" and takes its source and time. */
void claiming_says(
    struct said_text *s, const struct side *side, const char *text);

/* The topics of claim_vlans. */
void claiming_untagged(struct claim_list *list, const struct cable *c);
void claiming_vlans(struct claim_list *list, const struct cable *c);

#endif
