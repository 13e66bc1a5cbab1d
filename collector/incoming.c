#include "collector/incoming.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/text.h"
#include "collector/form.h"
#include "collector/incoming_beat.h"
#include "collector/incoming_claims.h"
#include "collector/incoming_form.h"
#include "collector/incoming_heartbeat.h"
#include "collector/incoming_parts.h"
#include "collector/incoming_rules.h"
#include "collector/incoming_vlans.h"
#include "collector/reading.h"

void
incoming_init(struct incoming *r)
{
	*r = (struct incoming){ .posted_at = -1, .via = "" };
}

void
incoming_done(struct incoming *r)
{
	arena_done(&r->arena);
	form_release(r->form);
	free(r->own_text);
	incoming_init(r);
}

const char *
claim_kind_name(enum claim_kind kind)
{
	static const char *const names[] = { "host", "nic", "link", "neighbor",
		"vswitch", "port_group", "workload", "heard_vlan" };

	return names[kind];
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
		(void)snprintf(path, sizeof(path), "nics[%zu].neighbors[%zu]",
		    nic_number, i++);
		if (!claim_neighbor(g, v, nic_name, path))
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
		const char *name = json_get_string(v, "name");
		char path[MISTAKE_PATH_SIZE];

		(void)snprintf(path, sizeof(path), "%s[%zu]", list_name, i);
		if (!claim_named(g, v, kind, path) ||
		    (nic && (!read_neighbors(g, v, i, name) ||
				!incoming_nic_vlans(g, v, i, name))))
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
} inside_lists[] = {
	{ "vswitches", CLAIM_VSWITCH, REPORT_VSWITCHES_MOST },
	{ "port_groups", CLAIM_PORT_GROUP, REPORT_PORT_GROUPS_MOST },
	{ "workloads", CLAIM_WORKLOAD, REPORT_WORKLOADS_MOST },
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
		char path[MISTAKE_PATH_SIZE];

		(void)snprintf(path, sizeof(path), "%s[%zu]", l->name, i++);
		if (!claim_inside(g, v, l->kind, path))
			return false;
		vnics += json_count(json_get(v, "vnics"));
		if (vnics > REPORT_VNICS_MOST)
			return mistake_say(g->mistake, path,
			    "more than %d vNICs in all workloads",
			    REPORT_VNICS_MOST);
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
			 : !claim_host(g, document))
		return false;
	text_copy(r->machine_id, sizeof(r->machine_id),
	    json_get_string(json_get(document, "host"), "id"));
	return r->heartbeat || (read_named(g, document, CLAIM_NIC) &&
				   read_named(g, document, CLAIM_LINK) &&
				   read_all_inside(g, document));
}

/* All of it at once: what a report means is what this gives. */
static enum status
read_whole(
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
	buffer_init(&g.facts, READING_FACTS_MOST);
	good = read_document(&g, document);
	buffer_done(&g.facts);
	index_done(&g.seen);
	if (good)
		return STATUS_OK;
	return r->arena.failed || g.facts.failed ? STATUS_NO_MEMORY
						 : STATUS_MALFORMED;
}

enum status
incoming_read(
    struct incoming *r, const char *text, size_t size, struct mistake *mistake)
{
	incoming_done(r);
	return read_whole(r, text, size, mistake);
}

enum status
incoming_read_known(struct incoming *r, const char *text, size_t size,
    const struct incoming_memory *memory, struct mistake *mistake)
{
	incoming_done(r);
	if (incoming_beat(r, text, size))
		return STATUS_OK;
	if (!incoming_form(r, text, size, memory) &&
	    !incoming_parts(r, text, size, memory))
		return incoming_read(r, text, size, mistake);
	r->text = text;
	r->text_size = size;
	return STATUS_OK;
}

static bool
recalls(const struct incoming *r)
{
	bool any = r->by_form;

	for (size_t i = 0; i < r->claim_count && !any; i++)
		any = r->claims[i].n != 0;
	return any;
}

enum status
incoming_own(struct incoming *r)
{
	if (!r->text || r->own_text || !recalls(r))
		return STATUS_OK;
	r->own_text = malloc(r->text_size);
	if (!r->own_text)
		return STATUS_NO_MEMORY;
	memcpy(r->own_text, r->text, r->text_size);
	r->text = r->own_text;
	return STATUS_OK;
}

enum status
incoming_read_again(struct incoming *r)
{
	struct mistake mistake;
	struct incoming whole;
	enum status status;

	incoming_init(&whole);
	status = read_whole(&whole, r->text, r->text_size, &mistake);
	whole.posted_at = r->posted_at;
	if (status != STATUS_OK) {
		memcpy(whole.machine_id, r->machine_id, MACHINE_ID_SIZE);
		whole.mistake = arena_take(&whole.arena, sizeof(mistake));
	}
	if (whole.mistake)
		*whole.mistake = mistake;
	incoming_done(r);
	*r = whole;
	return status;
}
