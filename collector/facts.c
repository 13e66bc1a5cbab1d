#include "collector/facts.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/json_read.h"
#include "base/text.h"
#include "collector/hint.h"
#include "collector/incoming_rules.h"

enum {
	NUMBER_SIZE = 24,
	CLOCK_JITTER_S = 10 /* twice what ingest lets pass as no difference */
};

/* Where times stand in facts.  A quote within a text has a backslash before
 * it, so that no text can look like a member. */
static const struct time_member {
	enum claim_kind kind;
	const char *object; /* opens the object that it stands in */
	const char *name;
	bool required;
} time_members[] = {
	{ CLAIM_HOST, "\"agent\":{", "\"started_at\":", false },
	{ CLAIM_NIC, "{", "\"carrier_changed_at\":", false },
	{ CLAIM_NIC, "{", "\"removed_at\":", false },
	{ CLAIM_NIC, "\"vlan_listening\":{", "\"since\":", false },
	{ CLAIM_NEIGHBOR, "\"ended\":{", "\"at\":", true },
};

/* Leaves out the member from 'at' to 'end', and one comma. */
static void
leave_out(char *at, const char *end)
{
	if (*end == ',')
		end++;
	else if (at[-1] == ',')
		at--;
	memmove(at, end, strlen(end) + 1);
}

/* 'text' has room for a number that is longer.  Gives false for a time that
 * was later than 'latest'. */
static bool
put_right(
    char *text, const struct time_member *m, int64_t shift, int64_t latest)
{
	char *object = strstr(text, m->object), number[NUMBER_SIZE];
	char *at = object ? strstr(object, m->name) : NULL, *digits, *end;
	bool late;
	int64_t time;

	if (!at)
		return true;
	digits = at + strlen(m->name);
	time = strtoll(digits, &end, 10);
	/* In a group that we do not know it may be anything. */
	if (end == digits || (*end != ',' && *end != '}') || time < 0 ||
	    time > REPORT_TIME_MOST)
		return true;
	time += shift;
	late = time > latest;
	if (time > latest + CLOCK_JITTER_S && !m->required) {
		leave_out(at, end);
		return false;
	}
	if (late)
		time = latest;
	(void)snprintf(number, sizeof(number), "%" PRId64, time);
	memmove(digits + strlen(number), end, strlen(end) + 1);
	memcpy(digits, number, strlen(number));
	return !late;
}

static bool
has_time(const struct model_claim *c)
{
	size_t count = sizeof(time_members) / sizeof(time_members[0]);

	for (size_t i = 0; i < count; i++) {
		if (time_members[i].kind == c->kind &&
		    strstr(c->facts, time_members[i].name))
			return true;
	}
	return false;
}

const char *
facts_by_our_clock(struct model_host *h, const struct model_claim *c)
{
	size_t count = sizeof(time_members) / sizeof(time_members[0]);
	size_t size = strlen(c->facts) + 1;
	char *text;

	if (!has_time(c))
		return c->facts;
	text = arena_take(&h->arena, size + count * NUMBER_SIZE);
	if (!text)
		return NULL;
	memcpy(text, c->facts, size);
	for (size_t i = 0; i < count; i++) {
		if (time_members[i].kind == c->kind &&
		    !put_right(text, &time_members[i], h->shift, h->seen_at))
			h->bounded = true;
	}
	return text;
}

struct heard
facts_heard(const struct model_claim *c)
{
	static const struct heard nothing = { -1, -1, -1, -1, -1, -1 };

	return c->heard ? *c->heard : nothing;
}

const char *
facts_text(struct arena *a, const struct json_value *v, const char *name)
{
	const char *text = json_get_string(v, name);
	const char *copy = text ? arena_text(a, text) : NULL;

	return copy ? copy : "";
}

static enum said
said_of(const struct json_value *v, const char *name)
{
	const struct json_value *member = json_get(v, name);

	if (!json_is_boolean(member))
		return SAID_NOTHING;
	return json_boolean_of(member, false) ? SAID_YES : SAID_NO;
}

struct texts
facts_texts(struct arena *a, const struct json_value *v, const char *name)
{
	const struct json_value *list = json_get(v, name);
	struct texts texts = { .items = NULL };

	texts.items =
	    arena_array(a, json_count(list) + 1, sizeof(*texts.items));
	if (!texts.items)
		return texts;
	for (list = json_first(list); list; list = json_next(list)) {
		const char *text = json_string_of(list);

		text = text ? arena_text(a, text) : NULL;
		if (text)
			texts.items[texts.count++] = text;
	}
	return texts;
}

void
facts_read_host(
    struct arena *a, const struct model_claim *c, struct model_host *out)
{
	struct json_value *document CLEANUP(json_cleanup) =
	    json_parse_own(c->facts);
	const struct json_value *v = json_get(document, "host");
	const struct json_value *agent = json_get(document, "agent");

	out->facts = c->facts;
	out->name = facts_text(a, v, "name");
	out->os = facts_text(a, v, "os");
	out->model = facts_text(a, v, "model");
	out->serial = facts_text(a, v, "serial");
	out->platform = facts_text(a, v, "platform");
	out->chassis = facts_text(a, v, "chassis");
	out->slot = facts_text(a, v, "slot");
	out->connection = facts_text(a, v, "connection");
	out->disconnected = out->connection[0] != '\0' &&
			    strcmp(out->connection, "connected") != 0;
	out->connection_since = c->since;
	out->via = facts_text(a, agent, "via");
	out->addresses = facts_texts(a, v, "addresses");
	out->unanswered = facts_texts(a, v, "unanswered");
	text_copy(out->speaker.name, sizeof(out->speaker.name), out->name);
	out->speaker.started_at = json_get_number(agent, "started_at", -1);
}

static void
read_vfs(struct arena *a, const struct json_value *list, struct model_nic *out)
{
	if (json_count(list) == 0)
		return;
	out->vfs = arena_array(a, json_count(list), sizeof(*out->vfs));
	for (list = json_first(list); list && out->vfs; list = json_next(list))
		out->vfs[out->vf_count++] = (struct model_vf){
			.index = json_get_number(list, "index", -1),
			.mac = facts_text(a, list, "mac"),
		};
}

void
facts_read_nic(
    struct arena *a, const struct model_claim *c, struct model_nic *out)
{
	struct json_value *v CLEANUP(json_cleanup) = json_parse_own(c->facts);

	*out = (struct model_nic){
		.n = c->n,
		.facts = c->facts,
		.heard = facts_heard(c),
		.name = c->key,
		.mac = facts_text(a, v, "mac"),
		.permanent_mac = facts_text(a, v, "permanent_mac"),
		.master = facts_text(a, v, "master"),
		.names = facts_texts(a, v, "alternative_names"),
		.up = said_of(v, "up"),
		.carrier = said_of(v, "carrier"),
		.listening = said_of(v, "listening"),
		.carrier_changed_at =
		    json_get_number(v, "carrier_changed_at", -1),
		.mtu = json_get_number(v, "mtu", -1),
		.vlan_listening = json_get(v, "vlan_listening") != NULL,
	};
	read_vfs(a, json_get(v, "vfs"), out);
}

void
facts_read_link(
    struct arena *a, const struct model_claim *c, struct model_link *out)
{
	struct json_value *v CLEANUP(json_cleanup) = json_parse_own(c->facts);

	*out = (struct model_link){
		.facts = c->facts,
		.name = c->key,
		.kind = facts_text(a, v, "kind"),
		.mac = facts_text(a, v, "mac"),
		.master = facts_text(a, v, "master"),
		.lower = facts_text(a, v, "lower"),
		.vlan = json_get_number(v, "vlan", -1),
	};
}

static enum reach
reach_of(const struct json_value *v)
{
	static const char *const names[] = { "nearest-bridge",
		"nearest-non-tpmr-bridge", "nearest-customer-bridge",
		"tunnelled" };
	const char *scope = json_get_string(v, "scope");

	for (size_t i = 0; scope && i < sizeof(names) / sizeof(names[0]); i++) {
		if (strcmp(scope, names[i]) == 0)
			return (enum reach)i;
	}
	return REACH_NEAREST_BRIDGE;
}

/* A station, host or telephone that forwards for nobody is no switch; one that
 * says nothing of itself may be one. */
static bool
is_switch_class(const struct json_value *v)
{
	static const char *const forwarding[] = { "bridge", "switch", "router",
		"repeater", "c_vlan", "cvlan", "s_vlan", "svlan", "tpmr",
		"wlan_access_point", "wlan-access-point", "source_route_bridge",
		"source-route-bridge" };
	const struct json_value *list =
	    json_get(json_get(v, "capabilities"), "enabled");

	if (json_count(list) == 0)
		return true;
	for (list = json_first(list); list; list = json_next(list)) {
		const char *word = json_string_of(list);

		for (size_t i = 0;
		     word && i < sizeof(forwarding) / sizeof(forwarding[0]);
		     i++) {
			if (strcmp(word, forwarding[i]) == 0)
				return true;
		}
	}
	return false;
}

static void
read_said_identity(
    struct arena *a, const struct json_value *v, struct model_neighbor *out)
{
	const struct json_value *chassis = json_get(v, "chassis_id");
	const struct json_value *port = json_get(v, "port_id");

	out->source_mac = facts_text(a, v, "source_mac");
	out->chassis_type = facts_text(a, chassis, "type");
	out->chassis_id = facts_text(a, chassis, "value");
	out->port_type = facts_text(a, port, "type");
	out->port_id = facts_text(a, port, "value");
	out->port_description = facts_text(a, v, "port_description");
	out->system_name = facts_text(a, v, "system_name");
	out->platform = facts_text(a, v, "platform");
	out->software = facts_text(a, v, "software");
	out->description = facts_text(a, v, "system_description");
	out->serial = facts_text(a, v, "serial");
	out->addresses = facts_texts(a, v, "management_addresses");
}

void
facts_read_neighbor(
    struct arena *a, const struct model_claim *c, struct model_neighbor *out)
{
	struct json_value *v CLEANUP(json_cleanup) = json_parse_own(c->facts);
	const struct json_value *ended = json_get(v, "ended");

	*out = (struct model_neighbor){
		.n = c->n,
		.facts = c->facts,
		.heard = facts_heard(c),
		.protocol = facts_text(a, v, "protocol"),
		.own = json_get_boolean(v, "own", false),
		.switch_class = is_switch_class(v),
		.reach = reach_of(v),
		.ended_at = json_get_number(ended, "at", -1),
		.ended_reason = facts_text(a, ended, "reason"),
		.ttl_s = json_get_number(v, "ttl_s", -1),
		.native_vlan = json_get_number(v, "native_vlan", -1),
		.pvid = json_get_number(v, "pvid", -1),
		.mtu = json_get_number(v, "mtu", -1),
		.max_frame = json_get_number(v, "max_frame", -1),
	};
	out->lldp = strcmp(out->protocol, "lldp") == 0;
	read_said_identity(a, v, out);
	if (json_get(v, "source"))
		hint_read(a, out);
}
