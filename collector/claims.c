#include "collector/claims.h"

#include <stdio.h>
#include <string.h>

#include "base/json_read.h"
#include "base/text.h"
#include "collector/needs.h"

enum {
	TEXT_SIZE = 512,
	SOURCE_SIZE = 40,   /* all five protocols */
	CHAIN_MOST = 8,     /* a bond in a bridge in a bridge ... */
	SIDES_MOST = 16,    /* claims of a neighbor that take part */
	FRAME_OVERHEAD = 18 /* header and checksum, in an 802.3 frame size */
};

enum verdict { VERDICT_UNKNOWN, VERDICT_NO, VERDICT_YES };

/* The facts of one neighbor that speaks for the verdict. */
struct side {
	const struct seen_claim *claim;
	struct json_value *facts;
};

struct cable {
	const struct view *view;
	const struct seen_nic *nic;
	struct json_value *nic_facts;
	struct needs needs; /* of what is inside the host */
	struct side sides[SIDES_MOST];
	size_t side_count;
	const struct model_link *chain[CHAIN_MOST]; /* innermost first */
	size_t chain_count;
};

/* One side of a topic; text "": it says nothing. */
struct said_text {
	char text[TEXT_SIZE];
	char source[SOURCE_SIZE]; /* "lldp, cdp" */
	int64_t last_heard;
};

static struct json_value *
parse(const char *facts)
{
	struct json_value *document = NULL;
	char error[JSON_ERROR_SIZE];

	if (json_parse(facts, strlen(facts), &document, error) != STATUS_OK)
		return NULL;
	return document;
}

static const struct model_link *
link_named(const struct model_host *h, const char *name)
{
	for (size_t i = 0; i < h->link_count && name[0] != '\0'; i++) {
		if (strcmp(h->links[i].name, name) == 0)
			return &h->links[i];
	}
	return NULL;
}

/* The masters of the NIC, innermost first; a circle ends at the limit. */
static size_t
read_chain(
    const struct seen_nic *nic, const struct model_link *out[static CHAIN_MOST])
{
	const struct model_link *link = link_named(nic->host, nic->nic->master);
	size_t count = 0;

	for (; link && count < CHAIN_MOST;
	     link = link_named(nic->host, link->master))
		out[count++] = link;
	return count;
}

void
claims_chain(struct json *j, const struct seen_nic *nic)
{
	const struct model_link *chain[CHAIN_MOST];
	size_t count = read_chain(nic, chain);

	json_name(j, "chain");
	json_array_begin(j);
	while (count-- > 0) {
		json_object_begin(j);
		json_add_string(j, "kind", chain[count]->kind);
		json_add_string(j, "name", chain[count]->name);
		json_object_end(j);
	}
	json_array_end(j);
}

static void
add_side(struct json *j, const char *name, const struct said_text *s)
{
	json_name(j, name);
	if (s->text[0] == '\0') {
		json_null(j);
		return;
	}
	json_object_begin(j);
	json_add_string(j, "text", s->text);
	json_add_string(j, "source", s->source);
	if (s->last_heard >= 0)
		json_add_number(j, "last_heard", s->last_heard);
	json_object_end(j);
}

static void
add_claim(struct json *j, const char *topic, const struct said_text *host,
    const struct said_text *other, enum verdict verdict)
{
	static const char *const names[] = { "unknown", "no", "yes" };

	json_object_begin(j);
	json_add_string(j, "topic", topic);
	add_side(j, "host", host);
	add_side(j, "switch", other);
	json_add_string(j, "verdict", names[verdict]);
	json_object_end(j);
}

static struct said_text
nothing_said(void)
{
	return (struct said_text){ .text = "", .last_heard = -1 };
}

static struct said_text
kernel_says(void)
{
	return (struct said_text){ .source = "kernel", .last_heard = -1 };
}

/* Adds ", text" to a list unless it is there. */
static void
list_source(char *list, size_t capacity, const char *text)
{
	size_t length = strlen(list);

	if (!strstr(list, text))
		(void)snprintf(list + length, capacity - length, "%s%s",
		    length > 0 ? ", " : "", text);
}

/* A neighbor says something: adds "; text" and takes its source and time. */
static void
side_says(struct said_text *s, const struct side *side, const char *text)
{
	size_t length = strlen(s->text);

	(void)snprintf(s->text + length, sizeof(s->text) - length, "%s%s",
	    length > 0 ? "; " : "", text);
	list_source(s->source, sizeof(s->source), side->claim->said->protocol);
	if (side->claim->said->heard.last_heard > s->last_heard)
		s->last_heard = side->claim->said->heard.last_heard;
}

/* ---- the topics -------------------------------------------------------- */

static void
claim_cable(struct json *j, const struct cable *c)
{
	const struct topology *t = c->view->topology;
	const struct seen_claim *named = &t->claims[c->nic->claim];
	struct said_text host = kernel_says(), other = nothing_said();
	char text[TEXT_SIZE];

	(void)snprintf(host.text, sizeof(host.text), "%s %s",
	    c->nic->host->name, c->nic->nic->name);
	for (size_t i = 0; i < c->side_count; i++)
		side_says(&other, &c->sides[i], "");
	(void)snprintf(text, sizeof(text), "%s on %s",
	    t->ports[named->port].brief, t->devices[named->device].brief);
	text_copy(other.text, sizeof(other.text), text);
	add_claim(j, "cable", &host, &other,
	    c->nic->sure && c->nic->state == STATE_CURRENT ? VERDICT_YES
							   : VERDICT_UNKNOWN);
}

static void
claim_link(struct json *j, const struct cable *c)
{
	const struct model_nic *nic = c->nic->nic;
	int64_t speed = json_get_number(c->nic_facts, "speed_mbps", -1);
	const char *duplex = json_get_string(c->nic_facts, "duplex");
	struct said_text host = kernel_says(), other = nothing_said();
	enum verdict verdict = VERDICT_UNKNOWN;
	char rate[40] = "";

	if (speed > 0)
		(void)snprintf(
		    rate, sizeof(rate), ", %lld Mbit/s", (long long)speed);
	if (nic->carrier != SAID_NOTHING)
		(void)snprintf(host.text, sizeof(host.text), "%s%s%s%s",
		    nic->carrier == SAID_YES ? "carrier" : "no carrier", rate,
		    duplex ? ", duplex " : "", duplex ? duplex : "");
	for (size_t i = 0; i < c->side_count; i++) {
		const char *says = json_get_string(c->sides[i].facts, "duplex");

		if (!says)
			continue;
		side_says(&other, &c->sides[i],
		    strcmp(says, "full") == 0 ? "duplex full" : "duplex half");
		if (duplex)
			verdict = strcmp(says, duplex) == 0 ? VERDICT_YES
							    : VERDICT_NO;
	}
	/* Without a carrier the switch says nothing that could agree. */
	if (nic->carrier == SAID_NO)
		verdict = other.text[0] ? VERDICT_NO : VERDICT_UNKNOWN;
	add_claim(j, "link", &host, &other, verdict);
}

static void
claim_mtu(struct json *j, const struct cable *c)
{
	struct said_text host = kernel_says(), other = nothing_said();
	int64_t mine = c->nic->nic->mtu, least = -1;
	char text[80];

	if (mine >= 0)
		(void)snprintf(
		    host.text, sizeof(host.text), "%lld", (long long)mine);
	for (size_t i = 0; i < c->side_count; i++) {
		const struct model_neighbor *n = c->sides[i].claim->said;
		int64_t payload = n->mtu;

		if (n->mtu > 0)
			(void)snprintf(
			    text, sizeof(text), "MTU %lld", (long long)n->mtu);
		else if (n->max_frame > FRAME_OVERHEAD)
			(void)snprintf(text, sizeof(text), "largest frame %lld",
			    (long long)n->max_frame);
		else
			continue;
		if (n->mtu <= 0)
			payload = n->max_frame - FRAME_OVERHEAD;
		side_says(&other, &c->sides[i], text);
		if (least < 0 || payload < least)
			least = payload;
	}
	add_claim(j, "mtu", &host, &other,
	    mine < 0 || least < 0 ? VERDICT_UNKNOWN
	    : mine <= least       ? VERDICT_YES
				  : VERDICT_NO);
}

/* Untagged frames go into whatever VLAN the switch has for them. */
static enum verdict
judge_untagged(const struct cable *c, struct said_text *host, int64_t vlan,
    bool switch_says)
{
	if (!c->needs.told)
		return VERDICT_UNKNOWN;
	if (c->needs.untagged || !c->needs.unknown)
		text_copy(host->text, sizeof(host->text),
		    c->needs.untagged ? "sends untagged frames"
				      : "sends nothing untagged");
	if (!switch_says || host->text[0] == '\0')
		return VERDICT_UNKNOWN;
	return c->needs.untagged && vlan == 0 ? VERDICT_NO : VERDICT_YES;
}

static void
claim_untagged(struct json *j, const struct cable *c)
{
	struct said_text host = kernel_says(), other = nothing_said();
	int64_t first = -1;
	char text[80];

	for (size_t i = 0; i < c->side_count; i++) {
		const struct model_neighbor *n = c->sides[i].claim->said;

		if (first <= 0)
			first = n->native_vlan >= 0 ? n->native_vlan : n->pvid;
		if (n->native_vlan >= 0)
			(void)snprintf(text, sizeof(text), "native VLAN %lld",
			    (long long)n->native_vlan);
		else if (n->pvid > 0)
			(void)snprintf(text, sizeof(text), "port VLAN %lld",
			    (long long)n->pvid);
		else if (n->pvid == 0)
			(void)snprintf(text, sizeof(text), "no port VLAN");
		else
			continue;
		side_says(&other, &c->sides[i], text);
	}
	add_claim(j, "vlan_untagged", &host, &other,
	    judge_untagged(c, &host, first, other.text[0] != '\0'));
}

/* VLAN devices on the NIC or on a master of it need their VLAN. */
static bool
read_needed(const struct cable *c, bool needed[static VLAN_IDS])
{
	const struct model_host *h = c->nic->host;
	bool any = false;

	for (size_t i = 0; i < h->link_count; i++) {
		const struct model_link *l = &h->links[i];
		bool above;

		if (l->vlan < 1 || l->vlan >= VLAN_IDS)
			continue;
		above = strcmp(l->lower, c->nic->nic->name) == 0;
		for (size_t k = 0; k < c->chain_count; k++)
			above |= strcmp(l->lower, c->chain[k]->name) == 0;
		needed[l->vlan] |= above;
		any |= above;
	}
	return any;
}

static bool
read_told(const struct side *side, bool told[static VLAN_IDS])
{
	const struct json_value *v = json_first(json_get(side->facts, "vlans"));
	bool any = v != NULL;

	for (; v; v = json_next(v)) {
		int64_t id = json_get_number(v, "id", -1);

		if (id >= 0 && id < VLAN_IDS)
			told[id] = true;
	}
	return any;
}

/* The VLAN that is untagged on the port is told, too. */
static void
read_untagged(const struct side *side, bool told[static VLAN_IDS])
{
	const struct model_neighbor *n = side->claim->said;

	if (n->native_vlan > 0 && n->native_vlan < VLAN_IDS)
		told[n->native_vlan] = true;
	if (n->pvid > 0 && n->pvid < VLAN_IDS)
		told[n->pvid] = true;
}

/* "needs 10, 20"; gives whether each of them is known and told. */
static bool
say_needed(const struct cable *c, const bool told[static VLAN_IDS],
    struct said_text *host)
{
	bool needed[VLAN_IDS], any, all = true;
	const char *more = needs_more(&c->needs);
	char text[VLANS_LIST_SIZE];

	memcpy(needed, c->needs.vlans, sizeof(needed));
	any = read_needed(c, needed);
	for (unsigned id = 0; id < VLAN_IDS; id++) {
		any |= needed[id];
		all &= !needed[id] || told[id];
	}
	vlans_list(needed, text);
	if (any)
		(void)snprintf(host->text, sizeof(host->text), "needs %s%s%s",
		    text, *more ? "; " : "", more);
	else if (c->needs.told)
		text_copy(host->text, sizeof(host->text),
		    *more ? more : "needs no tagged VLAN");
	return any && all && !c->needs.trunk && !c->needs.unknown &&
	       !c->needs.cut;
}

/* Tagged frames that arrive prove that their VLANs are let through. */
static void
read_heard(
    const struct cable *c, bool told[static VLAN_IDS], struct said_text *other)
{
	const struct model_nic *nic = c->nic->nic;
	bool heard[VLAN_IDS] = { false }, any = false;
	size_t length = strlen(other->text);
	char text[VLANS_LIST_SIZE];

	for (size_t i = 0; i < nic->heard_vlan_count; i++) {
		const struct model_heard_vlan *h = &nic->heard_vlans[i];

		if (h->id < 1 || h->id >= VLAN_IDS ||
		    !verdict_is_current(
			c->nic->host, nic, &h->heard, c->view->now))
			continue;
		any = heard[h->id] = told[h->id] = true;
		if (h->heard.last_heard > other->last_heard)
			other->last_heard = h->heard.last_heard;
	}
	if (!any)
		return;
	vlans_list(heard, text);
	(void)snprintf(other->text + length, sizeof(other->text) - length,
	    "%sframes of %s arrive", length > 0 ? "; " : "", text);
	list_source(other->source, sizeof(other->source), "wire");
}

static void
claim_vlans(struct json *j, const struct cable *c)
{
	struct said_text host = kernel_says(), other = nothing_said();
	bool named[VLAN_IDS] = { false }, told[VLAN_IDS];
	char text[VLANS_LIST_SIZE];

	for (size_t i = 0; i < c->side_count; i++) {
		if (read_told(&c->sides[i], named))
			side_says(&other, &c->sides[i], "");
	}
	vlans_list(named, text);
	if (text[0] != '\0')
		(void)snprintf(
		    other.text, sizeof(other.text), "names %s", text);
	memcpy(told, named, sizeof(told));
	for (size_t i = 0; i < c->side_count; i++)
		read_untagged(&c->sides[i], told);
	read_heard(c, told, &other);
	/* Not named is not not allowed: then it is unknown. */
	add_claim(j, "vlans", &host, &other,
	    say_needed(c, told, &host) ? VERDICT_YES : VERDICT_UNKNOWN);
}

static void
claim_aggregation(struct json *j, const struct cable *c)
{
	struct said_text host = kernel_says(), other = nothing_said();
	struct json_value *bond CLEANUP(json_cleanup) = NULL;
	const char *mode = NULL;
	enum verdict verdict = VERDICT_UNKNOWN;

	for (size_t i = 0; i < c->chain_count && !bond; i++) {
		if (strcmp(c->chain[i]->kind, "bond") != 0)
			continue;
		bond = parse(c->chain[i]->facts);
		mode = json_get_string(bond, "bond_mode");
		(void)snprintf(host.text, sizeof(host.text), "bond %s%s%s",
		    c->chain[i]->name, mode ? ", " : "", mode ? mode : "");
	}
	for (size_t i = 0; i < c->side_count; i++) {
		const struct json_value *a =
		    json_get(c->sides[i].facts, "aggregation");
		bool enabled = json_get_boolean(a, "enabled", false);

		if (!json_is_boolean(json_get(a, "enabled")))
			continue;
		side_says(&other, &c->sides[i],
		    enabled ? "aggregated" : "not aggregated");
		if (mode && strcmp(mode, "802.3ad") == 0)
			verdict = enabled ? VERDICT_YES : VERDICT_NO;
		else if (mode && strcmp(mode, "active-backup") == 0)
			verdict = enabled ? VERDICT_NO : VERDICT_YES;
	}
	if (host.text[0] != '\0' || other.text[0] != '\0')
		add_claim(j, "aggregation", &host, &other, verdict);
}

void
claims_write(struct json *j, const struct view *v, const struct seen_nic *nic)
{
	struct cable c = { .view = v, .nic = nic };

	json_name(j, "claims");
	json_array_begin(j);
	if (nic->claim != TOPOLOGY_NONE) {
		c.nic_facts = parse(nic->nic->facts);
		needs_of_nic(nic->host, (uint32_t)(nic->nic - nic->host->nics),
		    &c.needs);
		c.chain_count = read_chain(nic, c.chain);
		for (uint32_t i = 0;
		     i < nic->claim_count && c.side_count < SIDES_MOST; i++) {
			const struct seen_claim *claim =
			    &v->topology->claims[nic->first_claim + i];

			if (!piece_is_evidence(claim))
				continue;
			c.sides[c.side_count++] = (struct side){
				.claim = claim,
				.facts = parse(claim->said->facts),
			};
		}
		claim_cable(j, &c);
		claim_link(j, &c);
		claim_mtu(j, &c);
		claim_untagged(j, &c);
		claim_vlans(j, &c);
		claim_aggregation(j, &c);
	}
	json_array_end(j);
	json_free(c.nic_facts);
	for (size_t i = 0; i < c.side_count; i++)
		json_free(c.sides[i].facts);
}
