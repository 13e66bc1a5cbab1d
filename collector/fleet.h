/*
 * fleet.h - how many of what there are, over all hosts.
 *
 *	model, topology -> [fleet] -> metrics_text
 *
 * A look at each host and at each switch, not at what they have: claims are
 * counted by kind when a host is loaded.
 *
 * Memory:  a plain value.
 * Units:   seconds.
 */
#ifndef COLLECTOR_FLEET_H
#define COLLECTOR_FLEET_H

#include "collector/findings.h"
#include "collector/topology.h"

struct fleet {
	uint32_t current, silent, disconnected; /* hosts */
	uint64_t claims[CLAIM_LAST + 1];        /* by kind */
	/* Of the last join, which is not made for this. */
	int64_t joined_s; /* its age; -1: there was none */
	uint64_t switches, ports;
	/* Broken, by enum rule_owner and enum rule_severity. */
	uint64_t findings[OWNED_BY_BOTH + 1][SEVERITY_ERROR + 1];
	uint64_t unknown_findings, judged; /* hosts */
};

/* 't' NULL: nothing was joined; else at 'joined_at'. */
void fleet_count(struct fleet *out, const struct model *m, int64_t now,
    const struct topology *t, int64_t joined_at);
/* Fills the rest. */
void fleet_count_findings(struct fleet *out, const struct findings *f);

#endif
