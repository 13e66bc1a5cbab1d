#include "collector/rules/rules_rate.h"

#include <inttypes.h>
#include <string.h>

#include "collector/rules/teams.h"

enum {
	MTU_USUAL = 1500, /* what every Ethernet lets through */
	FRAME_MORE = 18,  /* header and checksum */
	FRAME_TAG = 4,
	ALIKE_LEAST = 2, /* siblings that make a rule of what they have */
	NAME_SIZE = 160
};

static const struct known_link *
find_link(const struct known *k, const char *name)
{
	for (size_t i = 0; name[0] && i < k->link_count; i++) {
		if (strcmp(k->links[i].name, name) == 0)
			return &k->links[i];
	}
	return NULL;
}

/* Of a virtual switch: its own, or that of the bridge of its name. */
static int64_t
mtu_of_vswitch(const struct known *k, const struct known_vswitch *s)
{
	const struct known_link *link = find_link(k, s->name);

	if (s->mtu > 0)
		return s->mtu;
	return link && strcmp(s->kind, "linux_bridge") == 0 ? link->mtu : -1;
}

/* One thing that stands on another. */
struct step {
	const char *inner, *outer; /* names */
	int64_t inner_mtu, outer_mtu;
	const struct known_source *source;
	const struct known_nic *nic; /* that it leads to; NULL */
	uint32_t vswitch;            /* KNOWN_NONE */
	bool of_vnic;
};

static void
tell_step(const struct saying *t, const struct step *step, const char *about)
{
	struct judgement *j = tell(t, RULING_BROKEN, about);
	struct fix_words words = fix_nothing();
	enum platform platform = tell_vswitch_platform(t, step->vswitch);

	if (!j)
		return;
	saying_claim(t, j, OWNED_BY_SYSTEMS, step->source,
	    judgements_text(
		t->out, "%s: MTU %" PRId64, step->inner, step->inner_mtu));
	saying_claim(t, j, OWNED_BY_SYSTEMS,
	    step->nic ? &step->nic->source : step->source,
	    judgements_text(
		t->out, "%s: MTU %" PRId64, step->outer, step->outer_mtu));
	words.nic = words.vswitch = step->outer;
	words.mtu = step->inner_mtu;
	tell_host_fix(t, j, platform, FIX_MTU, &words);
	if (step->nic) {
		tell_of_nic(t, j, step->nic);
		saying_touch(t, j, step->nic, -1);
		j->nic = step->nic->name;
	} else if (step->vswitch != KNOWN_NONE) {
		judgement_of_vswitch(
		    t->out, j, t->k->vswitches[step->vswitch].name);
		tell_touched_by_vswitch(t, j, step->vswitch);
	}
	if (step->of_vnic)
		j->severity = SEVERITY_WARNING;
	j->sentence = judgements_text(t->out,
	    "%s of %s has MTU %" PRId64 ", %s that it leaves by has %" PRId64
	    ": longer frames are dropped in the host; %s behind it",
	    step->inner, t->k->name, step->inner_mtu, step->outer,
	    step->outer_mtu, tell_machines(t, j));
	j->closes = "when no step outwards has a smaller MTU";
}

static void
judge_step(const struct saying *t, const struct step *step)
{
	const char *about =
	    judgements_text(t->out, "%s %s", step->inner, step->outer);

	if (step->inner_mtu <= 0 || step->outer_mtu <= 0)
		return;
	if (!tell_is_current(t, step->source))
		tell_unknown(t, about, "a report of the host that is of now");
	else if (step->inner_mtu > step->outer_mtu)
		tell_step(t, step, about);
	else
		tell(t, RULING_HOLDS, about);
}

/* From each link of the kernel to what it stands on: a VLAN device to its
 * device, a bond to its legs. */
static void
judge_links(const struct saying *t)
{
	const struct known *k = t->k;

	for (size_t i = 0; i < k->link_count; i++) {
		const struct known_link *link = &k->links[i];
		const struct known_link *lower = find_link(k, link->lower);

		if (lower && link->vlan >= 0)
			judge_step(t, &(struct step){ link->name, lower->name,
					  link->mtu, lower->mtu, &link->source,
					  NULL, KNOWN_NONE, false });
	}
	for (size_t i = 0; i < k->nic_count; i++) {
		const struct known_nic *nic = &k->nics[i];
		const struct known_link *bond;

		if (nic->bond >= k->link_count || nic->removed_at >= 0)
			continue;
		bond = &k->links[nic->bond];
		judge_step(
		    t, &(struct step){ bond->name, nic->name, bond->mtu,
			   nic->mtu, &nic->source, nic, nic->vswitch, false });
	}
}

/* From a bridge to its uplinks. */
static void
judge_uplinks(const struct saying *t, uint32_t place)
{
	const struct known *k = t->k;
	const struct known_vswitch *s = &k->vswitches[place];
	int64_t mtu = mtu_of_vswitch(k, s);

	for (size_t i = 0; i < s->uplink_count; i++) {
		const struct known_uplink *uplink = &s->uplinks[i];
		const struct known_link *link = find_link(k, uplink->name);
		uint32_t nic = uplink->member_count == 1
				   ? uplink->members[0].nic
				   : KNOWN_NONE;

		if (link)
			judge_step(
			    t, &(struct step){ s->name, link->name, mtu,
				   link->mtu, &s->source, NULL, place, false });
		else if (nic < k->nic_count && k->nics[nic].removed_at < 0)
			judge_step(
			    t, &(struct step){ s->name, k->nics[nic].name, mtu,
				   k->nics[nic].mtu, &s->source, &k->nics[nic],
				   place, false });
	}
}

/* From a vNIC's own device to its bridge. */
static void
judge_vnics(const struct saying *t)
{
	const struct known *k = t->k;

	for (size_t i = 0; i < k->vnic_count; i++) {
		const struct known_vnic *vnic = &k->vnics[i];
		const struct known_link *link = find_link(k, vnic->name);
		const struct known_vswitch *s;

		if (!link || vnic->vswitch >= k->vswitch_count)
			continue;
		s = &k->vswitches[vnic->vswitch];
		judge_step(t, &(struct step){ vnic->name, s->name, link->mtu,
				  mtu_of_vswitch(k, s), &link->source, NULL,
				  vnic->vswitch, true });
	}
}

void
rule_mtu_inside(
    const struct rule *rule, const struct known *k, struct judgements *out)
{
	const struct saying t = { rule, k, out };

	judge_links(&t);
	for (uint32_t i = 0; i < k->vswitch_count; i++)
		judge_uplinks(&t, i);
	judge_vnics(&t);
}

static int64_t
larger(int64_t a, int64_t b)
{
	return a > b ? a : b;
}

static int64_t
smaller(int64_t a, int64_t b)
{
	return a < b ? a : b;
}

/* The longest payload that the host sends by this NIC: what stands on it may
 * have less than the NIC could.  So jumbo frames that only one network uses
 * trouble no other.  -1: what stands on it is not told. */
static int64_t
mtu_in_use(const struct known *k, const struct known_nic *nic)
{
	const char *bond =
	    nic->bond < k->link_count ? k->links[nic->bond].name : "";
	int64_t most = -1;

	if (nic->vswitch < k->vswitch_count)
		most = mtu_of_vswitch(k, &k->vswitches[nic->vswitch]);
	for (size_t i = 0; i < k->link_count; i++) {
		const struct known_link *link = &k->links[i];

		if (link->lower[0] && (strcmp(link->lower, nic->name) == 0 ||
					  strcmp(link->lower, bond) == 0))
			most = larger(most, link->mtu);
	}
	if (most > 0)
		return smaller(most, nic->mtu);
	return nic->master[0] ? -1 : nic->mtu;
}

/* What a switch lets through, in octets of payload. */
struct allowance {
	const struct known_neighbor *by;
	int64_t payload; /* -1: not told */
	bool frame;      /* told by LLDP's maximum frame size */
};

static bool
is_smaller(const struct allowance *a, int64_t payload)
{
	return a->payload < 0 || payload < a->payload;
}

static struct allowance
allowance_of(const struct saying *t, const struct known_nic *nic)
{
	struct allowance least = { .payload = -1 };

	for (size_t i = 0; i < nic->neighbor_count; i++) {
		const struct known_neighbor *n = &nic->neighbors[i];

		if (!tell_speaks(t, nic, n))
			continue;
		if (n->max_frame > 0 && is_smaller(&least, n->max_frame))
			least = (struct allowance){ n, n->max_frame, true };
		if (n->mtu > 0 && is_smaller(&least, n->mtu))
			least = (struct allowance){ n, n->mtu, false };
	}
	return least;
}

/* These say 1500 by CDP whatever their policy of queues lets through. */
static bool
says_mtu_of_nothing(const struct saying *t, const struct known_port *port)
{
	const struct known_switch *s =
	    port->on < t->k->switch_count ? &t->k->switches[port->on] : NULL;

	return s && (strstr(s->model, "N5K-") || strstr(s->model, "N6K-") ||
			strstr(s->model, "UCS-FI-"));
}

static void
tell_too_long(const struct saying *t, const struct known_nic *nic, int64_t mtu,
    const struct allowance *a)
{
	struct judgement *j = tell(t, RULING_BROKEN, nic->name);
	const struct known_port *port = tell_port(t, nic);
	struct fix_words words = fix_nothing();

	if (!j)
		return;
	tell_of_nic(t, j, nic);
	j->nic = nic->name;
	saying_claim(t, j, OWNED_BY_SYSTEMS, &nic->source,
	    judgements_text(t->out,
		"MTU %" PRId64 ": frames of %" PRId64 " octets, %" PRId64
		" with a tag",
		mtu, mtu + FRAME_MORE, mtu + FRAME_MORE + FRAME_TAG));
	saying_claim(t, j, OWNED_BY_NETWORK, &a->by->source,
	    judgements_text(t->out, "%s %" PRId64,
		a->frame ? "takes frames of at most" : "MTU", a->payload));
	words.mtu = mtu;
	words.nic = nic->name;
	words.in_channel = a->by->aggregated == TOLD_YES;
	saying_fix_port(t, j, nic, FIX_PORT_MTU, words);
	saying_touch(t, j, nic, -1);
	j->sentence = judgements_text(t->out,
	    "%s of %s sends frames of up to %" PRId64 " octets (MTU %" PRId64
	    " and %d of header and checksum), %s takes %s%" PRId64
	    ": longer ones are dropped there; %s behind it",
	    nic->name, t->k->name, mtu + FRAME_MORE, mtu, FRAME_MORE,
	    port->text, a->frame ? "" : "MTU ", a->payload,
	    tell_machines(t, j));
	j->closes = "when the switch takes what the host sends, or the host "
		    "sends less";
}

static void
judge_nic_mtu(const struct saying *t, const struct known_nic *nic)
{
	const struct known_port *port = tell_port(t, nic);
	struct allowance a = allowance_of(t, nic);
	int64_t mtu = mtu_in_use(t->k, nic);

	if (!tell_nic_is_current(t, nic) || nic->mtu <= 0 ||
	    nic->carrier != TOLD_YES)
		return;
	if (a.by && mtu > a.payload && mtu > MTU_USUAL &&
	    (a.frame || !says_mtu_of_nothing(t, port)))
		tell_too_long(t, nic, mtu, &a);
	/* Whatever stands on it, it sends no more than that. */
	else if (nic->mtu <= MTU_USUAL ||
		 (a.by && a.payload >= nic->mtu + (a.frame ? FRAME_MORE : 0)))
		tell(t, RULING_HOLDS, nic->name);
	else
		tell_unknown(t, nic->name,
		    "the largest frame of the switch port: LLDP with the "
		    "maximum frame size TLV, or CDP with its MTU");
}

void
rule_mtu_switch(
    const struct rule *rule, const struct known *k, struct judgements *out)
{
	const struct saying t = { rule, k, out };

	for (size_t i = 0; i < k->nic_count; i++)
		judge_nic_mtu(&t, &k->nics[i]);
}

static void
judge_team_mtu(const struct saying *t, const struct team *team)
{
	const struct known_nic *least = NULL, *most = NULL, *nic;
	struct fix_words words = fix_nothing();
	struct judgement *j;

	for (size_t i = 0; i < team->leg_count; i++) {
		nic = team->legs[i].nic;
		if (nic->mtu <= 0 || !tell_nic_is_current(t, nic))
			return;
		if (!least || nic->mtu < least->mtu)
			least = nic;
		if (!most || nic->mtu > most->mtu)
			most = nic;
	}
	if (team->leg_count < 2)
		return;
	if (least->mtu == most->mtu) {
		if (team_is_whole(team))
			tell(t, RULING_HOLDS, team->name);
		return;
	}
	j = tell(t, RULING_BROKEN, team->name);
	if (!j)
		return;
	tell_of_nic(t, j, least);
	tell_of_nic(t, j, most);
	saying_claim(t, j, OWNED_BY_SYSTEMS, &least->source,
	    judgements_text(t->out, "%s: MTU %" PRId64 ", %s: MTU %" PRId64,
		least->name, least->mtu, most->name, most->mtu));
	words.nic = least->name;
	words.mtu = most->mtu;
	tell_host_fix(t, j, PLATFORM_LINUX, FIX_MTU, &words);
	saying_touch(t, j, least, -1);
	j->nic = least->name;
	j->sentence = judgements_text(t->out,
	    "the legs of %s of %s differ in MTU: %s has %" PRId64
	    ", %s has %" PRId64 "; which frames pass depends on the leg",
	    team->name, t->k->name, least->name, least->mtu, most->name,
	    most->mtu);
	j->closes = "when all legs have one MTU";
}

/* How many siblings of the NIC have which MTU: all that tell one the same? */
static size_t
count_siblings(const struct saying *t, uint32_t nic, int64_t *out_mtu)
{
	size_t count = 0;

	*out_mtu = -1;
	for (size_t i = 0; i < t->k->sibling_count; i++) {
		const struct known_sibling *s = &t->k->siblings[i];

		if (s->of != nic || s->nic->mtu <= 0 || !s->nic->source.current)
			continue;
		if (*out_mtu > 0 && s->nic->mtu != *out_mtu)
			return 0;
		*out_mtu = s->nic->mtu;
		count++;
	}
	return count;
}

static void
judge_sibling_mtu(const struct saying *t, const struct known_nic *nic)
{
	uint32_t place = (uint32_t)(nic - t->k->nics);
	struct fix_words words = fix_nothing();
	struct judgement *j;
	int64_t mtu;
	size_t count = count_siblings(t, place, &mtu);

	if (count < ALIKE_LEAST || count < t->k->alike_count || nic->mtu <= 0 ||
	    !tell_nic_is_current(t, nic) || nic->mtu == mtu)
		return;
	j = tell(t, RULING_BROKEN, nic->name);
	if (!j)
		return;
	tell_of_nic(t, j, nic);
	j->nic = nic->name;
	saying_claim(t, j, OWNED_BY_SYSTEMS, &nic->source,
	    judgements_text(t->out, "%s: MTU %" PRId64, nic->name, nic->mtu));
	words.nic = nic->name;
	words.mtu = mtu;
	tell_host_fix(t, j,
	    strcmp(t->k->platform, "esxi") == 0 ? PLATFORM_ESXI
						: PLATFORM_LINUX,
	    FIX_MTU, &words);
	saying_touch(t, j, nic, -1);
	j->sentence = judgements_text(t->out,
	    "%zu of %zu hosts that are alike have MTU %" PRId64
	    " there, %s of %s has %" PRId64 "; a machine that moves may "
	    "lose its long frames",
	    count, count + 1, mtu, nic->name, t->k->name, nic->mtu);
	j->closes = "when the hosts have one MTU again";
}

void
rule_mtu_alike(
    const struct rule *rule, const struct known *k, struct judgements *out)
{
	const struct saying t = { rule, k, out };

	teams_each(&t, judge_team_mtu);
	for (size_t i = 0; i < k->nic_count; i++)
		judge_sibling_mtu(&t, &k->nics[i]);
}
