/*
 * lldp_organization.h - the tables of TLVs: what lldp reads, by whom defined.
 *
 *	lldp -> [lldp_organization] -> lldp_8021, lldp_8023, lldp_med, ...
 *
 * Each organization has a table of its subtypes in a file of its own; the loop
 * in lldp.c knows none of them.  A new TLV is one row and one reader.
 *
 * Memory:  constant tables.
 * Errors:  a reader gives false when the TLV is bad; it then has changed
 *          nothing that a document shows.
 * Units:   sizes in octets of the value, behind OUI and subtype.
 * Source:  the clause stands at each row.
 */
#ifndef AGENT_LLDP_ORGANIZATION_H
#define AGENT_LLDP_ORGANIZATION_H

#include <stdbool.h>
#include <stdint.h>

#include "base/cursor.h"
#include "report/neighbor.h"

struct lldp_rule {
	uint16_t least; /* octets; a longer value is of a newer edition: what
			   is behind the fields we know is not looked at */
	uint16_t fact;  /* enum fact_name: what the reader calls it */
	uint32_t has;   /* what it sets in neighbor.has: bad a second time */
	bool (*read)(struct cursor *value, struct neighbor *n, unsigned fact);
};

struct lldp_organization {
	uint32_t oui;
	unsigned count; /* of rules, by subtype */
	const struct lldp_rule *rules;
	/* What becomes of a subtype without a rule: octets under this fact, or
	 * with FACT_NONE one of the unknown TLVs. */
	unsigned rest;
};

extern const struct lldp_organization lldp_8021, lldp_8023, lldp_med, lldp_dcbx,
    lldp_qbg, lldp_cisco, lldp_juniper, lldp_dell, lldp_profinet,
    lldp_fabric_attach, lldp_iana;

/* Readers that several tables use: the value is ... */
bool lldp_read_number8(struct cursor *value, struct neighbor *n, unsigned fact);
bool lldp_read_number16(
    struct cursor *value, struct neighbor *n, unsigned fact);
bool lldp_read_number32(
    struct cursor *value, struct neighbor *n, unsigned fact);
bool lldp_read_text(struct cursor *value, struct neighbor *n, unsigned fact);
bool lldp_read_octets(struct cursor *value, struct neighbor *n, unsigned fact);
bool lldp_read_mac(struct cursor *value, struct neighbor *n, unsigned fact);

/* The same for a text that says also what 'member' of the neighbor says: the
 * serial, the model.  What the frame has said first stays. */
bool lldp_read_identity(struct cursor *value, struct neighbor *n, unsigned fact,
    struct text *member);

#endif
