#include "collector/pieces.h"
#include "collector/summary.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "collector/verdict_text.h"

void
piece_members(struct json *j, const char *object)
{
	size_t size = strlen(object);

	if (size > 2)
		json_raw(j, object + 1, size - 2);
}

void
piece_texts(struct json *j, const char *name, const struct texts *texts)
{
	json_name(j, name);
	json_array_begin(j);
	for (size_t i = 0; i < texts->count; i++)
		json_string(j, texts->items[i]);
	json_array_end(j);
}

static void
add_known(struct json *j, const char *name, const char *text)
{
	if (text[0] != '\0')
		json_add_string(j, name, text);
}

void
piece_switch(struct json *j, const char *name, const struct device *d)
{
	json_name(j, name);
	json_object_begin(j);
	json_add_string(j, "id", d->id);
	json_add_string(j, "name", d->name);
	json_add_string(j, "short_name", d->brief);
	add_known(j, "model", d->model);
	add_known(j, "software", d->software);
	json_object_end(j);
}

void
piece_port(struct json *j, const char *name, const struct topology *t,
    const struct port *p)
{
	json_name(j, name);
	json_object_begin(j);
	json_add_string(j, "name", p->name);
	json_add_string(j, "short_name", p->brief);
	add_known(j, "description", summary_description(t, p));
	if (p->fex > 0)
		json_add_number(j, "fex", p->fex);
	if (p->member > 0)
		json_add_number(j, "member", p->member);
	json_object_end(j);
}

bool
piece_is_evidence(const struct seen_claim *c)
{
	return c->note == NOTE_NEIGHBOR || c->note == NOTE_CANDIDATE;
}

static void
add_ended(struct json *j, const struct model_neighbor *n)
{
	if (n->ended_at < 0)
		return;
	json_name(j, "ended");
	json_object_begin(j);
	json_add_string(j, "reason", n->ended_reason);
	json_add_number(j, "at", n->ended_at);
	json_object_end(j);
}

/* What each claim adds: which protocol said so, when first and last. */
static void
add_claim_evidence(struct json *j, const struct seen_claim *c)
{
	bool told = c->said->by_vcenter;

	json_object_begin(j);
	json_add_string(
	    j, "rule", told ? "told by vCenter" : "heard on this NIC");
	if (told)
		json_add_string(j, "source", "vsphere");
	if (told && c->host->via[0] != '\0')
		json_add_string(j, "via", c->host->via);
	json_add_string(j, "protocol", c->said->protocol);
	if (c->said->source_mac[0] != '\0')
		json_add_string(j, "source_mac", c->said->source_mac);
	json_add_string(j, "says_port", c->said->port_id);
	json_add_number(j, "first_heard", c->said->heard.first_heard);
	json_add_number(j, "last_heard", c->said->heard.last_heard);
	json_object_end(j);
}

static void
add_join_evidence(struct json *j, const struct join *join)
{
	json_object_begin(j);
	json_add_string(j, "rule", join_rule_text(join->rule));
	json_add_string(j, "text", join->by);
	json_object_end(j);
}

/* Joins between two claims of this very NIC: why CDP and LLDP are one. */
static void
add_evidence(struct json *j, const struct view *v, const struct seen_nic *nic)
{
	const struct topology *t = v->topology;
	const struct device *d = &t->devices[t->claims[nic->claim].device];

	json_name(j, "evidence");
	json_array_begin(j);
	for (uint32_t i = 0; i < nic->claim_count; i++) {
		const struct seen_claim *c = &t->claims[nic->first_claim + i];

		if (piece_is_evidence(c))
			add_claim_evidence(j, c);
	}
	for (uint32_t i = 0; i < d->join_count; i++) {
		const struct join *join = &d->joins[i];
		uint32_t a = join->a, b = join->b;

		if (a - nic->first_claim < nic->claim_count &&
		    b - nic->first_claim < nic->claim_count &&
		    piece_is_evidence(&t->claims[a]) &&
		    piece_is_evidence(&t->claims[b]))
			add_join_evidence(j, join);
	}
	json_array_end(j);
}

/* When several remain: which ones. */
static void
add_candidates(struct json *j, const struct view *v, const struct seen_nic *nic)
{
	const struct topology *t = v->topology;

	if (nic->sure || nic->rivals < 2)
		return;
	json_name(j, "candidates");
	json_array_begin(j);
	for (uint32_t i = 0; i < nic->claim_count; i++) {
		const struct seen_claim *c = &t->claims[nic->first_claim + i];

		if (c->note != NOTE_CANDIDATE)
			continue;
		json_object_begin(j);
		piece_switch(j, "switch", &t->devices[c->device]);
		piece_port(j, "port", t, &t->ports[c->port]);
		json_add_string(j, "protocol", c->said->protocol);
		json_object_end(j);
	}
	json_array_end(j);
}

void
piece_neighbor(struct json *j, const struct view *v, const struct seen_nic *nic)
{
	const struct topology *t = v->topology;
	const struct seen_claim *c;
	char reason[VERDICT_TEXT_SIZE];

	json_name(j, "neighbor");
	if (nic->claim == TOPOLOGY_NONE) {
		json_null(j);
		return;
	}
	c = &t->claims[nic->claim];
	json_object_begin(j);
	piece_switch(j, "switch", &t->devices[c->device]);
	piece_port(j, "port", t, &t->ports[c->port]);
	json_add_string(j, "verdict", nic->sure ? "yes" : "unknown");
	json_add_string(j, "state", verdict_state_name(nic->state));
	if (nic->state == STATE_ENDED)
		add_ended(j, c->said);
	json_add_string(j, "reason", verdict_reason_text(t, nic, reason));
	add_candidates(j, v, nic);
	add_evidence(j, v, nic);
	json_object_end(j);
}

static void
add_heard(struct json *j, const struct seen_claim *c)
{
	static const char *const scopes[] = { "nearest-bridge",
		"nearest-non-tpmr-bridge", "nearest-customer-bridge",
		"tunnelled" };
	const struct heard *h = &c->said->heard;

	json_object_begin(j);
	json_add_string(j, "protocol", c->said->protocol);
	if (c->said->by_vcenter)
		json_add_string(j, "source", "vsphere");
	json_add_number(j, "first_heard", h->first_heard);
	json_add_number(j, "last_heard", h->last_heard);
	json_add_number(j, "expires", h->expires);
	if (h->frames >= 0)
		json_add_number(j, "frames", h->frames);
	json_add_string(j, "state", verdict_state_name(c->state));
	add_ended(j, c->said);
	json_add_boolean(j, "own", c->said->own);
	if (c->said->lldp || c->said->reach == REACH_TUNNELLED)
		json_add_string(j, "scope", scopes[c->said->reach]);
	json_add_boolean(j, "phantom", verdict_note_is_phantom(c->note));
	json_add_string(j, "why", verdict_note_text(c->note));
	json_name(j, "neighbor");
	json_raw(j, c->said->facts, strlen(c->said->facts));
	json_object_end(j);
}

void
piece_heard(struct json *j, const struct view *v, const struct seen_nic *nic)
{
	json_name(j, "heard");
	json_array_begin(j);
	for (uint32_t i = 0; i < nic->claim_count; i++)
		add_heard(j, &v->topology->claims[nic->first_claim + i]);
	json_array_end(j);
}

void
piece_heard_vlan(struct json *j, const struct view *v,
    const struct seen_nic *nic, const struct model_heard_vlan *vlan)
{
	const struct heard *h = &vlan->heard;
	bool current =
	    verdict_is_current(nic->host, nic->nic, &vlan->heard, v->now);

	json_object_begin(j);
	json_add_number(j, "id", vlan->id);
	json_add_string(j, "state", current ? "current" : "stale");
	piece_texts(j, "addresses", &vlan->addresses);
	piece_texts(j, "subnets", &vlan->subnets);
	json_add_number(j, "first_heard", h->first_heard);
	json_add_number(j, "last_heard", h->last_heard);
	json_add_number(j, "expires", h->expires);
	if (h->frames >= 0)
		json_add_number(j, "frames", h->frames);
	json_object_end(j);
}

static void
add_heard_vlans(
    struct json *j, const struct view *v, const struct seen_nic *nic)
{
	json_name(j, "heard_vlans");
	json_array_begin(j);
	for (size_t i = 0; i < nic->nic->heard_vlan_count; i++)
		piece_heard_vlan(j, v, nic, &nic->nic->heard_vlans[i]);
	json_array_end(j);
}

void
piece_nic(struct json *j, const struct view *v, const struct seen_nic *nic)
{
	const struct heard *h = &nic->nic->heard;
	char reason[VERDICT_TEXT_SIZE];

	piece_members(j, nic->nic->facts);
	if (h->frames >= 0)
		json_add_number(j, "frames_heard", h->frames);
	if (h->dropped >= 0)
		json_add_number(j, "frames_dropped", h->dropped);
	if (h->malformed >= 0)
		json_add_number(j, "frames_malformed", h->malformed);
	json_add_string(j, "state", verdict_nic_state(nic));
	json_add_string(
	    j, "reason", verdict_reason_text(v->topology, nic, reason));
	if (nic->nic->heard_vlan_count > 0 || nic->nic->vlan_listening)
		add_heard_vlans(j, v, nic);
}

/* ---- how a question was read ------------------------------------------- */

static void
add_reading(
    struct json *j, const char *kind, const char *before, const char *text)
{
	char shown[QUERY_SIZE_MOST + 32];

	(void)snprintf(shown, sizeof(shown), "%s %s", before, text);
	json_object_begin(j);
	json_add_string(j, "kind", kind);
	json_add_string(j, "text", shown);
	json_object_end(j);
}

static void
mac_text(const char *digits, char out[static 24])
{
	size_t count = strlen(digits), length = 0;

	for (size_t i = 0; i < count; i++) {
		/* Octets are counted from the end: it may be a tail. */
		if (i > 0 && (count - i) % 2 == 0)
			out[length++] = ':';
		out[length++] = digits[i];
	}
	out[length] = '\0';
}

static void
add_readings(struct json *j, const struct query_word *w)
{
	char text[24];

	if (w->address[0] != '\0') {
		add_reading(j, "ip", "IP address", w->address);
		return;
	}
	if (w->mac[0] != '\0') {
		bool whole = strlen(w->mac) == 12;

		mac_text(w->mac, text);
		add_reading(j, whole ? "mac" : "mac_end",
		    whole ? "MAC" : "end of a MAC,", text);
		if (whole)
			return;
	}
	if (w->vlan > 0) {
		(void)snprintf(text, sizeof(text), "%d", w->vlan);
		add_reading(j, "vlan", "VLAN", text);
		if (w->vlan_only)
			return;
	}
	/* hv1 could be a port, too, but nobody asks that way. */
	if (w->port.key[0] != '\0' &&
	    (w->port.known || strpbrk(w->port.key, "/:")))
		add_reading(j, "port", "port", w->port.brief);
	add_reading(j, "name", "name", w->text);
}

void
piece_read_as(struct json *j, const struct query *q)
{
	bool one =
	    q->count == 1 || q->whole.vlan_only || strlen(q->whole.mac) == 12;

	json_name(j, "read_as");
	json_array_begin(j);
	if (one)
		add_readings(j, q->whole.vlan_only || q->whole.mac[0]
				    ? &q->whole
				    : &q->words[0]);
	for (size_t i = 0; i < q->count && !one; i++)
		add_readings(j, &q->words[i]);
	json_array_end(j);
}

const struct seen_nic *
piece_nics_of(
    const struct view *v, const struct model_host *h, uint32_t *out_count)
{
	const struct topology *t = v->topology;
	uint32_t first = topology_first_nic(t, h);

	*out_count = (uint32_t)h->nic_count;
	for (uint32_t i = 0; i < *out_count; i++)
		(void)verdict_nic(t, first + i);
	return &t->nics[first];
}
