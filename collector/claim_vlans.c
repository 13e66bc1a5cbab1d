#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "collector/claiming.h"

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
	if (!c->needs.untagged)
		return VERDICT_UNKNOWN; /* nothing is there to agree on */
	return vlan == 0 ? VERDICT_NO : VERDICT_YES;
}

void
claiming_untagged(struct claim_list *list, const struct cable *c)
{
	struct said_text host = claiming_kernel(), other = claiming_nothing();
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
		claiming_says(&other, &c->sides[i], text);
	}
	claiming_add(list, c,
	    &(struct topic){ .name = "vlan_untagged",
		.verdict =
		    judge_untagged(c, &host, first, other.text[0] != '\0') },
	    &host, &other);
}

/* VLAN devices on the NIC or on a master of it need their VLAN. */
static void
read_needed(const struct cable *c, bool needed[static VLAN_IDS])
{
	const struct model_host *h = c->nic->host;

	for (size_t i = 0; i < h->link_count; i++) {
		const struct model_link *l = &h->links[i];
		bool above;

		if (l->vlan < 1 || l->vlan >= VLAN_IDS)
			continue;
		above = strcmp(l->lower, c->nic->nic->name) == 0;
		for (size_t k = 0; k < c->chain_count; k++)
			above |= strcmp(l->lower, c->chain[k]->name) == 0;
		needed[l->vlan] |= above;
	}
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

/* The VLAN of untagged frames arrives without the tag that the host expects,
 * also when the switch names it: a name does not tell of tags. */
static void
forget_untagged(const struct side *side, bool told[static VLAN_IDS])
{
	const struct model_neighbor *n = side->claim->said;

	if (n->native_vlan > 0 && n->native_vlan < VLAN_IDS)
		told[n->native_vlan] = false;
	if (n->pvid > 0 && n->pvid < VLAN_IDS)
		told[n->pvid] = false;
}

/* "needs 10, 20"; gives whether each of them is known and told. */
static bool
say_needed(const struct cable *c, const bool told[static VLAN_IDS],
    struct said_text *host)
{
	bool needed[VLAN_IDS], all = true;
	const char *more = needs_more(&c->needs);
	char text[VLANS_LIST_SIZE];

	memcpy(needed, c->needs.vlans, sizeof(needed));
	read_needed(c, needed);
	for (int id = vlans_next(needed, 0); id < VLAN_IDS && all;
	     id = vlans_next(needed, id + 1))
		all = told[id];
	vlans_list(needed, text);
	if (text[0] != '\0')
		(void)snprintf(host->text, sizeof(host->text), "needs %s%s%s",
		    text, *more ? "; " : "", more);
	else if (c->needs.told)
		text_copy(host->text, sizeof(host->text),
		    *more ? more : "needs no tagged VLAN");
	return text[0] != '\0' && all && !c->needs.trunk && !c->needs.unknown &&
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
	claiming_source(other->source, sizeof(other->source), "wire");
}

void
claiming_vlans(struct claim_list *list, const struct cable *c)
{
	struct said_text host = claiming_kernel(), other = claiming_nothing();
	bool named[VLAN_IDS] = { false }, told[VLAN_IDS];
	char text[VLANS_LIST_SIZE];

	for (size_t i = 0; i < c->side_count; i++) {
		if (read_told(&c->sides[i], named))
			claiming_says(&other, &c->sides[i], "");
	}
	vlans_list(named, text);
	if (text[0] != '\0')
		(void)snprintf(
		    other.text, sizeof(other.text), "names %s", text);
	memcpy(told, named, sizeof(told));
	for (size_t i = 0; i < c->side_count; i++)
		forget_untagged(&c->sides[i], told);
	read_heard(c, told, &other);
	/* Not named is not not allowed: then it is unknown. */
	claiming_add(list, c,
	    &(struct topic){ .name = "vlans",
		.verdict = say_needed(c, told, &host) ? VERDICT_YES
						      : VERDICT_UNKNOWN },
	    &host, &other);
}
