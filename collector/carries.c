#include "collector/carries.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "base/age.h"
#include "base/json_read.h"
#include "base/text.h"
#include "collector/heard_vlans.h"
#include "collector/hops.h"
#include "collector/needs.h"
#include "collector/pieces.h"
#include "collector/vlans.h"

enum { PHRASE_SIZE = 160 };

/* ---- what is said ------------------------------------------------------ */

/* Room for one more; its verdict is unknown. */
static struct carry_said *
add_said(struct carry *c, const char *by, bool current, int64_t last_heard)
{
	struct carry_said *s;

	if (c->count == CARRY_SAID_MOST)
		return NULL;
	s = &c->said[c->count++];
	*s = (struct carry_said){
		.by = by, .current = current, .last_heard = last_heard
	};
	return s;
}

static struct carry_said *
add_told(struct carry *c, const struct seen_claim *claim)
{
	const struct model_neighbor *n = claim->said;
	struct carry_said *s = add_said(
	    c, n->protocol, claim->state == STATE_CURRENT, n->heard.last_heard);

	if (s)
		s->by_vcenter = n->by_vcenter;
	return s;
}

/* Does the switch name the VLAN on its port?  A name does not tell whether
 * its frames have a tag, so of the VLAN of untagged frames it proves nothing.
 */
static void
read_named(struct carry *c, const struct seen_claim *claim)
{
	struct json_value *facts CLEANUP(json_cleanup) = NULL;
	const char *text = claim->said->facts;
	char wanted[24];
	const struct json_value *v;

	(void)snprintf(wanted, sizeof(wanted), "\"id\":%d", c->vlan);
	if (!strstr(text, "\"vlans\":[") || !strstr(text, wanted))
		return;
	facts = json_parse_own(text);
	for (v = json_first(json_get(facts, "vlans")); v; v = json_next(v)) {
		const char *name = json_get_string(v, "name");
		struct carry_said *s;

		if (json_get_number(v, "id", -1) != c->vlan)
			continue;
		s = add_told(c, claim);
		if (!s)
			return;
		s->verdict = c->is_untagged ? CARRY_UNKNOWN : CARRY_YES;
		text_copy(s->name, sizeof(s->name), name ? name : "");
		(void)snprintf(s->text, sizeof(s->text), "names VLAN %d%s%s",
		    c->vlan, s->name[0] ? ", " : "", s->name);
	}
}

/* The VLAN that untagged frames are in: asked for, or that of the question. */
static void
read_untagged(struct carry *c, const struct seen_claim *claim)
{
	const struct model_neighbor *n = claim->said;
	struct {
		int64_t vlan;
		const char *what;
	} said[] = { { n->native_vlan, "native" }, { n->pvid, "port" } };

	for (size_t i = 0; i < 2; i++) {
		struct carry_said *s;

		if (said[i].vlan < 0 ||
		    (c->vlan > 0 && said[i].vlan != c->vlan))
			continue;
		s = add_told(c, claim);
		if (!s)
			return;
		s->untagged = true;
		if (c->vlan == 0)
			s->verdict = said[i].vlan > 0 ? CARRY_YES : CARRY_NO;
		if (said[i].vlan > 0)
			(void)snprintf(s->text, sizeof(s->text),
			    "has %s VLAN %lld for untagged frames",
			    said[i].what, (long long)said[i].vlan);
		else
			(void)snprintf(s->text, sizeof(s->text),
			    "has no %s VLAN, so takes no untagged frames",
			    said[i].what);
	}
}

bool
carries_may_tell(const struct seen_claim *claim)
{
	return claim->note == NOTE_NEIGHBOR && claim->state != STATE_ENDED;
}

static void
read_neighbors(
    struct carry *c, const struct view *v, const struct seen_nic *nic)
{
	const struct seen_claim *claims =
	    &v->topology->claims[nic->first_claim];

	if (!nic->sure)
		return;
	for (uint32_t i = 0; c->vlan > 0 && i < nic->claim_count; i++) {
		const struct model_neighbor *n = claims[i].said;

		c->is_untagged |=
		    carries_may_tell(&claims[i]) &&
		    (n->native_vlan == c->vlan || n->pvid == c->vlan);
	}
	for (uint32_t i = 0; i < nic->claim_count; i++) {
		const struct seen_claim *claim = &claims[i];

		if (!carries_may_tell(claim))
			continue;
		if (c->vlan > 0)
			read_named(c, claim);
		read_untagged(c, claim);
	}
}

static void
read_wire(struct carry *c, const struct view *v, const struct seen_nic *nic)
{
	const struct model_heard_vlan *heard =
	    heard_vlans_find(nic->nic, c->vlan);
	struct carry_said *s;

	if (!heard)
		return;
	s = add_said(c, "wire",
	    verdict_is_current(nic->host, nic->nic, &heard->heard, v->now),
	    heard->heard.last_heard);
	if (!s)
		return;
	s->wire = heard;
	s->verdict = CARRY_YES;
	s->by_vcenter = nic->host->via[0] != '\0';
	(void)snprintf(
	    s->text, sizeof(s->text), "frames tagged %d arrive", c->vlan);
}

static void
hold_back(struct carry *c, const char *text)
{
	struct carry_said *s = add_said(c, "host", true, -1);

	if (!s)
		return;
	s->verdict = CARRY_NO;
	text_copy(s->text, sizeof(s->text), text);
}

static void
read_host(struct carry *c, const struct seen_nic *nic, const char *held_back)
{
	const struct model_nic *n = nic->nic;
	char text[96];

	if (held_back[0] != '\0')
		hold_back(c, held_back);
	if (n->carrier != SAID_NO && n->up != SAID_NO)
		return;
	(void)snprintf(text, sizeof(text), "%.60s %s", n->name,
	    n->up == SAID_NO ? "is switched off" : "has no carrier");
	hold_back(c, text);
}

/* ---- the verdict ------------------------------------------------------- */

static const struct carry_said *
first_of(const struct carry *c, bool current, enum carry_verdict verdict)
{
	for (size_t i = 0; i < c->count; i++) {
		if (c->said[i].current == current &&
		    c->said[i].verdict == verdict)
			return &c->said[i];
	}
	return NULL;
}

/* "the switch names VLAN 140, prod (LLDP, told by vCenter)". */
static const char *
phrase(const struct carry_said *s, char out[static PHRASE_SIZE])
{
	char by[16];
	size_t i;

	for (i = 0; s->by[i] && i + 1 < sizeof(by); i++)
		by[i] = (char)toupper((unsigned char)s->by[i]);
	by[i] = '\0';
	if (strcmp(s->by, "host") == 0)
		(void)snprintf(out, PHRASE_SIZE, "%s", s->text);
	else if (s->wire)
		(void)snprintf(out, PHRASE_SIZE, "%s%s", s->text,
		    s->by_vcenter ? " (told by vCenter)" : "");
	else
		(void)snprintf(out, PHRASE_SIZE, "the switch %s (%s%s)",
		    s->text, by, s->by_vcenter ? ", told by vCenter" : "");
	return out;
}

static bool
has_neighbor(const struct view *v, const struct seen_nic *nic)
{
	return nic->claim != TOPOLOGY_NONE && nic->sure &&
	       v->topology->claims[nic->claim].state == STATE_CURRENT;
}

/* Nothing current is known: what would have told it, and did not. */
static void
say_unknown(struct carry *c, const struct view *v, const struct seen_nic *nic)
{
	const struct carry_said *old = first_of(c, false, CARRY_YES);
	char what[32], text[PHRASE_SIZE], age[AGE_SIZE];

	(void)snprintf(what, sizeof(what),
	    c->vlan ? "VLAN %d" : "untagged frames", c->vlan);
	age_text(old ? v->now - old->last_heard : 0, age);
	if (old)
		(void)snprintf(c->text, sizeof(c->text),
		    "%s, but that was %s ago", phrase(old, text), age);
	else if (c->is_untagged && has_neighbor(v, nic))
		(void)snprintf(c->text, sizeof(c->text),
		    "the switch has %s for untagged frames, but the host "
		    "expects a tag",
		    what);
	else if (!has_neighbor(v, nic))
		(void)snprintf(c->text, sizeof(c->text),
		    "no neighbor is known that could tell of %s", what);
	else if (c->vlan > 0 && nic->nic->vlan_listening)
		(void)snprintf(c->text, sizeof(c->text),
		    "the switch does not name %s and no frame of it arrived; "
		    "it may still be let through",
		    what);
	else if (c->vlan > 0)
		(void)snprintf(c->text, sizeof(c->text),
		    "the switch does not name %s, which it may still let "
		    "through, and nobody listens for it",
		    what);
	else
		(void)snprintf(c->text, sizeof(c->text),
		    "the switch does not tell what it does with untagged "
		    "frames");
}

/* What this host knows of itself may be old, too. */
static void
say_host_is_lost(
    struct carry *c, const struct view *v, const struct model_host *h)
{
	char age[AGE_SIZE];

	c->verdict = CARRY_UNKNOWN;
	age_text(v->now - h->seen_at, age);
	if (verdict_host_is_silent(h, v->now))
		(void)snprintf(c->text, sizeof(c->text),
		    "nothing was heard of the host for %s", age);
	else
		(void)snprintf(c->text, sizeof(c->text),
		    "the vCenter that tells of the host has no connection to "
		    "it");
}

void
carries_judge(struct carry *out, const struct view *v,
    const struct seen_nic *nic, int vlan, const char *held_back)
{
	const struct carry_said *against, *for_it;
	char text[PHRASE_SIZE];

	*out = (struct carry){ .vlan = vlan };
	read_host(out, nic, held_back);
	if (vlan > 0)
		read_wire(out, v, nic);
	read_neighbors(out, v, nic);
	against = first_of(out, true, CARRY_NO);
	for_it = first_of(out, true, CARRY_YES);
	if (against || for_it) {
		const struct carry_said *s = against ? against : for_it;

		out->verdict = against ? CARRY_NO : CARRY_YES;
		(void)snprintf(
		    out->text, sizeof(out->text), "%s", phrase(s, text));
	} else {
		say_unknown(out, v, nic);
	}
	if (out->verdict != CARRY_UNKNOWN &&
	    !verdict_host_is_current(nic->host, v->now))
		say_host_is_lost(out, v, nic->host);
}

/* ---- as JSON ----------------------------------------------------------- */

static void
add_evidence(struct json *j, const struct carry_said *s)
{
	json_object_begin(j);
	json_add_string(j, "by", s->by);
	if (s->by_vcenter)
		json_add_string(j, "source", "vsphere");
	json_add_string(j, "text", s->text);
	if (s->name[0] != '\0')
		json_add_string(j, "name", s->name);
	if (s->untagged)
		json_add_boolean(j, "untagged", true);
	json_add_string(j, "state", s->current ? "current" : "stale");
	if (s->last_heard >= 0)
		json_add_number(j, "last_heard", s->last_heard);
	if (s->wire) {
		piece_texts(j, "addresses", &s->wire->addresses);
		piece_texts(j, "subnets", &s->wire->subnets);
	}
	json_object_end(j);
}

void
carries_members(struct json *j, const struct carry *c)
{
	static const char *const verdicts[] = { "unknown", "no", "yes" };

	if (c->vlan > 0)
		json_add_number(j, "vlan", c->vlan);
	json_add_string(j, "verdict", verdicts[c->verdict]);
	json_add_string(j, "text", c->text);
	json_name(j, "evidence");
	json_array_begin(j);
	for (size_t i = 0; i < c->count; i++)
		add_evidence(j, &c->said[i]);
	json_array_end(j);
}

/* The VLANs that a leg must carry for its port group, as the switch port sees
 * them; 0 stands for untagged frames. */
static void
read_wanted(const struct walk_leg *leg, bool wanted[static VLAN_IDS])
{
	const struct inside_group *g = leg->group;
	const struct inside_uplink *u = leg->uplink;
	bool trunks[VLAN_IDS] = { false };

	if (!g)
		return;
	if (u && u->vlan > 0 && u->vlan < VLAN_IDS) {
		wanted[u->vlan] = true;
		return;
	}
	if (g->vlan >= 0 && g->vlan < VLAN_IDS)
		trunks[g->vlan] = true;
	if (g->pvlan_primary > 0)
		trunks[g->pvlan_primary] = true;
	if (g->pvlan_secondary > 0)
		trunks[g->pvlan_secondary] = true;
	if (needs_is_untagged(g))
		trunks[0] = true;
	/* A trunk of all VLANs needs none of them. */
	if (g->trunks[0] != '\0' && !vlans_are_all(g->trunks))
		(void)vlans_read(g->trunks, trunks);
	for (int id = vlans_next(trunks, 0); id < VLAN_IDS;
	     id = vlans_next(trunks, id + 1))
		wanted[u && id == u->untagged ? 0 : id] = true;
}

/* A VLAN device below the switch puts its tag on, whatever is above. */
static bool
is_untold(const struct walk_leg *leg)
{
	return leg->group && leg->group->unknown_vlan &&
	       (!leg->uplink || leg->uplink->vlan <= 0);
}

/* Of a port group whose VLAN nobody tells there is nothing to judge. */
static void
write_untold(struct json *j)
{
	json_object_begin(j);
	json_add_boolean(j, "unknown_vlan", true);
	json_add_string(j, "verdict", "unknown");
	json_add_string(
	    j, "text", "nobody tells which VLAN the port group is in");
	json_name(j, "evidence");
	json_raw(j, "[]", 2);
	json_object_end(j);
}

void
carries_write(struct json *j, const struct view *v, const struct walk_leg *leg)
{
	const struct seen_nic *nic = hops_nic(v, leg);
	bool wanted[VLAN_IDS] = { false };
	char held_back[WALK_TEXT_SIZE];
	struct carry c;
	int shown = 0;

	json_name(j, "carries");
	json_array_begin(j);
	read_wanted(leg, wanted);
	if (nic && is_untold(leg))
		write_untold(j);
	for (int id = vlans_next(wanted, 0);
	     nic && id < VLAN_IDS && shown++ < CARRY_VLANS_MOST;
	     id = vlans_next(wanted, id + 1)) {
		carries_judge(
		    &c, v, nic, id, walk_block_vlan(leg, id, held_back));
		json_object_begin(j);
		carries_members(j, &c);
		json_object_end(j);
	}
	json_array_end(j);
}
