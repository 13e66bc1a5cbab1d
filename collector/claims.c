#include "collector/claims.h"

#include <stdio.h>
#include <string.h>

#include "base/json_read.h"
#include "base/text.h"
#include "collector/claiming.h"

enum { FRAME_OVERHEAD = 18 }; /* header and checksum, in an 802.3 frame size */

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
read_chain(const struct seen_nic *nic,
    const struct model_link *out[static CLAIM_CHAIN_MOST])
{
	const struct model_link *link = link_named(nic->host, nic->nic->master);
	size_t count = 0;

	for (; link && count < CLAIM_CHAIN_MOST;
	     link = link_named(nic->host, link->master))
		out[count++] = link;
	return count;
}

void
claims_chain(struct json *j, const struct seen_nic *nic)
{
	const struct model_link *chain[CLAIM_CHAIN_MOST];
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

/* Do both sides speak of now, or the one that knows alone? */
static bool
is_current(const struct cable *c, const struct topic *topic)
{
	return (c->nic->state == STATE_CURRENT || topic->by_host) &&
	       verdict_host_is_current(c->nic->host, c->view->now);
}

void
claiming_add(struct claim_list *out, const struct cable *c,
    const struct topic *topic, const struct said_text *host,
    const struct said_text *other)
{
	bool current = is_current(c, topic);

	if (out->count == CLAIM_TOPICS_MOST)
		return;
	out->topics[out->count++] = (struct claim_topic){
		.name = topic->name,
		.host = *host,
		.other = *other,
		.verdict = current ? topic->verdict : VERDICT_UNKNOWN,
		.was = current ? VERDICT_UNKNOWN : topic->verdict,
	};
}

struct said_text
claiming_nothing(void)
{
	return (struct said_text){ .text = "", .last_heard = -1 };
}

struct said_text
claiming_kernel(void)
{
	return (struct said_text){ .source = "kernel", .last_heard = -1 };
}

/* Adds ", text" to a list unless it is there. */
void
claiming_source(char *list, size_t capacity, const char *text)
{
	size_t length = strlen(list);

	if (!strstr(list, text))
		(void)snprintf(list + length, capacity - length, "%s%s",
		    length > 0 ? ", " : "", text);
}

/* A neighbor says something: adds "; text" and takes its source and time. */
void
claiming_says(struct said_text *s, const struct side *side, const char *text)
{
	size_t length = strlen(s->text);

	(void)snprintf(s->text + length, sizeof(s->text) - length, "%s%s",
	    length > 0 ? "; " : "", text);
	claiming_source(
	    s->source, sizeof(s->source), side->claim->said->protocol);
	if (side->claim->said->heard.last_heard > s->last_heard)
		s->last_heard = side->claim->said->heard.last_heard;
}

/* ---- the topics -------------------------------------------------------- */

static void
claim_cable(struct claim_list *list, const struct cable *c)
{
	const struct topology *t = c->view->topology;
	const struct seen_claim *named = &t->claims[c->nic->claim];
	struct said_text host = claiming_kernel(), other = claiming_nothing();
	char text[CLAIM_TEXT_SIZE];

	(void)snprintf(host.text, sizeof(host.text), "%s %s",
	    c->nic->host->name, c->nic->nic->name);
	for (size_t i = 0; i < c->side_count; i++)
		claiming_says(&other, &c->sides[i], "");
	(void)snprintf(text, sizeof(text), "%s on %s",
	    t->ports[named->port].brief, t->devices[named->device].brief);
	text_copy(other.text, sizeof(other.text), text);
	claiming_add(list, c,
	    &(struct topic){ .name = "cable",
		.verdict = c->nic->sure ? VERDICT_YES : VERDICT_UNKNOWN },
	    &host, &other);
}

static void
claim_link(struct claim_list *list, const struct cable *c)
{
	const struct model_nic *nic = c->nic->nic;
	int64_t speed = json_get_number(c->nic_facts, "speed_mbps", -1);
	const char *duplex = json_get_string(c->nic_facts, "duplex");
	struct said_text host = claiming_kernel(), other = claiming_nothing();
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
		claiming_says(&other, &c->sides[i],
		    strcmp(says, "full") == 0 ? "duplex full" : "duplex half");
		if (duplex)
			verdict = strcmp(says, duplex) == 0 ? VERDICT_YES
							    : VERDICT_NO;
	}
	/* Without a carrier the switch says nothing that could agree. */
	if (nic->carrier == SAID_NO)
		verdict = other.text[0] ? VERDICT_NO : VERDICT_UNKNOWN;
	claiming_add(list, c,
	    &(struct topic){ .name = "link",
		.verdict = verdict,
		.by_host = nic->carrier == SAID_NO },
	    &host, &other);
}

static void
claim_mtu(struct claim_list *list, const struct cable *c)
{
	struct said_text host = claiming_kernel(), other = claiming_nothing();
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
		claiming_says(&other, &c->sides[i], text);
		if (least < 0 || payload < least)
			least = payload;
	}
	claiming_add(list, c,
	    &(struct topic){ .name = "mtu",
		.verdict = mine < 0 || least < 0 ? VERDICT_UNKNOWN
			   : mine <= least       ? VERDICT_YES
						 : VERDICT_NO },
	    &host, &other);
}

static void
claim_aggregation(struct claim_list *list, const struct cable *c)
{
	struct said_text host = claiming_kernel(), other = claiming_nothing();
	struct json_value *bond CLEANUP(json_cleanup) = NULL;
	const char *mode = NULL;
	enum verdict verdict = VERDICT_UNKNOWN;

	for (size_t i = 0; i < c->chain_count && !bond; i++) {
		if (strcmp(c->chain[i]->kind, "bond") != 0)
			continue;
		bond = json_parse_own(c->chain[i]->facts);
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
		claiming_says(&other, &c->sides[i],
		    enabled ? "aggregated" : "not aggregated");
		if (mode && strcmp(mode, "802.3ad") == 0)
			verdict = enabled ? VERDICT_YES : VERDICT_NO;
		else if (mode && strcmp(mode, "active-backup") == 0)
			verdict = enabled ? VERDICT_NO : VERDICT_YES;
	}
	if (host.text[0] != '\0' || other.text[0] != '\0')
		claiming_add(list, c,
		    &(struct topic){
			.name = "aggregation", .verdict = verdict },
		    &host, &other);
}

void
claims_judge(
    struct claim_list *out, const struct view *v, const struct seen_nic *nic)
{
	struct cable c = { .view = v, .nic = nic };

	out->count = 0;
	if (nic->claim == TOPOLOGY_NONE)
		return;
	c.nic_facts = json_parse_own(nic->nic->facts);
	needs_of_nic(
	    nic->host, (uint32_t)(nic->nic - nic->host->nics), &c.needs);
	c.chain_count = read_chain(nic, c.chain);
	for (uint32_t i = 0;
	     i < nic->claim_count && c.side_count < CLAIM_SIDES_MOST; i++) {
		const struct seen_claim *claim =
		    &v->topology->claims[nic->first_claim + i];

		if (piece_is_evidence(claim))
			c.sides[c.side_count++] = (struct side){
				.claim = claim,
				.facts = json_parse_own(claim->said->facts),
			};
	}
	claim_cable(out, &c);
	claim_link(out, &c);
	claim_mtu(out, &c);
	claiming_untagged(out, &c);
	claiming_vlans(out, &c);
	claim_aggregation(out, &c);
	json_free(c.nic_facts);
	for (size_t i = 0; i < c.side_count; i++)
		json_free(c.sides[i].facts);
}

/* ---- as JSON ----------------------------------------------------------- */

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
add_topic(struct json *j, const struct claim_topic *t)
{
	static const char *const names[] = { "unknown", "no", "yes" };

	json_object_begin(j);
	json_add_string(j, "topic", t->name);
	add_side(j, "host", &t->host);
	add_side(j, "switch", &t->other);
	json_add_string(j, "verdict", names[t->verdict]);
	if (t->was != VERDICT_UNKNOWN)
		json_add_string(j, "was", names[t->was]);
	json_object_end(j);
}

void
claims_write(struct json *j, const struct view *v, const struct seen_nic *nic)
{
	struct claim_list list;

	claims_judge(&list, v, nic);
	json_name(j, "claims");
	json_array_begin(j);
	for (size_t i = 0; i < list.count; i++)
		add_topic(j, &list.topics[i]);
	json_array_end(j);
}
