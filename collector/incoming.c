#include "collector/incoming.h"

#include <stdio.h>
#include <string.h>

#include "base/buffer.h"
#include "base/text.h"
#include "collector/incoming_heartbeat.h"
#include "collector/incoming_keys.h"
#include "collector/incoming_rules.h"
#include "collector/incoming_vlans.h"
#include "collector/reading.h"

/* Cleaning makes three octets of a bad one, and names are added. */
enum { FACTS_SIZE_MOST = 16 * 1024 * 1024 };

void
incoming_init(struct incoming *r)
{
	*r = (struct incoming){ .posted_at = -1, .via = "" };
}

void
incoming_done(struct incoming *r)
{
	arena_done(&r->arena);
	incoming_init(r);
}

const char *
claim_kind_name(enum claim_kind kind)
{
	static const char *const names[] = { "host", "nic", "link", "neighbor",
		"vswitch", "port_group", "workload", "heard_vlan" };

	return names[kind];
}

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

static bool
read_neighbors(struct reading *g, const struct json_value *nic,
    size_t nic_number, const char *nic_name)
{
	const struct json_value *list = json_get(nic, "neighbors");
	char path[MISTAKE_PATH_SIZE];
	size_t i = 0;

	(void)snprintf(path, sizeof(path), "nics[%zu].neighbors", nic_number);
	if (list && !json_is_array(list))
		return mistake_say(g->mistake, path, "this is no array");
	if (json_count(list) > REPORT_NEIGHBORS_MOST)
		return mistake_say(g->mistake, path,
		    "the array has %zu items; at most %d are taken",
		    json_count(list), REPORT_NEIGHBORS_MOST);
	for (const struct json_value *v = json_first(list); v;
	     v = json_next(v)) {
		struct incoming_claim claim = { .kind = CLAIM_NEIGHBOR };

		(void)snprintf(path, sizeof(path), "nics[%zu].neighbors[%zu]",
		    nic_number, i++);
		claim.facts =
		    reading_facts(g, v, &incoming_neighbor_rule, path);
		if (!claim.facts || !read_frame(g, v, path, &claim) ||
		    !has_sender(g, v, path))
			return false;
		claim.heard = reading_heard(v, CLAIM_NEIGHBOR);
		claim.key = key_of_neighbor(g->report, &g->facts, v, nic_name);
		if (!claim.key)
			return reading_no_memory(g);
		if (!reading_keep(g, &claim, path))
			return false;
	}
	return true;
}

/* NICs or links: objects with a name of their own. */
static bool
read_named(
    struct reading *g, const struct json_value *document, enum claim_kind kind)
{
	bool nic = kind == CLAIM_NIC;
	const char *list_name = nic ? "nics" : "links";
	size_t most = nic ? REPORT_NICS_MOST : REPORT_LINKS_MOST;
	const struct json_value *list = json_get(document, list_name);
	size_t i = 0;

	if (!json_is_array(list))
		return mistake_say(
		    g->mistake, list_name, "an array is expected here");
	if (json_count(list) > most)
		return mistake_say(g->mistake, list_name,
		    "the array has %zu items; at most %zu are taken",
		    json_count(list), most);
	for (const struct json_value *v = json_first(list); v;
	     v = json_next(v)) {
		struct incoming_claim claim = { .kind = kind };
		char path[MISTAKE_PATH_SIZE];

		(void)snprintf(path, sizeof(path), "%s[%zu]", list_name, i);
		claim.facts = reading_facts(
		    g, v, nic ? &incoming_nic_rule : &incoming_link_rule, path);
		if (!claim.facts)
			return false;
		claim.heard = reading_heard(v, kind);
		claim.key =
		    arena_text(&g->report->arena, json_get_string(v, "name"));
		if (!claim.key)
			return reading_no_memory(g);
		if (!reading_keep(g, &claim, path) ||
		    (nic && (!read_neighbors(g, v, i, claim.key) ||
				!incoming_nic_vlans(g, v, i, claim.key))))
			return false;
		i++;
	}
	return true;
}

/* The lists of what is inside the host; a report may lack each of them. */
static const struct list {
	const char *name;
	enum claim_kind kind;
	size_t most;
	const struct rule *rule;
} inside_lists[] = {
	{ "vswitches", CLAIM_VSWITCH, REPORT_VSWITCHES_MOST,
	    &incoming_vswitch_rule },
	{ "port_groups", CLAIM_PORT_GROUP, REPORT_PORT_GROUPS_MOST,
	    &incoming_port_group_rule },
	{ "workloads", CLAIM_WORKLOAD, REPORT_WORKLOADS_MOST,
	    &incoming_workload_rule },
};

static bool
read_inside(
    struct reading *g, const struct json_value *document, const struct list *l)
{
	const struct json_value *list = json_get(document, l->name);
	size_t i = 0, vnics = 0;

	if (list && !json_is_array(list))
		return mistake_say(g->mistake, l->name, "this is no array");
	if (json_count(list) > l->most)
		return mistake_say(g->mistake, l->name,
		    "the array has %zu items; at most %zu are taken",
		    json_count(list), l->most);
	for (const struct json_value *v = json_first(list); v;
	     v = json_next(v)) {
		struct incoming_claim claim = { .kind = l->kind };
		char path[MISTAKE_PATH_SIZE];

		(void)snprintf(path, sizeof(path), "%s[%zu]", l->name, i++);
		claim.facts = reading_facts(g, v, l->rule, path);
		if (!claim.facts)
			return false;
		vnics += json_count(json_get(v, "vnics"));
		if (vnics > REPORT_VNICS_MOST)
			return mistake_say(g->mistake, path,
			    "more than %d vNICs in all workloads",
			    REPORT_VNICS_MOST);
		claim.heard = reading_heard(NULL, l->kind);
		claim.key = key_of_inside(g->report, &g->facts, v, l->kind);
		if (!claim.key)
			return reading_no_memory(g);
		if (!reading_keep(g, &claim, path))
			return false;
	}
	return true;
}

static bool
read_all_inside(struct reading *g, const struct json_value *document)
{
	size_t count = sizeof(inside_lists) / sizeof(inside_lists[0]);

	for (size_t i = 0; i < count; i++) {
		if (!read_inside(g, document, &inside_lists[i]))
			return false;
	}
	return true;
}

/* The host's claim holds the agent too: {"host":{...},"agent":{...}}. */
static bool
read_host(struct reading *g, const struct json_value *document)
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

static bool
read_document(struct reading *g, const struct json_value *document)
{
	struct incoming *r = g->report;

	if (!json_is_object(document))
		return mistake_say(g->mistake, "",
		    "a report is an object: {\"version\":1,...}");
	if (!reading_facts(g, document, &incoming_head_rule, ""))
		return false;
	r->number = json_get_number(document, "number", 0);
	r->sent_at = json_get_number(document, "sent_at", 0);
	text_copy(
	    r->digest, sizeof(r->digest), json_get_string(document, "digest"));
	r->heartbeat = json_get_boolean(document, "heartbeat", false);
	if (r->heartbeat ? !incoming_heartbeat(g, document)
			 : !read_host(g, document))
		return false;
	text_copy(r->machine_id, sizeof(r->machine_id),
	    json_get_string(json_get(document, "host"), "id"));
	return r->heartbeat || (read_named(g, document, CLAIM_NIC) &&
				   read_named(g, document, CLAIM_LINK) &&
				   read_all_inside(g, document));
}

enum status
incoming_read(
    struct incoming *r, const char *text, size_t size, struct mistake *mistake)
{
	struct json_value *document CLEANUP(json_cleanup) = NULL;
	struct reading g = { .report = r, .mistake = mistake };
	char error[JSON_ERROR_SIZE];
	enum status status = json_parse(text, size, &document, error);
	bool good;

	if (status != STATUS_OK) {
		mistake_say(
		    mistake, "", "this is no JSON that we read: %s", error);
		return status == STATUS_NO_MEMORY ? status : STATUS_MALFORMED;
	}
	buffer_init(&g.facts, FACTS_SIZE_MOST);
	good = read_document(&g, document);
	buffer_done(&g.facts);
	index_done(&g.seen);
	if (good)
		return STATUS_OK;
	return r->arena.failed || g.facts.failed ? STATUS_NO_MEMORY
						 : STATUS_MALFORMED;
}
