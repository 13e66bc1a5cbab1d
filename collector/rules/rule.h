/*
 * rule.h - what a rule is, and what it says of a host.
 *
 *	view -> known -> [rules] -> judgements -> findings, diagnosis, drawings
 *
 * A rule is a pure function: it reads what is known of one host and of what its
 * NICs are cabled to, and says of each thing it looks at whether it is broken,
 * holds, or is unknown.  It never says broken for want of a claim: what nobody
 * tells is unknown, and 'wanting' says what would make it known.  Whoever takes
 * claims away from what is known can only move a judgement to unknown.
 *
 * Memory:  judgements_init/judgements_done; texts are in the arena, or lent
 *          from what is known and live as long.
 * Errors:  'arena.failed' when the heap is exhausted.
 * Units:   unix seconds; -1: not said.  Texts are "" when nothing is said,
 *          never NULL.
 * Source:  docs/RULES.md, which is made from the table of rules.
 */
#ifndef COLLECTOR_RULES_RULE_H
#define COLLECTOR_RULES_RULE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "collector/arena.h"

enum ruling { RULING_UNKNOWN, RULING_HOLDS, RULING_BROKEN };

/* As docs/RULES.md is divided. */
enum rule_group {
	RULES_ATTACHMENT,
	RULES_VLAN,
	RULES_BOND,
	RULES_RATE, /* MTU, speed, duplex */
	RULES_VIRTUAL,
	RULES_PLAN,
	RULE_GROUPS
};

/* Who can mend it. */
enum rule_owner { OWNED_BY_NETWORK, OWNED_BY_SYSTEMS, OWNED_BY_BOTH };

enum rule_severity { SEVERITY_REMARK, SEVERITY_WARNING, SEVERITY_ERROR };

/* The chain, from the workload outwards: a diagnosis walks it in this order. */
enum rule_hop {
	HOP_HOST, /* does its agent tell at all? */
	HOP_WORKLOAD,
	HOP_VNIC,
	HOP_GROUP,
	HOP_VSWITCH,
	HOP_UPLINK,
	HOP_NIC,
	HOP_CABLE,
	HOP_PORT,
	HOP_SWITCH
};

struct known;
struct judgements;

struct rule {
	const char *id; /* "vlan-not-carried": never changes */
	enum rule_group group;
	enum rule_hop hop;
	enum rule_owner owner;       /* unless the judgement knows better */
	enum rule_severity severity; /* when it is broken; the same */
	/* How long it must be broken before it is told, and mended before it is
	 * closed: what flaps is told once. */
	unsigned hold_s;
	/* For people, a sentence each: the lines of docs/RULES.md. */
	const char *what, *why, *needs, *says, *fixes;
	void (*judge)(const struct rule *rule, const struct known *known,
	    struct judgements *out);
};

/* Every rule, in the order of docs/RULES.md; an id NULL ends the table. */
extern const struct rule rules_table[];

/* NULL: there is none. */
const struct rule *rule_find(const char *id);

/* What one side says of the matter. */
struct judged_claim {
	enum rule_owner side; /* of the network or of the systems */
	const char *text;     /* "carries VLAN 130, 140" */
	const char *source;   /* "LLDP on esx-07 vmnic1", "vCenter vc1" */
	int64_t last_heard;   /* -1: it is of now */
	bool current;
};

/* What to type where. */
struct judged_fix {
	enum rule_owner side;
	const char *where;    /* "sw-c07-b", "esx-07" */
	const char *platform; /* "Cisco NX-OS", "Open vSwitch" */
	const char *command;  /* may have several lines */
};

/* The things that a judgement is about, by their names within the host or, of
 * a port, as shown: "Eth1/9 on sw-c07-b". */
struct judged_things {
	const char **nics, **ports, **groups, **vswitches, **machines;
	size_t nic_count, port_count, group_count, vswitch_count;
	size_t machine_count; /* it is about; not those that it touches */
};

enum { TOUCHED_SHOWN = 3 };

/* The machines that it hurts, or would hurt. */
struct judged_touched {
	size_t count;
	const char *names[TOUCHED_SHOWN]; /* in natural order */
};

struct judgement {
	const struct rule *rule;
	enum ruling ruling;
	/* Which thing of the host: the same as long as it is about the same,
	 * whatever its sentence says: "eno2 120". */
	const char *about;
	enum rule_owner owner;
	enum rule_severity severity;
	/* "VLAN 120 (port group Prod-Web) does not arrive on esx07 eno2 ..." */
	const char *sentence;
	const char *wanting; /* unknown: what would make it known */
	/* Unknown: somebody should make it known, so it is a finding; else only
	 * who asks for a diagnosis is told. */
	bool listed;
	const char *closes; /* broken: when it closes by itself */
	/* On which NIC of the host it lies; "": on none.  A leg of a way that
	 * leaves by another NIC is not hurt by it. */
	const char *nic;
	struct judged_claim *claims;
	size_t claim_count;
	struct judged_fix *fixes;
	size_t fix_count;
	struct judged_things things;
	struct judged_touched touched;
};

enum {
	/* Of claims, commands and names of one judgement: three hundred port
	 * groups may need one VLAN. */
	JUDGED_SHOWN_MOST = 32,
	/* More than a person mends of one kind: a trunk of all VLANs on all
	 * NICs must not take the collector's memory. */
	JUDGEMENTS_OF_RULE_MOST = 1024
};

struct judgements {
	struct arena arena;
	struct judgement *items;
	size_t count, capacity;
	size_t of_rule; /* how many of the rule that spoke last */
	bool silent;    /* the host is not heard: silence mends nothing */
};

void judgements_init(struct judgements *out);
void judgements_done(struct judgements *out);

/* What every rule of the table says; adds to what is there. */
void rules_judge(const struct known *known, struct judgements *out);

/* A new one of this rule, with the rule's owner and severity and every text "";
 * NULL when the heap is exhausted, or the rule has said enough. */
/* Has this rule said all that it may? */
bool judgements_are_full(const struct judgements *out, const struct rule *rule);

struct judgement *judgements_add(
    struct judgements *out, const struct rule *rule, enum ruling ruling);

/* "broken", "holds", "unknown"; "network", "systems", "both"; "error",
 * "warning", "remark"; "vlan"; "port group". */
const char *ruling_word(enum ruling ruling);
const char *rule_owner_word(enum rule_owner owner);
const char *rule_severity_word(enum rule_severity severity);
const char *rule_group_word(enum rule_group group);
const char *rule_hop_word(enum rule_hop hop);

#endif
