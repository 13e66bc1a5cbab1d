#include "collector/incoming_claims.h"

#include <stdio.h>

#include "collector/incoming_keys.h"
#include "collector/incoming_rules.h"

/* The raw frame, checked apart: it is evidence, not a fact. */
static bool
read_frame(struct reading *g, const struct json_value *v, const char *path,
    struct incoming_claim *claim)
{
	const char *frame = json_get_string(v, "frame");

	if (!reading_facts(g, v, &incoming_frame_rule, path))
		return false;
	claim->frame = arena_text(&g->report->arena, frame);
	return true;
}

/* A frame has a sender; only what somebody else tells may be without. */
static bool
has_sender(struct reading *g, const struct json_value *v, const char *path)
{
	char member[MISTAKE_PATH_SIZE + 16];

	if (json_get(v, "source_mac") || json_get(v, "source"))
		return true;
	(void)snprintf(member, sizeof(member), "%s.source_mac", path);
	return mistake_say(g->mistake, member, "it is missing");
}

bool
claim_neighbor(struct reading *g, const struct json_value *v,
    const char *nic_name, const char *path)
{
	struct incoming_claim claim = { .kind = CLAIM_NEIGHBOR };

	claim.facts = reading_facts(g, v, &incoming_neighbor_rule, path);
	if (!claim.facts || !read_frame(g, v, path, &claim) ||
	    !has_sender(g, v, path))
		return false;
	claim.heard = reading_heard(v, CLAIM_NEIGHBOR);
	claim.key = key_of_neighbor(g->report, &g->facts, v, nic_name);
	if (!claim.key)
		return reading_no_memory(g);
	return reading_keep(g, &claim, path);
}

bool
claim_named(struct reading *g, const struct json_value *v, enum claim_kind kind,
    const char *path)
{
	struct incoming_claim claim = { .kind = kind };

	claim.facts = reading_facts(g, v,
	    kind == CLAIM_NIC ? &incoming_nic_rule : &incoming_link_rule, path);
	if (!claim.facts)
		return false;
	claim.heard = reading_heard(v, kind);
	claim.key = arena_text(&g->report->arena, json_get_string(v, "name"));
	if (!claim.key)
		return reading_no_memory(g);
	return reading_keep(g, &claim, path);
}

bool
claim_inside(struct reading *g, const struct json_value *v,
    enum claim_kind kind, const char *path)
{
	struct incoming_claim claim = { .kind = kind };

	claim.facts = reading_facts(g, v,
	    kind == CLAIM_VSWITCH      ? &incoming_vswitch_rule
	    : kind == CLAIM_PORT_GROUP ? &incoming_port_group_rule
				       : &incoming_workload_rule,
	    path);
	if (!claim.facts)
		return false;
	claim.heard = reading_heard(NULL, kind);
	claim.key = key_of_inside(g->report, &g->facts, v, kind);
	if (!claim.key)
		return reading_no_memory(g);
	return reading_keep(g, &claim, path);
}

bool
claim_host(struct reading *g, const struct json_value *document)
{
	struct incoming_claim claim = { .kind = CLAIM_HOST, .key = "" };
	const struct json_value *agent = json_get(document, "agent");
	const struct json_value *host = json_get(document, "host");
	struct json j = json_over(&g->facts);

	buffer_clear(&g->facts);
	json_object_begin(&j);
	json_name(&j, "host");
	if (!host)
		return mistake_say(g->mistake, "host", "it is missing");
	if (!rules_check(host, &incoming_host_rule, "host", &j, g->mistake))
		return false;
	if (agent) {
		json_name(&j, "agent");
		if (!rules_check(
			agent, &incoming_agent_rule, "agent", &j, g->mistake))
			return false;
	}
	json_object_end(&j);
	if (agent && json_get_string(agent, "via"))
		g->report->via = arena_text(
		    &g->report->arena, json_get_string(agent, "via"));
	if (!g->report->via)
		return reading_no_memory(g);
	claim.facts = buffer_ok(&g->facts) ? arena_text(&g->report->arena,
						 buffer_string(&g->facts))
					   : NULL;
	claim.heard = reading_heard(NULL, CLAIM_HOST);
	return claim.facts ? reading_keep(g, &claim, "host")
			   : reading_no_memory(g);
}
