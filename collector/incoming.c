#include "collector/incoming.h"

#include <stdio.h>
#include <string.h>

#include "base/buffer.h"
#include "base/text.h"
#include "collector/incoming_keys.h"
#include "collector/incoming_rules.h"
#include "collector/index.h"

enum {
	/* Cleaning makes three octets of a bad one, and names are added. */
	FACTS_SIZE_MOST = 16 * 1024 * 1024,
	CLAIMS_FEW = 32
};

/* What is being read; one report at a time. */
struct reading {
	struct incoming *report;
	struct mistake *mistake;
	struct buffer facts;
	struct index seen; /* kind and key, for what stands twice */
	size_t capacity;
};

void
incoming_init(struct incoming *r)
{
	*r = (struct incoming){ .posted_at = -1 };
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
		"vswitch", "port_group", "workload" };

	return names[kind];
}

static bool
no_memory(struct reading *g)
{
	return mistake_say(g->mistake, "", "there is no memory left");
}

/* The next free claim. */
static struct incoming_claim *
add_claim(struct reading *g)
{
	struct incoming *r = g->report;

	if (r->claim_count == g->capacity) {
		size_t capacity = g->capacity ? g->capacity * 2 : CLAIMS_FEW;
		struct incoming_claim *more =
		    arena_array(&r->arena, capacity, sizeof(*more));

		if (!more)
			return NULL;
		if (r->claim_count > 0)
			memcpy(more, r->claims, r->claim_count * sizeof(*more));
		r->claims = more;
		g->capacity = capacity;
	}
	return &r->claims[r->claim_count++];
}

/* Checks 'v' and gives its facts; NULL after a mistake. */
static const char *
read_facts(struct reading *g, const struct json_value *v,
    const struct rule *rule, const char *path)
{
	struct json j = json_over(&g->facts);
	const char *facts;

	buffer_clear(&g->facts);
	if (!rules_check(v, rule, path, &j, g->mistake))
		return NULL;
	facts = buffer_ok(&g->facts)
		    ? arena_text(&g->report->arena, buffer_string(&g->facts))
		    : NULL;
	if (!facts)
		no_memory(g);
	return facts;
}

static struct heard
heard_of(const struct json_value *v, enum claim_kind kind)
{
	bool nic = kind == CLAIM_NIC;

	return (struct heard){
		.first_heard = json_get_number(v, "first_heard", -1),
		.last_heard = json_get_number(v, "last_heard", -1),
		.expires = json_get_number(v, "expires", -1),
		.frames =
		    json_get_number(v, nic ? "frames_heard" : "frames", -1),
		.dropped = json_get_number(v, "frames_dropped", -1),
		.malformed = json_get_number(v, "frames_malformed", -1),
	};
}

/* Is this of the past: a neighbor that ended, a NIC that was removed? */
static bool
is_past(const struct incoming_claim *claim)
{
	if (claim->kind == CLAIM_NEIGHBOR)
		return strstr(claim->facts, "\"ended\":{") != NULL;
	return claim->kind == CLAIM_NIC &&
	       strstr(claim->facts, "\"removed_at\":") != NULL;
}

/* Does the first say more of now than the second? */
static bool
is_newer(const struct incoming_claim *a, const struct incoming_claim *b)
{
	if (is_past(a) != is_past(b))
		return is_past(b);
	return a->heard.last_heard > b->heard.last_heard;
}

/* Enters the claim.  A neighbor or NIC may stand twice, once in the past and
 * once again: the newer one stays. */
static bool
keep(struct reading *g, const struct incoming_claim *claim, const char *path)
{
	const char *kind = claim_kind_name(claim->kind);
	size_t size = strlen(kind) + 1 + strlen(claim->key) + 1;
	char *name = arena_take(&g->report->arena, size);
	struct incoming_claim *place;
	uint32_t at, next = (uint32_t)g->report->claim_count;

	if (!name)
		return no_memory(g);
	(void)snprintf(name, size, "%s %s", kind, claim->key);
	at = index_add(&g->seen, name, next);
	if (at == INDEX_NONE)
		return no_memory(g);
	if (at != next && claim->kind != CLAIM_NEIGHBOR && !is_past(claim) &&
	    !is_past(&g->report->claims[at]))
		return mistake_say(g->mistake, path,
		    "the name %s stands twice; names are unique in a host",
		    claim->key);
	if (at != next && !is_newer(claim, &g->report->claims[at]))
		return true;
	place = at != next ? &g->report->claims[at] : add_claim(g);
	if (!place)
		return no_memory(g);
	*place = *claim;
	return true;
}

/* The raw frame, checked apart: it is evidence, not a fact. */
static bool
read_frame(struct reading *g, const struct json_value *v, const char *path,
    struct incoming_claim *claim)
{
	const char *frame = json_get_string(v, "frame");

	if (!read_facts(g, v, &incoming_frame_rule, path))
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
		claim.facts = read_facts(g, v, &incoming_neighbor_rule, path);
		if (!claim.facts || !read_frame(g, v, path, &claim) ||
		    !has_sender(g, v, path))
			return false;
		claim.heard = heard_of(v, CLAIM_NEIGHBOR);
		claim.key = key_of_neighbor(g->report, &g->facts, v, nic_name);
		if (!claim.key)
			return no_memory(g);
		if (!keep(g, &claim, path))
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
		claim.facts = read_facts(
		    g, v, nic ? &incoming_nic_rule : &incoming_link_rule, path);
		if (!claim.facts)
			return false;
		claim.heard = heard_of(v, kind);
		claim.key =
		    arena_text(&g->report->arena, json_get_string(v, "name"));
		if (!claim.key)
			return no_memory(g);
		if (!keep(g, &claim, path) ||
		    (nic && !read_neighbors(g, v, i, claim.key)))
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
		claim.facts = read_facts(g, v, l->rule, path);
		if (!claim.facts)
			return false;
		vnics += json_count(json_get(v, "vnics"));
		if (vnics > REPORT_VNICS_MOST)
			return mistake_say(g->mistake, path,
			    "more than %d vNICs in all workloads",
			    REPORT_VNICS_MOST);
		claim.heard = heard_of(NULL, l->kind);
		claim.key = key_of_inside(g->report, &g->facts, v, l->kind);
		if (!claim.key)
			return no_memory(g);
		if (!keep(g, &claim, path))
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
	claim.facts = buffer_ok(&g->facts) ? arena_text(&g->report->arena,
						 buffer_string(&g->facts))
					   : NULL;
	claim.heard = heard_of(NULL, CLAIM_HOST);
	return claim.facts ? keep(g, &claim, "host") : no_memory(g);
}

static bool
read_line(struct reading *g, const struct json_value *v, size_t i)
{
	struct incoming_line *line = &g->report->lines[i];
	char path[MISTAKE_PATH_SIZE];
	const char *mac;

	(void)snprintf(path, sizeof(path), "heard[%zu]", i);
	if (!read_facts(g, v, &incoming_heard_rule, path))
		return false;
	line->nic = arena_text(&g->report->arena, json_get_string(v, "nic"));
	line->protocol =
	    arena_text(&g->report->arena, json_get_string(v, "protocol"));
	mac = json_get_string(v, "source_mac");
	line->source_mac = arena_text(&g->report->arena, mac ? mac : "");
	line->last_heard = json_get_number(v, "last_heard", -1);
	line->expires = json_get_number(v, "expires", -1);
	return !g->report->arena.failed || no_memory(g);
}

static bool
read_heartbeat(struct reading *g, const struct json_value *document)
{
	const struct json_value *host = json_get(document, "host");
	const struct json_value *list = json_get(document, "heard");
	size_t count = json_count(list), i = 0;

	if (!host)
		return mistake_say(g->mistake, "host", "it is missing");
	if (!read_facts(g, host, &incoming_host_id_rule, "host"))
		return false;
	if (list && !json_is_array(list))
		return mistake_say(g->mistake, "heard", "this is no array");
	if (count > REPORT_HEARD_MOST)
		return mistake_say(g->mistake, "heard",
		    "the array has %zu items; at most %d are taken", count,
		    REPORT_HEARD_MOST);
	g->report->lines = arena_array(
	    &g->report->arena, count + 1, sizeof(*g->report->lines));
	if (!g->report->lines)
		return no_memory(g);
	for (const struct json_value *v = json_first(list); v;
	     v = json_next(v)) {
		if (!read_line(g, v, i++))
			return false;
	}
	g->report->line_count = count;
	return true;
}

static bool
read_document(struct reading *g, const struct json_value *document)
{
	struct incoming *r = g->report;

	if (!json_is_object(document))
		return mistake_say(g->mistake, "",
		    "a report is an object: {\"version\":1,...}");
	if (!read_facts(g, document, &incoming_head_rule, ""))
		return false;
	r->number = json_get_number(document, "number", 0);
	r->sent_at = json_get_number(document, "sent_at", 0);
	text_copy(
	    r->digest, sizeof(r->digest), json_get_string(document, "digest"));
	r->heartbeat = json_get_boolean(document, "heartbeat", false);
	if (r->heartbeat ? !read_heartbeat(g, document)
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
