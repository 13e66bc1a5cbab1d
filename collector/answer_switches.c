#include <stdlib.h>
#include <string.h>

#include "base/json_read.h"
#include "collector/named.h"
#include "collector/pieces.h"
#include "collector/summary.h"
#include "collector/verdict_text.h"

enum {
	EVIDENCE_SHOWN = 24, /* each port joins once: people read a few */
	VLAN_IDS = 4096
};

/* What is counted of a switch, or of one port. */
struct tally {
	uint32_t ports, hosts;
	int64_t last_heard;
	enum claim_state state;
	bool attached; /* something has it as its neighbor */
};

/* Is the claim one of a NIC whose neighbor is this very port? */
static bool
is_attached(const struct topology *t, const struct seen_claim *c)
{
	const struct seen_nic *nic = verdict_nic(t, c->nic);

	return nic->claim != TOPOLOGY_NONE && nic->sure &&
	       t->claims[nic->claim].port == c->port && piece_is_evidence(c);
}

static struct tally
tally_of(const struct topology *t, const uint32_t *claims, uint32_t count)
{
	struct tally sum = { .last_heard = -1, .state = STATE_ENDED };
	const struct model_host *host = NULL;

	for (uint32_t i = 0; i < count; i++) {
		const struct seen_claim *c = verdict_claim(t, claims[i]);

		if (c->said->heard.last_heard > sum.last_heard)
			sum.last_heard = c->said->heard.last_heard;
		if (c->state < sum.state)
			sum.state = c->state;
		if (!is_attached(t, c))
			continue;
		sum.attached = true;
		/* Claims stand host by host. */
		sum.hosts += c->host != host && c->state == STATE_CURRENT;
		if (c->state == STATE_CURRENT)
			host = c->host;
	}
	return sum;
}

static void
add_switch_members(struct json *j, const struct view *v, const struct device *d)
{
	struct tally sum = tally_of(v->topology, d->claims, d->claim_count);

	json_add_string(j, "id", d->id);
	json_add_string(j, "name", d->name);
	json_add_string(j, "short_name", d->brief);
	json_add_string(j, "model", d->model);
	json_add_string(j, "software", d->software);
	piece_texts(j, "management_addresses", &d->addresses);
	json_add_boolean(j, "forwards", d->switch_class);
	json_add_number(j, "ports_seen", d->port_count);
	json_add_number(j, "hosts", sum.hosts);
	json_add_number(j, "last_heard", sum.last_heard);
	json_add_string(j, "state", verdict_state_name(sum.state));
}

/* A station that nothing has as its neighbor is no switch of ours. */
static bool
is_listed(const struct view *v, const struct device *d)
{
	return d->switch_class ||
	       tally_of(v->topology, d->claims, d->claim_count).attached;
}

static void
switch_key(const void *item, struct listing_key *out)
{
	const struct device *d = *(const struct device *const *)item;

	out->parts[0] = d->name;
	out->parts[1] = d->id;
}

static void
switch_row(void *context, struct json *j, const void *item)
{
	add_switch_members(j, context, *(const struct device *const *)item);
}

static bool
is_wanted(const struct listing *l, const struct view *v, const struct device *d)
{
	struct tally sum;

	if (!is_listed(v, d) ||
	    !(listing_has(l, d->name) || listing_has(l, d->id)))
		return false;
	if (!l->filters[LISTING_STATE])
		return true;
	sum = tally_of(v->topology, d->claims, d->claim_count);
	return listing_is(l, LISTING_STATE, verdict_state_name(sum.state));
}

void
answer_switches(struct json *j, const struct view *v, struct listing *l)
{
	static const char *const columns[] = { "name", "short_name", "id",
		"model", "software", "management_addresses", "forwards",
		"ports_seen", "hosts", "last_heard", "state", NULL };
	const struct topology *t = v->topology;
	struct view view = *v;
	struct listing_source all = { .name = "switches",
		.size = sizeof(const struct device *),
		.key = switch_key,
		.row = switch_row,
		.context = &view,
		.columns = columns };
	const struct device **devices =
	    calloc((size_t)t->device_count + 1, sizeof(const struct device *));

	if (!devices) {
		j->out->failed = true;
		return;
	}
	for (uint32_t i = 0; i < t->device_count; i++) {
		if (t->devices[i].claim_count > 0 &&
		    is_wanted(l, v, &t->devices[i]))
			devices[all.count++] = &t->devices[i];
	}
	all.items = devices;
	listing_write(l, j, v->now, &all);
	free(devices);
}

/* ---- one switch -------------------------------------------------------- */

static enum fit
fit_device(const struct query *q, const struct device *d)
{
	enum fit best = FIT_NONE;

	for (size_t i = 0; i < d->names.count; i++) {
		enum fit fit = query_fit_name(&q->whole, d->names.items[i]);

		best = fit > best ? fit : best;
	}
	for (size_t i = 0; i < d->chassis_ids.count; i++) {
		enum fit fit =
		    query_fit_mac(&q->whole, d->chassis_ids.items[i]);

		best = fit > best ? fit : best;
	}
	for (size_t i = 0; i < d->addresses.count; i++) {
		enum fit fit =
		    query_fit_address(&q->whole, d->addresses.items[i]);

		best = fit > best ? fit : best;
	}
	return best;
}

/* By id first; of switches with one name the one that is heard now. */
static const struct device *
switch_named(const struct view *v, const char *which)
{
	const struct topology *t = v->topology;
	const struct device *best = NULL;
	struct tally best_sum = { .last_heard = -1 };
	struct named named;
	struct query q;
	bool read = query_read(which, &q);

	if (!named_find(&named, v, which))
		return NULL;
	for (size_t i = 0; i < named.device_count; i++) {
		const struct device *d = &t->devices[named.devices[i]];
		struct tally sum;

		if (strcmp(d->id, which) == 0) {
			best = d;
			break;
		}
		if (!read || fit_device(&q, d) != FIT_EXACT)
			continue;
		sum = tally_of(t, d->claims, d->claim_count);
		if (!best || sum.last_heard > best_sum.last_heard) {
			best = d;
			best_sum = sum;
		}
	}
	named_done(&named);
	return best;
}

static void
add_port_hosts(struct json *j, const struct topology *t, const struct port *p)
{
	const struct seen_nic *last = NULL;

	json_name(j, "hosts");
	json_array_begin(j);
	for (uint32_t i = 0; i < p->claim_count; i++) {
		const struct seen_claim *c = verdict_claim(t, p->claims[i]);
		const struct seen_nic *nic = &t->nics[c->nic];

		/* Claims stand NIC by NIC. */
		if (!is_attached(t, c) || nic == last)
			continue;
		last = nic;
		json_object_begin(j);
		json_add_string(j, "host", nic->host->name);
		json_add_string(j, "host_id", nic->host->machine_id);
		json_add_string(j, "nic", nic->nic->name);
		json_add_string(j, "mac", nic->nic->mac);
		json_add_string(j, "state", verdict_state_name(c->state));
		json_object_end(j);
	}
	json_array_end(j);
}

static void
note_vlans(const struct model_neighbor *n, bool vlans[static VLAN_IDS])
{
	struct json_value *facts CLEANUP(json_cleanup) = NULL;
	const struct json_value *v;

	if (!strstr(n->facts, "\"vlans\":["))
		return;
	facts = json_parse_own(n->facts);
	for (v = json_first(json_get(facts, "vlans")); v; v = json_next(v)) {
		int64_t id = json_get_number(v, "id", -1);

		if (id >= 0 && id < VLAN_IDS)
			vlans[id] = true;
	}
}

/* The number among the claims of the port that was heard last; -1: none. */
static int64_t
newest(const struct topology *t, const struct port *p,
    int64_t (*number_of)(const struct model_neighbor *n))
{
	int64_t number = -1, at = -1;

	for (uint32_t i = 0; i < p->claim_count; i++) {
		const struct model_neighbor *n = t->claims[p->claims[i]].said;

		if (number_of(n) >= 0 && n->heard.last_heard > at) {
			number = number_of(n);
			at = n->heard.last_heard;
		}
	}
	return number;
}

static int64_t
native_vlan_of(const struct model_neighbor *n)
{
	return n->native_vlan;
}

static int64_t
pvid_of(const struct model_neighbor *n)
{
	return n->pvid;
}

static int64_t
mtu_of(const struct model_neighbor *n)
{
	return n->mtu;
}

static int64_t
max_frame_of(const struct model_neighbor *n)
{
	return n->max_frame;
}

/* What is said of the port itself; the newest claim wins. */
static void
add_port_facts(struct json *j, const struct topology *t, const struct port *p)
{
	static const struct {
		const char *name;
		int64_t (*number_of)(const struct model_neighbor *n);
	} facts[] = {
		{ "native_vlan", native_vlan_of },
		{ "pvid", pvid_of },
		{ "mtu", mtu_of },
		{ "max_frame", max_frame_of },
	};

	for (size_t i = 0; i < sizeof(facts) / sizeof(facts[0]); i++) {
		int64_t number = newest(t, p, facts[i].number_of);

		if (number >= 0)
			json_add_number(j, facts[i].name, number);
	}
}

static void
add_port_vlans(struct json *j, const struct topology *t, const struct port *p)
{
	bool vlans[VLAN_IDS] = { false };

	for (uint32_t i = 0; i < p->claim_count; i++)
		note_vlans(t->claims[p->claims[i]].said, vlans);
	json_name(j, "vlans");
	json_array_begin(j);
	for (int id = 0; id < VLAN_IDS; id++) {
		if (vlans[id])
			json_number(j, id);
	}
	json_array_end(j);
}

static void
add_port(struct json *j, const struct topology *t, const struct port *p)
{
	struct tally sum = tally_of(t, p->claims, p->claim_count);

	json_object_begin(j);
	json_add_string(j, "name", p->name);
	json_add_string(j, "short_name", p->brief);
	piece_texts(j, "names", &p->names);
	json_add_string(j, "description", summary_description(t, p));
	if (p->fex > 0)
		json_add_number(j, "fex", p->fex);
	if (p->member > 0)
		json_add_number(j, "member", p->member);
	json_add_string(j, "state", verdict_state_name(sum.state));
	json_add_number(j, "last_heard", sum.last_heard);
	add_port_hosts(j, t, p);
	add_port_facts(j, t, p);
	add_port_vlans(j, t, p);
	json_object_end(j);
}

static void
add_evidence(struct json *j, const struct device *d)
{
	json_name(j, "evidence");
	json_array_begin(j);
	for (uint32_t i = 0; i < d->join_count && i < EVIDENCE_SHOWN; i++) {
		const struct join *join = &d->joins[i];

		json_object_begin(j);
		json_add_string(j, "rule", join_rule_text(join->rule));
		json_add_string(j, "text", join->by);
		json_object_end(j);
	}
	json_array_end(j);
}

bool
answer_switch(struct json *j, const struct view *v, struct asked *asked)
{
	const struct topology *t = v->topology;
	const struct device *d = switch_named(v, asked->which);

	if (!d)
		return false;
	json_object_begin(j);
	when_write(j, v->now, &v->when);
	json_name(j, "switch");
	json_object_begin(j);
	add_switch_members(j, v, d);
	piece_texts(j, "names", &d->names);
	piece_texts(j, "chassis_ids", &d->chassis_ids);
	piece_texts(j, "serials", &d->serials);
	add_evidence(j, d);
	json_object_end(j);
	json_name(j, "ports");
	json_array_begin(j);
	for (uint32_t i = 0; i < d->port_count; i++)
		add_port(j, t, &t->ports[d->first_port + i]);
	json_array_end(j);
	json_object_end(j);
	return true;
}
