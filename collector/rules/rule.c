#include "collector/rules/rule.h"

#include <string.h>

const struct rule *
rule_find(const char *id)
{
	for (const struct rule *r = rules_table; r->id; r++) {
		if (strcmp(r->id, id) == 0)
			return r;
	}
	return NULL;
}

void
judgements_init(struct judgements *out)
{
	*out = (struct judgements){ .items = NULL };
}

void
judgements_done(struct judgements *out)
{
	arena_done(&out->arena);
	judgements_init(out);
}

/* The old array stays in the arena: together they are at most twice as large
 * as the last. */
static bool
make_room(struct judgements *out)
{
	size_t capacity = out->capacity > 0 ? out->capacity * 2 : 16;
	struct judgement *items;

	if (out->count < out->capacity)
		return true;
	items = arena_array(&out->arena, capacity, sizeof(*items));
	if (!items)
		return false;
	for (size_t i = 0; i < out->count; i++)
		items[i] = out->items[i];
	out->items = items;
	out->capacity = capacity;
	return true;
}

static bool
speaks_on(const struct judgements *out, const struct rule *rule)
{
	return out->count > 0 && out->items[out->count - 1].rule == rule;
}

bool
judgements_are_full(const struct judgements *out, const struct rule *rule)
{
	return speaks_on(out, rule) && out->of_rule >= JUDGEMENTS_OF_RULE_MOST;
}

struct judgement *
judgements_add(
    struct judgements *out, const struct rule *rule, enum ruling ruling)
{
	struct judgement *j;

	if (judgements_are_full(out, rule) || !make_room(out))
		return NULL;
	out->of_rule = speaks_on(out, rule) ? out->of_rule + 1 : 1;
	j = &out->items[out->count++];
	*j = (struct judgement){
		.rule = rule,
		.ruling = ruling,
		.about = "",
		.owner = rule->owner,
		.severity = rule->severity,
		.sentence = "",
		.wanting = "",
		.closes = "",
		.nic = "",
	};
	return j;
}

void
rules_judge(const struct known *known, struct judgements *out)
{
	for (const struct rule *r = rules_table; r->id; r++)
		r->judge(r, known, out);
}

const char *
ruling_word(enum ruling ruling)
{
	static const char *const words[] = {
		[RULING_UNKNOWN] = "unknown",
		[RULING_HOLDS] = "holds",
		[RULING_BROKEN] = "broken",
	};

	return words[ruling];
}

const char *
rule_owner_word(enum rule_owner owner)
{
	static const char *const words[] = {
		[OWNED_BY_NETWORK] = "network",
		[OWNED_BY_SYSTEMS] = "systems",
		[OWNED_BY_BOTH] = "both",
	};

	return words[owner];
}

const char *
rule_severity_word(enum rule_severity severity)
{
	static const char *const words[] = {
		[SEVERITY_REMARK] = "remark",
		[SEVERITY_WARNING] = "warning",
		[SEVERITY_ERROR] = "error",
	};

	return words[severity];
}

const char *
rule_group_word(enum rule_group group)
{
	static const char *const words[RULE_GROUPS] = {
		[RULES_ATTACHMENT] = "attachment",
		[RULES_VLAN] = "vlan",
		[RULES_BOND] = "bond",
		[RULES_RATE] = "mtu, speed, duplex",
		[RULES_VIRTUAL] = "virtual",
		[RULES_PLAN] = "plan",
	};

	return words[group];
}

const char *
rule_hop_word(enum rule_hop hop)
{
	static const char *const words[] = {
		[HOP_HOST] = "host",
		[HOP_WORKLOAD] = "workload",
		[HOP_VNIC] = "vNIC",
		[HOP_GROUP] = "port group",
		[HOP_VSWITCH] = "vSwitch",
		[HOP_UPLINK] = "uplink",
		[HOP_NIC] = "NIC",
		[HOP_CABLE] = "cable",
		[HOP_PORT] = "switch port",
		[HOP_SWITCH] = "switch",
	};

	return words[hop];
}
