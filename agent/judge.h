/*
 * judge.h - is this NIC fit to hear its switch, and what to type if not.
 *
 *	link, ethtool, counts -> [judge] -> doctor, listen
 *
 * Pure.  Each finding has one of three verdicts; what is not known is never
 * called right.
 *
 * Memory:  plain values.
 * Errors:  none.
 */
#ifndef AGENT_JUDGE_H
#define AGENT_JUDGE_H

#include <stdbool.h>
#include <stdint.h>

#include "agent/ethtool.h"
#include "report/host.h"

enum verdict { VERDICT_OK, VERDICT_UNKNOWN, VERDICT_PROBLEM };

enum { FINDINGS_MOST = 12, FINDING_TEXT_SIZE = 240 };

struct finding {
	enum verdict verdict;
	const char *topic;
	char text[FINDING_TEXT_SIZE];
	char fix[FINDING_TEXT_SIZE]; /* what to type; "": nothing */
};

struct findings {
	unsigned count;
	struct finding items[FINDINGS_MOST];
};

/* What a running agent counted. */
struct nic_heard {
	bool known; /* false: no agent was asked, or none answered */
	bool listening;
	uint64_t heard, dropped, malformed;
	/* Unix seconds: the last frame of any neighbor (0: none is remembered),
	 * the end of the last one when none is current (0: one is), and when
	 * this was asked. */
	int64_t last_at, ended_at, asked_at;
};

struct nic_evidence {
	const struct link *link;
	const struct link *master; /* NULL: none */
	struct nic_facts facts;
	struct firmware_agent firmware;
	bool filters_vlans; /* drops what has a tag it was not asked for */
	struct nic_heard heard;
};

void judge_nic(const struct nic_evidence *evidence, struct findings *out);

/* The gravest of all. */
enum verdict judge_worst(const struct findings *findings);
const char *verdict_name(enum verdict verdict);

#endif
