/*
 * diagnosis.h - the way of one thing out of its host, hop by hop: what was
 * checked, and which hop is the first that is broken.
 *
 *	known, judgements -> [diagnosis] -> answer
 *
 * Every way that frames may take is walked from the machine outwards, and each
 * hop has what the rules say of it.  What hurts most is named first: an error
 * before a warning, then the hop nearest to the machine, then the way that is
 * in use.  A remark breaks nothing.
 *
 * Memory:  diagnosis_done frees; all else is lent from what is known and from
 *          the judgements, and must live as long.
 * Errors:  'arena.failed' when the heap is exhausted.
 * Units:   places in 'known' and in the judgements; KNOWN_NONE: none.
 */
#ifndef COLLECTOR_RULES_DIAGNOSIS_H
#define COLLECTOR_RULES_DIAGNOSIS_H

#include "collector/rules/known.h"
#include "collector/rules/rule.h"

enum {
	DIAGNOSED_LEGS_MOST = 256, /* as ways of one machine are walked */
	DIAGNOSED_HOPS_MOST = HOP_SWITCH + 1
};

/* What is asked: a machine, one vNIC of it, a NIC; all KNOWN_NONE: the host. */
struct diagnosis_of {
	uint32_t machine, vnic, nic;
};

struct diagnosed_hop {
	enum rule_hop hop;
	const char *name; /* "eno2", "Eth1/9 on leaf1a"; "": not known */
	/* Broken by the worst that is said; else unknown, if that is said or
	 * nobody tells what is there; else it holds. */
	enum ruling ruling;
	const char *sentence; /* of the hop itself: "web-01 is off"; "" */
	const uint32_t *says; /* judgements, the worst first */
	size_t say_count;
};

struct diagnosed_leg {
	uint32_t vnic, nic;
	enum known_member_state state;
	struct diagnosed_hop hops[DIAGNOSED_HOPS_MOST];
	size_t hop_count;
	uint32_t broken; /* place in 'hops': what hurts it most */
};

/* How much of it is stopped: by an error; a warning is a risk, or slows. */
enum extent {
	EXTENT_NONE,    /* nothing is */
	EXTENT_STANDBY, /* only ways that are not in use */
	EXTENT_SOME,    /* some of the ways in use */
	EXTENT_ALL      /* no way is without a broken hop */
};

struct diagnosis {
	struct arena arena;
	struct diagnosed_leg *legs; /* those in use first */
	size_t leg_count;
	bool cut;       /* there are more legs */
	uint32_t worst; /* the leg with the hop that is named */
	enum ruling ruling;
	enum extent extent;
};

void diagnose(struct diagnosis *out, const struct known *known,
    const struct judgements *judged, const struct diagnosis_of *of);
void diagnosis_done(struct diagnosis *d);

/* "active", "standby", "down", "unused", "unknown". */
const char *diagnosed_state_word(enum known_member_state state);
/* "none", "standby", "some", "all". */
const char *extent_word(enum extent extent);

#endif
